// UTF-8 (RFC 3629): no surrogates, no overlong forms.
#pragma once

#include <cstddef>
#include <string_view>

#include "base/json.hpp"

namespace s3sign {

// The number of bytes of the first character; 0 where none begins or the text is empty.
inline std::size_t size_of_character(std::string_view text) {
    if (text.empty()) return 0;
    std::string_view rest = text;
    const char32_t c = take_character(rest);
    const std::size_t size = text.size() - rest.size();
    return c == 0xfffd && size == 1 ? 0 : size;
}

inline bool is_utf8(std::string_view text) {
    while (const std::size_t size = size_of_character(text)) text.remove_prefix(size);
    return text.empty();
}

// Writes a character, at most four bytes.
inline char* put_utf8(char* out, char32_t c) {
    const auto put_byte = [&](char32_t byte) { *out++ = static_cast<char>(byte); };
    const auto put_rest = [&](int shift) { put_byte(0x80 | (c >> shift & 0x3f)); };
    if (c < 0x80) {
        put_byte(c);
    } else if (c < 0x800) {
        put_byte(0xc0 | c >> 6);
        put_rest(0);
    } else if (c < 0x10000) {
        put_byte(0xe0 | c >> 12);
        put_rest(6);
        put_rest(0);
    } else {
        put_byte(0xf0 | c >> 18);
        put_rest(12);
        put_rest(6);
        put_rest(0);
    }
    return out;
}

}  // namespace s3sign
