#include "sigv4/time.hpp"

#include <chrono>

#include "base/error.hpp"

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

std::string timestamp::iso8601() const {
    std::string out(text());
    for (std::size_t colon : {13, 11}) out.insert(colon, 1, ':');
    for (std::size_t hyphen : {6, 4}) out.insert(hyphen, 1, '-');
    return out;
}

}  // namespace s3sign::sigv4
