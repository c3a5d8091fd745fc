// What a server does with a presigned URL: build the canonical request again, sign it, compare.
// https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "sigv4/hash.hpp"
#include "sigv4/request.hpp"
#include "sigv4/signed_url.hpp"
#include "sigv4/time.hpp"

namespace s3sign::sigv4 {

// Whether a service signs as S3 does: the path once encoded and as it is, a payload that nobody
// has to know. Others normalise the path, encode it twice and sign the payload.
bool signs_as_s3(std::string_view service);

// --- the canonical request -----------------------------------------------------------------------

// «host[:port]» in lower case, without the scheme's own port. `out` holds the authority.
char* put_canonical_host(char* out, const url& u);

// Each byte of a path percent-encoded by AWS's rules, however it is written in the URL; where S3
// is not the service, normalised and encoded again. `out` holds canonical_path_size().
std::size_t canonical_path_size(std::string_view path);
char* put_canonical_path(char* out, std::string_view path, std::string_view service);

// How many bytes rebuild() needs.
std::size_t rebuild_size(const signed_url& u);

// The request that a server gets from a client that follows the URL. `headers` are all that come
// along, canonical and without `host`. Sorts and encodes the query of `u` in place. `u` has
// to be signed and without fault.
request rebuild(signed_url& u, std::string_view method, std::span<const field> headers,
                char* memory);

// The canonical request by the list of signed headers that the URL shows; one that did not come
// along is empty. `out` holds rebuilt_canonical_request_size().
std::size_t rebuilt_canonical_request_size(const signed_url& u, const request& r);
char* put_rebuilt_canonical_request(char* out, const signed_url& u, const request& r);

// --- the rules -----------------------------------------------------------------------------------

// The first signed header that did not come along; nothing where all did.
std::optional<std::string_view> find_missing_header(const signed_url& u,
                                                    std::span<const field> headers);

// The first header that AWS wants signed and that is not: `host`, and x-amz-… that came along.
std::optional<std::string_view> find_unsigned_header(const signed_url& u,
                                                     std::span<const field> headers);

enum class age { good, expired, early };

// How far ahead of ours the clock of who signed may be, in seconds. AWS: 15 minutes.
inline constexpr std::int64_t longest_skew = 900;

// `now` in seconds since 1970, and how far the next second has come.
age age_of(const signed_url& u, std::int64_t now, std::int64_t microseconds = 0);

// Whether the URL's signature is this one; in constant time.
bool matches(const signed_url& u, const digest& signature);

}  // namespace s3sign::sigv4
