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
    std::string_view origin = {};         // «scheme://host[:port]» that the URL shows
    std::string_view host = {};           // «host[:port]» that is signed
    std::string_view shown_prefix = {};   // encoded, what the URL shows for path_prefix
    std::string_view path_prefix = {};    // encoded, empty or beginning with `/`, not ending in it
    std::string_view path = {};           // raw, encoded here as S3 does: verbatim, `/` kept
    bool has_path = true;                 // else the path is path_prefix alone, without a `/`
    std::span<const field> query = {};    // further parameters, canonicalized, none of SigV4's own
    std::span<const field> headers = {};  // further signed headers, canonicalized, never `host`
    std::string_view payload = unsigned_payload;  // the payload line: that, or a hash in hex
    std::string_view identity = {};               // access key id
    std::string_view session_token = {};          // empty: none
    std::int64_t expires = 0;                     // seconds from the time of signing, 1..604800
};

// How many bytes write_presigned_url() needs to write the URL and to work.
std::size_t presigned_url_size(const presign_request& r, const scope& s);

// Writes the URL to the buffer's begin and returns the position behind it; the bytes behind that
// are used up. Region and service are the key's, and so must be the date of `time`.
char* write_presigned_url(std::span<char> buffer, const presign_request& r, const timestamp& time,
                          signing_key& key);

// Whether SigV4 gives the parameter a meaning of its own in a presigned URL, whatever its case.
bool is_signature_parameter(std::string_view name);

}  // namespace s3sign::sigv4
