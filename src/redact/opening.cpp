#include "redact/opening.hpp"

#include "base/ascii.hpp"

namespace s3sign::redact {
namespace {

// A literal within a literal within a literal within a literal.
constexpr std::size_t most_quotes = 8;

void take_type(reader& r) {
    reader ahead = r;
    if (ahead.take("string(") && ahead.take_while(is_digit, 10) > 0 && ahead.take(") ")) r = ahead;
}

// Moves past more of the quote that has been read, each written with as many bytes.
std::size_t take_same_quotes(reader& r, const opening& o) {
    std::size_t count = 0;
    for (character c = r.next(); count + 1 < most_quotes; c = r.next(), count++) {
        if (c.value != o.quote || c.size != o.quote_size) break;
        r.at += c.size;
    }
    return count;
}

// `''a`: an empty literal has no letter after it, nor has the end of an empty tag, `""/>`.
void take_doubled(reader& r, opening& o) {
    reader ahead = r;
    const std::size_t more = take_same_quotes(ahead, o);
    const char next = ahead.next().value;
    const bool is_value = is_alphanumeric(next) || next == '+' || next == '*' ||
                          (next == '/' && !reader(ahead).take("/>"));
    if (more == 0 || !is_value) return;
    o.quote_count = more + 1;
    r = ahead;
}

bool is_tag(char c) { return is_alphanumeric(c) || c == '_'; }

// PostgreSQL's `$$` and `$tag$`
void take_dollar_quote(reader& r, opening& o) {
    reader ahead = r;
    const character dollar = ahead.next();
    if (!ahead.take('$') || is_digit(ahead.raw())) return;
    ahead.take_while(is_tag, longest_word);
    if (!ahead.take('$')) return;
    o.quote = '$';
    o.quote_size = dollar.size;
    o.tag_begin = r.at;
    o.tag_end = ahead.at;
    r = ahead;
}

}  // namespace

bool take_quote(reader& r, opening& o) {
    const character c = r.next();
    if (!r.take_one_of(quotes)) return false;
    o.quote = c.value;
    o.quote_size = c.size;
    return true;
}

bool take_name_quotes(reader& r) {
    opening o;
    if (!take_quote(r, o)) return false;
    take_same_quotes(r, o);
    return true;
}

void take_opening(reader& r, opening& o) {
    if (r.take('[')) {
        if (r.take(']')) r.take("string{");
        r.take_blanks();
    }
    take_type(r);
    reader after_prefix = r;
    if (after_prefix.take_one_of("bure") && take_quote(after_prefix, o))
        r = after_prefix;
    else if (!take_quote(r, o))
        return take_dollar_quote(r, o);
    take_doubled(r, o);
}

}  // namespace s3sign::redact
