// S3's limits: the last value inside and the first outside, and what a message names.
#include "s3/limits.hpp"

#include <limits>

#include "support.hpp"

namespace s3sign::test {
namespace {

constexpr auto bad = code::invalid_parameter_value;

TEST(limits, key_length) {
    EXPECT_TRUE(refuses(bad, "file is empty", [] { s3::check_key_length(""); }));
    EXPECT_EQ(s3::check_key_length("/"), "/");
    std::string key;
    for (int i = 0; i < 512; i++) key += "\u00fc";  // two bytes
    EXPECT_EQ(s3::check_key_length(key), key);
    EXPECT_TRUE(refuses(bad, "file has 1025 bytes in UTF-8, more than 1024",
                        [&] { s3::check_key_length(key + "a"); }));
}

TEST(limits, part_number) {
    for (const int number : {1, 10000}) EXPECT_NO_THROW(s3::check_part_number("parts", number));
    for (const int number : {0, -1, 10001, std::numeric_limits<int>::min()})
        EXPECT_TRUE(refuses(bad, "parts " + std::to_string(number) + " is outside 1..10000",
                            [&] { s3::check_part_number("parts", number); }));
}

TEST(limits, max_keys) {
    for (const int number : {1, 1000}) EXPECT_NO_THROW(s3::check_max_keys("max_keys", number));
    for (const int number : {0, -1, 1001, std::numeric_limits<int>::max()})
        EXPECT_TRUE(refuses(bad, "max_keys " + std::to_string(number) + " is outside 1..1000",
                            [&] { s3::check_max_keys("max_keys", number); }));
}

TEST(limits, duration) {
    for (const std::int64_t seconds : {1, 604800}) EXPECT_NO_THROW(s3::check_duration(seconds));
    for (const std::int64_t seconds :
         {std::int64_t{0}, std::int64_t{-1}, std::int64_t{604801},
          std::numeric_limits<std::int64_t>::min(), std::numeric_limits<std::int64_t>::max()})
        EXPECT_TRUE(refuses(bad,
                            "duration " + std::to_string(seconds) + " is outside 1..604800 seconds",
                            [&] { s3::check_duration(seconds); }));
}

TEST(limits, payload_line) {
    const std::string hash(64, 'a');
    for (const std::string& line :
         {hash, std::string("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
          std::string("UNSIGNED-PAYLOAD"), std::string("STREAMING-AWS4-HMAC-SHA256-PAYLOAD"),
          std::string("STREAMING-UNSIGNED-PAYLOAD-TRAILER")})
        EXPECT_EQ(s3::check_payload_line("it", line), line);
    for (const std::string& line : {std::string(), hash.substr(1), hash + "a", std::string(64, 'A'),
                                    std::string(64, 'g'), std::string("unsigned-payload"),
                                    std::string("UNSIGNED-PAYLOAD "), std::string("STREAMING")})
        EXPECT_TRUE(refuses(bad, "it is not a SHA-256 in lower-case hex", [&] {
            s3::check_payload_line("it", line);
        })) << line;
}

TEST(limits, payload_line_of_headers) {
    const std::string hash(64, '0');
    EXPECT_EQ(s3::find_payload_line({}), "UNSIGNED-PAYLOAD");
    const std::vector<field> headers = {{"content-type", hash}, {"x-amz-content-sha256", hash}};
    EXPECT_EQ(s3::find_payload_line(headers), hash);
    EXPECT_EQ(s3::find_payload_line(std::span(headers).first(1)), "UNSIGNED-PAYLOAD");
    const std::vector<field> wrong = {{"x-amz-content-sha256", "x"}};
    EXPECT_TRUE(refuses(bad, "header \"x-amz-content-sha256\" is not a SHA-256",
                        [&] { s3::find_payload_line(wrong); }));
}

// S3 answers 501 to a PUT with both; a GET may have both (RFC 9110 §13.2.2).
TEST(limits, preconditions) {
    const sigv4::field match{"if-match", "\"etag\""}, none{"if-none-match", "*"};
    const std::vector<sigv4::field> both{match, none}, one{none}, other{match};
    for (const s3::operation* op : {&s3::put_object, &s3::multipart_complete}) {
        const auto e = test::error_of([&] { s3::check_preconditions(*op, both); });
        ASSERT_TRUE(e) << op->name;
        EXPECT_EQ(e->code, code::invalid_parameter_value);
        EXPECT_NO_THROW(s3::check_preconditions(*op, one));
        EXPECT_NO_THROW(s3::check_preconditions(*op, other));
    }
    EXPECT_NO_THROW(s3::check_preconditions(s3::get_object, both));
    EXPECT_NO_THROW(s3::check_preconditions(s3::head_object, both));
}

TEST(limits, sizes_are_decimal_numbers) {
    for (const std::string_view name : {"content-length", "x-amz-mp-object-size"}) {
        const auto check = [&](std::string_view value) {
            const std::vector<sigv4::field> headers{{"a", "x"}, {name, value}, {"z", "-1"}};
            return test::error_of([&] { s3::check_sizes(headers); });
        };
        for (const auto value : {"0", "1", "10", "5368709120", "99999999999999999999999"})
            EXPECT_FALSE(check(value)) << value;
        for (const auto value : {"", "00", "01", "+1", "-1", "1.0", "1e3", "0x1", " 1", "1 ", "1,1",
                                 "1, 2", "a", "1a", "\xd9\xa1"})
            EXPECT_TRUE(check(value)) << value;
    }
}

}  // namespace
}  // namespace s3sign::test
