// The expiry of temporary credentials, in the formats that tools write.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace s3sign::s3 {

// Seconds since 1970, rounded down; nothing if the text is not a time in the years 1 to 9999.
// A time is RFC 3339's date-time (a blank may replace the `T`), or digits as in parse_epoch().
std::optional<std::int64_t> parse_expiration(std::string_view text);

// The same for a JSON number: seconds since 1970, or milliseconds from 10^11 on.
std::optional<std::int64_t> parse_epoch(std::string_view number);

}  // namespace s3sign::s3
