// Removes credentials and signatures from a text.
#pragma once

#include <cstddef>
#include <string_view>

#include "redact/pace.hpp"
#include "redact/value.hpp"

namespace s3sign::redact {

// The largest size of the redacted text: each value that `redacted` replaces has at least four
// bytes before it that stay, as in `://a@`.
constexpr std::size_t redacted_size(std::size_t size) { return size + size / 2 + redacted.size(); }

// Writes `text` to `out` with `redacted` in place of signatures, session tokens, credentials,
// secret keys and POST policies, found by the names of SigV4, SigV2, Google's V4, and of the
// configuration of S3 clients; the credentials of an Authorization; user information of URLs.
// Returns the end of what it wrote: at most redacted_size(text.size()) bytes.
//
// Linear in the size of the text; redacting again changes nothing. Calls `p` for each byte read.
char* put_redacted(char* out, std::string_view text, pace& p);

}  // namespace s3sign::redact
