// Why a server refused a URL: what decides, and in what order.
#include "s3/diagnosis.hpp"

#include <string>
#include <string_view>

#include "refused.hpp"

namespace s3sign::test {
namespace {

std::string error(const std::string& code, const std::string& message = {},
                  const std::string& more = {}) {
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>" + code + "</Code><Message>" +
           message + "</Message>" + more + "</Error>";
}

std::string escaped(const std::string& text) {
    std::string result;
    for (const char c : text) result += c == '&' ? "&amp;" : std::string(1, c);
    return result;
}

// What the server hashed for a request that it got.
std::string mismatch_of(const signed_request& got) {
    return error("SignatureDoesNotMatch", "m",
                 "<StringToSign>" + string_to_sign_of(got) + "</StringToSign><CanonicalRequest>" +
                     escaped(canonical_request_of(got)) + "</CanonicalRequest>");
}

std::string cause_of(const std::string& url, const std::string& body,
                     const sent_request& sent = {}) {
    const s3::diagnosis d = diagnose(url, body, sent);
    EXPECT_TRUE(d.hint.ends_with('.')) << d.cause;
    return d.cause;
}

// The signature decides before the error does, whatever the error.
TEST(diagnosis, signature_first) {
    for (const std::string& body :
         {error("SignatureDoesNotMatch"), error("AccessDenied", "Access Denied"),
          error("AccessDenied", "Forbidden: Invalid signature"), error("InvalidAccessKeyId"),
          error("NoSuchKey"), error("SlowDown"), error("ExpiredToken"),
          error("AccessDenied", "Request has expired"), std::string("<html>"), std::string()}) {
        EXPECT_EQ(cause_of(url_of({}), body, {.secret = "x"}), "wrong secret") << body;
        EXPECT_EQ(cause_of(url_of({.method = "PUT"}), body), "other method") << body;
        EXPECT_EQ(cause_of(url_of({}) + "&a=b", body), "query added") << body;
        EXPECT_EQ(cause_of(url_of({.headers = "x-a:1\n", .signed_headers = "host;x-a"}), body),
                  "header missing")
            << body;
    }
}

// Then what the server hashed, then the error.
TEST(diagnosis, hashed_request_second) {
    const std::string url = url_of({});
    EXPECT_EQ(cause_of(url, mismatch_of({})), "wrong secret");
    EXPECT_EQ(cause_of(url, mismatch_of({.method = "PUT"})), "other method");
    EXPECT_EQ(cause_of(url, mismatch_of({.host = "cdn.example.com"})), "other host");
    EXPECT_EQ(cause_of(url, mismatch_of({.path = "/a b"})), "other path");
    // what no change of the URL explains, the server's request does
    EXPECT_EQ(cause_of(url, mismatch_of({.path = "/c"}), {.secret = "x"}), "other path");
    EXPECT_EQ(cause_of(url, mismatch_of({}), {.secret = "x"}), "wrong secret");
    // the header that the client sent is in the server's request only
    const signed_request typed{.headers = "x-a:1\n", .signed_headers = "host;x-a"};
    EXPECT_EQ(cause_of(url_of(typed), mismatch_of(typed)), "header changed");
    const auto string_to_sign = [](const signed_request& got) {
        return error("SignatureDoesNotMatch", "m",
                     "<StringToSign>" + string_to_sign_of(got) + "</StringToSign>");
    };
    EXPECT_EQ(cause_of(url, string_to_sign({})), "wrong secret");
    EXPECT_EQ(cause_of(url, string_to_sign({.path = "/c"})), "request changed");
    // too long for a server
    EXPECT_EQ(cause_of(url, mismatch_of({.path = "/" + std::string(70000, 'a')})),
              "request changed");
}

// The clock decides where the error does not: a body may be older than the URL's end.
TEST(diagnosis, clock) {
    const std::string url = url_of({}), denied = error("AccessDenied", "Access Denied");
    const sent_request late{.now = example_time + 86401}, early{.now = example_time - 901};
    EXPECT_EQ(cause_of(url, denied), "no permission");
    EXPECT_EQ(cause_of(url, denied, late), "expired");
    EXPECT_EQ(cause_of(url, denied, early), "clock");
    EXPECT_EQ(cause_of(url, error("NoSuchKey"), late), "not the signature");
    EXPECT_EQ(cause_of(url, error("InvalidAccessKeyId"), late), "unknown identity");
    const auto d = diagnose(url, denied, late);
    EXPECT_EQ(d.ours, "20130525T000000Z");
    EXPECT_EQ(d.theirs, "20130525T000001Z");
    EXPECT_EQ(
        diagnose(url, error("AccessDenied", "x", "<ServerTime>2014</ServerTime>"), late).theirs,
        "2014");
}

TEST(diagnosis, header_not_signed) {
    const sent_request sent{.headers = {{"x-amz-acl", "private"}}};
    const auto d = diagnose(url_of({}), error("AccessDenied"), sent);
    EXPECT_EQ(d.cause, "header not signed");
    EXPECT_EQ(d.ours, "host");
    EXPECT_EQ(d.theirs, "x-amz-acl");
    EXPECT_EQ(cause_of(url_of({}), error("NoSuchKey"), sent), "not the signature");
}

// Ceph says «InvalidArgument» or «AccessDenied» and no more.
TEST(diagnosis, authorization_header) {
    const sent_request sent{.headers = {{"authorization", "Bearer abc"}}};
    for (const std::string code : {"InvalidArgument", "AccessDenied"}) {
        const auto d = diagnose(url_of({}), error(code), sent);
        EXPECT_EQ(d.cause, "authorization header");
        EXPECT_EQ(d.ours + d.theirs, "");
    }
    EXPECT_EQ(cause_of(url_of({}), error("NoSuchKey"), sent), "not the signature");
}

TEST(diagnosis, values) {
    struct example {
        std::string body, cause, ours, theirs;
    };
    for (const example& e : std::initializer_list<example>{
             {"", "no error body", "", ""},
             {"<html>502 Bad Gateway</html>", "no error body", "", ""},
             {error("AccessDenied", "Request has expired",
                    "<ServerTime>2013-05-26T00:00:00Z</ServerTime>"),
              "expired", "20130525T000000Z", "2013-05-26T00:00:00Z"},
             {error("RequestTimeTooSkewed"), "clock", "20130524T000000Z", "20130524T000100Z"},
             {error("X", "", "<Region>eu-west-1</Region>"), "other region", "us-east-1",
              "eu-west-1"},
             {error("NoSuchKey", "", "<Region>us-east-1</Region>"), "not the signature", "",
              "NoSuchKey"},
             {error("X", "the region 'us-east-1' is wrong; expecting 'eu-west-1'"), "other region",
              "us-east-1", "eu-west-1"},
             {error("InvalidAccessKeyId"), "unknown identity", "", "InvalidAccessKeyId"},
             {error("PermanentRedirect", "", "<Endpoint>s3.eu.example</Endpoint>"),
              "other endpoint", "", "s3.eu.example"},
             {error("PermanentRedirect"), "other endpoint", "", "PermanentRedirect"},
             {error("X", "", "<HeadersNotSigned>x-amz-acl</HeadersNotSigned>"), "header not signed",
              "host", "x-amz-acl"},
             {error("AccessDenied", "Access Denied"), "no permission", "", "Access Denied"},
             {error("AccessDenied"), "no permission", "", "AccessDenied"},
             {error("InvalidArgument", "no"), "other error", "", "no"},
             {error("SlowDown"), "other error", "", "SlowDown"},
             {error("SignatureDoesNotMatch", "m"), "request changed", "", ""}}) {
        const s3::diagnosis d = diagnose(url_of({}), e.body);
        EXPECT_EQ(d.cause, e.cause) << e.body;
        EXPECT_EQ(d.ours, e.ours) << e.body;
        EXPECT_EQ(d.theirs, e.theirs) << e.body;
        EXPECT_TRUE(d.hint.ends_with('.')) << e.body;
    }
}

TEST(diagnosis, unsigned_urls) {
    struct example {
        std::string url, cause, ours;
    };
    const std::string url = url_of({});
    const auto with = [&](std::string_view before, const std::string& after) {
        std::string text = url;
        for (std::size_t at = 0; (at = text.find(before, at)) != text.npos; at += after.size())
            text.replace(at, before.size(), after);
        return text;
    };
    for (const example& e : std::initializer_list<example>{
             {"x", "malformed URL", "URL is neither http nor https"},
             {"https://h/k", "malformed URL", "X-Amz-Algorithm is missing"},
             {url.substr(0, url.find("&X-Amz-Signature")), "malformed URL",
              "X-Amz-Signature is missing"},
             {with("HMAC-SHA256", "ECDSA-P256-SHA256"), "algorithm", "AWS4-ECDSA-P256-SHA256"},
             {"https://h/k?AWSAccessKeyId=AKID&Signature=vjbyPxybdZaNmGa%2B&Expires=1141889120",
              "algorithm", "AWS Signature Version 2"},
             {"https://h/k?Expires=1600187505&GoogleAccessId=a&Signature=b", "algorithm",
              "Google V2"},
             {"https://h/k?x-oss-signature-version=OSS4-HMAC-SHA256&x-oss-signature=1", "algorithm",
              "Alibaba V2 or V4"},
             // cloudreve/cloudreve#2176
             {with("Expires=86400", "Expires=864000"), "duration", "864000"}}) {
        const auto d = diagnose(e.url, error("AccessDenied"));
        EXPECT_EQ(d.cause, e.cause) << e.url;
        EXPECT_EQ(d.ours, e.ours) << e.url;
        EXPECT_TRUE(d.hint.ends_with('.')) << e.url;
    }
    // dsgriffin/ionic-3-file-transfer-example#20, TTLabs/EvaporateJS#491
    EXPECT_NE(diagnose(with("%2F", "%252F"), "").hint.find("encodeURI"), std::string::npos);
    EXPECT_NE(diagnose(with("&", "&amp;"), "").hint.find("HTML"), std::string::npos);
    EXPECT_NE(diagnose("https://h/k?AWSAccessKeyId=A", "").hint.find("signed with version 2"),
              std::string::npos);
}

// The url of a form has no signature; the error tells that it is a form's.
TEST(diagnosis, forms) {
    struct example {
        std::string body, cause, theirs;
    };
    for (const example& e : std::initializer_list<example>{
             // aws/aws-sdk-php#3292
             {error("AccessDenied", "Invalid according to Policy: Extra input fields: bucket"),
              "form policy", "bucket"},
             // aws/aws-sdk-js#1983
             {error("AccessDenied",
                    "Invalid according to Policy: Policy Condition failed: "
                    "[\"eq\", \"$Content-Type\", \"image/jpeg\"]"),
              "form policy", "[\"eq\", \"$Content-Type\", \"image/jpeg\"]"},
             {error("AccessDenied", "Invalid according to Policy: Policy expired."), "expired",
              "20130524T000100Z"},
             // minio/minio-py#1047
             {error("AccessDenied",
                    "Access Denied. (Invalid according to Policy: Policy Condition failed)"),
              "form policy",
              "Access Denied. (Invalid according to Policy: Policy Condition failed)"},
             // minio/minio cmd/postpolicyform.go
             {error("AccessDenied",
                    "Access Denied. (Invalid according to Policy: Extra input "
                    "fields: X-Amz-Meta-A)"),
              "form policy", "X-Amz-Meta-A"},
             {error("AccessDenied",
                    "Each form field that you specify in a form (except Foo) must "
                    "appear in the list of conditions."),
              "form policy",
              "Each form field that you specify in a form (except Foo) must appear in the list of "
              "conditions."},
             // ceph/ceph src/rgw/rgw_policy_s3.cc
             {error("AccessDenied", "Policy condition failed: eq: $key, a"), "form policy",
              "eq: $key, a"},
             {error("AccessDenied", "Policy missing condition: acl"), "form policy", "acl"},
             {error("AccessDenied", "Policy check failed, variable not met condition: bucket"),
              "form policy", "bucket"},
             // googleapis/google-cloud-java#7292
             {error("InvalidPolicyDocument",
                    "The content of the form does not meet the conditions specified in the policy "
                    "document.",
                    "<Details>Policy did not reference these fields: submit</Details>"),
              "form policy", "submit"},
             // deuxfleurs-org/garage src/api/s3/post_object.rs
             {error("InvalidRequest", "Bad request: Key 'acl' is not allowed in policy"),
              "form policy", "Bad request: Key 'acl' is not allowed in policy"},
             {error("InvalidRequest", "Bad request: Expiration date is in the past"), "expired",
              "20130524T000100Z"},
             // seaweedfs/seaweedfs weed/s3api/s3err/s3api_errors.go
             {error("PostPolicyInvalidKeyName",
                    "Invalid according to Policy: Policy Condition failed"),
              "form policy", "Invalid according to Policy: Policy Condition failed"},
             {error("EntityTooLarge"), "form policy", "content-length-range"},
             {error("SignatureDoesNotMatch"), "wrong secret", ""},
             {error("InvalidAccessKeyId"), "unknown identity", "InvalidAccessKeyId"},
             {error("AccessDenied", "Access Denied"), "malformed URL", ""},
             {error("NoSuchKey"), "malformed URL", ""}}) {
        const s3::diagnosis d = diagnose("https://media.s3.amazonaws.com/", e.body);
        EXPECT_EQ(d.cause, e.cause) << e.body;
        EXPECT_EQ(d.theirs, e.theirs) << e.body;
        EXPECT_TRUE(d.hint.ends_with('.')) << e.body;
    }
}

}  // namespace
}  // namespace s3sign::test
