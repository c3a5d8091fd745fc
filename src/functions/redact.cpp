// s3sign_redact: removes credentials and signatures from a text.
#include <string_view>

#include "pg/function.hpp"
#include "redact/redact.hpp"

namespace s3sign {
namespace {

text* redact_message(std::string_view message) {
    pg::text_builder result(redact::redacted_size(message));
    return result.finish(redact::put_redacted(result.begin(), message));
}

}  // namespace

PG_FUNCTION(s3sign_redact, redact_message)

}  // namespace s3sign
