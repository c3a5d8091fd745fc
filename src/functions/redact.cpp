// s3sign_redact: a text without what signs.
#include <string_view>

#include "pg/function.hpp"
#include "sigv4/redact.hpp"

namespace s3sign {
namespace {

text* redact(std::string_view message) {
    pg::text_builder result(sigv4::redacted_size(message));
    return result.finish(sigv4::put_redacted(result.begin(), message));
}

}  // namespace

PG_FUNCTION(s3sign_redact, redact)

}  // namespace s3sign
