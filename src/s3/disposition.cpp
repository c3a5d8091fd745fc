#include "s3/disposition.hpp"

#include "base/text.hpp"
#include "sigv4/encoded.hpp"

namespace s3sign::s3 {
namespace {

// The bytes of the first character of valid UTF-8.
std::string_view first_character(std::string_view text) {
    std::size_t size = 1;
    while (size < text.size() && (static_cast<unsigned char>(text[size]) & 0xc0) == 0x80) size++;
    return text.substr(0, size);
}

bool is_harmful(std::string_view character) {
    const auto first = static_cast<unsigned char>(character[0]);
    if (character.size() == 1) return first < ' ' || first == 0x7f || first == '/' || first == '\\';
    if (first == 0xc2 && character[1] < '\xa0') return true;  // C1
    // U+061C, U+200E, U+200F, U+2028 to U+202E, U+2066 to U+2069
    constexpr std::string_view harmful[] = {
        "\u061c", "\u200e", "\u200f", "\u2028", "\u2029", "\u202a", "\u202b",
        "\u202c", "\u202d", "\u202e", "\u2066", "\u2067", "\u2068", "\u2069",
    };
    return contains(harmful, character);
}

}  // namespace

std::string attachment(std::string_view name) {
    std::string clean;
    std::string ascii;
    while (!name.empty()) {
        std::string_view character = first_character(name);
        name.remove_prefix(character.size());
        if (is_harmful(character)) character = "_";
        clean += character;
        // Some browsers decode `%` in the quoted name.
        const bool plain = character.size() == 1 && character != "\"" && character != "%";
        ascii += plain ? character : "_";
    }
    std::string result = "attachment; filename=\"" + ascii + "\"";
    if (ascii != clean) result += "; filename*=UTF-8''" + sigv4::encoded(clean);
    return result;
}

}  // namespace s3sign::s3
