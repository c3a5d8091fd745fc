#include "s3/endpoint.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <cstddef>

#include "base/ascii.hpp"
#include "base/error.hpp"
#include "base/text.hpp"

namespace s3sign::s3 {
namespace {

// An error whose message lacks its subject, "endpoint" or "url".
struct syntax_error {
    std::string message;
    std::string hint;
};

[[noreturn]] void refuse(std::string message, std::string hint = {}) {
    throw syntax_error{std::move(message), std::move(hint)};
}

void check_characters(std::string_view text) {
    if (text.empty()) refuse("is empty");
    if (text.size() > 4096) refuse("is over 4096 bytes");
    if (!is_visible_ascii(text))
        refuse("has a space, a control or a non-ASCII character",
               "Write an international host name in its ASCII form (xn--...).");
    if (text.find('?') != text.npos) refuse("has a query");
    if (text.find('#') != text.npos) refuse("has a fragment");
}

std::string parse_scheme(std::string_view& rest) {
    const std::size_t colon = rest.find("://");
    if (colon == rest.npos || colon > rest.find('/')) return "https";
    std::string scheme = to_lower(rest.substr(0, colon));
    if (scheme != "http" && scheme != "https") refuse("has a scheme other than http and https");
    rest.remove_prefix(colon + 3);
    return scheme;
}

// RFC 3986 §3.2.2 without zone. The result has the form of RFC 5952, which browsers and curl send.
std::string parse_ipv6(std::string_view& rest) {
    rest.remove_prefix(1);
    const std::string address(take_until(rest, "]"));
    in6_addr binary;
    char text[INET6_ADDRSTRLEN];
    if (rest.empty() || inet_pton(AF_INET6, address.c_str(), &binary) != 1 ||
        inet_ntop(AF_INET6, &binary, text, sizeof text) == nullptr)
        refuse("has a bad IPv6 address", "Write an IPv6 address in brackets and without a zone.");
    rest.remove_prefix(1);
    // curl writes [::ffff:1.2.3.4] where browsers write [::ffff:102:304].
    if (std::string_view(text).find('.') != std::string_view::npos)
        refuse("has an IPv4 address written as IPv6", "Write it as IPv4.");
    return std::string("[").append(text).append("]");
}

void check_name(std::string_view name) {
    if (name.empty()) refuse("has no host");
    if (name.size() > 253) refuse("has a host of over 253 characters");
    while (true) {
        const std::string_view label = take_until(name, ".");
        const bool good = std::all_of(label.begin(), label.end(), [](char c) {
            return is_lower(c) || is_digit(c) || c == '-' || c == '_';
        });
        if (label.empty() || label.size() > 63 || !good)
            refuse("has a bad host name",
                   "A host name is labels of letters, digits, \"-\" and \"_\", joined by dots.");
        if (name.empty()) return;
        name.remove_prefix(1);
    }
}

// Browsers read a host whose last label is a number as an IPv4 address, also in odd forms (WHATWG
// URL, "ends in a number"). Only the usual form has one meaning everywhere.
host_kind name_or_ipv4(const std::string& host) {
    const std::string_view last = std::string_view(host).substr(host.rfind('.') + 1);
    const bool hexadecimal =
        last.starts_with("0x") && std::all_of(last.begin() + 2, last.end(), is_hex_digit);
    if (!is_number(last) && !hexadecimal) return host_kind::name;
    in_addr binary;
    if (inet_pton(AF_INET, host.c_str(), &binary) != 1) refuse("has a bad IPv4 address");
    return host_kind::ipv4;
}

std::string parse_port(std::string_view text, std::string_view scheme) {
    const std::size_t zeros = std::min(text.find_first_not_of('0'), text.size());
    const std::string_view digits = text.substr(zeros);
    if (!is_number(digits) || digits.size() > 5 || std::stoi(std::string(digits)) > 65535)
        refuse("has a port outside 1 to 65535");
    if (digits == (scheme == "http" ? "80" : "443")) return {};
    return std::string(digits);
}

// Browsers and curl resolve these, also when spelt `%2e` (WHATWG URL, "double-dot path segment").
bool is_dot_segment(std::string_view segment) {
    std::size_t dots = 0;
    while (!segment.empty()) {
        if (segment.starts_with('.'))
            segment.remove_prefix(1);
        else if (segment.starts_with("%2e") || segment.starts_with("%2E"))
            segment.remove_prefix(3);
        else
            return false;
        dots++;
    }
    return dots <= 2;
}

// The path is signed and requested as it is written.
std::string parse_base_path(std::string_view path) {
    while (path.ends_with('/')) path.remove_suffix(1);
    if (path.size() > 1024) refuse("has a path of over 1024 bytes");
    constexpr std::string_view allowed = "-._~!$&'()*+,;=/%";
    for (std::size_t i = 0; i < path.size(); i++) {
        const char c = path[i];
        if (!is_alphanumeric(c) && allowed.find(c) == allowed.npos)
            refuse("has a character in its path that a URL's path cannot hold",
                   "Percent-encode it.");
        if (c == '%' &&
            (i + 2 >= path.size() || !is_hex_digit(path[i + 1]) || !is_hex_digit(path[i + 2])))
            refuse("has a \"%\" in its path that two hexadecimal digits do not follow");
    }
    for (std::string_view rest = path; !rest.empty();) {
        rest.remove_prefix(1);
        const std::string_view segment = take_until(rest, "/");
        if (is_dot_segment(segment)) refuse("has an empty, \".\" or \"..\" segment in its path");
    }
    return std::string(path);
}

endpoint parse(std::string_view text) {
    check_characters(text);
    endpoint result;
    result.scheme = parse_scheme(text);

    std::string_view authority = take_until(text, "/");
    if (authority.find('@') != authority.npos)
        refuse("has user information", "Pass credentials in the arguments or the user mapping.");
    if (authority.starts_with('[')) {
        result.host = parse_ipv6(authority);
        result.kind = host_kind::ipv6;
    } else {
        result.host = to_lower(take_until(authority, ":"));
        check_name(result.host);
        result.kind = name_or_ipv4(result.host);
    }
    if (!authority.empty()) {
        if (!authority.starts_with(':')) refuse("has characters after its IPv6 address");
        result.port = parse_port(authority.substr(1), result.scheme);
    }
    result.base_path = parse_base_path(text);
    return result;
}

}  // namespace

endpoint parse_endpoint(std::string_view text) {
    try {
        return parse(text);
    } catch (syntax_error& f) {
        if (f.hint.empty()) f.hint = "An endpoint is [http://|https://]host[:port][/base/path].";
        invalid("endpoint " + f.message, f.hint);
    }
}

endpoint parse_origin(std::string_view text) {
    try {
        return parse(text);
    } catch (syntax_error& f) {
        if (f.hint.empty()) f.hint = "A URL is http://host[:port]/path?query, or https.";
        invalid("url " + f.message, f.hint);
    }
}

}  // namespace s3sign::s3
