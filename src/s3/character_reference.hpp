// HTML's references to the characters that end a link or separate its parameters.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace s3sign::s3 {

struct character_reference {
    char character;    // one of & " ' < >
    std::size_t size;  // in bytes
};

inline constexpr std::size_t longest_reference = 10;  // «&#0000038;»

// The reference that `text` begins with: `&amp;`, `&quot;`, `&apos;`, `&lt;`, `&gt;`, or the number
// of one of these characters, such as `&#39;`, `&#039;` and `&#x27;`, of at most 7 decimal or 6
// hexadecimal digits (CommonMark §2.5). Nothing for any other text.
std::optional<character_reference> read_reference(std::string_view text);

// The same for a reference to `&` that `text` ends with.
bool ends_with_ampersand_reference(std::string_view text);

}  // namespace s3sign::s3
