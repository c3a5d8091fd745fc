#include "s3/expiration.hpp"

#include <algorithm>
#include <chrono>
#include <cstddef>

#include "base/ascii.hpp"
#include "sigv4/time.hpp"

namespace s3sign::s3 {
namespace {

std::optional<std::int64_t> in_range(std::int64_t seconds) {
    if (seconds < sigv4::earliest_time || seconds > sigv4::latest_time) return std::nullopt;
    return seconds;
}

// Reads a text from its front. After a failure nothing more is read.
class cursor {
   public:
    explicit cursor(std::string_view text) : rest_(text) {}

    // A number of exactly `digits` digits.
    unsigned number(std::size_t digits) {
        unsigned value = 0;
        for (std::size_t i = 0; i < digits; i++) value = 10 * value + digit();
        return value;
    }

    // One of the characters.
    char one_of(std::string_view characters) {
        if (rest_.empty() || characters.find(rest_.front()) == characters.npos) return fail();
        const char c = rest_.front();
        rest_.remove_prefix(1);
        return c;
    }

    void skip_fraction() {
        if (take('.')) digits();
    }

    // The floor of a number as in JSON, RFC 8259 §6. Over 10^15 is a failure.
    std::int64_t floor() {
        const bool negative = take('-');
        const std::string_view whole = digits();
        const std::string_view fraction = take('.') ? digits() : std::string_view();
        const auto point =
            static_cast<std::ptrdiff_t>(whole.size()) + (take('e') || take('E') ? exponent() : 0);
        const auto size = static_cast<std::ptrdiff_t>(whole.size() + fraction.size());
        const auto at = [&](std::ptrdiff_t i) {
            const auto place = static_cast<std::size_t>(i);
            if (i >= size) return 0;
            return (place < whole.size() ? whole[place] : fraction[place - whole.size()]) - '0';
        };
        std::int64_t value = 0;
        for (std::ptrdiff_t i = 0; i < point; i++) {
            value = 10 * value + at(i);
            if (value > 1'000'000'000'000'000) return fail();
        }
        bool more = false;
        for (std::ptrdiff_t i = std::max<std::ptrdiff_t>(point, 0); i < size; i++)
            more |= at(i) != 0;
        return negative ? -value - (more ? 1 : 0) : value;
    }

    bool good_to_the_end() const { return good_ && rest_.empty(); }

   private:
    bool take(char c) {
        const bool there = rest_.starts_with(c);
        if (there) rest_.remove_prefix(1);
        return there;
    }

    // One digit or more. Empty after a failure.
    std::string_view digits() {
        const std::string_view all = rest_;
        do digit();
        while (!rest_.empty() && is_digit(rest_.front()));
        return good_ ? all.substr(0, all.size() - rest_.size()) : std::string_view();
    }

    std::ptrdiff_t exponent() {
        const bool down = take('-');
        if (!down) take('+');
        std::ptrdiff_t value = 0;
        for (const char c : digits())
            value = std::min<std::ptrdiff_t>(10 * value + (c - '0'), 9999);
        return down ? -value : value;
    }

    unsigned digit() { return static_cast<unsigned>(one_of("0123456789")) - '0'; }

    char fail() {
        good_ = false;
        rest_ = {};
        return '0';
    }

    std::string_view rest_;
    bool good_ = true;
};

// RFC 3339 §5.6, date-time.
std::optional<std::int64_t> parse_date_time(std::string_view text) {
    cursor in(text);
    const unsigned year = in.number(4);
    in.one_of("-");
    const unsigned month = in.number(2);
    in.one_of("-");
    const unsigned day = in.number(2);
    in.one_of("Tt ");
    const unsigned hour = in.number(2);
    in.one_of(":");
    const unsigned minute = in.number(2);
    in.one_of(":");
    const unsigned second = in.number(2);
    in.skip_fraction();
    const char zone = in.one_of("Zz+-");
    const bool has_offset = zone == '+' || zone == '-';
    const unsigned offset_hour = has_offset ? in.number(2) : 0;
    if (has_offset) in.one_of(":");
    const unsigned offset_minute = has_offset ? in.number(2) : 0;

    const std::chrono::year_month_day date{std::chrono::year(static_cast<int>(year)),
                                           std::chrono::month(month), std::chrono::day(day)};
    if (!in.good_to_the_end() || !date.ok() || hour > 23 || minute > 59 || second > 60 ||
        offset_hour > 23 || offset_minute > 59)
        return std::nullopt;
    const std::int64_t days = std::chrono::sys_days(date).time_since_epoch().count();
    const std::int64_t minutes = std::int64_t{60} * hour + minute;
    const std::int64_t offset = std::int64_t{60} * offset_hour + offset_minute;
    const std::int64_t start_of_minute =
        86400 * days + 60 * (zone == '+' ? minutes - offset : minutes + offset);
    // RFC 3339 §5.7: a leap second is the last of a day in UTC.
    constexpr std::int64_t last_minute = 86340;
    if (second == 60 && (start_of_minute % 86400 + 86400) % 86400 != last_minute)
        return std::nullopt;
    return in_range(start_of_minute + second);
}

}  // namespace

std::optional<std::int64_t> parse_expiration(std::string_view text) {
    if (!text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return is_digit(c); }))
        return parse_epoch(text);
    return parse_date_time(text);
}

std::optional<std::int64_t> parse_epoch(std::string_view number) {
    constexpr std::int64_t first_milliseconds = 100'000'000'000;
    cursor in(number);
    const std::int64_t value = in.floor();
    if (!in.good_to_the_end()) return std::nullopt;
    return in_range(value < first_milliseconds ? value : value / 1000);
}

}  // namespace s3sign::s3
