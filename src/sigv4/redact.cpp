#include "sigv4/redact.hpp"

#include <algorithm>
#include <iterator>

#include "ascii.hpp"
#include "sigv4/encode.hpp"

namespace s3sign::sigv4 {
namespace {

// Reads a text forward. A character may be percent-encoded, many times over (%26, %2526, …), where
// a URL stands in another's query.
class reader {
   public:
    explicit reader(std::string_view text) : text_(text) {}

    std::size_t at = 0;

    bool done() const { return at >= text_.size(); }
    char raw() const { return done() ? '\0' : text_[at]; }

    // The character here, and how many bytes it is written with.
    char decoded(std::size_t& size) const {
        size = 1;
        if (raw() != '%') return raw();
        std::size_t code = at + 1;
        while (has_hex(code + 2) && text_[code] == '2' && text_[code + 1] == '5') code += 2;
        if (!has_hex(code)) return '%';
        size = code + 2 - at;
        return static_cast<char>(digit(text_[code]) << 4 | digit(text_[code + 1]));
    }

    // Moves behind `c`, whatever its case and encoding.
    bool take(char c) {
        std::size_t size;
        if (done() || to_lower(decoded(size)) != c) return false;
        at += size;
        return true;
    }

    bool take(std::string_view name) {
        const std::size_t begin = at;
        for (char c : name) {
            if (take(c)) continue;
            at = begin;
            return false;
        }
        return true;
    }

    bool take_raw(std::string_view any_of) {
        if (done() || any_of.find(raw()) == any_of.npos) return false;
        at++;
        return true;
    }

    void take_blanks() {
        while (take_raw(" \t\r\n")) continue;
    }

   private:
    static int digit(char c) { return is_digit(c) ? c - '0' : to_lower(c) - 'a' + 10; }

    bool has_hex(std::size_t i) const {
        return i + 1 < text_.size() && is_hex_digit(text_[i]) && is_hex_digit(text_[i + 1]);
    }

    std::string_view text_;
};

// What names a value to be hidden, in lower case.
struct secret_name {
    std::string_view name;
    bool word = false;    // also a part of other words: only where one begins
    bool base64 = false;  // only where base64 of a JSON object follows
};

constexpr secret_name names[] = {
    {"x-amz-signature"},       {"x-amz-credential"}, {"x-amz-security-token"},
    {"x-amz-s3session-token"}, {"x-goog-signature"}, {"x-goog-credential"},
    {"awsaccesskeyid"},        {"googleaccessid"},   {"signatureprovided"},
    {"signature", true},       {"credential", true}, {"policy", true, true},
};

bool is_letter(char c) { return is_lower(to_lower(c)); }

// Whether a word begins at `i`: not behind a letter, unless that is of %3F.
bool begins_word(std::string_view text, std::size_t i) {
    if (i == 0) return true;
    const char before = text[i - 1];
    if (i >= 3 && text[i - 3] == '%' && is_hex_digit(text[i - 2]) && is_hex_digit(before))
        return true;
    return !is_letter(before) && before != '-' && before != '_';
}

constexpr std::string_view ends_of_value = " \t\r\n\"'<>&#,;()[]{}\\|`";

// Moves behind what stands between a name and its value: `=`, `: "`, `">`, `" value="`, an empty
// line of a multipart form. `quote` is what the value ends in, if it began so.
bool take_separator(reader& r, char& quote, bool& encoded) {
    reader ahead = r;
    ahead.take_raw("\\");
    const bool quoted_name = ahead.take_raw("\"'");
    const std::size_t before_blanks = ahead.at;
    ahead.take_blanks();
    const bool blanks = ahead.at > before_blanks;
    encoded = false;
    if (quoted_name && ahead.take("value"))
        ahead.take_blanks();
    else if (quoted_name && blanks && ahead.raw() != ':')
        return r = ahead, true;
    else if (blanks && ahead.raw() != ':')
        return false;
    encoded = ahead.raw() == '%';
    if (!ahead.take('=') && !ahead.take_raw(":>")) return false;
    while (ahead.take_raw(" \t")) continue;
    ahead.take_raw("\\");
    if (ahead.raw() == '"' || ahead.raw() == '\'') {
        quote = ahead.raw();
        ahead.at++;
    }
    r = ahead;
    return true;
}

void take_value(reader& r, char quote, bool encoded) {
    while (!r.done()) {
        std::size_t size;
        const char c = r.decoded(size);
        if (quote != '\0' && size == 1 && (c == quote || c == '\\')) return;
        if (quote == '\0' && size == 1 && ends_of_value.find(c) != ends_of_value.npos) return;
        if (encoded && size > 1 && (c == '&' || c == '#')) return;
        r.at += size;
    }
}

// Base64 of «{», and of what JSON has behind it.
bool begins_encoded_json(std::string_view text) {
    return text.starts_with("ey") || text.starts_with("ew");
}

struct range {
    std::size_t begin = 0, end = 0;
};

// The value of a name that stands at `i`; empty where there is none.
range find_named(std::string_view text, std::size_t i) {
    reader here(text);
    here.at = i;
    std::size_t size;
    const char first = to_lower(here.decoded(size));
    for (const secret_name& n : names) {
        if (n.name[0] != first) continue;
        reader r = here;
        if (!r.take(n.name) || (n.word && !begins_word(text, i))) continue;
        char quote = '\0';
        bool encoded = false;
        if (!take_separator(r, quote, encoded)) continue;
        const std::size_t begin = r.at;
        if (n.base64 && !begins_encoded_json(text.substr(begin))) continue;
        take_value(r, quote, encoded);
        return {begin, r.at};
    }
    return {};
}

// What stands behind the scheme of an Authorization; AWS's newer schemes name their parts.
range find_authorization(std::string_view text, std::size_t i) {
    reader r(text);
    r.at = i;
    char quote = '\0';
    bool encoded = false;
    if (!r.take("authorization") || !take_separator(r, quote, encoded)) return {};
    std::size_t begin = r.at;
    for (const std::string_view scheme : {"AWS4-", "GOOG4-"})
        if (text.substr(begin).starts_with(scheme)) return {};
    take_value(r, '\0', encoded);
    const std::size_t behind_scheme = r.at;
    while (r.take_raw(" \t")) continue;
    if (r.at > behind_scheme) {
        begin = r.at;
        take_value(r, '\0', encoded);
    }
    return {begin, r.at};
}

// «AWS identity:signature», SigV2's, with the base64 of 20 bytes.
range find_version_2(std::string_view text, std::size_t i) {
    constexpr std::string_view scheme = "AWS ";
    constexpr std::size_t signature_size = 28;
    if (text.substr(i, scheme.size()) != scheme || !begins_word(text, i)) return {};
    reader r(text);
    r.at = i + scheme.size();
    const std::size_t begin = r.at;
    take_value(r, '\0', false);
    const std::string_view value = text.substr(begin, r.at - begin);
    const bool is_pair = value.size() > signature_size + 1 && value.ends_with('=') &&
                         value[value.size() - signature_size - 1] == ':';
    return is_pair ? range{begin, r.at} : range{};
}

// «user:password» of «//user:password@host».
range find_user(std::string_view text, std::size_t i) {
    constexpr std::string_view slashes = "://";
    if (text.substr(i, slashes.size()) != slashes) return {};
    const std::size_t begin = i + slashes.size();
    const std::size_t end = std::min(text.find_first_of("/?# \t\r\n\"'<>\\", begin), text.size());
    const std::size_t at = text.substr(begin, end - begin).rfind('@');
    return at == std::string_view::npos ? range{} : range{begin, begin + at};
}

range find_secret(std::string_view text, std::size_t i) {
    switch (to_lower(text[i])) {
        case ':':
            return find_user(text, i);
        case 'a':
            if (const range r = find_authorization(text, i); r.end > 0) return r;
            if (const range r = find_version_2(text, i); r.end > 0) return r;
            return find_named(text, i);
        case '%':
        case 'c':
        case 'g':
        case 'p':
        case 's':
            return find_named(text, i);
        case 'x':  // «x-», or with the dash encoded
            if (i + 1 == text.size() || (text[i + 1] != '-' && text[i + 1] != '%')) return {};
            return find_named(text, i);
        default:
            return {};
    }
}

// Calls keep(text) for what stays; a value to be hidden stands between two calls.
template <class Keep, class Hide>
void for_each_part(std::string_view text, Keep keep, Hide hide) {
    std::size_t kept = 0;
    for (std::size_t i = 0; i < text.size(); i++) {
        const range secret = find_secret(text, i);
        if (secret.end <= secret.begin) continue;
        keep(text.substr(kept, secret.begin - kept));
        hide();
        kept = secret.end;
        i = secret.end - 1;
    }
    keep(text.substr(kept));
}

}  // namespace

std::size_t redacted_size(std::string_view text) {
    std::size_t size = 0;
    for_each_part(
        text, [&](std::string_view part) { size += part.size(); },
        [&] { size += redacted.size(); });
    return size;
}

char* put_redacted(char* out, std::string_view text) {
    for_each_part(
        text, [&](std::string_view part) { out = put(out, part); },
        [&] { out = put(out, redacted); });
    return out;
}

}  // namespace s3sign::sigv4
