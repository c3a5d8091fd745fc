// SigV4 in a header: for a request that is sent at once.
// https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html
#pragma once

#include <string>
#include <string_view>

#include "sigv4/request.hpp"
#include "sigv4/signature.hpp"
#include "sigv4/time.hpp"

namespace s3sign::sigv4 {

// The value of the header Authorization. Among the request's headers there has to be x-amz-date, of
// the same time; region and service are the key's, and so must be the date.
std::string authorization(const request& r, std::string_view identity, const timestamp& time,
                          signing_key& key);

}  // namespace s3sign::sigv4
