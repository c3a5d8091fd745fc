// Taking what signs out of a text for a log.
#pragma once

#include <cstddef>
#include <string_view>

#include "redact/secret.hpp"

namespace s3sign::redact {

// Signatures, tokens, credentials, secrets and POST policies of SigV4, SigV2 and Google's V4,
// wherever they are named: in URLs (percent-encoded into another, HTML-escaped), form fields,
// headers, JSON, options of a server, dumps of dictionaries; what stands behind the scheme of an
// Authorization; user information of URLs. The values become `redacted`; a text that has been
// redacted stays as it is. Linear in the text's size.

// How long the redacted text is.
std::size_t redacted_size(std::string_view text);

char* put_redacted(char* out, std::string_view text);

}  // namespace s3sign::redact
