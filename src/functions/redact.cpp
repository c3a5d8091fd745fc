// s3sign_redact: removes credentials and signatures from a text.
#include <cstddef>
#include <string_view>

#include "base/error.hpp"
#include "pg/function.hpp"
#include "redact/redact.hpp"

namespace s3sign {
namespace {

constexpr std::size_t largest_message = std::size_t{16} << 20;

// An interrupt leaves it from within put_redacted(): no frame there has a destructor.
void check_for_interrupts() { CHECK_FOR_INTERRUPTS(); }

text* redact_message(std::string_view message) {
    if (message.size() > largest_message)
        invalid("message is over 16 MiB", "Redact it in parts, for example line by line.");
    redact::pace pace(check_for_interrupts);
    pg::text_builder result(redact::redacted_size(message.size()));
    return result.finish(redact::put_redacted(result.begin(), message, pace));
}

}  // namespace

PG_FUNCTION(s3sign_redact, redact_message)

}  // namespace s3sign
