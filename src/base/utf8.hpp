// UTF-8 (RFC 3629): no surrogates, no overlong forms.
#pragma once

#include <cstddef>
#include <string_view>

namespace s3sign {

// Removes the first character of a UTF-8 text that is not empty and returns it. A byte that starts
// no valid character counts as one and gives U+FFFD.
inline char32_t take_character(std::string_view& text) {
    constexpr char32_t replacement = 0xfffd;
    constexpr char32_t least[] = {0, 0, 0x80, 0x800, 0x10000};  // by the size of the sequence
    const auto first = static_cast<unsigned char>(text[0]);
    const std::size_t size = first < 0x80             ? 1
                             : (first & 0xe0) == 0xc0 ? 2
                             : (first & 0xf0) == 0xe0 ? 3
                             : (first & 0xf8) == 0xf0 ? 4
                                                      : 0;
    char32_t c = size == 1 ? first : first & (0x7fu >> size);
    bool good = size != 0 && size <= text.size();
    for (std::size_t i = 1; good && i < size; i++) {
        const auto byte = static_cast<unsigned char>(text[i]);
        good = (byte & 0xc0) == 0x80;
        c = c << 6 | (byte & 0x3f);
    }
    good = good && c >= least[size] && c <= 0x10ffff && (c < 0xd800 || c > 0xdfff);
    text.remove_prefix(good ? size : 1);
    return good ? c : replacement;
}

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
