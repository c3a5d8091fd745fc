// Classes of ASCII characters, each over all 256 bytes.
#include "base/ascii.hpp"

#include "support.hpp"

namespace s3sign::test {
namespace {

// The characters that `is_one` is true for, in the order of ASCII.
template <class F>
std::string characters(F is_one) {
    std::string found;
    for (int byte = 0; byte < 256; byte++)
        if (is_one(static_cast<char>(byte))) found += static_cast<char>(byte);
    return found;
}

TEST(ascii, classes) {
    EXPECT_EQ(characters([](char c) { return is_digit(c); }), "0123456789");
    EXPECT_EQ(characters([](char c) { return is_hex_digit(c); }), "0123456789ABCDEFabcdef");
    EXPECT_EQ(characters(is_lower), "abcdefghijklmnopqrstuvwxyz");
    EXPECT_EQ(characters(is_alphanumeric),
              "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");
}

// RFC 9110 §5.6.2: any VCHAR, except delimiters: (),/:;<=>?@[\]{} and the quotation mark.
TEST(ascii, token_characters) {
    const std::string_view delimiters = "\"(),/:;<=>?@[\\]{}";
    EXPECT_EQ(characters(is_token_character), characters([&](char c) {
                  return c > ' ' && c <= '~' && delimiters.find(c) == delimiters.npos;
              }));
}

TEST(ascii, visible) {
    EXPECT_TRUE(is_visible_ascii(""));
    EXPECT_TRUE(is_visible_ascii("!~az09"));
    for (const std::string_view text : {" ", "a b", "a\n", "\x7f", "\x1f", "\xc3\xbc"})
        EXPECT_FALSE(is_visible_ascii(text));
    EXPECT_FALSE(is_visible_ascii(std::string_view("\0", 1)));
}

TEST(ascii, numbers) {
    for (const std::string_view text : {"0", "007", "18446744073709551616"})
        EXPECT_TRUE(is_number(text)) << text;
    for (const std::string_view text : {"", "-1", "+1", " 1", "1 ", "1a", "1.0"})
        EXPECT_FALSE(is_number(text)) << text;
}

TEST(ascii, hex_digits) {
    std::string digits;
    for (unsigned value = 0; value < 16; value++) digits += hex_digit(value);
    EXPECT_EQ(digits, "0123456789abcdef");
}

}  // namespace
}  // namespace s3sign::test
