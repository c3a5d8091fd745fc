// What may be between a name and its value.
#pragma once

#include "redact/opening.hpp"
#include "redact/reader.hpp"
#include "redact/secret_name.hpp"

namespace s3sign::redact {

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

}  // namespace s3sign::redact
