// The Content-Disposition header of a download.
#pragma once

#include <string>
#include <string_view>

namespace s3sign::s3 {

// `attachment` with the file name `name`, in UTF-8: as a quoted ASCII name (RFC 6266) and, if that
// differs from the name, also in the form of RFC 8187, which browsers prefer. Replaces control
// characters, slashes and bidirectional formatting characters by `_`, so that a name can't end the
// header or look like another name.
std::string attachment(std::string_view name);

}  // namespace s3sign::s3
