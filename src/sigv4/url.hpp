// Splits a URL into its parts. Safe on hostile input: returns views, never allocates or throws.
#pragma once

#include <optional>
#include <string_view>

#include "sigv4/request.hpp"

namespace s3sign::sigv4 {

// The parts of an absolute URL, not decoded.
struct url {
    std::string_view scheme;
    std::string_view authority;  // host[:port], possibly with user information
    std::string_view path;       // empty, or begins with `/`
    std::string_view query;      // after the `?`
    bool has_query = false;
    bool has_fragment = false;
};

// RFC 3986 Appendix B. nullopt if the URL has no scheme or no authority.
std::optional<url> split_url(std::string_view text);

// host[:port] without the port that is the default of the scheme, in any case.
std::string_view without_default_port(std::string_view authority, std::string_view scheme);

// True if two hexadecimal digits follow each `%`.
bool is_decodable(std::string_view text);

// True if `text` begins with `%` and two hexadecimal digits.
bool begins_with_escape(std::string_view text);

// Writes `text` with each %XX replaced by its byte (RFC 3986 §2.1); a `+` stays. Returns the
// position after the result, which is at most as long as `text`, or null if the text is not
// is_decodable().
char* percent_decode(char* out, std::string_view text);

// Removes the first parameter of a query, up to and including the `&`, and returns it, not decoded.
// The value is empty if there is no `=`.
field take_parameter(std::string_view& query);

}  // namespace s3sign::sigv4
