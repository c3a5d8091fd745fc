// What is read of the body of a server's error.
#include "s3/error_body.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "s3/escapes.hpp"

namespace s3sign::test {
namespace {

using s3::parse_error_body;

TEST(error_body, elements) {
    // AWS: «REST Authentication errors»
    const s3::error_body e = parse_error_body(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error xmlns=\"x\"><Code>AccessDenied</Code>"
        "<Message>a &lt;b&gt; &amp;amp; &quot;c&quot; &apos;d&apos; &#10; &x;</Message>"
        "<Details>more</Details><ArgumentName>Authorization</ArgumentName>"
        "<Region>eu-west-1</Region><Endpoint>s3.eu-west-1.amazonaws.com</Endpoint>"
        "<HeadersNotSigned>a, b</HeadersNotSigned><Expires>2013</Expires>"
        "<ServerTime>2014</ServerTime><StringToSign>1\n2</StringToSign>"
        "<CanonicalRequest>GET\n/\na=b&amp;c=d</CanonicalRequest></Error>");
    EXPECT_EQ(e.code, "AccessDenied");
    EXPECT_EQ(e.message, "a <b> &amp; \"c\" 'd' &x; more");
    EXPECT_EQ(e.argument_name, "Authorization");
    EXPECT_EQ(e.region, "eu-west-1");
    EXPECT_EQ(e.endpoint, "s3.eu-west-1.amazonaws.com");
    EXPECT_EQ(e.headers_not_signed, "a, b");
    EXPECT_EQ(e.server_time, "2014");
    EXPECT_EQ(e.string_to_sign, "1\n2");
    EXPECT_EQ(e.canonical_request, "GET\n/\na=b&c=d");
}

// XML 1.0 §4.1; Go's encoding/xml writes the line ends of a canonical request so.
TEST(error_body, character_references) {
    const auto text = [](const std::string& xml) {
        return parse_error_body("<Code>x</Code><CanonicalRequest>" + xml + "</CanonicalRequest>")
            .canonical_request;
    };
    EXPECT_EQ(text("GET&#xA;/&#10;a&#x3d;&#39;&#34;&#0x41;"), "GET\n/\na='\"&#0x41;");
    EXPECT_EQ(text("&#x000000041;&#00000000000000000065;&#126;"), "AA~");
    EXPECT_EQ(text("&#233;&#xFC;&#12354;&#x20AC;&#128512;&#x10FFFF;"), "éüあ€😀\U0010FFFF");
    EXPECT_EQ(text("&#x80;&#x7ff;&#x800;&#xffff0;"), "\u0080\u07ff\u0800\U000ffff0");
    for (const char* other : {"&#0;", "&#x0;", "&#xD800;", "&#57343;", "&#xFFFE;", "&#x110000;",
                              "&#4294967361;", "&#;", "&#x;", "&#-1;", "&#+1;", "&#10", "&#",
                              "&#99999999999999999999;", "&#x A;", "&#XA;", "&#1g;"})
        EXPECT_EQ(text(other), other);
    EXPECT_EQ(text("&#38;#10;"), "&#10;");
}

TEST(error_body, white_space) {
    const auto e = parse_error_body(
        "<Code>\n NoSuchKey </Code><Message>\r\n a\n  b\t</Message><Region> r\t</Region>"
        "<CanonicalRequest>\nGET\n/a </CanonicalRequest>");
    EXPECT_EQ(e.code, "NoSuchKey");
    EXPECT_EQ(e.message, "a b");
    EXPECT_EQ(e.region, "r");
    EXPECT_EQ(e.canonical_request, "GET\n/a");
    EXPECT_EQ(parse_error_body("<Code> \n </Code>").code, "");
}

TEST(error_body, no_elements) {
    for (const std::string_view xml : {"",
                                       "<",
                                       "<Code>",
                                       "<Code>a",
                                       "<Code>a<",
                                       "<Code>a</",
                                       "<Code>a</Code",
                                       "<Code>a</Coda>",
                                       "<Code><b>a</b></Code>",
                                       "<code>a</code>",
                                       "Code",
                                       "<!DOCTYPE a><Code>a</Code>",
                                       "<Codes>a</Codes>",
                                       "<Code/>",
                                       "<Code></Code>",
                                       ">>><<<",
                                       "{",
                                       "[",
                                       "{\"",
                                       "{\"code",
                                       "{\"code\"",
                                       "{\"code\":",
                                       "{\"code\":1}",
                                       "{\"code\":{}}",
                                       "{\"code\\\":\"a\"}",
                                       "\"code\":\"a\"",
                                       "<script>{\"code\":\"a\"}</script>"})
        EXPECT_TRUE(parse_error_body(xml).is_empty()) << xml;
    EXPECT_EQ(parse_error_body("<Code>a</Code><Code>b</Code>").code, "a");
    EXPECT_EQ(parse_error_body("<x><Code>a</Code>").code, "a");
}

// The text that a browser or a mail program changed is there a second time, in hex.
TEST(error_body, bytes) {
    const auto e = parse_error_body(
        "<Code>x</Code><StringToSign>A B</StringToSign><StringToSignBytes>41 0a\n42</"
        "StringToSignBytes><CanonicalRequest>GET /</CanonicalRequest><CanonicalRequestBytes>\n47 "
        "45 5 4 0A 2f\n</CanonicalRequestBytes>");
    EXPECT_EQ(e.string_to_sign, "A\nB");
    EXPECT_EQ(e.canonical_request, "GET\n/");
    for (const std::string hex : {"", "4", "41 4", "4g", "41...", "0x41"})
        EXPECT_EQ(parse_error_body("<Code>x</Code><StringToSign>A B</StringToSign>"
                                   "<StringToSignBytes>" +
                                   hex + "</StringToSignBytes>")
                      .string_to_sign,
                  "A B")
            << hex;
}

TEST(error_body, json) {
    struct example {
        std::string body, code, message;
    };
    for (const example& e : std::initializer_list<example>{
             {R"({"code":"AccessDenied","message":"Access Denied"})", "AccessDenied",
              "Access Denied"},
             {R"( { "Message" : "say \"a\" \\ \/ \u00e9\ud83d\ude00\u0000\ud83d" , "Code":"x" })",
              "x", "say \"a\" \\ / é😀\uFFFD\uFFFD"},
             // supabase/storage src/http/error-handler.ts
             {R"({"statusCode":"403","error":"SignatureDoesNotMatch","message":"m"})",
              "SignatureDoesNotMatch", "m"},
             // SociallyDev/Spaces-API#6
             {R"({"error":{"message":null,"code":"SignatureDoesNotMatch","type":"client",)"
              R"("http_code":403}})",
              "SignatureDoesNotMatch", ""},
             // https://cloud.google.com/storage/docs/json_api/v1/status-codes
             {R"({"error":{"errors":[{"domain":"global","reason":"required","message":"Login )"
              R"(Required"}],"code":401,"message":"Login Required"}})",
              "required", "Login Required"},
             {R"({"code":"a","code":"b","error":"c","message":"m","Message":"n"})", "a", "m"},
             {R"({"message":"Missing Authentication Token"})", "", "Missing Authentication Token"},
             {R"([{"code":"a","message":"cut off)", "a", "cut off"}}) {
        const auto read = parse_error_body(e.body);
        EXPECT_EQ(read.code, e.code) << e.body;
        EXPECT_EQ(read.message, e.message) << e.body;
    }
}

// A body in a string of JSON, in HTML, in both: as unescaped.
TEST(error_body, escaped) {
    const std::string xml =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>SignatureDoesNotMatch</Code>"
        "<Message>a \"b\" &amp; c</Message><StringToSign>AWS4-HMAC-SHA256\n2\n3</StringToSign>"
        "<CanonicalRequest>GET\n/a\nb=1&amp;c=2</CanonicalRequest></Error>";
    const auto json = [](const std::string& text, bool slashes) {
        std::string result;
        for (const char c : text) {
            if (c == '"' || c == '\\' || (c == '/' && slashes)) result += '\\';
            result += c == '\n' ? "\\n" : std::string(1, c);
        }
        return result;
    };
    const auto go = [&](const std::string& text) {
        std::string result;
        for (const char c : json(text, false))
            result += c == '<'   ? "\\u003c"
                      : c == '>' ? "\\u003E"
                      : c == '&' ? "\\u0026"
                                 : std::string(1, c);
        return result;
    };
    const auto html = [](const std::string& text) {
        std::string result;
        for (const char c : text)
            result += c == '<'   ? "&lt;"
                      : c == '>' ? "&gt;"
                      : c == '&' ? "&amp;"
                      : c == '"' ? "&quot;"
                                 : std::string(1, c);
        return result;
    };
    for (const std::string& body :
         {xml, json(xml, true), json(xml, false), "{\"error\": \"" + json(xml, true) + "\"}",
          "{\"body\": \"" + json(json(xml, true), true) + "\"}", go(xml), html(xml),
          "<pre>" + html(xml) + "</pre>", html(html(xml)),
          "{\"page\": \"" + json(html(xml), true) + "\"}",
          html("{\"error\": \"" + json(xml, true) + "\"}")}) {
        const auto e = parse_error_body(body);
        EXPECT_EQ(e.code, "SignatureDoesNotMatch") << body;
        EXPECT_EQ(e.message, "a \"b\" & c") << body;
        EXPECT_EQ(e.string_to_sign, "AWS4-HMAC-SHA256\n2\n3") << body;
        EXPECT_EQ(e.canonical_request, "GET\n/a\nb=1&c=2") << body;
    }
    // A signed header may have a backslash.
    EXPECT_EQ(parse_error_body("<Code>x</Code><CanonicalRequest>a:\\n</CanonicalRequest>")
                  .canonical_request,
              "a:\\n");
}

// Of a long text the beginning and the end, cut between characters.
TEST(error_body, text) {
    const auto e = parse_error_body("  An error \n occurred (AccessDenied) ");
    EXPECT_TRUE(e.is_text && e.is_empty());
    EXPECT_EQ(e.message, "An error occurred (AccessDenied)");
    EXPECT_FALSE(parse_error_body("<html>").is_text);
    EXPECT_FALSE(parse_error_body("x <Code>a</Code>").is_text);
    std::string text = "a";
    while (text.size() < 1000) text += "é";
    EXPECT_EQ(parse_error_body(text).message, text.substr(0, 399) + " ... " + text.substr(601));
    EXPECT_EQ(parse_error_body(std::string(1000000, 'x')).message.size(), 805u);
}

TEST(error_body, large) {
    std::string xml;
    while (xml.size() < 1000000) xml += "<Code>";
    EXPECT_EQ(parse_error_body(xml).code, "");
    EXPECT_EQ(parse_error_body("<Code>" + std::string(1000000, '&') + "</Code>").code.size(),
              1000000u);
    std::string json = "{";
    while (json.size() < 1000000) json += "\"\\\"code\":";
    EXPECT_TRUE(parse_error_body(json).is_empty());
    EXPECT_TRUE(parse_error_body(std::string(1000000, '\\')).is_empty());
    std::string escaped;
    while (escaped.size() < 1000000) escaped += "<\\";
    EXPECT_TRUE(parse_error_body(escaped).is_empty());
}

}  // namespace
}  // namespace s3sign::test
