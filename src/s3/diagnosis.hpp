// Why a server refused a presigned URL or a form.
//
// The most certain first: what the key of the URL computes, then what the server says it hashed,
// then the meaning of its error.
#pragma once

#include <cstdint>
#include <optional>

#include "s3/cause.hpp"
#include "s3/error_body.hpp"
#include "s3/signed_variant.hpp"
#include "sigv4/signature.hpp"
#include "sigv4/signed_url.hpp"

namespace s3sign::s3 {

// For a URL that no server accepts as signed with Signature Version 4: the url of a form, which
// the error tells from others, another scheme, or a malformed URL. Nothing for any other URL.
// `now` is the clock in seconds since 1970.
std::optional<diagnosis> diagnose_unsigned(const sigv4::signed_url& u, const error_body& error,
                                           std::int64_t now);

// For every other URL, with the key of its scope. The clock decides only where the error does not:
// a body may be older than the URL's end. The result never holds a signature that was computed
// here.
diagnosis diagnose(const refused_request& r, const error_body& error, sigv4::signing_key& key,
                   std::int64_t now);

}  // namespace s3sign::s3
