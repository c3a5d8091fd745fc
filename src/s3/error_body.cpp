#include "s3/error_body.hpp"

#include <algorithm>
#include <cstddef>

namespace s3sign::s3 {
namespace {

struct element {
    std::string_view name;
    std::string error_body::*member;
};

constexpr element elements[] = {
    {"Code", &error_body::code},
    {"Message", &error_body::message},
    {"Region", &error_body::region},
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

std::string unescaped(std::string_view text) {
    std::string result;
    while (!text.empty()) {
        const std::size_t ampersand = std::min(text.find('&'), text.size());
        result += text.substr(0, ampersand);
        text.remove_prefix(ampersand);
        if (text.empty()) break;
        const auto* const known =
            std::find_if(std::begin(entities), std::end(entities),
                         [&](const entity& e) { return text.starts_with(e.name); });
        const bool found = known != std::end(entities);
        result += found ? known->character : '&';
        text.remove_prefix(found ? known->name.size() : 1);
    }
    return result;
}

std::string_view take_until(std::string_view& text, char stop) {
    const std::size_t end = std::min(text.find(stop), text.size());
    const std::string_view taken = text.substr(0, end);
    text.remove_prefix(end);
    return taken;
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
        if (closed) body.*known->member = unescaped(text);
    }
}

}  // namespace s3sign::s3
