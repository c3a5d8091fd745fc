#include "redact/value.hpp"

#include <algorithm>
#include <iterator>

#include "redact/secret_name.hpp"

namespace s3sign::redact {
namespace {

constexpr std::string_view ends = " \t\r\n\"'<>&#,;()[]{}\\|`";

bool is_letter(char c) { return is_lower(c); }
bool is_base64(char c) {
    return is_alphanumeric(c) || c == '+' || c == '/' || c == '-' || c == '_';
}
bool is_path(char c) { return is_alphanumeric(c) || c == '_' || c == '.' || c == '-'; }

bool at_end(const reader& r, const opening& o) {
    const character c = r.next();
    return c.size == 0 || (o.quote != '\0' ? c.value == o.quote : ends_value(c, o));
}

bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }

// `%s`, `%v`
bool is_conversion(reader r, const opening& o) {
    return r.take('%') && r.take_while(is_letter, 1) == 1 && at_end(r, o);
}

// Code: `get_secret()`, or the name of a secret as in `args.secret_key`.
bool is_expression(reader r, const opening& o) {
    r.take('$');
    char path[longest_word];
    std::size_t size = 0;
    r.take_while(
        [&](char c) {
            if (!is_path(c)) return false;
            path[size++] = c;
            return true;
        },
        longest_word);
    if (size > 0 && r.take("()")) return true;
    const secret_name* name = find_name({path, size});
    return name != nullptr && name->is != kind::value && name->is != kind::version_2 &&
           at_end(r, o);
}

// Moves past quotes that are one in the value: `'it''s'`. What follows tells them from the end of
// a value within quotes.
bool take_doubled_quote(reader& r, const opening& o) {
    if (o.quote == '\0' || o.is_dollar_quote()) return false;
    reader ahead = r;
    const std::size_t size = r.next().size;
    for (std::size_t i = 0; i < 2 * o.quote_count; i++) {
        const character c = ahead.next();
        if (c.value != o.quote || c.size != size) return false;
        ahead.at += c.size;
    }
    if (!is_base64(ahead.next().value)) return false;
    return r = ahead, true;
}

}  // namespace

bool ends_value(const character& c, const opening& o) {
    if (o.element) return c.value == '<';
    if (o.quote != '\0') return c.value == o.quote && c.size <= o.quote_size;
    return c.depth <= o.depth && ends.find(c.value) != ends.npos;
}

bool at_tag(reader r, const opening& o) {
    reader tag = r;
    for (tag.at = o.tag_begin; tag.at < o.tag_end;) {
        const character c = tag.next();
        if (!r.take(c.value)) return false;
        tag.at += c.size;
    }
    return true;
}

void take_value(reader& r, const opening& o) {
    opening word;
    word.depth = o.depth;
    const auto is_end = [&](const character& c) {
        if (!o.is_dollar_quote()) return ends_value(c, o);
        return ends_value(c, word) || (c.value == '$' && at_tag(r, o));
    };
    for (character c = r.next(); c.size > 0; c = r.next()) {
        if (!is_end(c))
            r.at += c.size;
        else if (!take_doubled_quote(r, o))
            return;
    }
}

bool looks_random(reader r, bool after_option) {
    constexpr std::size_t least = 16;
    bool digit = false, upper = false, lower = false;
    std::size_t size = 0;
    if (r.take(redacted)) return true;
    for (; size < longest_word && is_base64(r.next().value); size++) {
        digit = digit || is_digit(r.raw());
        upper = upper || is_upper(r.raw());
        lower = lower || is_lower(r.raw());
        r.at += r.next().size;
    }
    return after_option ? digit || upper : size >= least && digit && upper && lower;
}

bool looks_like_token(reader r) {
    constexpr std::size_t least = 64;
    const bool is_web_token = reader(r).take("ey");
    const auto is_of_token = [&](char c) { return is_base64(c) || (c == '.' && is_web_token); };
    return r.take(redacted) || r.take_while(is_of_token, least) == least;
}

bool looks_like_policy(reader r) { return r.take("ey") || r.take("ew") || r.take(redacted); }

bool is_variable(reader r, const opening& o) {
    if (!r.take('$')) return false;
    if (r.take('{')) return true;
    if (o.quote != '\0') return false;
    return r.take('(') || is_digit(r.raw()) || is_upper(r.raw()) || r.raw() == '_';
}

// cppcheck-suppress passedByValue
bool is_constant(reader r, const opening& o) {
    constexpr std::string_view constants[] = {"null",  "none", "nil",    "undefined", "true",
                                              "false", "on",   "off",    "yes",       "no",
                                              "?",     "str",  "string", "enabled",   "disabled"};
    return std::any_of(std::begin(constants), std::end(constants), [&](std::string_view constant) {
        reader ahead = r;
        return ahead.take(constant) && at_end(ahead, o);
    });
}

// cppcheck-suppress passedByValue
bool is_placeholder(reader r, const opening& o) {
    if (is_variable(r, o) || is_conversion(r, o)) return true;
    if (is_constant(r, o)) return true;
    if (o.quote != '\0') return false;

    constexpr std::string_view references[] = {
        "env(", "env[",   "env.",  "getenv(", "os.getenv(", "os.environ",     "process.env.",
        "var.", "local.", "data.", "config(", "excluded.",  "system.getenv(", "optional["};
    const auto is_reference = [&](std::string_view reference) {
        reader ahead = r;
        return ahead.take(reference);
    };
    if (std::any_of(std::begin(references), std::end(references), is_reference)) return true;
    if (reader ahead = r; ahead.take(':') && is_letter(ahead.next().value)) return true;
    return is_expression(r, o);
}

bool is_prose(reader r, const opening& o) {
    constexpr std::size_t longest = 9;
    if (o.quote != '\0' || !is_lower(r.raw())) return false;
    r.take_while(is_letter, longest);
    return r.take(' ') && is_letter(r.next().value);
}

}  // namespace s3sign::redact
