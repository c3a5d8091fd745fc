#include "sigv4/query_value.hpp"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstddef>

#include "base/ascii.hpp"
#include "base/text.hpp"

namespace s3sign::sigv4 {
namespace {

// At most nine digits.
std::optional<unsigned> parse_digits(std::string_view text) {
    if (!is_number(text)) return std::nullopt;
    unsigned number = 0;
    for (char c : text) number = 10 * number + static_cast<unsigned>(c - '0');
    return number;
}

bool is_header_name(std::string_view name) {
    return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
        return is_token_character(c) && c == to_lower(c);
    });
}

}  // namespace

bool is_x_amz(std::string_view name) { return equal_but_for_case(name.substr(0, 6), "x-amz-"); }

std::optional<std::int64_t> parse_date(std::string_view text) {
    using namespace std::chrono;
    if (text.size() != 8) return std::nullopt;
    const auto y = parse_digits(text.substr(0, 4));
    const auto m = parse_digits(text.substr(4, 2));
    const auto d = parse_digits(text.substr(6, 2));
    if (!y || !m || !d || *y == 0) return std::nullopt;
    const year_month_day date{year{static_cast<int>(*y)}, month{*m}, day{*d}};
    if (!date.ok()) return std::nullopt;
    return sys_days{date}.time_since_epoch() / days{1} * std::int64_t{86400};
}

std::optional<std::int64_t> parse_time(std::string_view text) {
    if (text.size() != 16 || text[8] != 'T' || text[15] != 'Z') return std::nullopt;
    const auto day = parse_date(text.substr(0, 8));
    const auto hour = parse_digits(text.substr(9, 2));
    const auto minute = parse_digits(text.substr(11, 2));
    const auto second = parse_digits(text.substr(13, 2));
    if (!day || !hour || !minute || !second || *hour > 23 || *minute > 59 || *second > 59)
        return std::nullopt;
    return *day + std::int64_t{*hour} * 3600 + std::int64_t{*minute} * 60 + *second;
}

std::optional<std::int64_t> parse_expires(std::string_view text) {
    // Ten digits are more than any provider allows and can't overflow.
    std::int64_t number = 0;
    if (text.size() > 10 || !is_number(text)) return std::nullopt;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

std::string_view take_header_name(std::string_view& signed_headers) {
    return take_item(signed_headers, ';');
}

bool are_signed_headers(std::string_view list) {
    if (list.ends_with(';')) return false;
    std::string_view before;
    while (!list.empty()) {
        const std::string_view name = take_header_name(list);
        if (!is_header_name(name) || name <= before) return false;
        before = name;
    }
    return !before.empty();
}

bool is_payload(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(),
                                        [](char c) { return is_alphanumeric(c) || c == '-'; });
}

bool is_hex_digest(std::string_view text) {
    // GCC vectorizes a loop without an early end, and with a byte for its result.
    unsigned char others = 0;
    for (char c : text) others |= !is_digit(c) && !(c >= 'a' && c <= 'f');
    return text.size() == 64 && others == 0;
}

}  // namespace s3sign::sigv4
