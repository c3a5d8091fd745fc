#include "sigv4/time.hpp"

#include <ctime>
#include <limits>
#include <random>

#include "support.hpp"

namespace s3sign {
namespace {

std::string text_of(std::int64_t seconds) { return std::string(sigv4::timestamp(seconds).text()); }

struct moment {
    std::int64_t seconds;
    std::string_view text;
};

// the numbers are those of `date -u -d @N`
constexpr moment moments[] = {
    {0, "19700101T000000Z"},
    {-1, "19691231T235959Z"},
    {-86400, "19691231T000000Z"},
    {-86401, "19691230T235959Z"},
    {1369353600, "20130524T000000Z"},
    {1440938160, "20150830T123600Z"},
    {951782399, "20000228T235959Z"},
    {951782400, "20000229T000000Z"},
    {951868800, "20000301T000000Z"},
    {1709164800, "20240229T000000Z"},
    {4107542400, "21000301T000000Z"},
    {4107542399, "21000228T235959Z"},
    {-2203891201, "19000228T235959Z"},
    {-2203891200, "19000301T000000Z"},
    {-62135596800, "00010101T000000Z"},
    {-62135596799, "00010101T000001Z"},
    {253402300799, "99991231T235959Z"},
};

TEST(timestamp, known_moments) {
    for (const moment& m : moments) {
        const sigv4::timestamp time(m.seconds);
        EXPECT_EQ(time.text(), m.text) << m.seconds;
        EXPECT_EQ(time.date(), m.text.substr(0, 8)) << m.seconds;
    }
}

TEST(timestamp, agrees_with_the_c_library) {
    std::mt19937_64 random(20130524);
    std::uniform_int_distribution<std::int64_t> seconds(sigv4::earliest_time, sigv4::latest_time);
    for (int i = 0; i < 10000; i++) {
        const std::time_t time = seconds(random);
        std::tm utc;
        char text[64];
        gmtime_r(&time, &utc);
        std::snprintf(text, sizeof text, "%04d%02d%02dT%02d%02d%02dZ", utc.tm_year + 1900,
                      utc.tm_mon + 1, utc.tm_mday, utc.tm_hour, utc.tm_min, utc.tm_sec);
        ASSERT_EQ(text_of(time), text) << time;
    }
}

TEST(timestamp, refuses_years_that_have_no_four_digits) {
    for (std::int64_t seconds :
         {sigv4::earliest_time - 1, sigv4::latest_time + 1,
          std::numeric_limits<std::int64_t>::min(), std::numeric_limits<std::int64_t>::max()}) {
        const auto e = test::error_of([&] { sigv4::timestamp{seconds}; });
        ASSERT_TRUE(e) << seconds;
        EXPECT_EQ(e->code, code::datetime_field_overflow);
        EXPECT_EQ(e->message, "signing time is outside the years 1 to 9999");
    }
}

TEST(timestamp, iso8601) {
    const std::pair<std::int64_t, std::string_view> times[] = {
        {sigv4::earliest_time, "0001-01-01T00:00:00Z"},
        {-1, "1969-12-31T23:59:59Z"},
        {951782399, "2000-02-28T23:59:59Z"},
        {951782400, "2000-02-29T00:00:00Z"},
        {sigv4::latest_time, "9999-12-31T23:59:59Z"},
    };
    for (const auto& [seconds, text] : times)
        EXPECT_EQ(sigv4::timestamp(seconds).iso8601(), text) << seconds;
}

}  // namespace
}  // namespace s3sign
