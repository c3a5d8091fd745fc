// Content-Disposition of a download.
#pragma once

#include <string>
#include <string_view>

namespace s3sign::s3 {

// «attachment» under the name, in UTF-8: a quoted ASCII name (RFC 6266), and where that is not the
// name itself, RFC 8187's too, which browsers prefer. Control characters, slashes, and what turns
// the direction of writing around become `_`: no name breaks out of the header or looks like
// another.
std::string attachment(std::string_view name);

}  // namespace s3sign::s3
