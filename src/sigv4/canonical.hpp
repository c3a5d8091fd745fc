// Step 1 of SigV4: the canonical request and its parts.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
#pragma once

#include <span>
#include <string_view>

#include "sigv4/request.hpp"

namespace s3sign::sigv4 {

// --- path --------------------------------------------------------------------------------------

// RFC 3986 §5.2.4 with empty segments dropped: how services other than S3 normalise a path before
// it is encoded. `out` holds path.size() + 1 bytes; returns the position behind the result.
char* normalize_path(char* out, std::string_view path);

// --- query -------------------------------------------------------------------------------------

// Percent-encodes names and values in place of the raw ones, into `out`, and sorts by encoded
// name, then encoded value. `out` holds the sum of encoded_size() of all names and values.
char* canonicalize_query(std::span<field> query, char* out);

// «name=value&name=value» of a canonicalized query.
char* put_query(char* out, std::span<const field> query);

// --- headers -----------------------------------------------------------------------------------

// Lower-cases names, trims values and collapses runs of blanks in them, into `out`, joins the
// values of equal names with `,` in the order given and sorts by name. Returns how many headers
// are left at the front. `out` holds the sum of the sizes of all names and values, and one more
// byte for each header.
std::size_t canonicalize_headers(std::span<field> headers, char* out);

// «host;name;name»: the names of the signed headers, `host` at its place in the order.
char* put_signed_headers(char* out, const request& r);

// --- the whole ---------------------------------------------------------------------------------

// At least as many bytes as put_canonical_request() writes.
std::size_t canonical_request_size(const request& r);

char* put_canonical_request(char* out, const request& r);

// The same from the headers on: what stands behind method, path and query.
char* put_canonical_headers(char* out, const request& r);

}  // namespace s3sign::sigv4
