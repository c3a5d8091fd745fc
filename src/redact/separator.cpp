#include "redact/separator.hpp"

#include <algorithm>

#include "redact/value.hpp"

namespace s3sign::redact {
namespace {

constexpr std::string_view quotes = "\"'`";
constexpr std::string_view blanks_of_line = " \t";
constexpr std::size_t longest_attribute = 256;

// `*` is in none of these: whether they match does not depend on what is redacted in them.
bool is_word(char c) { return is_alphanumeric(c) || c == '-' || c == '_'; }
bool is_qualified_word(char c) { return is_word(c) || c == ':' || c == '.'; }
bool is_attribute_value(char c) { return is_word(c) || c == ' '; }
bool is_header_value(char c) { return is_attribute_value(c) || c == '/' || c == ';' || c == '='; }
bool is_tag_rest(char c) { return c != '<' && c != '>' && c != '*'; }

// A word of at most longest_word characters.
class short_word {
   public:
    bool take(reader& r, bool (*is)(char) = is_word) {
        size_ = 0;
        return r.take_while(
                   [&](char c) {
                       if (!is(c)) return false;
                       buffer_[size_++] = c;
                       return true;
                   },
                   longest_word) > 0;
    }
    std::string_view view() const { return {buffer_, size_}; }
    bool is_secret() const {
        const secret_name* name = find_name(view());
        return name != nullptr && name->is != kind::value;
    }

   private:
    char buffer_[longest_word];
    std::size_t size_ = 0;
};

// `"…"` with an attribute's value, `true`, `12`.
bool take_attribute_value(reader& r) {
    if (!r.take_one_of(quotes)) return r.take_while(is_word, longest_word) > 0;
    r.take_while(is_attribute_value, longest_attribute);
    return r.take_one_of(quotes);
}

// HTML's attributes up to one whose name ends with `wanted`: ` type="hidden" required value`.
bool take_attributes(reader& r, std::string_view wanted) {
    constexpr int most = 8;
    for (int i = 0; i <= most && r.take_blanks(); i++) {
        short_word name;
        if (!name.take(r)) return false;
        if (name.view().ends_with(wanted)) return true;
        if (name.is_secret()) return false;
        if (r.take('=') && !take_attribute_value(r)) return false;
    }
    return false;
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

bool take_to_value(reader& r, bool quoted) {
    reader ahead = r;
    const bool found =
        quoted && (take_attributes(ahead, "value") || (ahead = r, take_members(ahead, "value")));
    if (found || (ahead = r, take_unquoted_member(ahead))) return r = ahead, true;
    return false;
}

// `</Name><Value>`
bool take_next_element(reader& r, const secret_name& name) {
    short_word tag;
    if (!r.take("</") || !tag.take(r, is_qualified_word) || !r.take('>')) return false;
    r.take_blanks();
    if (!r.take('<') || !tag.take(r, is_qualified_word)) return false;
    const std::string_view next = tag.view();
    const bool is_cell = name.is != kind::word && (next == "td" || next == "dd");
    if (!is_cell && next != "string" && !next.ends_with("value")) return false;
    r.take_while(is_tag_rest, longest_attribute);
    return r.take('>');
}

// The end of the line and of the headers of a part of a multipart form.
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

// PHP's `string(40) `.
void take_type(reader& r) {
    reader ahead = r;
    if (ahead.take("string(") && ahead.take_while(is_digit, 10) > 0 && ahead.take(") ")) r = ahead;
}

// `[`, Go's `[]string{`, the prefix of a string literal of Python or SQL, a quote.
void take_opening(reader& r, opening& o) {
    if (r.take('[')) {
        if (r.take(']')) r.take("string{");
        r.take_blanks();
    }
    take_type(r);
    reader after_prefix = r;
    if (after_prefix.take_one_of("bure") && take_quote(after_prefix, o))
        r = after_prefix;
    else
        take_quote(r, o);
}

// A value on the next line, as botocore logs it.
bool take_line_before_value(reader& r, opening& o) {
    reader ahead = r;
    const std::size_t depth = r.next().depth;
    if (!ahead.take_line_end()) return false;
    ahead.take_blanks(blanks_of_line);
    take_opening(ahead, o);
    o.depth = std::max(o.depth, depth);
    o.line = o.quote == '\0';
    r = ahead;
    return true;
}

// What a name is followed by.
struct sign {
    char value;  // '=' for `=` and `==`; ':' for `:` and `:=`; '>' for `=>`, `->`, `>`; or '\0'
    std::size_t depth;  // of the most often percent-encoded character
};

sign take_sign(reader& r, bool after_blank, bool in_closing_tag) {
    const std::size_t depth = r.next().depth;
    if (r.take('=')) return {r.take('>') ? '>' : (r.take('='), '='), depth};
    if (r.take(':')) return {(r.take('='), r.take('>')) ? '>' : ':', depth};
    if (after_blank ? !r.take('-') : in_closing_tag) return {'\0', 0};
    const std::size_t end_depth = r.next().depth;
    return {r.take('>') ? '>' : '\0', std::max(depth, end_depth)};
}

// PHP's serialize(): `;s:40:` between two strings.
bool take_serialized(reader& r) {
    reader ahead = r;
    if (!ahead.take(";s:") || ahead.take_while(is_digit, 10) == 0 || !ahead.take(':')) return false;
    return r = ahead, true;
}

// `"name":`, and so no item of a list.
bool is_member_name(reader r) {
    short_word name;
    if (!r.take_one_of(quotes) || !name.take(r) || !r.take_one_of(quotes)) return false;
    r.take_blanks();
    return r.take_one_of(":=");
}

// Where no sign stands before the value.
bool take_unsigned(reader& r, const secret_name& name, const place& where, bool after_blank,
                   bool quoted_name, opening& o) {
    const bool is_common_word = name.is == kind::word || name.is == kind::list_item ||
                                name.is == kind::token || name.is == kind::policy;
    const bool is_item = quoted_name && name.is != kind::value &&
                         (take_serialized(r) || (!is_common_word && r.take(',')));
    const bool is_statement =
        after_blank && !quoted_name &&
        (name.is == kind::statement || (name.is == kind::list_item && where.in_list));
    const bool is_option = after_blank && !quoted_name && where.is_option;
    if (!is_item && !is_statement && !is_option) return false;
    r.take_blanks(blanks_of_line);
    if (is_item && is_member_name(r)) return false;
    take_opening(r, o);
    return o.quote != '\0' || (!is_item && looks_random(r, is_option));
}

}  // namespace

bool take_quote(reader& r, opening& o) {
    const character c = r.next();
    if (!r.take_one_of(quotes)) return false;
    o.quote = c.value;
    o.quote_size = c.size;
    return true;
}

bool take_separator(reader& r, const secret_name& name, const place& where, opening& o) {
    reader ahead = r;
    const bool quoted_name = ahead.take_one_of(quotes);
    o.depth = ahead.next().depth;
    if (reader part = ahead; quoted_name && take_part_headers(part)) return r = part, true;
    if (reader next = ahead; name.is != kind::value && take_next_element(next, name))
        return o.element = true, r = next, true;
    if (name.is == kind::value || !take_to_value(ahead, quoted_name)) ahead.take(']');
    const bool after_blank = ahead.take_blanks();
    if (name.is == kind::element) {
        if (after_blank || where.in_closing_tag || ahead.next().value != '>') return false;
        o.element = true;
        return ahead.take('>'), r = ahead, true;
    }
    reader after_sign = ahead;
    if (const sign s = take_sign(after_sign, after_blank, where.in_closing_tag); s.value != '\0') {
        ahead = after_sign;
        ahead.take_blanks(blanks_of_line);
        o.depth = s.depth;
        if (s.value == '=' || !take_line_before_value(ahead, o)) take_opening(ahead, o);
        return r = ahead, true;
    }
    if (!take_unsigned(ahead, name, where, after_blank, quoted_name, o)) return false;
    return r = ahead, true;
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
