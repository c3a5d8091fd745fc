// Escapes that an error body arrives in: of XML and HTML, JSON, and bytes in hex. For hostile
// input: linear, and no result is longer than the text.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace s3sign::s3 {

// XML 1.0 §4.1, §4.6: the five entities of XML itself and references to characters, which become
// UTF-8. Other references stay, also those to zero or to half of a surrogate pair.
std::string unescape_xml(std::string_view text);

// RFC 8259 §7. A zero character and half of a surrogate pair become U+FFFD; an invalid escape
// stays.
std::string unescape_json(std::string_view text);

// The bytes of «47 45 54», with white space between any digits; nothing for other characters and
// an odd number of digits.
std::optional<std::string> decode_hex(std::string_view text);

}  // namespace s3sign::s3
