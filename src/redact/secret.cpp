#include "redact/secret.hpp"

#include <algorithm>

#include "base/ascii.hpp"
#include "redact/secret_name.hpp"

namespace s3sign::redact {
namespace {

bool is_letter(char c) { return is_lower(to_lower(c)); }

// Whether a word begins where `before` ends: not behind a letter, unless that is of %3F, \n,
// \u003f or \x0A.
bool begins_word(std::string_view before) {
    if (before.empty()) return true;
    const auto ends_hex_code = [&](std::string_view prefix) {
        const std::size_t size = prefix.size() + 2;
        if (before.size() < size || !is_hex_digit(before.back())) return false;
        const std::string_view code = before.substr(before.size() - size);
        return code.starts_with(prefix) && is_hex_digit(code[prefix.size()]);
    };
    if (ends_hex_code("%") || ends_hex_code("\\u00") || ends_hex_code("\\x")) return true;
    const char last = before.back();
    if (before.size() > 1 && before[before.size() - 2] == '\\' &&
        (last == 'n' || last == 'r' || last == 't'))
        return true;
    return !is_letter(last) && last != '-' && last != '_';
}

// Base64 of «{», and of what JSON has behind it.
bool begins_encoded_json(std::string_view text) {
    return text.starts_with("ey") || text.starts_with("ew") || text.starts_with(redacted);
}

bool is_hidden_as(const secret_name& name, std::string_view value) {
    return name.is != kind::policy || begins_encoded_json(value);
}

// The value of a name that stands at `i`.
range find_named(std::string_view text, std::size_t from, std::size_t i) {
    escaped_reader r(text, i);
    const secret_name* name = take_name(r);
    if (name == nullptr) return {};
    const bool is_word = name->is == kind::word || name->is == kind::policy;
    if (is_word && !begins_word(text.substr(from, i - from))) return {};
    opening o;
    if (!take_separator(r, name->is, o)) return {};
    const std::size_t begin = r.at;
    if (!is_hidden_as(*name, text.substr(begin))) return {};
    take_value(r, name->is, o);
    return {begin, r.at};
}

// `value="…" name="x-amz-signature"`, the value before its name.
range find_value_before_name(std::string_view text, std::size_t from, std::size_t i) {
    escaped_reader r(text, i);
    opening o;
    if (!r.take("value") || !begins_word(text.substr(from, i - from))) return {};
    if (!take_separator(r, kind::word, o) || o.quote == '\0') return {};
    const range value = {r.at, [&] { return take_value(r, kind::word, {}), r.at; }()};
    const auto take_same_quote = [&] {
        opening end;
        return take_quote(r, end) && end.quote == o.quote && end.quote_size == o.quote_size;
    };
    if (!is_whole(text.substr(value.begin, value.end - value.begin)) || !take_same_quote() ||
        !take_to(r, "name"))
        return {};
    r.take_blanks();
    if (!r.take_one_of("=:")) return {};
    r.take_blanks();
    if (!take_same_quote()) return {};
    const secret_name* name = take_name(r);
    if (name == nullptr || !take_same_quote()) return {};
    return is_hidden_as(*name, text.substr(value.begin)) ? value : range{};
}

bool is_scheme(std::string_view word) {
    constexpr std::string_view schemes[] = {"AWS",    "GOOG1",     "Basic", "Bearer",
                                            "Digest", "Negotiate", "NTLM",  "Token"};
    return std::any_of(std::begin(schemes), std::end(schemes),
                       [&](std::string_view s) { return equal_but_for_case(s, word); });
}

// What stands behind the scheme of an Authorization; with a scheme that we don't know, that too.
// AWS's newer schemes name their parts.
range find_authorization(std::string_view text, std::size_t i) {
    escaped_reader r(text, i);
    opening o;
    if (!r.take("authorization") || !take_separator(r, kind::any, o)) return {};
    const bool encoded = o.encoded;
    o = {};
    o.encoded = encoded;
    const std::size_t begin = r.at;
    for (const std::string_view scheme : {"AWS4-", "GOOG4-"})
        if (text.substr(begin).starts_with(scheme)) return {};
    take_value(r, kind::any, o);
    const range first = {begin, r.at};
    const std::string_view word = text.substr(first.begin, first.end - first.begin);
    if (word.empty() || word == redacted || !r.take_blanks(" \t")) return first;
    const std::size_t second = r.at;
    take_value(r, kind::any, o);
    if (r.at == second) return first;
    return {is_scheme(word) ? second : begin, r.at};
}

// «AWS identity:signature», SigV2's, with the base64 of 20 bytes.
range find_version_2(std::string_view text, std::size_t from, std::size_t i) {
    constexpr std::string_view scheme = "AWS ";
    constexpr std::ptrdiff_t signature_size = 28;
    if (text.substr(i, scheme.size()) != scheme || !begins_word(text.substr(from, i - from)))
        return {};
    escaped_reader r(text, i + scheme.size());
    const std::size_t begin = r.at;
    take_value(r, kind::any, {});
    const std::string_view value = text.substr(begin, r.at - begin);
    const std::size_t colon = value.rfind(':');
    if (colon == value.npos || colon == 0 || !value.ends_with('=')) return {};
    const std::string_view signature = value.substr(colon + 1);
    // `/` may be written `\/`
    const auto escapes = std::count(signature.begin(), signature.end(), '\\');
    if (std::ssize(signature) - escapes != signature_size) return {};
    return {begin, r.at};
}

// «user:password» of «//user:password@host». What has «***» in it is left: the part before a `/`
// that has been redacted now ends elsewhere.
range find_user(std::string_view text, std::size_t i) {
    constexpr std::string_view slashes = "://";
    if (text.substr(i, slashes.size()) != slashes) return {};
    const std::size_t begin = i + slashes.size();
    const std::size_t end = std::min(text.find_first_of("/?# \t\r\n\"'<>\\", begin), text.size());
    const std::string_view place = text.substr(begin, end - begin);
    const std::size_t at = place.rfind('@');
    if (at == place.npos || !is_whole(place.substr(0, at))) return {};
    return {begin, begin + at};
}

}  // namespace

range find_secret(std::string_view text, std::size_t from, std::size_t i) {
    switch (to_lower(text[i])) {
        case ':':
            return find_user(text, i);
        case 'a':
            if (const range r = find_authorization(text, i); r.end > r.begin) return r;
            if (const range r = find_version_2(text, from, i); r.end > r.begin) return r;
            return find_named(text, from, i);
        case 'v':
            return find_value_before_name(text, from, i);
        case '%':
        case 'c':
        case 'g':
        case 'p':
        case 's':
            return find_named(text, from, i);
        case 'x':  // «x-», or with the dash encoded
            if (i + 1 == text.size() || is_alphanumeric(text[i + 1])) return {};
            return find_named(text, from, i);
        default:
            return {};
    }
}

}  // namespace s3sign::redact
