// String helpers.
//
// A writer takes a `char*` into a buffer that is large enough, writes there and returns the
// position after the last byte. Only write_string() allocates.
#pragma once

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <ranges>
#include <string>
#include <string_view>

namespace s3sign {

// --- writing -----------------------------------------------------------------------------------

inline char* put(char* out, std::string_view text) { return out + text.copy(out, text.size()); }

inline char* put(char* out, char c) {
    *out = c;
    return out + 1;
}

// The bytes from `begin` up to `end`.
inline std::string_view view(const char* begin, const char* end) {
    return {begin, static_cast<std::size_t>(end - begin)};
}

// The output of the writer `write`, which writes at most `size` bytes.
template <class Write>
std::string write_string(std::size_t size, Write write) {
    std::string text(size, '\0');
    text.resize(view(text.data(), write(text.data())).size());
    return text;
}

// --- reading -----------------------------------------------------------------------------------

// Removes the text before the first of `stops`, or all of it, and returns it. The stop is left.
inline std::string_view take_until(std::string_view& text, std::string_view stops) {
    // find_first_of() calls memchr() for each byte of the text, find() calls it once.
    const std::string_view taken =
        text.substr(0, stops.size() == 1 ? text.find(stops[0]) : text.find_first_of(stops));
    text.remove_prefix(taken.size());
    return taken;
}

inline std::string_view take_until(std::string_view& text, char stop) {
    const std::string_view taken = text.substr(0, text.find(stop));
    text.remove_prefix(taken.size());
    return taken;
}

// Removes the first item of a list and the separator after it, and returns the item.
inline std::string_view take_item(std::string_view& list, char separator) {
    const std::string_view item = take_until(list, separator);
    if (!list.empty()) list.remove_prefix(1);
    return item;
}

// Removes the first line with its line end, LF or CRLF, and returns it without.
inline std::string_view take_line(std::string_view& text) {
    std::string_view line = take_item(text, '\n');
    if (line.ends_with('\r')) line.remove_suffix(1);
    return line;
}

// `text` without `blanks` at its ends.
inline std::string_view trimmed(std::string_view text, std::string_view blanks = " \t\r\n") {
    text.remove_prefix(std::min(text.find_first_not_of(blanks), text.size()));
    return text.substr(0, text.find_last_not_of(blanks) + 1);
}

constexpr bool contains(std::string_view text, std::string_view part) {
    return text.find(part) != text.npos;
}

// True if one of the strings in `list` is `text`.
template <std::ranges::input_range List>
requires std::convertible_to<std::ranges::range_reference_t<const List>, std::string_view>
constexpr bool contains(const List& list, std::string_view text) {
    return std::any_of(std::ranges::begin(list), std::ranges::end(list),
                       [&](std::string_view item) { return item == text; });
}

}  // namespace s3sign
