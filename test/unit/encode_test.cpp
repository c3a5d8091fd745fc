#include "sigv4/encode.hpp"

#include <cstdint>
#include <limits>

#include "reference.hpp"
#include "support.hpp"

namespace s3sign {
namespace {

using test::written;

std::string encoded(std::string_view text) {
    return written(sigv4::encoded_size(text.size()),
                   [&](char* out) { return sigv4::uri_encode(out, text); });
}

std::string encoded_path(std::string_view text) {
    return written(sigv4::encoded_size(text.size()),
                   [&](char* out) { return sigv4::uri_encode_path(out, text); });
}

// RFC 3986 §2.3
TEST(encode, keeps_unreserved_characters) {
    constexpr std::string_view unreserved =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
    EXPECT_EQ(encoded(unreserved), unreserved);
    EXPECT_EQ(encoded_path(unreserved), unreserved);
}

TEST(encode, writes_upper_case_and_spaces_as_20) {
    EXPECT_EQ(encoded("a b+c%/ü\n\x7f"), "a%20b%2Bc%25%2F%C3%BC%0A%7F");
    EXPECT_EQ(encoded("!*'()"), "%21%2A%27%28%29");
    EXPECT_EQ(encoded("😀"), "%F0%9F%98%80");
}

TEST(encode, a_path_keeps_slashes_verbatim) {
    EXPECT_EQ(encoded_path("//a/../b c/./"), "//a/../b%20c/./");
}

TEST(encode, every_byte) {
    for (int c = 0; c < 256; c++) {
        const std::string byte(1, static_cast<char>(c));
        EXPECT_EQ(encoded(byte), reference::uri_encode(byte)) << c;
        EXPECT_EQ(encoded_path(byte), reference::uri_encode(byte, false)) << c;
    }
}

// Eight bytes at a time: what has to be encoded, at each place of a text of each length.
TEST(encode, at_every_place) {
    for (std::size_t size = 1; size <= 33; size++) {
        for (std::size_t i = 0; i < size; i++) {
            std::string text(size, 'a');
            text[i] = '/';
            EXPECT_EQ(encoded(text), reference::uri_encode(text)) << size << ", " << i;
            EXPECT_EQ(encoded_path(text), text) << size << ", " << i;
            text[size - 1 - i] = '\xff';
            EXPECT_EQ(encoded_path(text), reference::uri_encode(text, false)) << size << ", " << i;
        }
    }
}

TEST(encode, hexadecimal_in_lower_case) {
    EXPECT_EQ(test::hex(std::string_view("\x00\x0f\xf0\xff\xab", 5)), "000ff0ffab");
}

TEST(encode, decimal_numbers) {
    const auto decimal = [](std::uint64_t number) {
        return written(20, [&](char* out) { return sigv4::put_decimal(out, number); });
    };
    EXPECT_EQ(decimal(0), "0");
    EXPECT_EQ(decimal(604800), "604800");
    EXPECT_EQ(decimal(std::numeric_limits<std::uint64_t>::max()), "18446744073709551615");
}

}  // namespace
}  // namespace s3sign
