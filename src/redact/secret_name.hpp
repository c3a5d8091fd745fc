// What names a secret, and what stands between the name and its value.
#pragma once

#include "redact/escaped.hpp"
#include "redact/secret.hpp"

namespace s3sign::redact {

enum class kind {
    any,      // wherever it stands
    word,     // also a part of other words: only where one begins
    policy,   // a word, and only where base64 of a JSON object follows
    option,   // SQL has it without a sign: session_token 'value'
    element,  // only an element of XML, up to the end of which the value goes
};

struct secret_name {
    std::string_view name;
    kind is = kind::any;
};

// Moves behind a name; null where there is none.
const secret_name* take_name(escaped_reader& r);

// What a value began with.
struct opening {
    char quote = '\0';
    std::size_t quote_size = 0;  // as the quote is written
    bool encoded = false;        // the sign before the value was percent-encoded
};

// Moves behind a quote.
bool take_quote(escaped_reader& r, opening& o);

// Moves to the value of a name: behind `=`, `: "`, `">`, `" type="hidden" value="`, the empty line
// of a part of a multipart form.
bool take_separator(escaped_reader& r, kind of, opening& o);

// Moves behind the value: to the quote that it began with, written as long or shorter (`"` ends
// `\"`, not the other way round), or to what no value has in it.
void take_value(escaped_reader& r, kind of, const opening& o);

// Moves behind what HTML's attributes and JSON's members have between a quoted value and the name
// of another: ` type="hidden" name`, `, "name"`.
bool take_to(escaped_reader& r, std::string_view name);

// Whether a value that was guessed at may be hidden.
bool is_whole(std::string_view value);

}  // namespace s3sign::redact
