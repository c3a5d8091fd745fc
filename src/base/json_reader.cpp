#include "base/json_reader.hpp"

#include <bitset>
#include <cstring>

#include "base/ascii.hpp"
#include "base/utf8.hpp"

namespace s3sign {

void json_reader::skip_blanks() {
    while (at_ != end_ && (*at_ == ' ' || *at_ == '\t' || *at_ == '\n' || *at_ == '\r')) at_++;
}

bool json_reader::take(char c) {
    skip_blanks();
    if (at_ == end_ || *at_ != c) return false;
    at_++;
    return true;
}

void json_reader::expect(char c) {
    if (!take(c)) fail();
}

void json_reader::expect_end() {
    skip_blanks();
    if (at_ != end_) fail();
}

json_reader::kind json_reader::next_kind() {
    skip_blanks();
    if (at_ == end_) fail();
    switch (*at_) {
        case '{':
            return kind::object;
        case '[':
            return kind::array;
        case '"':
            return kind::string;
        case 't':
        case 'f':
            return kind::boolean;
        case 'n':
            return kind::null;
        default:
            return kind::number;
    }
}

std::string_view json_reader::read_name() {
    const std::string_view name = read_string();
    expect(':');
    return name;
}

void json_reader::read_literal(std::string_view literal) {
    skip_blanks();
    const std::string_view rest(at_, static_cast<std::size_t>(end_ - at_));
    if (!rest.starts_with(literal)) fail();
    at_ += literal.size();
}

std::string_view json_reader::read_boolean() {
    skip_blanks();
    const std::string_view value = at_ != end_ && *at_ == 't' ? "true" : "false";
    read_literal(value);
    return value;
}

void json_reader::read_digits() {
    if (at_ == end_ || !is_digit(*at_)) fail();
    while (at_ != end_ && is_digit(*at_)) at_++;
}

// RFC 8259 §6.
std::string_view json_reader::read_number() {
    skip_blanks();
    const char* const begin = at_;
    if (at_ != end_ && *at_ == '-') at_++;
    if (at_ != end_ && *at_ == '0')
        at_++;
    else
        read_digits();
    if (at_ != end_ && *at_ == '.') {
        at_++;
        read_digits();
    }
    if (at_ != end_ && to_lower(*at_) == 'e') {
        at_++;
        if (at_ != end_ && (*at_ == '+' || *at_ == '-')) at_++;
        read_digits();
    }
    return {begin, static_cast<std::size_t>(at_ - begin)};
}

char json_reader::read_escape_letter() {
    if (at_ == end_) fail();
    return *at_++;
}

unsigned json_reader::read_hex_unit() {
    unsigned unit = 0;
    for (int i = 0; i < 4; i++) {
        const char c = read_escape_letter();
        if (!is_hex_digit(c)) fail();
        unit = unit << 4 | static_cast<unsigned>(is_digit(c) ? c - '0' : to_lower(c) - 'a' + 10);
    }
    return unit;
}

// What follows a backslash.
char32_t json_reader::read_escaped_character() {
    constexpr std::string_view letters = "\"\\/bfnrt";
    constexpr std::string_view meanings = "\"\\/\b\f\n\r\t";
    const char letter = read_escape_letter();
    if (letter != 'u') {
        const std::size_t found = letters.find(letter);
        if (found == letters.npos) fail();
        return static_cast<unsigned char>(meanings[found]);
    }
    const unsigned first = read_hex_unit();
    if (first < 0xd800 || first > 0xdfff) return first;
    // a high surrogate, which a low one has to follow
    if (first > 0xdbff || read_escape_letter() != '\\' || read_escape_letter() != 'u') fail();
    const unsigned second = read_hex_unit();
    if (second < 0xdc00 || second > 0xdfff) fail();
    return 0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00);
}

std::string_view json_reader::read_string() {
    expect('"');
    char* const begin = at_;
    char* out = at_;
    while (true) {
        if (at_ == end_ || static_cast<unsigned char>(*at_) < ' ') fail();
        if (*at_ == '"') break;
        if (*at_ == '\\') {
            at_++;
            out = put_utf8(out, read_escaped_character());
            continue;
        }
        const std::size_t size = size_of_character({at_, static_cast<std::size_t>(end_ - at_)});
        if (size == 0) fail();
        std::memmove(out, at_, size);
        out += size;
        at_ += size;
    }
    at_++;
    return {begin, static_cast<std::size_t>(out - begin)};
}

void json_reader::skip_value() {
    constexpr std::size_t deepest = 64;
    std::bitset<deepest> is_object;
    std::size_t depth = 0;
    while (true) {
        const kind next = next_kind();
        if (next == kind::object || next == kind::array) {
            at_++;
            const bool object = next == kind::object;
            if (!take(object ? '}' : ']')) {
                if (depth == deepest) fail();
                is_object[depth++] = object;
                if (object) read_name();
                continue;
            }
        } else if (next == kind::string) {
            read_string();
        } else if (next == kind::number) {
            read_number();
        } else if (next == kind::null) {
            read_null();
        } else {
            read_boolean();
        }
        while (depth > 0 && !take(',')) expect(is_object[--depth] ? '}' : ']');
        if (depth == 0) return;
        if (is_object[depth - 1]) read_name();
    }
}

}  // namespace s3sign
