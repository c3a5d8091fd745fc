// A presigned URL: SigV4 in the query of a URL.
// https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "sigv4/request.hpp"
#include "sigv4/signature.hpp"
#include "sigv4/time.hpp"

namespace s3sign::sigv4 {

struct presign_request {
    std::string_view method;
    std::string_view origin = {};        // scheme://host[:port] in the URL
    std::string_view host = {};          // host[:port] that is signed
    std::string_view shown_prefix = {};  // encoded; in the URL instead of path_prefix
    std::string_view path_prefix = {};  // encoded; empty, or begins with `/` and does not end in it
    std::string_view path = {};         // not encoded; `/` is kept
    bool has_path = true;               // false: the path is path_prefix alone
    std::span<const field> query = {};  // canonicalized; without SigV4's parameters
    std::span<const field> headers = {};          // canonicalized; without `host`
    std::string_view payload = unsigned_payload;  // or the hash in base16
    std::string_view identity = {};               // access key id
    std::string_view session_token = {};          // may be empty
    std::int64_t expires = 0;                     // seconds after signing, 1..604800
};

// The bytes that write_presigned_url() needs, for the URL and to work in.
std::size_t presigned_url_size(const presign_request& r, const scope& s);

// At least as many bytes as the URL or its canonical request has.
std::size_t presign_room(const presign_request& r, const scope& s);

// Writes the query of the URL up to the signature, which is the query that is signed. The key must
// be bound to the date of `time`.
char* put_presigned_query(char* out, const presign_request& r, const timestamp& time,
                          signing_key& key);

// Writes the rest of the canonical request, after the query's line end.
char* put_presigned_headers(char* out, const presign_request& r);

// What is between the query that is signed and the signature in base16.
inline constexpr std::string_view signature_parameter = "&X-Amz-Signature=";

// Writes the URL to the beginning of `buffer` and returns the position after it. Overwrites the
// rest of the buffer too. The key must be bound to the date of `time`.
char* write_presigned_url(std::span<char> buffer, const presign_request& r, const timestamp& time,
                          signing_key& key);

// The same without the signature, which is the URL's last part: for code that signs the canonical
// request, a view of the buffer, in another way.
struct unsigned_url {
    char* end;
    std::string_view canonical_request;
};
unsigned_url write_unsigned_url(std::span<char> buffer, const presign_request& r,
                                const timestamp& time, signing_key& key);

// True if SigV4 defines the query parameter `name`, in any case.
bool is_signature_parameter(std::string_view name);

}  // namespace s3sign::sigv4
