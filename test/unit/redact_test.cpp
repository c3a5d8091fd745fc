// What signs does not stay in a text for a log, however it is written; the rest does.
#include "sigv4/redact.hpp"

#include <random>

#include "support.hpp"

namespace s3sign::test {
namespace {

std::string redacted(std::string_view text) {
    return written(sigv4::redacted_size(text),
                   [&](char* out) { return sigv4::put_redacted(out, text); });
}

struct example {
    std::string_view before, after;
};

void check(std::initializer_list<example> examples) {
    for (const example& e : examples) {
        EXPECT_EQ(redacted(e.before), e.after);
        EXPECT_EQ(redacted(e.after), e.after) << "not idempotent";
    }
}

TEST(redact, urls) {
    check({
        {"https://h/k?X-Amz-Credential=AK%2F2013&X-Amz-Date=20130524T000000Z&X-Amz-Signature=ab12",
         "https://h/k?X-Amz-Credential=***&X-Amz-Date=20130524T000000Z&X-Amz-Signature=***"},
        {"GET /k?a=1&X-Amz-Security-Token=a%2Bb%3D&b=2 HTTP/1.1",
         "GET /k?a=1&X-Amz-Security-Token=***&b=2 HTTP/1.1"},
        {"?x-amz-signature=ab#f", "?x-amz-signature=***#f"},
        {"?X-Goog-Credential=a%40b&X-Goog-Signature=ff",
         "?X-Goog-Credential=***&X-Goog-Signature=***"},
        {"?AWSAccessKeyId=AK&Expires=1&Signature=a%2Fb%3D",
         "?AWSAccessKeyId=***&Expires=1&Signature=***"},
        {"?GoogleAccessId=a@b.c&Expires=1&Signature=x",
         "?GoogleAccessId=***&Expires=1&Signature=***"},
        {"https://user:pass@host/?a=b@c", "https://***@host/?a=b@c"},
        {"two: ?X-Amz-Signature=1 and ?X-Amz-Signature=2,",
         "two: ?X-Amz-Signature=*** and ?X-Amz-Signature=***,"},
    });
}

TEST(redact, urls_in_other_texts) {
    check({
        {"?next=https%3A%2F%2Fh%2F%3FX-Amz-Signature%3Dab%26b%3Dc&x=y",
         "?next=https%3A%2F%2Fh%2F%3FX-Amz-Signature%3D***%26b%3Dc&x=y"},
        {"%253FX-Amz-Signature%253Dab%2526b%253Dc", "%253FX-Amz-Signature%253D***%2526b%253Dc"},
        {"%3FSignature%3Dab%26b", "%3FSignature%3D***%26b"},
        {"<a href=\"/?a=b&amp;X-Amz-Signature=ab&amp;c=d\">",
         "<a href=\"/?a=b&amp;X-Amz-Signature=***&amp;c=d\">"},
        {R"({"url": "https://h/?a\u0026X-Amz-Signature=ab\u0026b=c"})",
         R"({"url": "https://h/?a\u0026X-Amz-Signature=***\u0026b=c"})"},
        {"?X%2DAmz%2DSignature=ab", "?X%2DAmz%2DSignature=***"},
    });
}

TEST(redact, headers) {
    check({
        {"Authorization: AWS4-HMAC-SHA256 Credential=AK/20130524/r/s3/aws4_request, "
         "SignedHeaders=host, Signature=ab",
         "Authorization: AWS4-HMAC-SHA256 Credential=***, SignedHeaders=host, Signature=***"},
        {"authorization: AWS AK:frJIUN8DYpKDtOLCwo//yllqDzg= rest", "authorization: AWS *** rest"},
        {"sent AWS AKIAIOSFODNN7EXAMPLE:frJIUN8DYpKDtOLCwo//yllqDzg=", "sent AWS ***"},
        {"Authorization: Bearer eyJ.a.b\n", "Authorization: Bearer ***\n"},
        {R"("Authorization": "Basic dTpw", "a")", R"("Authorization": "Basic ***", "a")"},
        {"Authorization: token", "Authorization: ***"},
        {"x-amz-security-token: FwoG+/=\r\nHost: h", "x-amz-security-token: ***\r\nHost: h"},
    });
}

TEST(redact, forms) {
    check({
        {R"({"policy": "eyJleHAiOjF9", "x-amz-credential": "AK/2013", "x-amz-signature": "ab", "key": "k"})",
         R"({"policy": "***", "x-amz-credential": "***", "x-amz-signature": "***", "key": "k"})"},
        {R"({\"x-amz-signature\":\"ab\",\"key\":\"k\"})",
         R"({\"x-amz-signature\":\"***\",\"key\":\"k\"})"},
        {"{'X-Amz-Signature': 'ab c', 'key': 'k'}", "{'X-Amz-Signature': '***', 'key': 'k'}"},
        {"<input name=\"x-amz-signature\" value=\"ab\"> <input name='policy' value='eyJh'>",
         "<input name=\"x-amz-signature\" value=\"***\"> <input name='policy' value='***'>"},
        {"name=\"X-Amz-Signature\"\r\n\r\nab\r\n--x", "name=\"X-Amz-Signature\"\r\n\r\n***\r\n--x"},
        {"<AWSAccessKeyId>AK</AWSAccessKeyId><SignatureProvided>ab</SignatureProvided>",
         "<AWSAccessKeyId>***</AWSAccessKeyId><SignatureProvided>***</SignatureProvided>"},
    });
}

TEST(redact, what_stays) {
    for (const std::string_view text :
         {"", "a", "X-Amz-Signature", "X-Amz-Signature=", "X-Amz-SignedHeaders=host",
          "signature mismatch", "the policy: deny", "policy=public-read", "design=1",
          "Authorization", "https://host/a@b", "://", "AWS region: eu", "x-amz-date=1",
          "100% of it", "%", "%2", "digest%3Dab"})
        EXPECT_EQ(redacted(text), text);
}

// Secrets are not where a redacted text ends up, whatever stands around them.
TEST(redact, random_texts) {
    std::mt19937 random(1);
    const std::string_view pieces[] = {
        "X-Amz-Signature",
        "=",
        "%3D",
        "SECRET",
        "&",
        "%26",
        "\"",
        "Authorization",
        ": ",
        "AWS ",
        "Bearer ",
        "policy",
        "eyJ",
        "\\",
        "://",
        "@",
        "AWSAccessKeyId",
        "Signature",
        " value=",
        "\r\n",
        "%",
    };
    for (int i = 0; i < 20000; i++) {
        std::string text;
        for (int n = 0; n < 12; n++) text += pieces[random() % std::size(pieces)];
        const std::string once = redacted(text);
        EXPECT_EQ(redacted(once), once) << text;
        EXPECT_EQ(redacted(text + " ?X-Amz-Signature=HIDDEN;").find("HIDDEN"), std::string::npos)
            << text;
    }
}

// Linear: each of these would take hours if it were not.
TEST(redact, large_texts) {
    for (const std::string_view piece :
         {"X-Amz-Signature=", "policy=", "Authorization: AWS4-", "AWS ", "://", "%25",
          "signature \"", "Authorization:", "x", "%2525252525"}) {
        std::string text;
        while (text.size() < 1000000) text += piece;
        EXPECT_LE(redacted(text).size(), text.size());
    }
}

}  // namespace
}  // namespace s3sign::test
