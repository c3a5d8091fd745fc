// Reads and checks the values of a presigned URL's parameters. Safe on hostile input.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace s3sign::sigv4 {

// True if a name begins with x-amz-, in any case.
bool is_x_amz(std::string_view name);

// Seconds since 1970 of YYYYMMDD and of YYYYMMDDTHHMMSSZ, in the years 1 to 9999.
std::optional<std::int64_t> parse_date(std::string_view text);
std::optional<std::int64_t> parse_time(std::string_view text);

// X-Amz-Expires, in seconds: a number of up to ten digits.
std::optional<std::int64_t> parse_expires(std::string_view text);

// Removes the first name of a list `name;name` and returns it.
std::string_view take_header_name(std::string_view& signed_headers);

// True if `list` is header names in lower case, sorted, without duplicates.
bool are_signed_headers(std::string_view list);

// True if `text` can be the last line of a canonical request: UNSIGNED-PAYLOAD, a hash or
// STREAMING-...
bool is_payload(std::string_view text);

// True for a SHA-256 digest in base16: 64 lower-case hexadecimal digits.
bool is_hex_digest(std::string_view text);

}  // namespace s3sign::sigv4
