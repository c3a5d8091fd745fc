// A value that says who calls, as the options of a foreign server name it. It is read each time a
// URL is signed.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace s3sign::s3 {

struct placeholder {
    enum class source : std::uint8_t { session_user, setting, claim };

    source from = source::session_user;
    std::string text;                     // as it is written
    std::string setting = {};             // its name
    std::vector<std::string> claim = {};  // names of members, from the outermost object on
};

// "session_user", "setting:NAME" with the name of a custom setting, or "claim:NAME", where `->` in
// NAME steps into an object. Nothing for any other text.
std::optional<placeholder> parse_placeholder(std::string_view text);

// True if the value, of any bytes, is one segment of a key and cannot be read as more: UTF-8, not
// empty, `.` or `..`, without `/`, `\`, `{`, `}` and control characters.
bool is_segment(std::string_view value);

// True if the value, of any bytes, can be a query parameter that names a person: 1 to 256 bytes of
// UTF-8 without control characters.
bool is_user(std::string_view value);

}  // namespace s3sign::s3
