#include "sigv4/time.hpp"

#include <chrono>

#include "base/error.hpp"
#include "base/text.hpp"

namespace s3sign::sigv4 {
namespace {

char* put_digits(char* out, unsigned number, int digits) {
    for (int i = digits - 1; i >= 0; i--) {
        out[i] = static_cast<char>('0' + number % 10);
        number /= 10;
    }
    return out + digits;
}

std::array<char, 16> format(std::int64_t unix_seconds) {
    using namespace std::chrono;
    const sys_seconds time{seconds{unix_seconds}};
    const sys_days day = floor<days>(time);
    const year_month_day date{day};
    const auto second = static_cast<unsigned>((time - day).count());

    std::array<char, 16> text;
    char* out = put_digits(text.data(), static_cast<unsigned>(int{date.year()}), 4);
    out = put_digits(out, unsigned{date.month()}, 2);
    out = put_digits(out, unsigned{date.day()}, 2);
    *out++ = 'T';
    out = put_digits(out, second / 3600, 2);
    out = put_digits(out, second / 60 % 60, 2);
    out = put_digits(out, second % 60, 2);
    *out = 'Z';
    return text;
}

}  // namespace

timestamp::timestamp(std::int64_t unix_seconds) : unix_seconds_(unix_seconds) {
    if (unix_seconds < earliest_time || unix_seconds > latest_time)
        throw error(code::datetime_field_overflow, "signing time is outside the years 1 to 9999");
    // The URLs of a page have the same time.
    static constinit std::int64_t last_second = earliest_time - 1;
    static constinit std::array<char, 16> last_text{};
    if (unix_seconds != last_second) {
        last_text = format(unix_seconds);
        last_second = unix_seconds;
    }
    text_ = last_text;
}

char* timestamp::put_iso8601(char* out) const {
    const std::string_view t = text();
    out = put(put(put(out, t.substr(0, 4)), '-'), t.substr(4, 2));
    out = put(put(put(out, '-'), t.substr(6, 5)), ':');
    return put(put(put(out, t.substr(11, 2)), ':'), t.substr(13));
}

std::string timestamp::iso8601() const {
    return write_string(iso8601_size, [&](char* out) { return put_iso8601(out); });
}

}  // namespace s3sign::sigv4
