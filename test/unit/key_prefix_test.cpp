// Prefixes with placeholders: which are accepted, and which values stay in their segment.
#include "s3/key_prefix.hpp"

#include "support.hpp"

namespace s3sign::test {
namespace {

using source = s3::placeholder::source;

// The parts as «constant<text>», then the rest.
std::string parts_of(std::string_view text) {
    const s3::key_prefix prefix(text);
    std::string parts;
    for (const s3::key_prefix::part& p : prefix.parts())
        parts += p.constant + "<" + p.value.text + ">";
    return parts + std::string(prefix.rest());
}

TEST(key_prefix, constant) {
    for (const auto text : {"", "pub/", "pub", " a b/", "a//b/", "$x/", "\u00fc/", "/"}) {
        EXPECT_EQ(parts_of(text), text);
        EXPECT_TRUE(s3::key_prefix(text).is_constant()) << text;
    }
}

TEST(key_prefix, placeholders) {
    EXPECT_EQ(parts_of("{session_user}/"), "<session_user>/");
    EXPECT_EQ(parts_of("/{session_user}/"), "/<session_user>/");
    EXPECT_EQ(parts_of("a/{setting:app.tenant}/b"), "a/<setting:app.tenant>/b");
    EXPECT_EQ(parts_of("t/{claim:https://x//t}/u/{claim:sub}/x/"),
              "t/<claim:https://x//t>/u/<claim:sub>/x/");
    EXPECT_EQ(parts_of("{claim:a}/{claim:b}/"), "<claim:a>/<claim:b>/");
    EXPECT_FALSE(s3::key_prefix("{session_user}/").is_constant());
}

TEST(key_prefix, refused) {
    const auto refused = [](std::string_view text, std::string_view word) {
        EXPECT_TRUE(refuses(code::invalid_parameter_value, word, [&] { s3::key_prefix{text}; }))
            << text;
    };
    for (const auto text : {"{",
                            "}",
                            "a{b",
                            "a}b/",
                            "{}/",
                            "{user}/",
                            "{Session_user}/",
                            "{session_user }/",
                            "{{session_user}}/",
                            "{setting:}/",
                            "{setting:tenant}/",
                            "{setting:app.}/",
                            "{setting:.tenant}/",
                            "{setting:app..tenant}/",
                            "{setting:app.1}/",
                            "{setting:app.a b}/",
                            "{setting:app.tenant",
                            "{claim:}/",
                            "{claim:->a}/",
                            "{claim:a->}/",
                            "{claim:a->->b}/",
                            "{claim}/",
                            "${session_user/",
                            "{session_user}/}",
                            "{session_user}/{"})
        refused(text, "brace");
    for (const auto text : {"{session_user}", "a{session_user}/", "a/{session_user}b/",
                            "{claim:a}{claim:b}/", "{claim:a}}/", "${session_user}/"})
        refused(text, "whole segment");
    for (const auto text :
         {"a//{session_user}/", "//{session_user}/", "{session_user}//", "{session_user}/a//b"})
        refused(text, "empty segment");
}

TEST(placeholder, names) {
    const auto setting = s3::parse_placeholder("setting:App._t$1.\u00fc");
    EXPECT_EQ(setting->from, source::setting);
    EXPECT_EQ(setting->setting, "App._t$1.\u00fc");
    const auto claim = s3::parse_placeholder("claim:a b->c:d->e-f");
    EXPECT_EQ(claim->from, source::claim);
    EXPECT_EQ(claim->claim, (std::vector<std::string>{"a b", "c:d", "e-f"}));
    EXPECT_EQ(s3::parse_placeholder("session_user")->from, source::session_user);
}

TEST(placeholder, segments) {
    for (const auto value : {"a", "...", ".a", "a.", "a b", "%2e%2e", "%2f", "\u00fc", "\u2215",
                             "\u202e", "\U0001f600", "$x", "*", "?x", "#", "a&b=c"})
        EXPECT_TRUE(s3::is_segment(value)) << value;
    for (const std::string& value : {std::string(),
                                     std::string("."),
                                     std::string(".."),
                                     std::string("/"),
                                     std::string("a/b"),
                                     std::string("a/"),
                                     std::string("\\"),
                                     std::string("..\\a"),
                                     std::string("{a"),
                                     std::string("a}"),
                                     std::string("${filename}"),
                                     std::string("a\nb"),
                                     std::string("\x7f"),
                                     std::string("a\0", 2),
                                     std::string("\u0085"),
                                     std::string("\u009f"),
                                     std::string("\xff"),
                                     std::string("a\xc0\xaf"),
                                     std::string("\xc0\xae\xc0\xae"),
                                     std::string("\xed\xa0\x80"),
                                     std::string("\xc3")})
        EXPECT_FALSE(s3::is_segment(value)) << value;
}

TEST(placeholder, users) {
    for (const std::string& value : {std::string("ann@example.com"), std::string("a/b"),
                                     std::string("."), std::string(256, 'a'), std::string("{}")})
        EXPECT_TRUE(s3::is_user(value)) << value;
    for (const std::string& value : {std::string(), std::string(257, 'a'), std::string("a\n"),
                                     std::string("\u0085"), std::string("\xff")})
        EXPECT_FALSE(s3::is_user(value)) << value;
}

}  // namespace
}  // namespace s3sign::test
