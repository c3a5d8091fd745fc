#include "base/json.hpp"

#include <cstdio>

#include "base/text.hpp"
#include "support.hpp"

namespace s3sign {
namespace {

std::string escaped(std::string_view text) { return json_string(text, json_charset::escaped); }
std::string utf8(std::string_view text) { return json_string(text, json_charset::utf8); }

// Expected values are those of Python's json.dumps: to U+FFFF with ensure_ascii, beyond without.
TEST(json, strings) {
    EXPECT_EQ(escaped(""), R"("")");
    EXPECT_EQ(escaped("a/b c~\x7f"), "\"a/b c~\x7f\"");
    EXPECT_EQ(escaped(R"("\)"), R"("\"\\")");
    EXPECT_EQ(escaped("\b\f\n\r\t\x01\x1f"), R"("\b\f\n\r\t\u0001\u001f")");
    EXPECT_EQ(escaped(std::string_view("\0", 1)), R"("\u0000")");
    EXPECT_EQ(escaped("\u00e9\u20ac\uffff"), R"("\u00e9\u20ac\uffff")");
    EXPECT_EQ(escaped("\U00010000\U0001f600\U0010ffff"), "\"\U00010000\U0001f600\U0010ffff\"");
    EXPECT_EQ(utf8("\u00e9\U0001f600\n\""), "\"\u00e9\U0001f600\\n\\\"\"");
}

std::string ascii(std::string_view text) {
    return write_string(6 * text.size() + 2, [&](char* out) { return put_ascii_json(out, text); });
}

// Expected values are those of Python's json.dumps, and of bytes that are no UTF-8 those of
// json.dumps(text.decode("utf-8", "replace")), except for U+007F, which it does not escape.
TEST(json, ascii_strings) {
    EXPECT_EQ(ascii(""), R"("")");
    EXPECT_EQ(ascii("a/b c~\"\\"), R"("a/b c~\"\\")");
    EXPECT_EQ(ascii("\n\x1f\x7f\u0085"), R"("\u000a\u001f\u007f\u0085")");
    EXPECT_EQ(ascii(std::string_view("\0", 1)), R"("\u0000")");
    EXPECT_EQ(ascii("\u00e9\u20ac\u202e\ufeff\uffff"), R"("\u00e9\u20ac\u202e\ufeff\uffff")");
    EXPECT_EQ(ascii("\U00010000\U0001f600\U0010ffff"), R"("\ud800\udc00\ud83d\ude00\udbff\udfff")");
    EXPECT_EQ(ascii("\xff-\x80"), R"("\ufffd-\ufffd")");
}

std::string encoded(char32_t c) {
    const auto byte = [](char32_t bits) { return static_cast<char>(bits); };
    if (c < 0x80) return {byte(c)};
    if (c < 0x800) return {byte(0xc0 | c >> 6), byte(0x80 | (c & 0x3f))};
    if (c < 0x10000)
        return {byte(0xe0 | c >> 12), byte(0x80 | (c >> 6 & 0x3f)), byte(0x80 | (c & 0x3f))};
    return {byte(0xf0 | c >> 18), byte(0x80 | (c >> 12 & 0x3f)), byte(0x80 | (c >> 6 & 0x3f)),
            byte(0x80 | (c & 0x3f))};
}

std::string escape(unsigned unit) {
    char text[16];
    std::snprintf(text, sizeof text, "\\u%04x", unit);
    return text;
}

// RFC 8259 §7
std::string expected(char32_t c, json_charset charset) {
    switch (c) {
        case '"':
            return "\\\"";
        case '\\':
            return "\\\\";
        case '\b':
            return "\\b";
        case '\f':
            return "\\f";
        case '\n':
            return "\\n";
        case '\r':
            return "\\r";
        case '\t':
            return "\\t";
    }
    const bool is_escaped = c < ' ' || (c >= 0x80 && c < 0x10000 && charset != json_charset::utf8);
    return is_escaped ? escape(static_cast<unsigned>(c)) : encoded(c);
}

TEST(json, strings_of_every_character) {
    for (char32_t c = 0; c <= 0x10ffff; c++) {
        if (c >= 0xd800 && c <= 0xdfff) continue;
        for (const json_charset charset : {json_charset::escaped, json_charset::utf8}) {
            const std::string text = "a" + encoded(c) + "b";
            ASSERT_EQ(json_string(text, charset), "\"a" + expected(c, charset) + "b\"")
                << static_cast<unsigned>(c);
        }
    }
}

// Unicode 15 §3.9, «Best practices for using U+FFFD», byte by byte
TEST(json, what_is_no_utf8) {
    EXPECT_EQ(escaped("\xff"), R"("\ufffd")");
    EXPECT_EQ(escaped("\x80z"), R"("\ufffdz")");
    EXPECT_EQ(escaped("\xc0\xaf"), R"("\ufffd\ufffd")");  // overlong
    EXPECT_EQ(escaped("\xe0\x80\xaf"), R"("\ufffd\ufffd\ufffd")");
    EXPECT_EQ(escaped("\xed\xa0\x80"), R"("\ufffd\ufffd\ufffd")");  // a surrogate
    EXPECT_EQ(escaped("\xf4\x90\x80\x80"), R"("\ufffd\ufffd\ufffd\ufffd")");
    EXPECT_EQ(escaped("\xe2\x82"), R"("\ufffd\ufffd")");      // cut
    EXPECT_EQ(escaped("\xe2\"\x82"), R"("\ufffd\"\ufffd")");  // a quote is not eaten
    EXPECT_EQ(escaped("\xf8\x88\x80\x80\x80"), R"("\ufffd\ufffd\ufffd\ufffd\ufffd")");
}

TEST(json, objects) {
    EXPECT_EQ(json_object().text(), "{}");
    EXPECT_EQ(json_object().add("a", "b").text(), R"({"a": "b"})");
    EXPECT_EQ(json_object().add("\"", "\\").add_json("n", "{}").add("z", "").text(),
              R"({"\"": "\\", "n": {}, "z": ""})");
    EXPECT_EQ(json_object(json_charset::escaped).add("\u00e9", "\u00e9").text(),
              R"({"\u00e9": "\u00e9"})");
}

}  // namespace
}  // namespace s3sign
