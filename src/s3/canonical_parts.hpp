// A canonical request taken apart into its lines, however a browser, a terminal or a mail program
// wrapped it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sigv4/request.hpp"

namespace s3sign::s3 {

struct canonical_parts {
    std::string_view method, path, query;
    std::vector<sigv4::field> headers;
    std::string_view signed_headers, payload;
};

// True if the two differ in white space only, which the transport may have changed.
bool equal_but_for_space(std::string_view a, std::string_view b);

// `text` without its white space.
std::string without_space(std::string_view text);

// The lines of a canonical request, trimmed. A line that is missing is empty.
canonical_parts split_lines(std::string_view text);

// True if the parts can be those of a request whose lines are not wrapped.
bool are_whole(const canonical_parts& parts);

// The parts of a canonical request without its white space. What is equal to a part of `ours`
// marks where that part begins and ends. Linear.
canonical_parts split_like(const canonical_parts& ours, std::string_view text);

}  // namespace s3sign::s3
