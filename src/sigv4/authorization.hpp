// SigV4 in the Authorization header, for a request that is sent immediately.
// https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "sigv4/request.hpp"
#include "sigv4/signature.hpp"
#include "sigv4/time.hpp"

namespace s3sign::sigv4 {

// In seconds. AWS: requests "must reach S3 within 15 minutes of the timestamp in the request".
// https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-authenticating-requests.html
inline constexpr std::int64_t authorization_life = 900;

// The value of the header Authorization. `r` must include the header x-amz-date with `time`, and
// the key must be bound to the date of `time`.
std::string authorization(const request& r, std::string_view identity, const timestamp& time,
                          signing_key& key);

}  // namespace s3sign::sigv4
