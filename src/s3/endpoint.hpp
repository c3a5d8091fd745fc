// An endpoint as users write it: [scheme://]host[:port][/base/path]
#pragma once

#include <string>
#include <string_view>

namespace s3sign::s3 {

enum class host_kind { name, ipv4, ipv6 };

struct endpoint {
    std::string scheme = "https";  // «https» or «http»
    std::string host;              // lower case; an IPv6 address in brackets and compressed
    host_kind kind = host_kind::name;
    std::string port;       // empty where it is the scheme's own
    std::string base_path;  // empty, or beginning with `/` and not ending in it

    // «host[:port]» as the header Host has it.
    std::string authority() const { return port.empty() ? host : host + ":" + port; }

    std::string origin() const { return scheme + "://" + authority(); }
};

// Reads an endpoint; 22023 where it is outside the grammar of RFC 3986 §3.1 to §3.3, less user
// information, query, fragment, and what proxies normalise in a path (`.`, `..`, `//`).
endpoint parse_endpoint(std::string_view text);

// The same of a URL up to its path.
endpoint parse_origin(std::string_view text);

}  // namespace s3sign::s3
