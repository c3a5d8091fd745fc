// Step 1 of SigV4: the canonical request and its parts.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
#pragma once

#include <span>
#include <string_view>

#include "sigv4/request.hpp"

namespace s3sign::sigv4 {

// True if a service signs as S3 does: the path is encoded once and never normalized, and the
// payload may be unsigned. Other services normalize the path, encode it twice and sign the
// payload's hash.
bool signs_as_s3(std::string_view service);

// --- path --------------------------------------------------------------------------------------

// Writes a normalized path: RFC 3986 §5.2.4, and empty segments are dropped. `out` holds
// path.size() + 1 bytes.
char* normalize_path(char* out, std::string_view path);

// --- query -------------------------------------------------------------------------------------

// Replaces names and values by percent-encoded ones, which it writes to `out`, and sorts by encoded
// name, then encoded value. `out` holds the sum of encoded_size() of all names and values.
char* canonicalize_query(std::span<field> query, char* out);

// Writes a canonicalized query: `name=value&name=value`.
char* put_query(char* out, std::span<const field> query);

// --- headers -----------------------------------------------------------------------------------

// Lower-cases names, trims values and collapses runs of blanks in them, joins the values of equal
// names with `,` in the order given, and sorts by name. The fields then view `out`, which holds the
// sizes of all names and values and one more byte for each header. Returns the number of headers
// left at the front.
std::size_t canonicalize_headers(std::span<field> headers, char* out);

// The header of that lower-case name in canonicalized headers; null if there is none.
const field* find_header(std::span<const field> headers, std::string_view name);

// Writes the sorted names of the signed headers, `host` among them: `host;name;name`.
char* put_signed_headers(char* out, const request& r);

// --- canonical request -------------------------------------------------------------------------

// At least as many bytes as put_canonical_request() writes.
std::size_t canonical_request_size(const request& r);

char* put_canonical_request(char* out, const request& r);

// The part after method, path and query.
char* put_canonical_headers(char* out, const request& r);

}  // namespace s3sign::sigv4
