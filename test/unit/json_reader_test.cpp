#include "base/json_reader.hpp"

#include "base/json.hpp"
#include "base/utf8.hpp"
#include "support.hpp"

namespace s3sign {
namespace {

void refuse() { invalid("not JSON"); }

// What read_string() gives, or nothing if the text is not a string and no more.
std::optional<std::string> string_of(std::string text) {
    std::optional<std::string> result;
    const auto failed = test::error_of([&] {
        json_reader json(text, refuse);
        const std::string found(json.read_string());
        json.expect_end();
        result = found;
    });
    return failed ? std::nullopt : result;
}

bool is_json(std::string text) {
    return !test::error_of([&] {
        json_reader json(text, refuse);
        json.skip_value();
        json.expect_end();
    });
}

std::string nested(std::size_t depth, std::string_view open, std::string_view close) {
    std::string text;
    for (std::size_t i = 0; i < depth; i++) text += open;
    text += "1";
    for (std::size_t i = 0; i < depth; i++) text += close;
    return text;
}

// Expected values are those of Python's json.loads.
TEST(json_reader, strings) {
    EXPECT_EQ(string_of(R"("")"), "");
    EXPECT_EQ(string_of(R"( "a b" )"), "a b");
    EXPECT_EQ(string_of(R"("\"\\\/\b\f\n\r\t")"), "\"\\/\b\f\n\r\t");
    EXPECT_EQ(string_of(R"("\u0041\u00e9\u20AC\uffff")"), "A\u00e9\u20ac\uffff");
    EXPECT_EQ(string_of(R"("\ud83d\ude00\udbff\udfff")"), "\U0001f600\U0010ffff");
    EXPECT_EQ(string_of(R"("\u0000")"), std::string(1, '\0'));
    EXPECT_EQ(string_of("\"\u00e9\u20ac\U0001f600\x7f\""), "\u00e9\u20ac\U0001f600\x7f");
    EXPECT_EQ(string_of("\"\ufffd\""), "\ufffd");
}

TEST(json_reader, refuses_strings) {
    for (const std::string_view text : {R"()",
                                        R"(")",
                                        R"("a)",
                                        R"("a\)",
                                        R"("\x")",
                                        R"("\u12)",
                                        R"("\u12g4")",
                                        R"("\ud83d")",
                                        R"("\ud83dx")",
                                        R"("\ud83d\n")",
                                        R"("\ud83d\u0041")",
                                        R"("\ude00")",
                                        "\"\n\"",
                                        "\"\t\"",
                                        "\"\x80\"",
                                        "\"\xc3\"",
                                        "\"\xc0\x80\"",
                                        "\"\xed\xa0\x80\"",
                                        "'a'",
                                        "\"a\" b"})
        EXPECT_EQ(string_of(std::string(text)), std::nullopt) << text;
}

TEST(json_reader, returns_what_is_written) {
    for (char32_t c = 1; c <= 0x10ffff; c += c < 0x3000 ? 1 : 257) {
        if (c >= 0xd800 && c <= 0xdfff) continue;
        char buffer[4];
        const std::string text(buffer, put_utf8(buffer, c));
        for (const auto charset : {json_charset::escaped, json_charset::utf8})
            ASSERT_EQ(string_of(json_string(text, charset)), text) << std::uint32_t{c};
    }
}

TEST(json_reader, skips_values) {
    for (const std::string_view text :
         {"0", "-0", "10.25", "1e5", "1E+05", "1.5e-7", "true", "false", "null", "\"a\"", "[]",
          "{}", " [ ] ", " { } ", "[1, [2, {}], {\"a\": [3]}]", R"({"a": {"b": []}, "c" : null})",
          "\t\r\n 1"})
        EXPECT_TRUE(is_json(std::string(text))) << text;
    for (const std::string_view text : {"",
                                        " ",
                                        "01",
                                        "+1",
                                        "-",
                                        ".5",
                                        "1.",
                                        "1.e5",
                                        "1e",
                                        "1e+",
                                        "NaN",
                                        "Infinity",
                                        "True",
                                        "nul",
                                        "truex",
                                        "[",
                                        "]",
                                        "[1",
                                        "[1,",
                                        "[1,]",
                                        "[,1]",
                                        "[1 2]",
                                        "{",
                                        "}",
                                        "{1: 2}",
                                        "{\"a\"}",
                                        "{\"a\": }",
                                        "{\"a\": 1,}",
                                        "{\"a\": 1 \"b\": 2}",
                                        "{\"a\": 1]",
                                        "[1}",
                                        "[{]}",
                                        "1 2",
                                        "{} {}",
                                        "\v1",
                                        "\xef\xbb\xbf{}",
                                        "// a\n1"})
        EXPECT_FALSE(is_json(std::string(text))) << text;
}

TEST(json_reader, has_a_limit_of_depth) {
    for (const auto& [open, close] : {std::pair{"[", "]"}, std::pair{"{\"a\":", "}"}}) {
        EXPECT_TRUE(is_json(nested(64, open, close)));
        EXPECT_FALSE(is_json(nested(65, open, close)));
        EXPECT_FALSE(is_json(nested(1000000, open, close)));
    }
}

TEST(json_reader, visits_members) {
    std::string text = R"( {"a": "x", "\u0062" : -1.5e3, "c": [{"a": 1}], "d": null} )";
    json_reader json(text, refuse);
    std::vector<std::string> seen;
    json.read_object([&](std::string_view name) {
        seen.emplace_back(name);
        switch (json.next_kind()) {
            case json_reader::kind::string:
                return seen.emplace_back(json.read_string()), void();
            case json_reader::kind::number:
                return seen.emplace_back(json.read_number()), void();
            case json_reader::kind::null:
                return json.read_null();
            default:
                return json.skip_value();
        }
    });
    json.expect_end();
    EXPECT_EQ(seen, (std::vector<std::string>{"a", "x", "b", "-1.5e3", "c", "d"}));
}

}  // namespace
}  // namespace s3sign
