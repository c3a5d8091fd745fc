// AWS's shared credentials file.
// https://docs.aws.amazon.com/sdkref/latest/guide/file-format.html
#pragma once

#include <string_view>

#include "s3/server_options.hpp"

namespace s3sign::s3 {

// The credentials of a profile; they view `file`. 42704 if the profile is missing or has no key
// pair, 22023 for a value that is too long or has a control character. Messages contain nothing
// from the file.
credentials find_profile(std::string_view file, std::string_view profile);

}  // namespace s3sign::s3
