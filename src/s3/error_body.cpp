#include "s3/error_body.hpp"

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <optional>

#include "base/text.hpp"

namespace s3sign::s3 {
namespace {

struct element {
    std::string_view name;
    std::string error_body::*member;
    bool is_word = false;  // without the blanks around it
};

constexpr element elements[] = {
    {"Code", &error_body::code, true},
    {"Message", &error_body::message},
    {"Region", &error_body::region, true},
    {"Endpoint", &error_body::endpoint},
    {"HeadersNotSigned", &error_body::headers_not_signed},
    {"Expires", &error_body::expires},
    {"ServerTime", &error_body::server_time},
    {"CanonicalRequest", &error_body::canonical_request},
    {"StringToSign", &error_body::string_to_sign},
};

struct entity {
    std::string_view name;
    char character;
};

constexpr entity entities[] = {
    {"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&apos;", '\''},
};

// «&#10;» or «&#xA;» at the beginning of `text`, which Go's encoding/xml writes for what it need
// not; nothing for a zero byte and what is not ASCII. Takes it off.
std::optional<char> take_character_reference(std::string_view& text) {
    if (!text.starts_with("&#")) return std::nullopt;
    const bool is_hex = text.substr(2).starts_with('x');
    const char* const begin = text.data() + (is_hex ? 3 : 2);
    const char* const end = text.data() + text.size();
    unsigned number = 0;
    const auto [stop, error] = std::from_chars(begin, end, number, is_hex ? 16 : 10);
    if (error != std::errc() || stop == end || *stop != ';' || number == 0 || number >= 0x80)
        return std::nullopt;
    text.remove_prefix(static_cast<std::size_t>(stop + 1 - text.data()));
    return static_cast<char>(number);
}

std::string unescaped(std::string_view text) {
    std::string result;
    while (!text.empty()) {
        result += take_until(text, '&');
        if (text.empty()) break;
        if (const auto character = take_character_reference(text)) {
            result += *character;
            continue;
        }
        const auto* const known =
            std::find_if(std::begin(entities), std::end(entities),
                         [&](const entity& e) { return text.starts_with(e.name); });
        const bool found = known != std::end(entities);
        result += found ? known->character : '&';
        text.remove_prefix(found ? known->name.size() : 1);
    }
    return result;
}

}  // namespace

error_body parse_error_body(std::string_view xml) {
    error_body body;
    if (xml.find("<!DOCTYPE") != xml.npos) return body;
    while (true) {
        take_until(xml, '<');
        if (xml.empty()) return body;
        xml.remove_prefix(1);
        std::string_view tag = take_until(xml, '>');
        if (xml.empty()) return body;
        xml.remove_prefix(1);
        const std::string_view name = take_until(tag, ' ');
        const auto* const known = std::find_if(std::begin(elements), std::end(elements),
                                               [&](const element& e) { return e.name == name; });
        if (known == std::end(elements) || !(body.*known->member).empty()) continue;
        std::string_view rest = xml;
        const std::string_view text = take_until(rest, '<');
        const bool closed = rest.starts_with("</") && rest.substr(2).starts_with(name) &&
                            rest.substr(2 + name.size()).starts_with('>');
        // A canonical request has line ends of its own.
        if (closed) body.*known->member = unescaped(known->is_word ? trimmed(text) : text);
    }
}

}  // namespace s3sign::s3
