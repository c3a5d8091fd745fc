// Writers (see base/text.hpp) for percent-encoding, base16 and decimal numbers. Nothing here
// allocates or throws.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace s3sign::sigv4 {

// The most bytes that `size` bytes take when percent-encoded.
constexpr std::size_t encoded_size(std::size_t size) { return 3 * size; }

// AWS UriEncode(): keeps the unreserved characters of RFC 3986 §2.3 and writes every other byte as
// %XX in upper case.
char* uri_encode(char* out, std::string_view text);

// The same for a path: keeps `/` too.
char* uri_encode_path(char* out, std::string_view path);

// Lower-case base16: two digits for each byte.
char* put_hex(char* out, std::span<const unsigned char> bytes);

// A decimal number of up to 20 digits.
char* put_decimal(char* out, std::uint64_t number);

}  // namespace s3sign::sigv4
