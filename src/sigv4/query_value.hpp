// The parameters of a presigned URL, decoded and one by one: hostile texts read and checked.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace s3sign::sigv4 {

// Whether a name begins with «x-amz-», whatever its case.
bool is_x_amz(std::string_view name);

// Seconds since 1970 of «YYYYMMDD», a day of the years 1 to 9999, and of «YYYYMMDDTHHMMSSZ».
std::optional<std::int64_t> parse_date(std::string_view text);
std::optional<std::int64_t> parse_time(std::string_view text);

// A number of up to ten digits.
std::optional<std::int64_t> parse_expires(std::string_view text);

// Takes the first name off «name;name».
std::string_view take_header_name(std::string_view& signed_headers);

// Whether that is a list of headers' names in lower case, sorted, none twice.
bool are_signed_headers(std::string_view list);

// Whether it can be the last line of a canonical request: «UNSIGNED-PAYLOAD», a hash or
// «STREAMING-…».
bool is_payload(std::string_view text);

// 64 digits of lower-case hex.
bool is_signature(std::string_view text);

}  // namespace s3sign::sigv4
