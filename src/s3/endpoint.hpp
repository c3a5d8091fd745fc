// An endpoint: [scheme://]host[:port][/base/path]
#pragma once

#include <string>
#include <string_view>

namespace s3sign::s3 {

enum class host_kind { name, ipv4, ipv6 };

struct endpoint {
    std::string scheme = "https";  // "https" or "http"
    std::string host;              // lower case; an IPv6 address in brackets and compressed
    host_kind kind = host_kind::name;
    std::string port;       // empty for the scheme's default port
    std::string base_path;  // empty, or begins with `/` and does not end with it

    // "host[:port]", the value of the header Host.
    std::string authority() const { return port.empty() ? host : host + ":" + port; }

    std::string origin() const { return scheme + "://" + authority(); }
};

// Parses an endpoint of at most 4096 bytes. 22023 outside the grammar of RFC 3986 §3.1 to §3.3, and
// for user information, query, fragment, and what proxies normalise in a path (`.`, `..`, `//`).
endpoint parse_endpoint(std::string_view text);

// The same for the scheme and authority of a URL; its messages say "url".
endpoint parse_origin(std::string_view text);

}  // namespace s3sign::s3
