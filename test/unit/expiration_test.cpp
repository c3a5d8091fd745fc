#include "s3/expiration.hpp"

#include "support.hpp"

namespace s3sign {
namespace {

using s3::parse_epoch;
using s3::parse_expiration;

// Expected values are those of Python's datetime.fromisoformat, rounded down.
TEST(expiration, date_and_time) {
    const std::pair<std::string_view, std::int64_t> cases[] = {
        {"1970-01-01T00:00:00Z", 0},
        {"2019-08-19T15:00:56-06:00", 1566248456},    // saml2aws
        {"2022-01-26T13:21:45+00:00", 1643203305},    // gimme-aws-creds
        {"2022-01-26T13:21:45.999999Z", 1643203305},  // aws-azure-login has milliseconds
        {"2024-02-29T23:59:59.5+05:45", 1709230499},
        {"2000-02-29 00:00:00-00:30", 951784200},
        {"2000-02-29t00:00:00z", 951782400},
        {"1969-12-31T23:59:59.25Z", -1},
        {"0001-01-01T00:00:00Z", -62135596800},
        {"9999-12-31T23:59:59Z", 253402300799},
        // leap seconds: the last of a day in UTC
        {"2016-12-31T23:59:60Z", 1483228800},
        {"2017-01-01T05:29:60+05:30", 1483228800},
    };
    for (const auto& [text, seconds] : cases) EXPECT_EQ(parse_expiration(text), seconds) << text;
}

TEST(expiration, digits_are_seconds_or_milliseconds) {
    EXPECT_EQ(parse_expiration("0"), 0);
    EXPECT_EQ(parse_expiration("1643203305"), 1643203305);
    EXPECT_EQ(parse_expiration("0001643203305"), 1643203305);
    EXPECT_EQ(parse_expiration("99999999999"), 99999999999);
    EXPECT_EQ(parse_expiration("100000000000"), 100000000);
    EXPECT_EQ(parse_expiration("1643203305999"), 1643203305);
    EXPECT_EQ(parse_expiration("253402300799999"), 253402300799);
    EXPECT_EQ(parse_expiration("253402300800000"), std::nullopt);
    EXPECT_EQ(parse_expiration(std::string(400, '9')), std::nullopt);
}

TEST(expiration, is_no_time) {
    for (const std::string_view text : {"",
                                        " ",
                                        "never",

                                        "2022-01-26",
                                        "2022-01-26T13:21:45",
                                        "2022-01-26T13:21Z",
                                        "2022-01-26T13:21:45+0000",
                                        "2022-01-26T13:21:45+00",
                                        "2022-01-26T13:21:45 Z",
                                        "2022-01-26T13:21:45Z ",
                                        " 2022-01-26T13:21:45Z",
                                        "2022-01-26T13:21:45.Z",
                                        "2022-01-26T13:21:45,5Z",
                                        "2022-01-26  13:21:45Z",
                                        "2022-1-26T13:21:45Z",
                                        "2022-13-01T00:00:00Z",
                                        "2022-00-01T00:00:00Z",
                                        "2022-02-29T00:00:00Z",
                                        "2022-01-32T00:00:00Z",
                                        "2022-01-26T24:00:00Z",
                                        "2022-01-26T23:60:00Z",
                                        "2022-01-26T23:59:61Z",
                                        "2022-01-26T22:59:60Z",
                                        "2022-01-26T13:21:45+24:00",
                                        "2022-01-26T13:21:45+00:60",
                                        "0000-12-31T23:59:59Z",
                                        "0001-01-01T00:00:00+00:01",
                                        "9999-12-31T23:59:59-00:01",
                                        "+2022-01-26T13:21:45Z",
                                        "-1",
                                        "+1",
                                        "1.5",
                                        "1e9",
                                        "0x1",
                                        "16432033 05"})
        EXPECT_EQ(parse_expiration(text), std::nullopt) << text;
}

TEST(expiration, json_numbers) {
    EXPECT_EQ(parse_epoch("1.618956432E9"), 1618956432);  // AWS's query APIs
    EXPECT_EQ(parse_epoch("1618956432.999"), 1618956432);
    EXPECT_EQ(parse_epoch("1618956432000"), 1618956432);
    EXPECT_EQ(parse_epoch("-0.5"), -1);
    EXPECT_EQ(parse_epoch("16189564329.99e-1"), 1618956432);
    EXPECT_EQ(parse_epoch("1e+9"), 1000000000);
    EXPECT_EQ(parse_epoch("0e400"), 0);
    EXPECT_EQ(parse_epoch("1643203305.00000000000000000000000000000000000"), 1643203305);
    EXPECT_EQ(parse_epoch("0.0000000000000000000000000000001643203305e40"), 1643203305);
    for (const std::string_view text :
         {"", "-", "-.", "1e                              ", "                              ", ".",
          "1.", ".5", "1e", "1e+", "1 ", " 1", "+1", "0x1", "inf", "nan", "1e400",
          "1e99999999999999999999", "0e-99999999999999999999x"})
        EXPECT_EQ(parse_epoch(text), std::nullopt) << text;
    for (const std::string_view number :
         {"", "-", "1e999", "1e15", "-1e12", "253402300800000", "1x"})
        EXPECT_EQ(parse_epoch(number), std::nullopt) << number;
}

}  // namespace
}  // namespace s3sign
