// The rules for headers that can be signed.
#pragma once

#include <string_view>

namespace s3sign::s3 {

enum class header_rule {
    free,
    malformed,     // not a token: RFC 9110 §5.6.2
    of_signature,  // SigV4 defines it
    unsignable,    // the client, its library or a proxy sets, changes or drops it
};

// The rule for a header's name, in any case.
header_rule rule_of_header(std::string_view name);

// True if a value is visible ASCII and spaces, which every client and server transmits unchanged.
bool is_header_value(std::string_view value);

}  // namespace s3sign::s3
