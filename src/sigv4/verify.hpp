// Verifies a presigned URL as a server does: rebuild the canonical request, sign it, compare.
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

// --- the canonical request -----------------------------------------------------------------------

// Writes `host[:port]` in lower case, without the scheme's default port. `out` holds
// u.authority.size() bytes.
char* put_canonical_host(char* out, const url& u);

// Writes a path that is_decodable() in canonical form: decoded, then encoded with AWS's rules; for
// services that do not sign as S3 also normalized and encoded again. `out` holds
// canonical_path_size() bytes.
std::size_t canonical_path_size(std::string_view path);
char* put_canonical_path(char* out, std::string_view path, std::string_view service);

// The bytes of memory that rebuild() needs.
std::size_t rebuild_size(const signed_url& u);

// The request that a server receives from a client that uses the URL. `headers` are all headers
// that the client sends, canonicalized and without `host`. Canonicalizes the query of `u`, which
// must have no fault.
request rebuild(signed_url& u, std::string_view method, std::span<const field> headers,
                char* memory);

// The same without host and path, for a caller that knows them.
request rebuild_without_location(signed_url& u, std::string_view method,
                                 std::span<const field> headers, char* memory);

// Writes the canonical request of `r` with the signed headers that the URL names; one that `r` does
// not have is empty. `out` holds rebuilt_canonical_request_size() bytes.
std::size_t rebuilt_canonical_request_size(const signed_url& u, const request& r);
char* put_rebuilt_canonical_request(char* out, const signed_url& u, const request& r);

// --- the rules -----------------------------------------------------------------------------------

// The first signed header that is not among `headers`.
std::optional<std::string_view> find_missing_header(const signed_url& u,
                                                    std::span<const field> headers);

// The first header that AWS requires to be signed and that is not: `host`, and each x-amz-... among
// `headers`.
std::optional<std::string_view> find_unsigned_header(const signed_url& u,
                                                     std::span<const field> headers);

enum class age { good, expired, early };

// The most seconds that the signer's clock may be ahead. AWS: 15 minutes.
inline constexpr std::int64_t longest_skew = 900;

// The age of a URL without fault at `now`, in seconds since 1970, plus `microseconds`.
age age_of(const signed_url& u, std::int64_t now, std::int64_t microseconds = 0);

// True if this is the URL's signature. Compares in constant time.
bool matches(const signed_url& u, const digest& signature);

}  // namespace s3sign::sigv4
