// Where two canonical requests or strings to sign differ.
#include "s3/canonical_diff.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

namespace s3sign::test {
namespace {

const std::string ours =
    "PUT\n/b/a%20b//c\nA=1&C=3\ncontent-disposition:attachment; filename=\"d e\"\n"
    "content-type:text/plain\nhost:h\n\ncontent-disposition;content-type;host\nUNSIGNED-PAYLOAD";

std::string with(std::string_view before, std::string_view after) {
    std::string text = ours;
    EXPECT_NE(text.find(before), text.npos) << before;
    return text.replace(text.find(before), before.size(), after);
}

// As a browser shows it: one line.
std::string on_one_line(std::string text) {
    for (char& c : text)
        if (c == '\n') c = ' ';
    return text;
}

std::string with_crlf(const std::string& text) {
    std::string result;
    for (const char c : text) result += c == '\n' ? "\r\n" : std::string(1, c);
    return result;
}

// As a terminal or a mail program shows it.
std::string wrapped(const std::string& text, std::size_t width) {
    std::string result;
    std::size_t column = 0;
    for (const char c : text) {
        if (c == '\n') column = 0;
        if (column == width) result += '\n', column = 0;
        result += c;
        if (c != '\n') column++;
    }
    return result;
}

std::vector<std::string> as_people_send_it(const std::string& text) {
    return {text,
            with_crlf(text),
            "\n  " + text + "\n",
            on_one_line(text),
            wrapped(text, 7),
            wrapped(text, 16),
            wrapped(on_one_line(text), 20)};
}

struct example {
    std::string theirs, cause, ours, other;
};

const std::initializer_list<example> examples{
    {with("PUT", "GET"), "other method", "PUT", "GET"},
    {with("a%20b", "a%2520b"), "key encoded twice", "/b/a%20b//c", "/b/a%2520b//c"},
    {with("a%20b", "a+b"), "key encoded as a form", "/b/a%20b//c", "/b/a+b//c"},
    {with("a%20b", "a%2Bb"), "key encoded as a form", "/b/a%20b//c", "/b/a%2Bb//c"},
    {with("//c", "/c"), "path normalised", "/b/a%20b//c", "/b/a%20b/c"},
    {with("//c", "//c/"), "path normalised", "/b/a%20b//c", "/b/a%20b//c/"},
    {with("/b/", "/x/b/"), "base path", "/b/a%20b//c", "/x/b/a%20b//c"},
    {with("/b/", "/"), "base path", "/b/a%20b//c", "/a%20b//c"},
    {with("//c", "//d"), "other path", "/b/a%20b//c", "/b/a%20b//d"},
    {with("A=1", "A=2"), "query changed", "A=1", "A=2"},
    {with("C=3", "B=2&C=3"), "query added", "", "B=2"},
    {with("C=3", "C=3&D"), "query added", "", "D"},
    {with("A=1&", ""), "query removed", "A=1", ""},
    {with("C=3", "C=3&X-Amz-Signature=ab"), "query added", "", "X-Amz-Signature"},
    {with("C=3", "C=3&x-amz-SIGNATURE=ab"), "query added", "", "x-amz-SIGNATURE"},
    {with("C=3", "C=3&X%2DAmz-Signature=ab"), "query added", "", "X%2DAmz-Signature"},
    {with("host:h", "host:x"), "other host", "host:h", "host:x"},
    {with("text/plain", "text/html"), "header changed", "content-type:text/plain",
     "content-type:text/html"},
    {with("text/plain", ""), "header missing", "content-type:text/plain", "content-type:"},
    {with("content-type:text/plain\n", ""), "header missing", "content-type:text/plain",
     "content-type:"},
    {with("content-type;host", "host"), "other signed headers",
     "content-disposition;content-type;host", "content-disposition;host"},
    {with("UNSIGNED-PAYLOAD", std::string(64, 'a')), "other payload", "UNSIGNED-PAYLOAD",
     std::string(64, 'a')},
};

TEST(canonical_diff, of_canonical_requests) {
    for (const example& e : examples) {
        const auto d = s3::compare_canonical_requests(ours, e.theirs);
        ASSERT_TRUE(d) << e.theirs;
        EXPECT_EQ(d->cause, e.cause) << e.theirs;
        EXPECT_EQ(d->ours, e.ours) << e.theirs;
        EXPECT_EQ(d->theirs, e.other) << e.theirs;
        EXPECT_TRUE(d->hint.ends_with('.')) << d->hint;
    }
    // Lines in an order and of a kind that no server should send.
    struct odd {
        std::string theirs, cause;
    };
    for (const odd& e : std::initializer_list<odd>{
             {with("a%20b", "a b"), "key not encoded"},
             {with("/b/a%20b//c", ""), "other path"},
             {with("/b/a%20b//c", "c"), "other path"},
             {with("A=1&C=3", ""), "query removed"},
             {with("content-type:text/plain\nhost:h", "host:h\ncontent-type:a"), "header changed"}})
        EXPECT_EQ(s3::compare_canonical_requests(ours, e.theirs)->cause, e.cause) << e.theirs;
}

// White space is the transport's, not the server's word: the same difference, or none.
TEST(canonical_diff, however_it_was_wrapped) {
    for (const std::string& theirs : as_people_send_it(ours))
        EXPECT_FALSE(s3::compare_canonical_requests(ours, theirs)) << theirs;
    EXPECT_FALSE(s3::compare_canonical_requests(ours, with("\"d e\"", "\"d  e\"")));
    for (const example& e : examples)
        for (const std::string& theirs : as_people_send_it(e.theirs)) {
            const auto d = s3::compare_canonical_requests(ours, theirs);
            ASSERT_TRUE(d) << theirs;
            EXPECT_EQ(d->cause, e.cause) << theirs;
            EXPECT_EQ(d->ours, e.ours) << theirs;
            EXPECT_EQ(d->theirs, e.other) << theirs;
        }
    for (const std::string& theirs : as_people_send_it(with("a%20b", "a b")))
        EXPECT_EQ(s3::compare_canonical_requests(ours, theirs)->cause, "key not encoded") << theirs;
}

TEST(canonical_diff, of_nonsense) {
    for (const std::string theirs : {"", "x", "\n", "/", "GET", "GET /", "a:b", "host:", ";",
                                     "UNSIGNED-PAYLOAD", "hostUNSIGNED-PAYLOAD"})
        EXPECT_TRUE(s3::compare_canonical_requests(ours, theirs)) << theirs;
}

// A hostile server or URL gets no more out of it than linear time: a tenth of a second here, half a
// minute each if it were quadratic.
TEST(canonical_diff, of_large_requests) {
    std::string spaces = "GET\n/";
    for (int i = 0; i < 300000; i++) spaces += "%20";
    const std::string rest = "\na=b\nhost:h\n\nhost\nUNSIGNED-PAYLOAD";
    std::string ours_headers = "GET\n/\n\n", theirs_headers = ours_headers;
    for (int i = 100000; i < 200000; i++) {
        ours_headers += std::to_string(i) + ":\n";
        theirs_headers += std::to_string(i) + (i == 199999 ? ":a\n" : ":\n");
    }
    const std::string end = "\nhost\nUNSIGNED-PAYLOAD";
    const std::string same(1000000, 'a');
    const auto begin = std::chrono::steady_clock::now();
    EXPECT_EQ(s3::compare_canonical_requests(spaces + rest, spaces + "a" + rest)->cause,
              "other path");
    EXPECT_EQ(s3::compare_canonical_requests(ours_headers + end, theirs_headers + end)->cause,
              "header changed");
    for (const std::string& theirs :
         {same, "GET/" + same, "GET/" + same + ":" + same, "GET/a" + same + ";" + same})
        EXPECT_TRUE(s3::compare_canonical_requests("GET\n/" + same + rest, theirs));
    EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(10));
}

TEST(canonical_diff, of_strings_to_sign) {
    const auto text = [](const std::string& time, const std::string& scope, char hash) {
        return "AWS4-HMAC-SHA256\n" + time + "\n" + scope + "\n" + std::string(64, hash);
    };
    const std::string time = "20130524T000000Z", scope = "20130524/r/s3/aws4_request";
    const std::string mine = text(time, scope, 'a');
    struct example {
        std::string theirs, cause, ours, other;
    };
    for (const example& e : std::initializer_list<example>{
             {text("20130524T000001Z", scope, 'a'), "other time", time, "20130524T000001Z"},
             {text(time, "20130524/q/s3/aws4_request", 'b'), "other scope", scope,
              "20130524/q/s3/aws4_request"}})
        for (const std::string& theirs : as_people_send_it(e.theirs)) {
            const auto d = s3::compare_strings_to_sign(mine, theirs);
            ASSERT_TRUE(d) << theirs;
            EXPECT_EQ(d->cause, e.cause) << theirs;
            EXPECT_EQ(d->ours, e.ours) << theirs;
            EXPECT_EQ(d->theirs, e.other) << theirs;
        }
    for (const std::string& theirs : as_people_send_it(text(time, scope, 'b')))
        EXPECT_FALSE(s3::compare_strings_to_sign(mine, theirs)) << theirs;
    for (const std::string theirs : {"", "A", "GET\n\n\n1141889120\n/b/k", "AWS4-HMAC-SHA256"})
        EXPECT_FALSE(s3::compare_strings_to_sign(mine, theirs)) << theirs;
}

}  // namespace
}  // namespace s3sign::test
