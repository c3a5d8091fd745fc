#include "s3/error_body.hpp"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <optional>

#include "base/text.hpp"
#include "s3/escapes.hpp"

namespace s3sign::s3 {
namespace {

constexpr std::string_view blanks = " \t\r\n";

// What is read, before it is made one error.
struct raw_error {
    error_body body;
    std::string details;
    std::string canonical_request_bytes, string_to_sign_bytes;
    std::string error, reason;  // of JSON: a code where there is no other
};

struct part {
    std::string_view name;
    std::string& (*of)(raw_error&);
};

constexpr part elements[] = {
    {"Code", [](raw_error& e) -> std::string& { return e.body.code; }},
    {"Message", [](raw_error& e) -> std::string& { return e.body.message; }},
    {"Details", [](raw_error& e) -> std::string& { return e.details; }},  // Google
    {"ArgumentName", [](raw_error& e) -> std::string& { return e.body.argument_name; }},
    {"Region", [](raw_error& e) -> std::string& { return e.body.region; }},
    {"Endpoint", [](raw_error& e) -> std::string& { return e.body.endpoint; }},
    {"HeadersNotSigned", [](raw_error& e) -> std::string& { return e.body.headers_not_signed; }},
    {"ServerTime", [](raw_error& e) -> std::string& { return e.body.server_time; }},
    {"CanonicalRequest", [](raw_error& e) -> std::string& { return e.body.canonical_request; }},
    {"CanonicalRequestBytes",
     [](raw_error& e) -> std::string& { return e.canonical_request_bytes; }},
    {"StringToSign", [](raw_error& e) -> std::string& { return e.body.string_to_sign; }},
    {"StringToSignBytes", [](raw_error& e) -> std::string& { return e.string_to_sign_bytes; }},
};

constexpr part members[] = {
    {"code", [](raw_error& e) -> std::string& { return e.body.code; }},
    {"Code", [](raw_error& e) -> std::string& { return e.body.code; }},
    {"errorCode", [](raw_error& e) -> std::string& { return e.body.code; }},
    {"__type", [](raw_error& e) -> std::string& { return e.body.code; }},
    {"error", [](raw_error& e) -> std::string& { return e.error; }},    // Supabase
    {"reason", [](raw_error& e) -> std::string& { return e.reason; }},  // Google's JSON API
    {"message", [](raw_error& e) -> std::string& { return e.body.message; }},
    {"Message", [](raw_error& e) -> std::string& { return e.body.message; }},
    {"errorMessage", [](raw_error& e) -> std::string& { return e.body.message; }},
    {"region", [](raw_error& e) -> std::string& { return e.body.region; }},
    {"Region", [](raw_error& e) -> std::string& { return e.body.region; }},
};

// The part of that name where nothing was read for it yet, else null.
template <std::size_t N>
std::string* find_free(const part (&parts)[N], std::string_view name, raw_error& to) {
    const auto* const found =
        std::find_if(parts, parts + N, [&](const part& p) { return p.name == name; });
    if (found == parts + N) return nullptr;
    std::string& text = found->of(to);
    return text.empty() ? &text : nullptr;
}

// Trimmed, and one space for each run of white space.
std::string collapsed(std::string_view text) {
    std::string result;
    for (const char c : trimmed(text)) {
        if (!contains(blanks, {&c, 1}))
            result += c;
        else if (!result.ends_with(' '))
            result += ' ';
    }
    return result;
}

// --- XML -----------------------------------------------------------------------------------------

// A tag up to its attributes. A terminal may have wrapped it.
std::string name_of(std::string_view tag) {
    std::string name;
    for (const char c : take_until(tag, ' '))
        if (c != '\r' && c != '\n') name += c;
    return name;
}

// Takes a tag without its brackets; nothing where none is left.
std::optional<std::string_view> take_tag(std::string_view& xml) {
    take_until(xml, '<');
    if (xml.empty()) return std::nullopt;
    xml.remove_prefix(1);
    const std::string_view tag = take_until(xml, '>');
    if (xml.empty()) return std::nullopt;
    xml.remove_prefix(1);
    return tag;
}

void read_xml(std::string_view xml, raw_error& to) {
    if (contains(xml, "<!DOCTYPE")) return;
    while (const auto tag = take_tag(xml)) {
        const std::string name = name_of(*tag);
        std::string* const text = find_free(elements, name, to);
        if (text == nullptr) continue;
        std::string_view rest = xml;
        const std::string_view content = take_until(rest, '<');
        const auto next = take_tag(rest);
        if (next && name_of(*next) == "/" + name) *text = unescape_xml(trimmed(content));
    }
}

// --- JSON ----------------------------------------------------------------------------------------

// Removes a string with its quotes from the beginning of `json` and returns what is between them,
// escaped. A string without an end takes all.
std::string_view take_string(std::string_view& json) {
    std::size_t end = 1;
    while (end < json.size() && json[end] != '"') end += json[end] == '\\' ? 2 : 1;
    end = std::min(end, json.size());
    const std::string_view content = json.substr(1, end - 1);
    json.remove_prefix(std::min(end + 1, json.size()));
    return content;
}

void skip_blanks(std::string_view& text) {
    text.remove_prefix(std::min(text.find_first_not_of(blanks), text.size()));
}

void read_json(std::string_view json, raw_error& to) {
    skip_blanks(json);
    if (!json.starts_with('{') && !json.starts_with('[')) return;
    while (true) {
        take_until(json, '"');
        if (json.empty()) return;
        const std::string_view name = take_string(json);
        skip_blanks(json);
        if (!json.starts_with(':')) continue;
        json.remove_prefix(1);
        skip_blanks(json);
        if (!json.starts_with('"')) continue;
        const std::string_view value = take_string(json);
        if (std::string* const text = find_free(members, name, to)) *text = unescape_json(value);
    }
}

// --- text ----------------------------------------------------------------------------------------

constexpr bool is_continuation(char c) { return (static_cast<unsigned char>(c) & 0xc0) == 0x80; }

// What a client says of an error, in one line or with a stack trace before or after it.
void read_text(std::string_view text, error_body& to) {
    constexpr std::size_t half = 400;
    if (trimmed(text).starts_with('<')) return;
    to.message = collapsed(text);
    to.is_text = true;
    std::string& m = to.message;
    if (m.size() <= 2 * half) return;
    std::size_t begin = half, end = m.size() - half;
    while (begin > 0 && is_continuation(m[begin])) begin--;
    while (end < m.size() && is_continuation(m[end])) end++;
    m.replace(begin, end - begin, " ... ");
}

// --- the whole -----------------------------------------------------------------------------------

// True where the markup around the texts is that of a JSON string. A signed header may have a
// backslash of its own.
bool is_json_escaped(std::string_view text) {
    constexpr std::string_view marks[] = {"<\\",     "version=\\", "?>\\", "AWS4-HMAC-SHA256\\",
                                          "\\u003c", "\\u003C"};
    return std::any_of(std::begin(marks), std::end(marks),
                       [&](std::string_view mark) { return contains(text, mark); });
}

bool is_html_escaped(std::string_view text) {
    return contains(text, "lt;Code&") && !contains(text, "<Code>");
}

void prefer(std::string& text, std::string_view hex) {
    auto bytes = decode_hex(hex);
    if (bytes && !bytes->empty()) text = *std::move(bytes);
}

error_body finished(raw_error e) {
    for (const std::string* const text : {&e.error, &e.reason})
        if (e.body.code.empty()) e.body.code = *text;
    e.body.message = collapsed(e.body.message + " " + e.details);
    prefer(e.body.canonical_request, e.canonical_request_bytes);
    prefer(e.body.string_to_sign, e.string_to_sign_bytes);
    return std::move(e.body);
}

}  // namespace

error_body parse_error_body(std::string_view text) {
    constexpr int most_layers = 3;
    std::string layer;
    for (int i = 0;; i++) {
        const bool is_html = is_html_escaped(text);
        if ((!is_html && !is_json_escaped(text)) || i == most_layers) {
            raw_error read;
            read_xml(text, read);
            if (read.body.code.empty()) read_json(text, read);
            error_body body = finished(std::move(read));
            if (body.is_empty()) read_text(text, body);
            return body;
        }
        layer = is_html ? unescape_xml(text) : unescape_json(text);
        text = layer;
    }
}

}  // namespace s3sign::s3
