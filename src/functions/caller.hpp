// The caller: the current values of the placeholders in a server's options. They are not cached,
// because the next call may be another person's.
#pragma once

#include "functions/arguments.hpp"
#include "s3/key_prefix.hpp"

namespace s3sign {

// The prefix in UTF-8. Nothing if a placeholder has no value that is one segment of a key. Valid
// until the server is read again.
optional_text find_prefix(const s3::key_prefix& prefix);

// The same; 42501 if there is nothing.
std::string_view read_prefix(const s3::key_prefix& prefix);

// The value of the query parameter that names a person, in UTF-8. 42501 unless it can be one.
std::string_view read_user(const s3::placeholder& value);

}  // namespace s3sign
