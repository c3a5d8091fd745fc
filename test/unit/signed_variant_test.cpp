// What a URL was signed for, found from the URL and the secret alone.
#include <string>
#include <string_view>

#include "refused.hpp"

namespace s3sign::test {
namespace {

const std::string mismatch = "<Error><Code>SignatureDoesNotMatch</Code></Error>";

void expect(const s3::diagnosis& d, std::string_view cause, std::string_view ours,
            std::string_view theirs) {
    EXPECT_EQ(d.cause, cause);
    EXPECT_EQ(d.ours, ours);
    EXPECT_EQ(d.theirs, theirs);
}

TEST(signed_variant, methods) {
    for (const std::string made : {"GET", "PUT", "HEAD", "DELETE", "POST"})
        for (const std::string used : {"GET", "PUT", "HEAD", "DELETE", "POST", "PATCH"}) {
            SCOPED_TRACE(made + " " + used);
            const auto d = diagnose(url_of({.method = made}), mismatch, {.method = used});
            if (made == used)
                expect(d, "request changed", "", "");
            else
                expect(d, "other method", made, used);
        }
}

TEST(signed_variant, paths) {
    struct example {
        std::string made, sent, cause, ours, theirs;
    };
    for (const example& e : std::initializer_list<example>{
             {"/a%20b", "/a%2520b", "key encoded twice", "/a%20b", "/a%2520b"},
             {"/a%2520b", "/a%20b", "key not encoded", "/a%2520b", "/a%20b"},
             {"/a b", "/a%20b", "key not encoded", "/a b", "/a%20b"},
             {"/a+b", "/a%20b", "key encoded as a form", "/a+b", "/a%20b"},
             {"/a%2Bb", "/a%20b", "key encoded as a form", "/a%2Bb", "/a%20b"},
             {"/a%20b", "/a+b", "key encoded as a form", "/a%20b", "/a%2Bb"},
             {"/a/b", "/a//b", "path normalised", "/a/b", "/a//b"},
             {"/b", "/a/../b", "path normalised", "/b", "/a/../b"},
             {"/a/b/", "/a/b", "path normalised", "/a/b/", "/a/b"},
             {"/a/b", "/a/b/", "path normalised", "/a/b", "/a/b/"},
             {"/k", "/media/k", "base path", "/k", "/media/k"},
             {"/k/l", "/x/y/k/l", "base path", "/k/l", "/x/y/k/l"},
             {"/other", "/k", "wrong secret", "", ""}}) {
        SCOPED_TRACE(e.made + " " + e.sent);
        expect(diagnose(url_of({.path = e.made}, e.sent), mismatch), e.cause, e.ours, e.theirs);
    }
}

TEST(signed_variant, places) {
    struct example {
        std::string made_host, made_path, host, path, cause, ours, theirs;
    };
    for (const example& e : std::initializer_list<example>{
             // path style and virtual
             {"s3.example.com", "/media/k", "media.s3.example.com", "/k", "other host",
              "host:s3.example.com", "host:media.s3.example.com"},
             {"media.s3.example.com", "/k", "s3.example.com", "/media/k", "other host",
              "host:media.s3.example.com", "host:s3.example.com"},
             {"s3.example.com", "/my.media/k", "my.media.s3.example.com", "/k", "other host",
              "host:s3.example.com", "host:my.media.s3.example.com"},
             // the bucket in both
             {"media.s3.example.com", "/media/k", "media.s3.example.com", "/k", "base path",
              "/media/k", "/k"},
             {"media.s3.example.com", "/k", "media.s3.example.com", "/media/k", "base path", "/k",
              "/media/k"},
             // ports
             {"s3.example.com", "/k", "s3.example.com:9000", "/k", "other host",
              "host:s3.example.com", "host:s3.example.com:9000"},
             {"s3.example.com:443", "/k", "s3.example.com", "/k", "other host",
              "host:s3.example.com:443", "host:s3.example.com"},
             {"other.example.com", "/k", "s3.example.com", "/k", "wrong secret", "", ""}}) {
        SCOPED_TRACE(e.made_host + e.made_path + " " + e.host + e.path);
        const signed_request made{.path = e.made_path, .host = e.made_host};
        expect(diagnose(url_of(made, e.path, e.host), mismatch), e.cause, e.ours, e.theirs);
    }
}

TEST(signed_variant, queries) {
    struct example {
        std::string added, theirs;
    };
    for (const example& e : std::initializer_list<example>{
             {"&utm_source=mail", "utm_source=mail"},
             {"&fbclid=1&utm_source=mail&v", "fbclid=1&utm_source=mail&v="},
             {"&response-content-type=text/html", "response-content-type=text%2Fhtml"},
             {"&X-Amz-Foo=1", "X-Amz-Foo=1"},
             {"&a=b%20c+d", "a=b%20c%20d"}}) {
        expect(diagnose(url_of({}) + e.added, mismatch), "query added", "", e.theirs);
        // beside a parameter that is signed
        expect(diagnose(url_of({.query = "versionId=7"}) + e.added, mismatch), "query added", "",
               e.theirs);
    }
    std::string many;
    for (int i = 0; i < 1000; i++) many += "&p" + std::to_string(i) + "=" + std::to_string(i);
    EXPECT_EQ(diagnose(url_of({}) + many, mismatch).cause, "query added");
}

// iksteen/aws-request-signer#13
TEST(signed_variant, payload) {
    const std::string empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    expect(diagnose(url_of({.payload = empty}), mismatch), "other payload", empty,
           "UNSIGNED-PAYLOAD");
}

TEST(signed_variant, another_secret) {
    expect(diagnose(url_of({.secret = "x"}), mismatch), "wrong secret", "", "");
    expect(diagnose(url_of({}), mismatch, {.secret = "x"}), "wrong secret", "", "");
    // too long for a server, and to be tried
    expect(diagnose(url_of({.method = "PUT", .path = "/" + std::string(70000, 'a')}), mismatch),
           "wrong secret", "", "");
}

}  // namespace
}  // namespace s3sign::test
