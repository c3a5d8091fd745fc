// Arguments that the functions of the extension share: texts, and the objects `query` and
// `headers`. What they return views the current memory context.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "pg/datum.hpp"
#include "sigv4/request.hpp"

namespace s3sign {

// No server takes a URL or headers of this size; more is refused before work is done on it.
inline constexpr std::size_t longest_argument = 1 << 20;

// Texts in UTF-8; 22021 where one can't be converted. Messages name the argument, never its value.
std::string_view utf8(std::string_view argument, std::string_view text);

inline std::optional<std::string_view> utf8(std::string_view argument,
                                            std::optional<std::string_view> text) {
    if (!text) return std::nullopt;
    return utf8(argument, *text);
}

// 22023 for an empty text.
std::string_view not_empty(std::string_view argument, std::string_view text);

// The query parameters of an object, canonicalized. 22023 for what can't be one.
std::span<const sigv4::field> read_query(std::optional<pg::jsonb> query);

// The headers of an object, canonicalized. 22023 for what can't be one or can't be signed.
std::span<const sigv4::field> read_headers(std::optional<pg::jsonb> headers);

}  // namespace s3sign
