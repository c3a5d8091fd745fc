#include "redact/secret_name.hpp"

#include "base/ascii.hpp"

namespace s3sign::redact {
namespace {

constexpr secret_name names[] = {
    {"x-amz-signature"},
    {"x-amz-credential"},
    {"x-amz-security-token"},
    {"x-amz-s3session-token"},
    {"x-amz-server-side-encryption-customer-key"},
    {"x-amz-copy-source-server-side-encryption-customer-key"},
    {"x-goog-signature"},
    {"x-goog-credential"},
    {"awsaccesskeyid"},
    {"googleaccessid"},
    {"secretaccesskey"},
    {"sessiontoken"},
    {"secret_access_key", kind::option},
    {"session_token", kind::option},
    {"signatureprovided"},
    {"canonicalrequestbytes", kind::element},
    {"stringtosignbytes", kind::element},
    {"stringtosign", kind::element},
    {"signature", kind::word},
    {"credential", kind::word},
    {"secret", kind::word},
    {"policy", kind::policy},
};

constexpr std::string_view quotes = "\"'`";
constexpr std::string_view blanks_of_line = " \t";
constexpr std::string_view ends_of_value = " \t\r\n\"'<>&#,;()[]{}\\|`";

template <class Is>
void take_while(escaped_reader& r, Is is) {
    std::size_t size;
    for (char c = r.next(size); size > 0 && is(c); c = r.next(size)) r.at += size;
}

// `*` is in none of these: whether they match does not depend on what is redacted in them.
bool is_of_attribute_name(char c) { return is_alphanumeric(c) || c == '-'; }
bool is_of_attribute(char c) { return is_of_attribute_name(c) || c == '_' || c == ' '; }
bool is_of_header(char c) { return is_of_attribute(c) || c == '/' || c == ';' || c == '='; }

// ` type="hidden"` or ` required`, from behind the blank.
bool take_attribute(escaped_reader& r) {
    const std::size_t begin = r.at;
    take_while(r, is_of_attribute_name);
    if (r.at == begin) return false;
    if (!r.take('=')) return true;
    if (!r.take_one_of(quotes)) return false;
    take_while(r, is_of_attribute);
    return r.take_one_of(quotes);
}

// The end of the line and of the headers of a part of a multipart form.
bool take_headers_of_part(escaped_reader& r) {
    constexpr int headers = 4;
    escaped_reader ahead = r;
    if (!ahead.take_line_end()) return false;
    for (int i = 0; i < headers && ahead.take("content-"); i++) {
        take_while(ahead, is_of_attribute_name);
        if (!ahead.take(':')) return false;
        take_while(ahead, is_of_header);
        if (!ahead.take_line_end()) return false;
    }
    if (!ahead.take_line_end()) return false;
    r = ahead;
    return true;
}

// `[`, Go's `[]string{`, the letter of a string of Python or SQL, a quote.
void take_opening(escaped_reader& r, opening& o) {
    if (r.take('[')) {
        if (r.take(']')) r.take("string{");
        r.take_blanks();
    }
    escaped_reader behind_letter = r;
    if (behind_letter.take_one_of("bure") && take_quote(behind_letter, o))
        r = behind_letter;
    else
        take_quote(r, o);
}

// A value on a line of its own, as botocore logs it.
bool take_line_before_value(escaped_reader& r, opening& o) {
    escaped_reader ahead = r;
    if (!ahead.take_line_end()) return false;
    ahead.take_blanks(blanks_of_line);
    take_opening(ahead, o);
    const std::size_t begin = ahead.at;
    escaped_reader value = ahead;
    if (o.quote == '\0') {
        take_value(value, kind::any, o);
        const std::size_t end = value.at;
        value.take_blanks(blanks_of_line);
        if (!value.done() && !value.take_line_end()) return false;
        if (!is_whole(r.between(begin, end))) return false;
    }
    r = ahead;
    return true;
}

}  // namespace

const secret_name* take_name(escaped_reader& r) {
    const char first = r.next();
    for (const secret_name& n : names)
        if (n.name[0] == first && r.take(n.name)) return &n;
    return nullptr;
}

bool take_quote(escaped_reader& r, opening& o) {
    const std::size_t begin = r.at;
    const char c = r.next();
    if (!r.take_one_of(quotes)) return false;
    o.quote = c;
    o.quote_size = r.at - begin;
    return true;
}

bool take_separator(escaped_reader& r, kind of, opening& o) {
    escaped_reader ahead = r;
    const bool quoted_name = ahead.take_one_of(quotes);
    if (quoted_name && take_headers_of_part(ahead)) return r = ahead, true;
    if (!quoted_name || !take_to(ahead, "value")) ahead.take(']');
    const bool blanks = ahead.take_blanks();
    o.encoded = ahead.raw() == '%';
    if (of == kind::element && (blanks || ahead.next() != '>')) return false;
    bool needs_quote = false;
    if (ahead.take('=')) {
        ahead.take('>');
    } else if (ahead.take(':')) {
        ahead.take('=');
        ahead.take('>');
        ahead.take_blanks(blanks_of_line);
        if (take_line_before_value(ahead, o)) return r = ahead, true;
    } else if (blanks || !ahead.take('>')) {
        needs_quote = true;
        const bool list = quoted_name && of == kind::any && ahead.take(',');
        if (!list && !(of == kind::option && blanks)) return false;
    }
    ahead.take_blanks(blanks_of_line);
    take_opening(ahead, o);
    if (needs_quote && o.quote == '\0') return false;
    r = ahead;
    return true;
}

void take_value(escaped_reader& r, kind of, const opening& o) {
    while (!r.done()) {
        std::size_t size;
        const bool percent = r.raw() == '%';
        const char c = r.next(size);
        if (of == kind::element) {
            if (c == '<') return;
        } else if (o.quote != '\0') {
            if (c == o.quote && size <= o.quote_size) return;
        } else if ((!percent || size == 1 || o.encoded) &&
                   ends_of_value.find(c) != ends_of_value.npos) {
            return;
        }
        r.at += size;
    }
}

bool take_to(escaped_reader& r, std::string_view name) {
    constexpr int attributes = 8;
    escaped_reader ahead = r;
    if (ahead.take(',')) {
        ahead.take_blanks();
        if (!ahead.take_one_of(quotes) || !ahead.take(name) || !ahead.take_one_of(quotes))
            return false;
        return r = ahead, true;
    }
    for (int i = 0; i <= attributes && ahead.take_blanks(); i++) {
        if (ahead.take(name)) return r = ahead, true;
        if (!take_attribute(ahead)) return false;
    }
    return false;
}

bool is_whole(std::string_view value) {
    return value == redacted || (!value.empty() && value.find(redacted) == value.npos);
}

}  // namespace s3sign::redact
