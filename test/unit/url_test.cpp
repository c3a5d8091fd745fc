// Taking URLs apart: the parts of RFC 3986, percent-decoding, parameters, and what is no URL.
#include "sigv4/url.hpp"

#include "support.hpp"

namespace s3sign::test {
namespace {

using sigv4::split_url;

std::optional<std::string> decoded(std::string_view text) {
    std::string out(text.size(), '\0');
    const char* const end = sigv4::percent_decode(out.data(), text);
    if (end == nullptr) return std::nullopt;
    out.resize(static_cast<std::size_t>(end - out.data()));
    return out;
}

std::vector<std::pair<std::string, std::string>> parameters(std::string_view query) {
    std::vector<std::pair<std::string, std::string>> list;
    while (!query.empty()) {
        const field f = sigv4::take_parameter(query);
        list.emplace_back(f.name, f.value);
    }
    return list;
}

TEST(url, parts) {
    const auto u = split_url("https://user@host.example:8080/a/b?c=d?e&f#g?h#i");
    ASSERT_TRUE(u);
    EXPECT_EQ(u->scheme, "https");
    EXPECT_EQ(u->authority, "user@host.example:8080");
    EXPECT_EQ(u->path, "/a/b");
    EXPECT_EQ(u->query, "c=d?e&f");
    EXPECT_TRUE(u->has_query);
    EXPECT_TRUE(u->has_fragment);
}

TEST(url, absent_parts) {
    const auto bare = split_url("http://h");
    ASSERT_TRUE(bare);
    EXPECT_EQ(bare->authority, "h");
    EXPECT_EQ(bare->path, "");
    EXPECT_FALSE(bare->has_query);
    EXPECT_FALSE(bare->has_fragment);
    const auto no_path = split_url("http://h?q");
    ASSERT_TRUE(no_path);
    EXPECT_EQ(no_path->authority, "h");
    EXPECT_EQ(no_path->path, "");
    EXPECT_EQ(no_path->query, "q");
    const auto empty = split_url("http://h/?#");
    ASSERT_TRUE(empty);
    EXPECT_EQ(empty->path, "/");
    EXPECT_TRUE(empty->has_query);
    EXPECT_EQ(empty->query, "");
    EXPECT_TRUE(empty->has_fragment);
    const auto fragment = split_url("http://h#/?a");
    ASSERT_TRUE(fragment);
    EXPECT_FALSE(fragment->has_query);
    EXPECT_TRUE(fragment->has_fragment);
}

TEST(url, odd_but_urls) {
    EXPECT_EQ(split_url("S3+x-1.y://h/%zz")->scheme, "S3+x-1.y");
    EXPECT_EQ(split_url("http://[::1]:9000/")->authority, "[::1]:9000");
    EXPECT_EQ(split_url("http://h//a/../b")->path, "//a/../b");
}

TEST(url, no_urls) {
    for (const std::string_view text :
         {"", ":", "://", "http:", "http:/", "http://", "http:///path", "http://?q", "http://#f",
          "//host/path", "/path?X-Amz-Signature=1", "host/path", "1http://host", "ht tp://host",
          "ht/tp://host", "://host", "mailto:a@b", "%68ttp://host"})
        EXPECT_FALSE(split_url(text)) << text;
}

// Agrees with percent_decode().
TEST(url, decodable) {
    for (const std::string_view text : {"", "a+b", "%41", "%4a%4A", "a%20b%2F", "%2541"}) {
        EXPECT_TRUE(sigv4::is_decodable(text)) << text;
        EXPECT_TRUE(decoded(text)) << text;
    }
    for (const std::string_view text : {"%", "%4", "a%", "%4g", "%g4", "%%41", "%41%", "%41%4"}) {
        EXPECT_FALSE(sigv4::is_decodable(text)) << text;
        EXPECT_FALSE(decoded(text)) << text;
    }
}

TEST(url, percent_decoding) {
    EXPECT_EQ(decoded(""), "");
    EXPECT_EQ(decoded("a+b/c"), "a+b/c");
    EXPECT_EQ(decoded("%41%4a%4A%7e"), "AJJ~");
    EXPECT_EQ(decoded("a%20b%2Fc%25"), "a b/c%");
    EXPECT_EQ(decoded("%2541"), "%41");
    EXPECT_EQ(decoded("%C3%BC"), "\u00fc");
    EXPECT_EQ(decoded("%00"), std::string(1, '\0'));
    EXPECT_EQ(decoded("%ff"), "\xff");
}

TEST(url, percent_encoding_of_every_byte_decodes) {
    for (int byte = 0; byte < 256; byte++) {
        const std::string raw(1, static_cast<char>(byte));
        EXPECT_EQ(decoded(written(3, [&](char* out) { return sigv4::uri_encode(out, raw); })), raw);
    }
}

TEST(url, bad_percent_encoding) {
    for (const std::string_view text : {"%", "%4", "a%", "%%41", "%4g", "%g4", "% 1", "%+1", "%0x"})
        EXPECT_FALSE(decoded(text)) << text;
}

TEST(url, parameters) {
    using list = std::vector<std::pair<std::string, std::string>>;
    EXPECT_EQ(parameters("a=1&b=2"), (list{{"a", "1"}, {"b", "2"}}));
    EXPECT_EQ(parameters("acl"), (list{{"acl", ""}}));
    EXPECT_EQ(parameters("a=b=c&=d&e="), (list{{"a", "b=c"}, {"", "d"}, {"e", ""}}));
    EXPECT_EQ(parameters("a&&b"), (list{{"a", ""}, {"", ""}, {"b", ""}}));
    EXPECT_EQ(parameters("&a&"), (list{{"", ""}, {"a", ""}}));
    EXPECT_EQ(parameters("%41=%zz;c"), (list{{"%41", "%zz;c"}}));
}

}  // namespace
}  // namespace s3sign::test
