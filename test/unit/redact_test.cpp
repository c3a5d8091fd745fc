// Signatures and credentials are hidden where S3 and its clients write them; other text stays.
#include "redacted.hpp"

#include <random>

namespace s3sign::test {
namespace {

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

TEST(redact, authorizations) {
    check({
        {"Authorization: S \r\nHost: h", "Authorization: *** \r\nHost: h"},
        {"authorization: S (a)", "authorization: *** (a)"},
        {"Authorization: Unknown S a", "Authorization: *** a"},
        {"sent AWS AK:frJIUN8DYpKDtOLCwo\\/\\/yllqDzg=\"", "sent AWS ***\""},
    });
}

TEST(redact, fields_of_html_and_multipart) {
    check({
        {R"(<input name="x-amz-signature" type="hidden" value="S">)",
         R"(<input name="x-amz-signature" type="hidden" value="***">)"},
        {R"(<input value="S" name="x-amz-signature">)",
         R"(<input value="***" name="x-amz-signature">)"},
        {R"(<input value='S' type='hidden' required name='policy'>)",
         R"(<input value='S' type='hidden' required name='policy'>)"},
        {R"(<input value='eyJh' type='hidden' required name='policy'>)",
         R"(<input value='***' type='hidden' required name='policy'>)"},
        {R"(<input value="a"><input name="x-amz-signature" value="S">)",
         R"(<input value="a"><input name="x-amz-signature" value="***">)"},
        {"name=\"X-Amz-Signature\"\r\nContent-Type: text/plain; charset=UTF-8\r\n\r\nS\r\n--x",
         "name=\"X-Amz-Signature\"\r\nContent-Type: text/plain; charset=UTF-8\r\n\r\n***\r\n--x"},
    });
}

TEST(redact, errors_of_servers) {
    check({
        {"<CanonicalRequestBytes>58 2d 41</CanonicalRequestBytes>",
         "<CanonicalRequestBytes>***</CanonicalRequestBytes>"},
        {"<StringToSignBytes>41 57\n53</StringToSignBytes>",
         "<StringToSignBytes>***</StringToSignBytes>"},
        {"<StringToSign>AWS4-HMAC-SHA256\n2026</StringToSign><a>",
         "<StringToSign>***</StringToSign><a>"},
        {"<Error><Code>InvalidToken</Code><Token-0>S</Token-0></Error>",
         "<Error><Code>InvalidToken</Code><Token-0>***</Token-0></Error>"},
    });
}

TEST(redact, secrets_and_tokens) {
    check({
        {"AWS_SECRET_ACCESS_KEY=S AWS_SESSION_TOKEN=S",
         "AWS_SECRET_ACCESS_KEY=*** AWS_SESSION_TOKEN=***"},
        {"aws_secret_access_key = S\n", "aws_secret_access_key = ***\n"},
        {"OPTIONS (secret_access_key 'S/+', ADD session_token E'S', a 'b')",
         "OPTIONS (secret_access_key '***', ADD session_token E'***', a 'b')"},
        {R"({"SecretAccessKey": "S", "SessionToken":"S"})",
         R"({"SecretAccessKey": "***", "SessionToken":"***"})"},
        {"<SecretAccessKey>S</SecretAccessKey><SessionToken>S</SessionToken>",
         "<SecretAccessKey>***</SecretAccessKey><SessionToken>***</SessionToken>"},
        {"(secret => 'S', session_token := 'S')", "(secret => '***', session_token := '***')"},
        {"x-amz-server-side-encryption-customer-key: "
         "S\nx-amz-server-side-encryption-customer-key-md5: a",
         "x-amz-server-side-encryption-customer-key: "
         "***\nx-amz-server-side-encryption-customer-key-md5: a"},
    });
}

// Each of these texts changed when it was redacted again, in some version.
TEST(redact, once) {
    for (const std::string_view text : {
             ":// ://&=@signature://;credential@%25:",
             "://x:signature=a/b&@h",
             "Signature:\nauthorization=a b",
             "value=\"authorization=a b\" name=\"x-amz-signature\"",
             "name=\"x-amz-signature\" authorization=a b value=\"c\"",
             "name=\"policy\" name=\"signature\" value=\"abc\"",
             "Authorization: a b c",
             "Signature:\n://;a@\n",
             "--secret-key%0A%2FA:%20<",
         }) {
        const std::string once = redacted(text);
        EXPECT_EQ(redacted(once), once) << text;
    }
}

TEST(redact, kept) {
    for (const std::string_view text : {"",
                                        "a",
                                        "X-Amz-Signature",
                                        "X-Amz-Signature=",
                                        "X-Amz-SignedHeaders=host",
                                        "signature mismatch",
                                        "the policy: deny",
                                        "policy=public-read",
                                        "design=1",
                                        "Authorization",
                                        "https://host/a@b",
                                        "://",
                                        "AWS region: eu",
                                        "x-amz-date=1",
                                        "100% of it",
                                        "%",
                                        "%2",
                                        "digest%3Dab",
                                        "Signature:\nverified by Bob",
                                        "\"signature\" is wrong",
                                        "'signature', 'credential'",
                                        "session_token text = NULL, secret",
                                        "x-amz-security-token:\r\nHost: h",
                                        "\\",
                                        "&#",
                                        "&#6",
                                        "&amp;",
                                        "\\u00"})
        EXPECT_EQ(redacted(text), text);
}

// Any text stays as it is once redacted, and does not keep a secret after it from being hidden.
TEST(redact, random_texts) {
    std::mt19937 random(1);
    for (int i = 0; i < 100000; i++) {
        std::string text;
        for (int n = 0; n < 12; n++) text += tokens[random() % std::size(tokens)];
        const std::string once = redacted(text);
        EXPECT_EQ(redacted(once), once) << text;
        EXPECT_EQ(redacted(text + " ?X-Amz-Signature=HIDDEN;").find("HIDDEN"), std::string::npos)
            << text;
    }
}

}  // namespace
}  // namespace s3sign::test
