#include "redact/reader.hpp"

namespace s3sign::redact {
namespace {

constexpr struct {
    std::string_view name;
    char character;
} references[] = {{"quot;", '"'}, {"apos;", '\''}, {"lt;", '<'}, {"gt;", '>'}};

unsigned digit(char c) {
    return static_cast<unsigned>(is_digit(c) ? c - '0' : to_lower(c) - 'a' + 10);
}

}  // namespace

character reader::byte(std::size_t i) const {
    if (i >= text_.size()) return {'\0', 0};
    pace_->add(1);
    if (text_[i] != '%') return {text_[i], 1};
    std::size_t code = i + 1, depth = 1;
    while (is_at(code, "25") && has_hex(code + 2)) code += 2, depth++;
    pace_->add(code - i);
    if (!has_hex(code)) return {'%', 1};
    const auto value = static_cast<char>(digit(text_[code]) << 4 | digit(text_[code + 1]));
    return {value, code + 2 - i, depth};
}

bool reader::take_hex(std::size_t& i, char& value) const {
    const character high = byte(i), low = byte(i + high.size);
    if (!is_hex_digit(high.value) || !is_hex_digit(low.value)) return false;
    i += high.size + low.size;
    value = static_cast<char>(digit(high.value) << 4 | digit(low.value));
    return true;
}

character reader::next_backslash(const character& first) const {
    std::size_t i = at + first.size;
    character after = byte(i);
    for (; after.size > 0 && after.value == '\\'; after = byte(i)) i += after.size;
    const character backslashes = {'\\', i - at, first.depth};
    i += after.size;
    char value = after.value;
    switch (after.value) {
        case 'n':
            value = '\n';
            break;
        case 'r':
            value = '\r';
            break;
        case 't':
            value = '\t';
            break;
        case 'x':
            if (!take_hex(i, value)) return backslashes;
            break;
        case 'u': {
            char high;
            if (!take_hex(i, high) || high != '\0' || !take_hex(i, value)) return backslashes;
            break;
        }
        case '"':
        case '\'':
        case '`':
        case '/':
            break;
        default:
            return backslashes;
    }
    return {value, i - at, first.depth};
}

character reader::next_reference(const character& first) const {
    std::size_t i = at + first.size;
    const auto take = [&](std::string_view name) {
        std::size_t end = i;
        for (const char expected : name) {
            const character c = byte(end);
            if (to_lower(c.value) != expected) return false;
            end += c.size;
        }
        i = end;
        return true;
    };
    const character ampersand = {'&', first.size, first.depth};
    while (take("amp;")) continue;
    for (const auto& r : references)
        if (take(r.name)) return {r.character, i - at, first.depth};
    if (!take("#")) return ampersand;
    const bool is_hex = take("x");
    // up to four digits, with leading zeros: ASCII needs three
    unsigned code = 0, digits = 0;
    for (; digits < 4; digits++) {
        const character c = byte(i);
        if (is_hex ? !is_hex_digit(c.value) : !is_digit(c.value)) break;
        code = code * (is_hex ? 16 : 10) + digit(c.value);
        i += c.size;
    }
    if (digits == 0 || !take(";") || code >= 0x80) return ampersand;
    return {static_cast<char>(code), i - at, first.depth};
}

character reader::next_escaped() const {
    character c = byte(at);
    if (c.value == '\\') c = next_backslash(c);
    if (c.value == '&') c = next_reference({c.value, c.size, c.depth});
    c.value = to_lower(c.value);
    return c;
}

bool reader::take(char c) {
    const character found = next();
    if (found.size == 0 || found.value != c) return false;
    at += found.size;
    return true;
}

bool reader::take(std::string_view lower_case) {
    const std::size_t begin = at;
    for (const char c : lower_case) {
        if (take(c)) continue;
        at = begin;
        return false;
    }
    return true;
}

bool reader::take_one_of(std::string_view any) {
    const character found = next();
    if (found.size == 0 || any.find(found.value) == any.npos) return false;
    at += found.size;
    return true;
}

bool reader::take_blanks(std::string_view blanks) {
    const std::size_t begin = at;
    while (take_one_of(blanks)) continue;
    return at > begin;
}

bool reader::take_line_end() {
    take('\r');
    return take('\n');
}

}  // namespace s3sign::redact
