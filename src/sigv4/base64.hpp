// RFC 4648 §4.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "sigv4/hash.hpp"

namespace s3sign::sigv4 {

std::string base64(std::string_view bytes);

// The digest that a text in base64 stands for; nothing where it stands for none.
std::optional<digest> parse_base64_digest(std::string_view text);

}  // namespace s3sign::sigv4
