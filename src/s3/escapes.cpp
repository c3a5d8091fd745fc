#include "s3/escapes.hpp"

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <iterator>

#include "base/ascii.hpp"

namespace s3sign::s3 {
namespace {

struct entity {
    std::string_view name;
    char character;
};

constexpr entity entities[] = {
    {"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&apos;", '\''},
};

constexpr unsigned value_of_digit(char c) {
    return static_cast<unsigned>(is_digit(c) ? c - '0' : to_lower(c) - 'a' + 10);
}

// Removes «\uXXXX» from the beginning of `text`.
std::optional<char32_t> take_unit(std::string_view& text) {
    constexpr std::size_t size = 6;
    if (text.size() < size || !text.starts_with("\\u") ||
        !std::all_of(text.begin() + 2, text.begin() + size, is_hex_digit))
        return std::nullopt;
    char32_t unit = 0;
    for (const char c : text.substr(2, 4)) unit = unit << 4 | value_of_digit(c);
    text.remove_prefix(size);
    return unit;
}

void add_utf8(std::string& out, char32_t c) {
    const auto byte = [](char32_t bits) { return static_cast<char>(bits); };
    if (c < 0x80) {
        out += byte(c);
    } else if (c < 0x800) {
        out += {byte(0xc0 | c >> 6), byte(0x80 | (c & 0x3f))};
    } else if (c < 0x10000) {
        out += {byte(0xe0 | c >> 12), byte(0x80 | (c >> 6 & 0x3f)), byte(0x80 | (c & 0x3f))};
    } else {
        out += {byte(0xf0 | c >> 18), byte(0x80 | (c >> 12 & 0x3f)), byte(0x80 | (c >> 6 & 0x3f)),
                byte(0x80 | (c & 0x3f))};
    }
}

// XML 1.1 §2.2; XML 1.0 has fewer control characters.
constexpr bool is_xml_character(char32_t c) {
    return (c > 0 && c < 0xd800) || (c >= 0xe000 && c < 0xfffe) || (c >= 0x10000 && c < 0x110000);
}

// Removes a reference to a character, «&#10;» or «&#xA;», from the beginning of `text`.
bool take_character_reference(std::string& out, std::string_view& text) {
    if (!text.starts_with("&#")) return false;
    const bool is_hex = text.substr(2).starts_with('x');
    const char* const begin = text.data() + (is_hex ? 3 : 2);
    const char* const end = text.data() + text.size();
    std::uint32_t number = 0;
    const auto [stop, error] = std::from_chars(begin, end, number, is_hex ? 16 : 10);
    if (error != std::errc() || stop == end || *stop != ';' || !is_xml_character(number))
        return false;
    text.remove_prefix(static_cast<std::size_t>(stop + 1 - text.data()));
    add_utf8(out, number);
    return true;
}

// Takes one character written as one or two «\uXXXX».
bool take_unicode_escape(std::string& out, std::string_view& text) {
    constexpr char32_t replacement = 0xfffd;
    const auto first = take_unit(text);
    if (!first) return false;
    if (*first >= 0xd800 && *first < 0xdc00) {
        std::string_view rest = text;
        const auto second = take_unit(rest);
        if (second && *second >= 0xdc00 && *second < 0xe000) {
            text = rest;
            add_utf8(out, 0x10000 + ((*first - 0xd800) << 10) + (*second - 0xdc00));
            return true;
        }
    }
    const bool is_half = *first >= 0xd800 && *first < 0xe000;
    add_utf8(out, is_half || *first == 0 ? replacement : *first);
    return true;
}

}  // namespace

std::string unescape_xml(std::string_view text) {
    std::string result;
    while (!text.empty()) {
        const std::size_t ampersand = std::min(text.find('&'), text.size());
        result += text.substr(0, ampersand);
        text.remove_prefix(ampersand);
        if (text.empty()) break;
        if (take_character_reference(result, text)) continue;
        const auto* const known =
            std::find_if(std::begin(entities), std::end(entities),
                         [&](const entity& e) { return text.starts_with(e.name); });
        const bool found = known != std::end(entities);
        result += found ? known->character : '&';
        text.remove_prefix(found ? known->name.size() : 1);
    }
    return result;
}

std::string unescape_json(std::string_view text) {
    constexpr std::string_view letters = "\"\\/bfnrt", characters = "\"\\/\b\f\n\r\t";
    std::string result;
    while (!text.empty()) {
        const std::size_t backslash = std::min(text.find('\\'), text.size());
        result += text.substr(0, backslash);
        text.remove_prefix(backslash);
        if (text.empty()) break;
        if (take_unicode_escape(result, text)) continue;
        const std::size_t known = text.size() > 1 ? letters.find(text[1]) : letters.npos;
        const bool found = known != letters.npos;
        result += found ? characters[known] : '\\';
        text.remove_prefix(found ? 2 : 1);
    }
    return result;
}

std::optional<std::string> decode_hex(std::string_view text) {
    std::string bytes;
    std::optional<unsigned> half;
    for (const char c : text) {
        if (c == ' ' || c == '\t' || c == '\r' || c == '\n') continue;
        if (!is_hex_digit(c)) return std::nullopt;
        if (half) {
            bytes += static_cast<char>(*half << 4 | value_of_digit(c));
            half.reset();
        } else {
            half = value_of_digit(c);
        }
    }
    if (half) return std::nullopt;
    return bytes;
}

}  // namespace s3sign::s3
