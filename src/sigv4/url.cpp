#include "sigv4/url.hpp"

#include <algorithm>
#include <cstddef>

#include "base/ascii.hpp"
#include "sigv4/encode.hpp"

namespace s3sign::sigv4 {
namespace {

// Cuts `text` at the first of `stops` and returns what stood before it.
std::string_view take_until(std::string_view& text, std::string_view stops) {
    // find_first_of() calls memchr() for each byte of the text, find() calls it once.
    const std::size_t stop = stops.size() == 1 ? text.find(stops[0]) : text.find_first_of(stops);
    const std::size_t end = std::min(stop, text.size());
    const std::string_view taken = text.substr(0, end);
    text.remove_prefix(end);
    return taken;
}

bool is_scheme(std::string_view text) {
    return !text.empty() && is_alphanumeric(text[0]) && !is_digit(text[0]) &&
           std::all_of(text.begin(), text.end(), [](char c) {
               return is_alphanumeric(c) || c == '+' || c == '-' || c == '.';
           });
}

constexpr unsigned value_of_digit(char c) {
    return static_cast<unsigned>(is_digit(c) ? c - '0' : to_lower(c) - 'a' + 10);
}

}  // namespace

std::optional<url> split_url(std::string_view text) {
    url parts;
    const std::size_t colon = text.find("://");
    if (colon == text.npos || !is_scheme(text.substr(0, colon))) return std::nullopt;
    parts.scheme = text.substr(0, colon);
    text.remove_prefix(colon + 3);
    parts.authority = take_until(text, "/?#");
    if (parts.authority.empty()) return std::nullopt;
    parts.path = take_until(text, "?#");
    if (text.starts_with('?')) {
        text.remove_prefix(1);
        parts.query = take_until(text, "#");
        parts.has_query = true;
    }
    parts.has_fragment = !text.empty();
    return parts;
}

bool is_visible_ascii(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c <= '~'; });
}

char* percent_decode(char* out, std::string_view text) {
    while (!text.empty()) {
        out = put(out, take_until(text, "%"));
        if (text.empty()) break;
        if (text.size() < 3 || !is_hex_digit(text[1]) || !is_hex_digit(text[2])) return nullptr;
        out = put(out, static_cast<char>(value_of_digit(text[1]) << 4 | value_of_digit(text[2])));
        text.remove_prefix(3);
    }
    return out;
}

field take_parameter(std::string_view& query) {
    std::string_view value = take_until(query, "&");
    if (!query.empty()) query.remove_prefix(1);
    const std::string_view name = take_until(value, "=");
    if (!value.empty()) value.remove_prefix(1);
    return {name, value};
}

}  // namespace s3sign::sigv4
