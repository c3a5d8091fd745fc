// A POST policy: what a browser's form may upload. The policy is signed instead of a request.
// https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-HTTPPOSTConstructPolicy.html
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "sigv4/time.hpp"

namespace s3sign::sigv4 {

enum class condition_kind { equal, starts_with, content_length_range };

// A condition on a field of the form, or on the size of the file.
struct condition {
    condition_kind kind;
    std::string field;  // empty for content_length_range
    std::string value;
    std::int64_t least = 0;  // bytes, inclusive
    std::int64_t most = 0;   // bytes, inclusive
};

// The policy as JSON. `expiration` is the last second in which the form is accepted. Its base64 is
// the string to sign and the form's field `policy`.
std::string policy_text(const timestamp& expiration, std::span<const condition> conditions);

}  // namespace s3sign::sigv4
