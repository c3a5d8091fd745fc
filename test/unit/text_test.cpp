// String helpers: writers, taking text apart, searching.
#include "base/text.hpp"

#include "support.hpp"

namespace s3sign::test {
namespace {

TEST(text, puts_text_and_character) {
    EXPECT_EQ(written(4, [](char* out) { return put(put(out, "abc"), 'd'); }), "abcd");
    EXPECT_EQ(written(0, [](char* out) { return put(out, ""); }), "");
}

TEST(text, write_string_is_as_long_as_what_was_written) {
    EXPECT_EQ(write_string(9, [](char* out) { return put(out, "abc"); }), "abc");
    EXPECT_EQ(write_string(3, [](char* out) { return put(out, "abc"); }), "abc");
    EXPECT_EQ(write_string(3, [](char* out) { return out; }), "");
    EXPECT_EQ(write_string(0, [](char* out) { return out; }), "");
}

TEST(text, take_until_leaves_the_stop) {
    std::string_view rest = "host/path?query";
    EXPECT_EQ(take_until(rest, "?/"), "host");
    EXPECT_EQ(rest, "/path?query");
    EXPECT_EQ(take_until(rest, '?'), "/path");
    EXPECT_EQ(take_until(rest, '?'), "");
    EXPECT_EQ(rest, "?query");
    EXPECT_EQ(take_until(rest, '#'), "?query");
    EXPECT_EQ(rest, "");
    EXPECT_EQ(take_until(rest, "#/"), "");
    EXPECT_EQ(take_until(rest, '#'), "");
}

TEST(text, take_item_removes_the_separator) {
    std::string_view rest = "a;;b;";
    for (const std::string_view item : {"a", "", "b"}) EXPECT_EQ(take_item(rest, ';'), item);
    EXPECT_EQ(rest, "");
    EXPECT_EQ(take_item(rest, ';'), "");
}

TEST(text, take_line_removes_either_line_end) {
    std::string_view rest = "unix\nwindows\r\n\n\r\nold mac\rlast";
    for (const std::string_view line : {"unix", "windows", "", "", "old mac\rlast"})
        EXPECT_EQ(take_line(rest), line);
    EXPECT_EQ(rest, "");
    EXPECT_EQ(take_line(rest), "");
}

TEST(text, trimmed) {
    EXPECT_EQ(trimmed(""), "");
    EXPECT_EQ(trimmed(" \t\r\n"), "");
    EXPECT_EQ(trimmed("a b"), "a b");
    EXPECT_EQ(trimmed("\r\n\t a b \t\r\n"), "a b");
    EXPECT_EQ(trimmed(" \ta\t ", " "), "\ta\t");
    EXPECT_EQ(trimmed("  ", " "), "");
}

TEST(text, contains) {
    EXPECT_TRUE(contains("abc", "bc"));
    EXPECT_TRUE(contains("abc", ""));
    EXPECT_FALSE(contains("abc", "cb"));
    constexpr std::string_view views[] = {"one", "two"};
    const std::vector<std::string> strings{"one", "two"};
    EXPECT_TRUE(contains(views, "two"));
    EXPECT_FALSE(contains(views, "tw"));
    EXPECT_TRUE(contains(strings, "one"));
    EXPECT_FALSE(contains(strings, ""));
    EXPECT_FALSE(contains(std::vector<std::string>(), ""));
}

}  // namespace
}  // namespace s3sign::test
