// AWS's shared credentials file.
// https://docs.aws.amazon.com/sdkref/latest/guide/file-format.html
#pragma once

#include <string_view>

#include "s3/server_options.hpp"

namespace s3sign::s3 {

// The key pair of a profile; views `file`. 42704 where the profile is missing or has no pair.
// Messages hold nothing of the file.
credentials find_profile(std::string_view file, std::string_view profile);

}  // namespace s3sign::s3
