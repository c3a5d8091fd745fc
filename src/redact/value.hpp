// Where a value ends, and which values are not secrets.
#pragma once

#include <string_view>

#include "redact/opening.hpp"
#include "redact/reader.hpp"

namespace s3sign::redact {

// What replaces a secret.
inline constexpr std::string_view redacted = "***";

// True if a value that begins with `o` ends before `c`.
bool ends_value(const character& c, const opening& o);

// Moves past the value. A quote that is written twice is part of it. A dollar quote ends like a
// value without quotes where its tag does not come before that.
void take_value(reader& r, const opening& o);

// True at the tag that ends a dollar quote.
bool at_tag(reader r, const opening& o);

// Each of these reads a bounded number of characters. What looks like a secret still does once it
// has been redacted.

// A value that is a secret even where only a blank separates it from its name: at least 16
// characters of all classes; after an option of a command, one that is no lower-case word.
bool looks_random(reader r, bool after_option);

// At least 64 characters of base64, or of a JSON Web Token: session tokens are longer.
bool looks_like_token(reader r);

// Base64 of "{" and of what may follow in JSON; or what has been redacted.
bool looks_like_policy(reader r);

// null, true, off: a setting without a secret, or the name of a type.
bool is_constant(reader r, const opening& o);

// `$1`, `$NAME`, `${name}`, `$(command)`
bool is_variable(reader r, const opening& o);

// A constant, or in place of a secret: $1, ${NAME}, %s, :name, env('NAME'),
// var.secret_key
bool is_placeholder(reader r, const opening& o);

// A short word of letters before another word: "the secret: never share it".
bool is_prose(reader r, const opening& o);

}  // namespace s3sign::redact
