// What an error body says, and what it means.
#include "s3/diagnosis.hpp"

#include <chrono>

#include "sigv4/verify.hpp"
#include "support.hpp"

namespace s3sign::test {
namespace {

using s3::parse_error_body;

TEST(error_body, elements) {
    // AWS: «REST Authentication errors»
    const s3::error_body e = parse_error_body(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error xmlns=\"x\"><Code>AccessDenied</Code>"
        "<Message>a &lt;b&gt; &amp;amp; &quot;c&quot; &apos;d&apos; &#10; &x;</Message>"
        "<Region>eu-west-1</Region><Endpoint>s3.eu-west-1.amazonaws.com</Endpoint>"
        "<HeadersNotSigned>a, b</HeadersNotSigned><Expires>2013</Expires>"
        "<ServerTime>2014</ServerTime><StringToSign>1\n2</StringToSign>"
        "<CanonicalRequest>GET\n/\na=b&amp;c=d</CanonicalRequest></Error>");
    EXPECT_EQ(e.code, "AccessDenied");
    EXPECT_EQ(e.message, "a <b> &amp; \"c\" 'd' \n &x;");
    EXPECT_EQ(e.region, "eu-west-1");
    EXPECT_EQ(e.endpoint, "s3.eu-west-1.amazonaws.com");
    EXPECT_EQ(e.headers_not_signed, "a, b");
    EXPECT_EQ(e.expires, "2013");
    EXPECT_EQ(e.server_time, "2014");
    EXPECT_EQ(e.string_to_sign, "1\n2");
    EXPECT_EQ(e.canonical_request, "GET\n/\na=b&c=d");
}

// XML 1.0 §4.1; Go's encoding/xml writes the line ends of a canonical request so.
TEST(error_body, character_references) {
    const auto text = [](const std::string& xml) {
        return parse_error_body("<CanonicalRequest>" + xml + "</CanonicalRequest>")
            .canonical_request;
    };
    EXPECT_EQ(text("GET&#xA;/&#10;a&#x3d;&#39;&#34;&#0x41;"), "GET\n/\na='\"&#0x41;");
    EXPECT_EQ(text("&#x000000041;&#00000000000000000065;&#126;"), "AA~");
    for (const char* other : {"&#0;", "&#x0;", "&#128;", "&#xFC;", "&#;", "&#x;", "&#-1;", "&#+1;",
                              "&#10", "&#", "&#99999999999999999999;", "&#x A;", "&#XA;", "&#1g;"})
        EXPECT_EQ(text(other), other);
    EXPECT_EQ(text("&#38;#10;"), "&#10;");
}

TEST(error_body, blanks) {
    const auto e = parse_error_body(
        "<Code>\n NoSuchKey </Code><Message> a </Message><Region> r\t</Region>"
        "<CanonicalRequest>\na </CanonicalRequest>");
    EXPECT_EQ(e.code, "NoSuchKey");
    EXPECT_EQ(e.message, " a ");
    EXPECT_EQ(e.region, "r");
    EXPECT_EQ(e.canonical_request, "\na ");
    EXPECT_EQ(parse_error_body("<Code> \n </Code>").code, "");
}

TEST(error_body, no_elements) {
    for (const std::string_view xml :
         {"", "<", "<Code>", "<Code>a", "<Code>a<", "<Code>a</", "<Code>a</Code", "<Code>a</Coda>",
          "<Code><b>a</b></Code>", "<code>a</code>", "Code", "<!DOCTYPE a><Code>a</Code>",
          "<Codes>a</Codes>", "<Code/>", "<Code></Code>", ">>><<<"})
        EXPECT_EQ(parse_error_body(xml).code, "") << xml;
    EXPECT_EQ(parse_error_body("<Code>a</Code><Code>b</Code>").code, "a");
    EXPECT_EQ(parse_error_body("<x><Code>a</Code>").code, "a");
}

TEST(error_body, large) {
    std::string xml;
    while (xml.size() < 1000000) xml += "<Code>";
    EXPECT_EQ(parse_error_body(xml).code, "");
    EXPECT_EQ(parse_error_body("<Code>" + std::string(1000000, '&') + "</Code>").code.size(),
              1000000u);
}

// --- differences of canonical requests -----------------------------------------------------------

const std::string ours =
    "PUT\n/b/a%20b//c\nA=1&C=3\ncontent-type:text/"
    "plain\nhost:h\n\ncontent-type;host\nUNSIGNED-PAYLOAD";

std::string with(std::string_view before, std::string_view after) {
    std::string text = ours;
    EXPECT_NE(text.find(before), text.npos) << before;
    return text.replace(text.find(before), before.size(), after);
}

TEST(canonical_diff, of_canonical_requests) {
    struct example {
        std::string theirs, cause, ours, other;
    };
    for (const example& e : std::initializer_list<example>{
             {with("PUT", "GET"), "other method", "PUT", "GET"},
             {with("a%20b", "a%2520b"), "key encoded twice", "/b/a%20b//c", "/b/a%2520b//c"},
             {with("a%20b", "a b"), "key not encoded", "/b/a%20b//c", "/b/a b//c"},
             {with("a%20b", "a+b"), "key encoded as a form", "/b/a%20b//c", "/b/a+b//c"},
             {with("a%20b", "a%2Bb"), "key encoded as a form", "/b/a%20b//c", "/b/a%2Bb//c"},
             {with("//c", "/c"), "path normalised", "/b/a%20b//c", "/b/a%20b/c"},
             {with("/b/", "/x/b/"), "base path", "/b/a%20b//c", "/x/b/a%20b//c"},
             {with("/b/", "/"), "base path", "/b/a%20b//c", "/a%20b//c"},
             {with("//c", "//d"), "other path", "/b/a%20b//c", "/b/a%20b//d"},
             {with("/b/a%20b//c", ""), "other path", "/b/a%20b//c", ""},
             {with("/b/a%20b//c", "c"), "other path", "/b/a%20b//c", "c"},
             {with("A=1", "A=2"), "query changed", "A=1", "A=2"},
             {with("C=3", "B=2&C=3"), "query added", "", "B=2"},
             {with("C=3", "C=3&D"), "query added", "", "D"},
             {with("A=1&", ""), "query removed", "A=1", ""},
             {with("A=1&C=3", ""), "query removed", "A=1", ""},
             {with("C=3", "C=3&X-Amz-Signature=ab"), "query added", "", "X-Amz-Signature"},
             {with("C=3", "C=3&x-amz-SIGNATURE=ab"), "query added", "", "x-amz-SIGNATURE"},
             {with("C=3", "C=3&X%2DAmz-Signature=ab"), "query added", "", "X%2DAmz-Signature"},
             {with("content-type:text/plain\nhost:h", "host:h\ncontent-type:a"), "header changed",
              "content-type:text/plain", "content-type:a"},
             {with("host:h", "host:x"), "other host", "host:h", "host:x"},
             {with("text/plain", "text/html"), "header changed", "content-type:text/plain",
              "content-type:text/html"},
             {with("text/plain", ""), "header missing", "content-type:text/plain", "content-type:"},
             {with("content-type:text/plain\n", ""), "header missing", "content-type:text/plain",
              "content-type:"},
             {with("content-type;host", "host"), "other signed headers", "content-type;host",
              "host"},
             {with("UNSIGNED-PAYLOAD", "ab"), "other payload", "UNSIGNED-PAYLOAD", "ab"},
         }) {
        const auto d = s3::compare_canonical_requests(ours, e.theirs);
        ASSERT_TRUE(d) << e.theirs;
        EXPECT_EQ(d->cause, e.cause) << e.theirs;
        EXPECT_EQ(d->ours, e.ours) << e.theirs;
        EXPECT_EQ(d->theirs, e.other) << e.theirs;
        EXPECT_TRUE(d->hint.ends_with('.')) << d->hint;
    }
    EXPECT_FALSE(s3::compare_canonical_requests(ours, ours));
}

// A hostile server or URL gets no more out of it than linear time: a tenth of a second here, half a
// minute each if it were quadratic.
TEST(canonical_diff, of_large_requests) {
    std::string spaces = "GET\n/";
    for (int i = 0; i < 300000; i++) spaces += "%20";
    std::string ours_headers = "GET\n/\n\n", theirs_headers = ours_headers;
    for (int i = 100000; i < 200000; i++) {
        ours_headers += std::to_string(i) + ":\n";
        theirs_headers += std::to_string(i) + (i == 199999 ? ":a\n" : ":\n");
    }
    const auto begin = std::chrono::steady_clock::now();
    EXPECT_EQ(s3::compare_canonical_requests(spaces + "\n", spaces + "a\n")->cause, "other path");
    EXPECT_EQ(s3::compare_canonical_requests(ours_headers, theirs_headers)->cause,
              "header changed");
    EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(10));
}

TEST(canonical_diff, of_strings_to_sign) {
    const std::string text = "A\n20130524T000000Z\n20130524/r/s3/aws4_request\nab";
    EXPECT_FALSE(
        s3::compare_strings_to_sign(text, "A\n20130524T000000Z\n20130524/r/s3/aws4_request\ncd"));
    const auto time =
        s3::compare_strings_to_sign(text, "A\n20130524T000001Z\n20130524/r/s3/aws4_request\nab");
    ASSERT_TRUE(time);
    EXPECT_EQ(time->cause, "other time");
    const auto scope =
        s3::compare_strings_to_sign(text, "A\n20130524T000000Z\n20130524/q/s3/aws4_request\nab");
    ASSERT_TRUE(scope);
    EXPECT_EQ(scope->cause, "other scope");
    EXPECT_EQ(scope->theirs, "20130524/q/s3/aws4_request");
}

// --- codes ---------------------------------------------------------------------------------------

// The diagnosis of AWS's example URL, some way into its life.
s3::diagnosis of(const std::string& body, std::int64_t now = example_time + 60,
                 std::string_view secret = example_secret) {
    const std::string text =
        "https://examplebucket.s3.amazonaws.com/test.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256"
        "&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request"
        "&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host"
        "&X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404";
    std::vector<field> parameters(sigv4::count_parameters(text));
    std::string decoded(text.size(), '\0');
    sigv4::signed_url u = sigv4::read_signed_url(text, parameters, decoded.data());
    std::string memory(sigv4::rebuild_size(u), '\0');
    const sigv4::request r = sigv4::rebuild(u, "GET", {}, memory.data());
    const std::string canonical =
        written(sigv4::rebuilt_canonical_request_size(u, r),
                [&](char* out) { return sigv4::put_rebuilt_canonical_request(out, u, r); });
    sigv4::signing_key key(secret, {"20130524", "us-east-1", "s3"});
    return s3::diagnose({u, r, canonical, ""}, parse_error_body(body), key, now);
}

// Shapes of AWS's documentation («List of error codes») and, where it says so, of others.
TEST(diagnosis, of_codes) {
    struct example {
        std::string body, cause, ours, theirs;
    };
    const std::string denied = "<Error><Code>AccessDenied</Code><Message>";
    for (const example& e : std::initializer_list<example>{
             {"", "no error body", "", ""},
             {"<html>502 Bad Gateway</html>", "no error body", "", ""},
             {denied + "Request has expired</Message><X-Amz-Expires>86400</X-Amz-Expires>"
                       "<Expires>2013-05-25T00:00:00Z</Expires>"
                       "<ServerTime>2013-05-26T00:00:00Z</ServerTime></Error>",
              "expired", "20130525T000000Z", "2013-05-26T00:00:00Z"},
             {denied + "Request is not yet valid</Message></Error>", "clock", "20130524T000000Z",
              "20130524T000100Z"},
             {denied + "There were headers present in the request which were not signed</Message>"
                       "<HeadersNotSigned>x-amz-acl</HeadersNotSigned></Error>",
              "header not signed", "host", "x-amz-acl"},
             {denied + "Access Denied</Message></Error>", "no permission", "", "Access Denied"},
             {"<Error><Code>AuthorizationQueryParametersError</Code><Message>Error parsing the "
              "X-Amz-Credential parameter; the region 'us-east-1' is wrong; expecting "
              "'eu-west-1'</Message><Region>eu-west-1</Region></Error>",
              "other region", "us-east-1", "eu-west-1"},
             {"<Error><Code>AuthorizationQueryParametersError</Code><Message>X-Amz-Expires must be "
              "less than a week (in seconds)</Message></Error>",
              "duration", "86400", "X-Amz-Expires must be less than a week (in seconds)"},
             {"<Error><Code>InvalidAccessKeyId</Code></Error>", "unknown identity", "",
              "InvalidAccessKeyId"},
             {"<Error><Code>ExpiredToken</Code></Error>", "token", "", "ExpiredToken"},
             {"<Error><Code>InvalidToken</Code></Error>", "token", "", "InvalidToken"},
             {"<Error><Code>PermanentRedirect</Code><Endpoint>s3.eu.example</Endpoint></Error>",
              "other endpoint", "", "s3.eu.example"},
             {"<Error><Code>RequestTimeTooSkewed</Code></Error>", "clock", "20130524T000000Z",
              "20130524T000100Z"},
             {"<Error><Code>SecondLevelDomainForbidden</Code></Error>", "addressing", "",
              "SecondLevelDomainForbidden"},  // Alibaba
             {"<Error><Code>ExcessHeaderValues</Code></Error>", "header not signed", "",
              "ExcessHeaderValues"},  // Google
             {"<Error><Code>NoSuchKey</Code></Error>", "not the signature", "", "NoSuchKey"},
             {"<Error><Code> InvalidRange\n</Code><Message>x</Message></Error>",
              "not the signature", "", "InvalidRange"},
             {"<Error><Code>AuthorizationHeaderMalformed</Code><Message>It is.</Message></Error>",
              "other error", "", "It is."},
             {"<Error><Code>SlowDown</Code></Error>", "other error", "", "SlowDown"},
             {"<Error><Code>InternalError</Code><Message></Message></Error>", "other error", "",
              "InternalError"},
             {"<Error><Code>InvalidArgument</Code><Message>no</Message></Error>", "other error", "",
              "no"},
             {"<Error><Code>SignatureDoesNotMatch</Code></Error>", "request changed", "", ""},
         }) {
        const s3::diagnosis d = of(e.body);
        EXPECT_EQ(d.cause, e.cause) << e.body;
        EXPECT_EQ(d.ours, e.ours) << e.body;
        EXPECT_EQ(d.theirs, e.theirs) << e.body;
        EXPECT_TRUE(d.hint.ends_with('.')) << e.body;
    }
}

TEST(diagnosis, of_a_server_that_tells_nothing) {
    // radosgw
    EXPECT_EQ(
        of("<Error><Code>AccessDenied</Code><Message></Message></Error>", example_time + 86401)
            .cause,
        "expired");
    EXPECT_EQ(of("<Error><Code>AccessDenied</Code></Error>", example_time - 901).cause, "clock");
    EXPECT_EQ(of("<Error><Code>SignatureDoesNotMatch</Code></Error>", example_time, "x").cause,
              "wrong secret");
}

}  // namespace
}  // namespace s3sign::test
