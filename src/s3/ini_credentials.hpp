// A profile of AWS's shared credentials file.
// https://docs.aws.amazon.com/sdkref/latest/guide/file-format.html
#pragma once

#include <string_view>

#include "s3/credentials.hpp"

namespace s3sign::s3 {

// The credentials of a profile; views `file`. The key pair may be empty or half.
// Errors: 58030 for what parse_ini() refuses, two session tokens that differ, an expiry that
// is not a time; 42704 without the profile, and for one that needs a program or the network; 22023
// for a value on several lines. Messages hold nothing of the file.
credentials read_ini_credentials(std::string_view file, std::string_view profile);

}  // namespace s3sign::s3
