// Taking a URL apart. For hostile input: views only, nothing allocates or throws.
#pragma once

#include <optional>
#include <string_view>

#include "sigv4/request.hpp"

namespace s3sign::sigv4 {

// The parts of an absolute URL, each as it is written.
struct url {
    std::string_view scheme;
    std::string_view authority;  // «host[:port]», with whatever else stands there
    std::string_view path;       // empty or beginning with `/`
    std::string_view query;      // behind the `?`; empty where there is none
    bool has_query = false;
    bool has_fragment = false;
};

// RFC 3986 Appendix B. Nothing where there is no scheme and authority.
std::optional<url> split_url(std::string_view text);

// Whether every byte is one that a URL may be written with: visible ASCII.
bool is_visible_ascii(std::string_view text);

// RFC 3986 §2.1: each %XX becomes its byte; a `+` is a `+`. Returns the position behind the result,
// which is never longer than `text`; null where two hexadecimal digits do not follow a `%`.
char* percent_decode(char* out, std::string_view text);

// Takes the first «name=value» off a query that is not empty; both as written, the value empty
// where there is no `=`.
field take_parameter(std::string_view& query);

}  // namespace s3sign::sigv4
