#include "redact/escaped.hpp"

#include "base/ascii.hpp"

namespace s3sign::redact {
namespace {

constexpr struct {
    std::string_view name;
    char character;
} references[] = {{"quot;", '"'}, {"apos;", '\''}, {"lt;", '<'}, {"gt;", '>'}};

}  // namespace

bool escaped_reader::has_hex(std::size_t i, std::size_t digits) const {
    for (; digits > 0; digits--, i++)
        if (i >= text_.size() || !is_hex_digit(text_[i])) return false;
    return true;
}

char escaped_reader::hex(std::size_t i) const {
    const auto digit = [&](char c) { return is_digit(c) ? c - '0' : to_lower(c) - 'a' + 10; };
    return static_cast<char>(digit(text_[i]) << 4 | digit(text_[i + 1]));
}

char escaped_reader::next_percent(std::size_t& size) const {
    std::size_t code = at + 1;
    while (is_at(code, "25") && has_hex(code + 2, 2)) code += 2;
    if (!has_hex(code, 2)) return '%';
    size = code + 2 - at;
    return hex(code);
}

char escaped_reader::next_backslash(std::size_t& size) const {
    std::size_t i = at;
    while (i < text_.size() && text_[i] == '\\') i++;
    size = i - at;
    if (i == text_.size()) return '\\';
    if (is_at(i, "u00") && has_hex(i + 3, 2)) return size += 5, hex(i + 3);
    if (text_[i] == 'x' && has_hex(i + 1, 2)) return size += 3, hex(i + 1);
    switch (text_[i]) {
        case 'n':
            return size++, '\n';
        case 'r':
            return size++, '\r';
        case 't':
            return size++, '\t';
        case '"':
        case '\'':
        case '`':
        case '/':
            return size++, text_[i];
        default:
            return '\\';
    }
}

char escaped_reader::next_reference(std::size_t& size) const {
    std::size_t i = at + 1;
    while (is_at(i, "amp;")) i += 4;
    for (const auto& r : references)
        if (is_at(i, r.name)) return size = i + r.name.size() - at, r.character;
    if (!is_at(i, "#")) return '&';
    i++;
    const bool is_hex = is_at(i, "x") || is_at(i, "X");
    if (is_hex) i++;
    // leading zeros aside, ASCII has at most three digits
    unsigned code = 0;
    const std::size_t digits = i;
    for (; i < text_.size() && i < digits + 4 && is_hex_digit(text_[i]); i++) {
        if (!is_hex && !is_digit(text_[i])) return '&';
        const char c = to_lower(text_[i]);
        code =
            code * (is_hex ? 16 : 10) + static_cast<unsigned>(is_digit(c) ? c - '0' : c - 'a' + 10);
    }
    if (i == digits || !is_at(i, ";") || code >= 0x80) return '&';
    size = i + 1 - at;
    return static_cast<char>(code);
}

char escaped_reader::next(std::size_t& size) const {
    size = 0;
    if (done()) return '\0';
    size = 1;
    switch (const char c = text_[at]) {
        case '%':
            return to_lower(next_percent(size));
        case '\\':
            return to_lower(next_backslash(size));
        case '&':
            return to_lower(next_reference(size));
        default:
            return to_lower(c);
    }
}

bool escaped_reader::take(char c) {
    std::size_t size;
    if (done() || next(size) != c) return false;
    at += size;
    return true;
}

bool escaped_reader::take(std::string_view name) {
    const std::size_t begin = at;
    for (const char c : name) {
        if (take(c)) continue;
        at = begin;
        return false;
    }
    return true;
}

bool escaped_reader::take_one_of(std::string_view any) {
    std::size_t size;
    if (done() || any.find(next(size)) == any.npos) return false;
    at += size;
    return true;
}

}  // namespace s3sign::redact
