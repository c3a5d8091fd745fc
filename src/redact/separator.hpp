// What may stand between a name and its value.
#pragma once

#include "redact/reader.hpp"
#include "redact/secret_name.hpp"

namespace s3sign::redact {

// How a value begins, and so where it ends.
struct opening {
    char quote = '\0';           // ends with the same quote
    std::size_t quote_size = 0;  // written with as many bytes or less: " ends \", not vice versa
    std::size_t depth = 0;       // unquoted: ends are at most as often percent-encoded
    bool element = false;        // ends with the next tag
    bool line = false;           // a guess: only if the value is all of its line
};

// Where a name was found.
struct place {
    bool in_list;         // first after "(" or ","
    bool in_closing_tag;  // after "/"
    bool is_option;       // begins with "--"
};

// Moves from the end of a name to its value: past `=`, `: "`, `">`, `" type="hidden" value="`,
// `", "value": "`, `</Name><Value>`, the headers of a part of a multipart form. Returns false and
// stays if no value follows. Reads a bounded number of words, and the blanks between them.
bool take_separator(reader& r, const secret_name& name, const place& where, opening& o);

// Moves from the closing quote of a value to the name that it is the value of, for HTML and JSON
// that have the value first: `" type="hidden" name="`. Null if there is none.
const secret_name* take_later_name(reader& r, const opening& o);

// Moves past a quote.
bool take_quote(reader& r, opening& o);

}  // namespace s3sign::redact
