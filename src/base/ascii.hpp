// Classes of ASCII characters. <cctype> depends on the locale.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>

namespace s3sign {

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
constexpr bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
constexpr char to_lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }
constexpr bool is_alphanumeric(char c) { return is_digit(c) || is_lower(to_lower(c)); }
constexpr bool is_hex_digit(char c) {
    return is_digit(c) || (to_lower(c) >= 'a' && to_lower(c) <= 'f');
}

// A character of a token: RFC 9110 §5.6.2.
constexpr bool is_token_character(char c) {
    constexpr std::string_view others = "!#$%&'*+-.^_`|~";
    return is_alphanumeric(c) || others.find(c) != others.npos;
}

// The lower-case hexadecimal digit of a value from 0 to 15.
constexpr char hex_digit(unsigned value) {
    return static_cast<char>(value + (value < 10 ? '0' : 'a' - 10));
}

// True if `text` has at least one character and digits only.
constexpr bool is_number(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), is_digit);
}

// True if every character is visible: no space, control or non-ASCII character.
constexpr bool is_visible_ascii(std::string_view text) {
    // GCC vectorizes a loop without an early end, and with a byte for its result.
    unsigned char others = 0;
    for (char c : text) others |= c <= ' ' || c > '~';
    return others == 0;
}

inline std::string to_lower(std::string_view text) {
    std::string result(text);
    std::transform(result.begin(), result.end(), result.begin(),
                   [](char c) { return to_lower(c); });
    return result;
}

constexpr bool equal_but_for_case(std::string_view a, std::string_view b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](char x, char y) { return to_lower(x) == to_lower(y); });
}

}  // namespace s3sign
