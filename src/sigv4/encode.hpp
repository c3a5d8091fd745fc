// Percent-encoding and base16, by writers (see base/text.hpp). Nothing here allocates or throws.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "base/text.hpp"

namespace s3sign::sigv4 {

// The longest that percent-encoding makes of `size` bytes.
constexpr std::size_t encoded_size(std::size_t size) { return 3 * size; }

// AWS: UriEncode(). RFC 3986 §2.3 unreserved characters stay, every other byte becomes %XX in
// upper case; a space is %20.
char* uri_encode(char* out, std::string_view text);

// The same with `/` kept: a path.
char* uri_encode_path(char* out, std::string_view path);

// Lower-case base16: twice as many bytes.
char* put_hex(char* out, std::span<const unsigned char> bytes);

// A decimal number without sign.
char* put_decimal(char* out, std::uint64_t number);

}  // namespace s3sign::sigv4
