// How a value begins.
#pragma once

#include <cstddef>
#include <string_view>

#include "redact/reader.hpp"

namespace s3sign::redact {

inline constexpr std::string_view quotes = "\"'`";

// How a value begins, and so where it ends.
struct opening {
    char quote = '\0';            // ends with the same quote; '$' for a dollar quote
    std::size_t quote_size = 0;   // written with as many bytes or less: " ends \", not vice versa
    std::size_t quote_count = 1;  // ''a'' is a literal within a literal
    std::size_t tag_begin = 0;    // of a dollar quote: `$tag$`, with which it ends
    std::size_t tag_end = 0;
    std::size_t depth = 0;  // unquoted: ends are at most as often percent-encoded
    bool element = false;   // ends with the next tag
    bool line = false;      // a guess: only if the value is all of its line

    bool is_dollar_quote() const { return tag_end > 0; }
};

// Moves past a quote.
bool take_quote(reader& r, opening& o);

// Moves past a quote and, in a literal within a literal, those that double it. Returns false and
// stays if there is none.
bool take_name_quotes(reader& r);

// Moves past what precedes the characters of a value: `[`, Go's `[]string{`, PHP's
// `string(40) `, the prefix of a string literal of Python or SQL, quotes, `$tag$`.
void take_opening(reader& r, opening& o);

}  // namespace s3sign::redact
