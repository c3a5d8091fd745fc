#include "sigv4/url.hpp"

#include <algorithm>
#include <cstddef>

#include "base/ascii.hpp"
#include "base/text.hpp"

namespace s3sign::sigv4 {
namespace {

bool is_scheme(std::string_view text) {
    return !text.empty() && is_alphanumeric(text[0]) && !is_digit(text[0]) &&
           std::all_of(text.begin(), text.end(), [](char c) {
               return is_alphanumeric(c) || c == '+' || c == '-' || c == '.';
           });
}

constexpr unsigned value_of_digit(char c) {
    return static_cast<unsigned>(is_digit(c) ? c - '0' : to_lower(c) - 'a' + 10);
}

// take_until() for a text that is read once: a search for each stop is quicker than one for all.
std::string_view take_once_until(std::string_view& text, std::string_view stops) {
    std::string_view taken = text;
    for (char stop : stops) taken = taken.substr(0, taken.find(stop));
    text.remove_prefix(taken.size());
    return taken;
}

}  // namespace

std::optional<url> split_url(std::string_view text) {
    url parts;
    const std::size_t colon = text.find("://");
    if (colon == text.npos || !is_scheme(text.substr(0, colon))) return std::nullopt;
    parts.scheme = text.substr(0, colon);
    text.remove_prefix(colon + 3);
    parts.authority = take_once_until(text, "/?#");
    if (parts.authority.empty()) return std::nullopt;
    parts.path = take_once_until(text, "?#");
    if (text.starts_with('?')) {
        text.remove_prefix(1);
        parts.query = take_until(text, '#');
        parts.has_query = true;
    }
    parts.has_fragment = !text.empty();
    return parts;
}

std::string_view without_default_port(std::string_view authority, std::string_view scheme) {
    const std::string_view port = equal_but_for_case(scheme, "https") ? ":443" : ":80";
    if (authority.ends_with(port)) authority.remove_suffix(port.size());
    return authority;
}

bool begins_with_escape(std::string_view text) {
    return text.size() >= 3 && text[0] == '%' && is_hex_digit(text[1]) && is_hex_digit(text[2]);
}

bool is_decodable(std::string_view text) {
    for (take_until(text, '%'); !text.empty(); take_until(text, '%')) {
        if (!begins_with_escape(text)) return false;
        text.remove_prefix(3);
    }
    return true;
}

char* percent_decode(char* out, std::string_view text) {
    while (!text.empty()) {
        out = put(out, take_until(text, '%'));
        if (text.empty()) break;
        if (!begins_with_escape(text)) return nullptr;
        out = put(out, static_cast<char>(value_of_digit(text[1]) << 4 | value_of_digit(text[2])));
        text.remove_prefix(3);
    }
    return out;
}

field take_parameter(std::string_view& query) {
    std::string_view value = take_item(query, '&');
    const std::string_view name = take_item(value, '=');
    return {name, value};
}

}  // namespace s3sign::sigv4
