// Base64: RFC 4648 §4.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "sigv4/hash.hpp"

namespace s3sign::sigv4 {

std::string base64(std::string_view bytes);

// True if `text` is the canonical base64 of `size` bytes.
bool is_base64(std::string_view text, std::size_t size);

// The digest that `text` encodes; nullopt if it is not the canonical base64 of 32 bytes.
std::optional<digest> parse_base64_digest(std::string_view text);

}  // namespace s3sign::sigv4
