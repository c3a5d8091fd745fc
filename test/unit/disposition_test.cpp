#include "s3/disposition.hpp"

#include "support.hpp"

namespace s3sign {
namespace {

using s3::attachment;

struct known_name {
    std::string_view name, quoted, encoded;
};

// `encoded` by Python's urllib.parse.quote(name, safe='-._~'); empty where there is none
const known_name known[] = {
    {"a.txt", "a.txt", ""},
    {"a b;c=d, 'e'.txt", "a b;c=d, 'e'.txt", ""},
    {"~$&+*()!#@^`{|}[]<>:?", "~$&+*()!#@^`{|}[]<>:?", ""},
    {"..", "..", ""},
    // no name ends the quotes
    {"a\"b", "a_b", "a%22b"},
    {"a;b\"; filename=\"evil.exe", "a;b_; filename=_evil.exe",
     "a%3Bb%22%3B%20filename%3D%22evil.exe"},
    {"a\\\"b", "a__b", "a_%22b"},
    {"a\\", "a_", ""},
    // nor the header, nor the folder
    {"a\r\nSet-Cookie: b", "a__Set-Cookie: b", ""},
    {"\x01\t\x1f\x7f", "____", ""},
    {std::string_view("a\0b", 3), "a_b", ""},
    {"../../etc/passwd", ".._.._etc_passwd", ""},
    {"C:\\a.exe", "C:_a.exe", ""},
    // nor is it decoded twice
    {"100%", "100_", "100%25"},
    {"a%22b", "a_22b", "a%2522b"},
    // not ASCII: both, the second is the name
    {"\u00fcber.txt", "_ber.txt", "%C3%BCber.txt"},
    {"\u20ac rates", "_ rates", "%E2%82%AC%20rates"},
    {"\U0001f600.png", "_.png", "%F0%9F%98%80.png"},
    {"\u00a0\u009f\u0080", "___", "%C2%A0__"},
    // directions of writing, and lines
    {"photo\u202egpj.exe", "photo_gpj.exe", ""},
    {"\u061c\u200e\u200f\u2028\u2029\u202a\u202b\u202c\u202d\u2066\u2067\u2068\u2069",
     "_____________", ""},
    // beside them
    {"\u200d\u2010\u2027\u202f\u2065\u206a", "______",
     "%E2%80%8D%E2%80%90%E2%80%A7%E2%80%AF%E2%81%A5%E2%81%AA"},
};

TEST(attachment, is_under_the_name) {
    for (const known_name& k : known) {
        std::string expected = "attachment; filename=\"" + std::string(k.quoted) + "\"";
        if (!k.encoded.empty()) expected += "; filename*=UTF-8''" + std::string(k.encoded);
        EXPECT_EQ(attachment(k.name), expected);
    }
}

// U+0000 to U+FFFF
std::string utf8(unsigned code) {
    const auto byte = [](unsigned value) { return static_cast<char>(value); };
    const char last = byte(0x80 | (code & 0x3f));
    if (code < 0x80) return {byte(code)};
    if (code < 0x800) return {byte(0xc0 | code >> 6), last};
    return {byte(0xe0 | code >> 12), byte(0x80 | (code >> 6 & 0x3f)), last};
}

// RFC 9110 §5.6.4: what is in quotes here needs no escape; RFC 8187 §3.2.1: attr-char.
TEST(attachment, is_well_formed_for_any_character) {
    for (unsigned code = 0; code < 0x10000; code++) {
        if (code == 0xd800) code = 0xe000;  // surrogates are no characters
        const std::string header = attachment("a" + utf8(code) + "b");
        const std::string_view begin = "attachment; filename=\"a";
        const std::string_view extended = "b\"; filename*=UTF-8''a";
        ASSERT_TRUE(header.starts_with(begin)) << header;
        ASSERT_EQ(header.find_first_of("\\/\r\n"), std::string::npos) << code;
        for (const char c : header) ASSERT_TRUE(c >= ' ' && c <= '~') << code;
        if (header.ends_with("b\"") && header.size() == begin.size() + 3) continue;
        ASSERT_EQ(header.find(extended), begin.size() + 1) << header;
        ASSERT_EQ(header.find_first_of(" \"'()*;=<>@,:?[]{}", begin.size() + 1 + extended.size()),
                  std::string::npos)
            << header;
    }
}

TEST(attachment, takes_a_long_name) {
    EXPECT_EQ(attachment(std::string(100000, 'a')),
              "attachment; filename=\"" + std::string(100000, 'a') + "\"");
}

}  // namespace
}  // namespace s3sign
