// Why a server refused a presigned URL.
#pragma once

#include <cstdint>
#include <string_view>

#include "s3/error_body.hpp"
#include "s3/canonical_diff.hpp"
#include "sigv4/request.hpp"
#include "sigv4/signature.hpp"
#include "sigv4/signed_url.hpp"

namespace s3sign::s3 {

struct refused_request {
    const sigv4::signed_url& url;   // without fault
    const sigv4::request& request;  // as the storage should have got it
    std::string_view canonical_request;
    std::string_view string_to_sign;
};

// `key` is that of the URL's scope, `now` the clock in seconds since 1970. Nothing that is
// returned holds a signature.
diagnosis diagnose(const refused_request& r, const error_body& error, sigv4::signing_key& key,
                   std::int64_t now);

}  // namespace s3sign::s3
