#include "sigv4/time.hpp"

#include <chrono>

#include "error.hpp"

namespace s3sign::sigv4 {
namespace {

char* put_digits(char* out, unsigned number, int digits) {
    for (int i = digits - 1; i >= 0; i--) {
        out[i] = static_cast<char>('0' + number % 10);
        number /= 10;
    }
    return out + digits;
}

}  // namespace

timestamp::timestamp(std::int64_t unix_seconds) {
    if (unix_seconds < earliest_time || unix_seconds > latest_time)
        throw error(code::datetime_field_overflow, "signing time is outside the years 1 to 9999");

    using namespace std::chrono;
    const sys_seconds time{seconds{unix_seconds}};
    const sys_days day = floor<days>(time);
    const year_month_day date{day};
    const auto second = static_cast<unsigned>((time - day).count());

    char* out = put_digits(text_.data(), static_cast<unsigned>(int{date.year()}), 4);
    out = put_digits(out, unsigned{date.month()}, 2);
    out = put_digits(out, unsigned{date.day()}, 2);
    *out++ = 'T';
    out = put_digits(out, second / 3600, 2);
    out = put_digits(out, second / 60 % 60, 2);
    out = put_digits(out, second % 60, 2);
    *out = 'Z';
}

}  // namespace s3sign::sigv4
