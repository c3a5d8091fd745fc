// Where links begin and end in a text.
#include "s3/link_scanner.hpp"

#include "s3/character_reference.hpp"
#include "support.hpp"

namespace s3sign::test {
namespace {

using texts = std::vector<std::string>;

texts find(std::string_view text) {
    texts found;
    s3::link_scanner scanner(text);
    while (true) {
        switch (scanner.next()) {
            case s3::link_scanner::event::link:
                found.emplace_back(scanner.link());
                break;
            case s3::link_scanner::event::pause:
                break;
            case s3::link_scanner::event::end:
                return found;
        }
    }
}

TEST(link_scanner, begins) {
    EXPECT_EQ(find("s3://a/b"), texts{"s3://a/b"});
    for (const char* before :
         {" ", "(", "*", "_", "=", "\"", "'", "/", ":", "&", "#", "\xe9", "\n"})
        EXPECT_EQ(find(std::string(before) + "S3://a/b"), texts{"S3://a/b"}) << before;
    for (const char* before : {"a", "9", "+", "-", ".", "http", "xxxxxxxxxxx"})
        EXPECT_EQ(find(std::string(before) + "s3://a/b"), texts{}) << before;
    for (const char* text :
         {"", "s3", "s3:", "s3:/", "s3:/a", "://", "://a", "ftp://a/b", "s3 ://a"})
        EXPECT_EQ(find(text), texts{}) << text;
}

TEST(link_scanner, ends) {
    for (const char* after :
         {" ",      "\t",     "\n",     "\"",   "'",    "<",     ">",       "\\",
          "^",      "`",      "{",      "|",    "}",    "\x7f",  "\x01",    ")",
          "]",      "&quot;", "&apos;", "&lt;", "&gt;", "&#34;", "&#39;",   "&#x22;",
          "&#x27;", "&#039;", "&#X3c;", ".",    "...",  ",",     ":;!?*_~", "*)."})
        EXPECT_EQ(find("https://a/b" + std::string(after)), texts{"https://a/b"}) << after;
    for (const char* part : {"&", "&amp;", "&#38;", "&quot", "&Quot;", "(x)", "[x]", "([)]", "(",
                             "%", "#x", "\xa0", "\xe3\x80\x80", "&#x0000022;", "&#00000034;"}) {
        const std::string link = "https://a/b" + std::string(part) + "c";
        EXPECT_EQ(find(link + " d"), texts{link}) << part;
    }
}

TEST(link_scanner, partners_and_fragments) {
    EXPECT_EQ(find("[x](s3://a/b_(1)_(2))"), texts{"s3://a/b_(1)_(2)"});
    EXPECT_EQ(find("(s3://a/b(c) s3://a/b)c)"), (texts{"s3://a/b(c)", "s3://a/b"}));
    EXPECT_EQ(find("s3://a/b(c#d)e"), texts{"s3://a/b(c#d"});
    EXPECT_EQ(find("s3://a/b#(d)e)"), texts{"s3://a/b#(d)e"});
    EXPECT_EQ(find("http://[::1]:9000/a/b]"), texts{"http://[::1]:9000/a/b"});
}

TEST(link_scanner, an_ampersand_at_the_end_is_a_character) {
    EXPECT_EQ(find("s3://a/R&amp;"), texts{"s3://a/R&amp;"});
    EXPECT_EQ(find("s3://a/R&#38;;."), texts{"s3://a/R&#38;"});
    EXPECT_EQ(find("s3://a/R&x;"), texts{"s3://a/R&x"});
}

TEST(link_scanner, a_run_is_taken_whole) {
    EXPECT_EQ(find("ftp://a/s3://a/b s3://c/d"), texts{"s3://c/d"});
    EXPECT_EQ(find("https://a/?u=https://b/c"), texts{"https://a/?u=https://b/c"});
    EXPECT_EQ(find("-https://a/https://b/c"), texts{});
    EXPECT_EQ(find("https://a/b)https://c/d"), (texts{"https://a/b", "https://c/d"}));
}

// A stride may end anywhere.
TEST(link_scanner, strides) {
    const std::string end = " s3://a/b&quot; (s3://c/d&amp;(e))";
    for (std::size_t size = 0; size < 40; size++) {
        const std::string text = std::string(s3::link_scanner::stride - size, 'x') + end;
        EXPECT_EQ(find(text), (texts{"s3://a/b", "s3://c/d&amp;(e)"})) << size;
    }
    const std::string longest = "s3://a/" + std::string(3 * s3::link_scanner::stride, 'x');
    EXPECT_EQ(find(longest + " s3://b/c"), (texts{longest, "s3://b/c"}));
}

TEST(character_reference, sizes) {
    EXPECT_EQ(s3::read_reference("&amp;x")->size, 5u);
    EXPECT_EQ(s3::read_reference("&#0000039;")->character, '\'');
    EXPECT_EQ(s3::read_reference("&#x00003E;")->character, '>');
    for (const char* text : {"", "&", "&#", "&#;", "&#x;", "&#34", "&#-34;", "&#x+22;", "&#65;",
                             "&#x110022;", "&#256;", "amp;", "&AMP;", "& amp;"})
        EXPECT_FALSE(s3::read_reference(text)) << text;
}

}  // namespace
}  // namespace s3sign::test
