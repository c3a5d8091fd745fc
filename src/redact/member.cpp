#include "redact/member.hpp"

namespace s3sign::redact {
namespace {

constexpr std::size_t longest_attribute = 256;
constexpr int most_attributes = 8;

bool is_qualified_word(char c) { return is_word(c) || c == ':' || c == '.'; }
bool is_attribute_value(char c) { return is_word(c) || c == ' '; }
bool is_header_value(char c) { return is_attribute_value(c) || c == '/' || c == ';' || c == '='; }

// `"…"` with an attribute's value, `true`, `12`.
bool take_attribute_value(reader& r) {
    if (!r.take_one_of(quotes)) return r.take_while(is_word, longest_word) > 0;
    r.take_while(is_attribute_value, longest_attribute);
    return r.take_one_of(quotes);
}

bool take_rest_of_attribute(reader& r, const short_word& name) {
    return !name.is_secret() && (!r.take('=') || take_attribute_value(r));
}

// HTML's attributes up to one whose name ends with `wanted`: ` type="hidden" required value`.
bool take_attributes(reader& r, std::string_view wanted) {
    for (int i = 0; i <= most_attributes && r.take_blanks(); i++) {
        short_word name;
        if (!name.take(r)) return false;
        if (name.view().ends_with(wanted)) return true;
        if (!take_rest_of_attribute(r, name)) return false;
    }
    return false;
}

// All attributes and the end of the tag.
bool take_tag_end(reader& r) {
    short_word name;
    for (int i = 0; i < most_attributes && r.take_blanks() && name.take(r); i++)
        if (!take_rest_of_attribute(r, name)) return false;
    r.take_blanks();
    return r.take('>');
}

// JSON's members up to one whose name ends with `wanted`: `, "type": "text", "value"`.
bool take_members(reader& r, std::string_view wanted) {
    constexpr int most = 4;
    for (int i = 0; i <= most && r.take(','); i++) {
        r.take_blanks();
        short_word name;
        if (!r.take_one_of(quotes) || !name.take(r) || !r.take_one_of(quotes)) return false;
        if (name.view().ends_with(wanted)) return true;
        if (name.is_secret()) return false;
        r.take_blanks();
        if (!r.take(':')) return false;
        r.take_blanks();
        if (!take_attribute_value(r)) return false;
    }
    return false;
}

// `, value` or, in YAML, "value" on the next line.
bool take_unquoted_member(reader& r) {
    if (!r.take(',') && !r.take_line_end()) return false;
    r.take_blanks();
    short_word name;
    return name.take(r) && name.view().ends_with("value");
}

}  // namespace

bool take_to_value(reader& r, bool quoted) {
    reader ahead = r;
    const bool found =
        quoted && (take_attributes(ahead, "value") || (ahead = r, take_members(ahead, "value")));
    if (found || (ahead = r, take_unquoted_member(ahead))) return r = ahead, true;
    return false;
}

bool take_next_element(reader& r, const secret_name& name) {
    short_word tag;
    if (!r.take("</") || !tag.take(r, is_qualified_word) || !r.take('>')) return false;
    r.take_blanks();
    if (!r.take('<') || !tag.take(r, is_qualified_word)) return false;
    const std::string_view next = tag.view();
    const bool is_cell = name.is != kind::word && (next == "td" || next == "dd");
    if (!is_cell && next != "string" && !next.ends_with("value")) return false;
    return take_tag_end(r);
}

bool take_part_headers(reader& r) {
    constexpr int most = 4;
    if (!r.take_line_end()) return false;
    for (int i = 0; i < most && r.take("content-"); i++) {
        r.take_while(is_word, longest_word);
        if (!r.take(':')) return false;
        r.take_while(is_header_value, longest_attribute);
        if (!r.take_line_end()) return false;
    }
    return r.take_line_end();
}

const secret_name* take_later_name(reader& r, const opening& o) {
    const auto take_same_quote = [&] {
        opening end;
        return take_quote(r, end) && end.quote == o.quote && end.quote_size == o.quote_size;
    };
    if (!take_same_quote()) return nullptr;
    const auto take_name_member = [&] {
        const reader begin = r;
        return take_attributes(r, "name") || (r = begin, take_members(r, "name")) ||
               (r = begin, take_members(r, "key"));
    };
    if (!take_name_member()) return nullptr;
    r.take_blanks();
    if (!r.take_one_of("=:")) return nullptr;
    r.take_blanks();
    short_word name;
    if (!take_same_quote() || !name.take(r) || !take_same_quote()) return nullptr;
    return find_name(name.view());
}

}  // namespace s3sign::redact
