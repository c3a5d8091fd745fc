// Which headers can be signed.
#pragma once

#include <string_view>

namespace s3sign::s3 {

enum class header_rule {
    free,
    malformed,     // not a token of RFC 9110 §5.6.2
    of_signature,  // SigV4 sets it or reads its own meaning into it
    unsignable,    // the client, its library or a proxy sets, changes or drops it
};

// The rule for a header's name, whatever its case.
header_rule rule_of_header(std::string_view name);

// Visible ASCII and spaces: what of a value is safe with every client and server.
bool is_header_value(std::string_view value);

}  // namespace s3sign::s3
