#include "s3/character_reference.hpp"

#include <algorithm>
#include <charconv>

namespace s3sign::s3 {
namespace {

constexpr std::string_view characters = "&\"'<>";

struct name {
    std::string_view text;
    char character;
};

constexpr name names[] = {
    {"&amp;", '&'}, {"&quot;", '"'}, {"&apos;", '\''}, {"&lt;", '<'}, {"&gt;", '>'}};

// `text` begins with «&#».
std::optional<character_reference> read_number(std::string_view text) {
    const bool hexadecimal = text.size() > 2 && (text[2] == 'x' || text[2] == 'X');
    const std::size_t begin = hexadecimal ? 3 : 2;
    const std::string_view digits = text.substr(begin, hexadecimal ? 6 : 7);
    unsigned number = 0;
    const auto [end, status] = std::from_chars(digits.data(), digits.data() + digits.size(), number,
                                               hexadecimal ? 16 : 10);
    const std::size_t size = begin + static_cast<std::size_t>(end - digits.data());
    if (status != std::errc() || size >= text.size() || text[size] != ';' || number > 0x7f)
        return std::nullopt;
    const char character = static_cast<char>(number);
    if (characters.find(character) == characters.npos) return std::nullopt;
    return character_reference{character, size + 1};
}

}  // namespace

std::optional<character_reference> read_reference(std::string_view text) {
    if (text.starts_with("&#")) return read_number(text);
    for (const name& n : names)
        if (text.starts_with(n.text)) return character_reference{n.character, n.text.size()};
    return std::nullopt;
}

bool ends_with_ampersand_reference(std::string_view text) {
    text.remove_prefix(text.size() - std::min(text.size(), longest_reference));
    const std::size_t begin = text.rfind('&');
    if (begin == text.npos) return false;
    const auto reference = read_reference(text.substr(begin));
    return reference && reference->character == '&' && begin + reference->size == text.size();
}

}  // namespace s3sign::s3
