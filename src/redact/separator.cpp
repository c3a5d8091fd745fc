#include "redact/separator.hpp"

#include <algorithm>

#include "base/ascii.hpp"
#include "redact/member.hpp"
#include "redact/value.hpp"

namespace s3sign::redact {
namespace {

constexpr std::string_view blanks_of_line = " \t";

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
    if (!take_name_quotes(r) || !name.take(r) || !take_name_quotes(r)) return false;
    r.take_blanks();
    return r.take_one_of(":=");
}

// Where no sign precedes the value.
bool take_unsigned(reader& r, const secret_name& name, const place& where, bool after_blank,
                   bool quoted_name, opening& o) {
    const bool is_common_word =
        name.is == kind::word || name.is == kind::list_item || name.is == kind::token;
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

bool take_separator(reader& r, const secret_name& name, const place& where, opening& o) {
    reader ahead = r;
    const bool quoted_name = take_name_quotes(ahead);
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

}  // namespace s3sign::redact
