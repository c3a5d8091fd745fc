#include "json.hpp"

#include "support.hpp"

namespace s3sign {
namespace {

std::string ascii(std::string_view text) { return json_string(text, json_charset::ascii); }
std::string utf8(std::string_view text) { return json_string(text, json_charset::utf8); }

// Expected values are those of Python's json.dumps, with ensure_ascii and without.
TEST(json, strings) {
    EXPECT_EQ(ascii(""), R"("")");
    EXPECT_EQ(ascii("a/b c~\x7f"), "\"a/b c~\x7f\"");
    EXPECT_EQ(ascii(R"("\)"), R"("\"\\")");
    EXPECT_EQ(ascii("\b\f\n\r\t\x01\x1f"), R"("\b\f\n\r\t\u0001\u001f")");
    EXPECT_EQ(ascii(std::string_view("\0", 1)), R"("\u0000")");
    EXPECT_EQ(ascii("\u00e9\u20ac\uffff"), R"("\u00e9\u20ac\uffff")");
    EXPECT_EQ(ascii("\U0001f600\U0010ffff"), R"("\ud83d\ude00\udbff\udfff")");
    EXPECT_EQ(utf8("\u00e9\U0001f600\n\""), "\"\u00e9\U0001f600\\n\\\"\"");
}

// Unicode 15 §3.9, «Best practices for using U+FFFD», byte by byte
TEST(json, what_is_no_utf8) {
    EXPECT_EQ(ascii("\xff"), R"("\ufffd")");
    EXPECT_EQ(ascii("\x80z"), R"("\ufffdz")");
    EXPECT_EQ(ascii("\xc0\xaf"), R"("\ufffd\ufffd")");  // overlong
    EXPECT_EQ(ascii("\xe0\x80\xaf"), R"("\ufffd\ufffd\ufffd")");
    EXPECT_EQ(ascii("\xed\xa0\x80"), R"("\ufffd\ufffd\ufffd")");  // a surrogate
    EXPECT_EQ(ascii("\xf4\x90\x80\x80"), R"("\ufffd\ufffd\ufffd\ufffd")");
    EXPECT_EQ(ascii("\xe2\x82"), R"("\ufffd\ufffd")");      // cut
    EXPECT_EQ(ascii("\xe2\"\x82"), R"("\ufffd\"\ufffd")");  // a quote is not eaten
    EXPECT_EQ(ascii("\xf8\x88\x80\x80\x80"), R"("\ufffd\ufffd\ufffd\ufffd\ufffd")");
}

TEST(json, objects) {
    EXPECT_EQ(json_object().text(), "{}");
    EXPECT_EQ(json_object().add("a", "b").text(), R"({"a": "b"})");
    EXPECT_EQ(json_object().add("\"", "\\").add_json("n", "{}").add("z", "").text(),
              R"({"\"": "\\", "n": {}, "z": ""})");
    EXPECT_EQ(json_object(json_charset::ascii).add("\u00e9", "\u00e9").text(),
              R"({"\u00e9": "\u00e9"})");
}

}  // namespace
}  // namespace s3sign
