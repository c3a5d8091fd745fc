// What a presigned URL was signed for, where that is not the request that the client sent.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "s3/cause.hpp"
#include "sigv4/request.hpp"
#include "sigv4/signature.hpp"
#include "sigv4/signed_url.hpp"

namespace s3sign::s3 {

// No server accepts a request whose canonical request is longer, in bytes; it is not looked into.
inline constexpr std::size_t longest_request = 64 << 10;

// A request that a server refused.
struct refused_request {
    const sigv4::signed_url& url;   // without fault
    const sigv4::request& request;  // as the storage should have received it
    std::string_view canonical_request;
    std::string_view string_to_sign;
};

// True where the URL's signature is that of `other` with the key of its scope.
bool is_signed(const refused_request& r, const sigv4::request& other, sigv4::signing_key& key);

// Tries the usual changes between signing and sending, one at a time: another method; a host or
// path with or without the bucket, a base path, a port or a slash at the end; a path that was
// encoded one time more or less; parameters that were added; a payload that was hashed.
// Nothing where none explains the signature, and for a request over longest_request.
std::optional<diagnosis> find_signed_variant(const refused_request& r, sigv4::signing_key& key);

}  // namespace s3sign::s3
