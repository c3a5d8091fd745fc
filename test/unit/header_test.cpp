#include "s3/header.hpp"

#include <string>

#include "support.hpp"

namespace s3sign {
namespace {

using s3::header_rule;

TEST(header, free) {
    for (const char* name :
         {"content-type", "Content-MD5", "x-amz-acl", "X-Amz-Meta-A", "x-amz-content-sha256",
          "X-Amz-Content-SHA256", "range", "if-none-match", "cache-control", "x",
          "!#$%&'*+-.^_`|~09", "hosts", "sec", "proxy", "te-x", "x-amz-tagging", "date", "expires",
          "content-length"})
        EXPECT_EQ(s3::rule_of_header(name), header_rule::free) << name;
}

// RFC 9110 §5.6.2
TEST(header, malformed) {
    for (const char* name :
         {"",    " ",   "a b",  "a:",  "a:b", "a\n", "a\r\nb", "(a)",  "a,b", "a;b",
          "a=b", "a/b", "a\"b", "[a]", "{a}", "a@b", "a?",     "a\\b", "ü",   "\x7f"})
        EXPECT_EQ(s3::rule_of_header(name), header_rule::malformed) << name;
    EXPECT_EQ(s3::rule_of_header(std::string_view("a\0b", 3)), header_rule::malformed);
}

TEST(header, of_signature) {
    for (const char* name : {"x-amz-algorithm", "X-Amz-Credential", "x-amz-date", "X-AMZ-EXPIRES",
                             "x-amz-security-token", "x-amz-signature", "x-amz-signedheaders"})
        EXPECT_EQ(s3::rule_of_header(name), header_rule::of_signature) << name;
}

// the list of the contract (api.md §5)
TEST(header, unsignable) {
    for (const char* name : {"authorization",
                             "host",
                             "connection",
                             "te",
                             "trailer",
                             "transfer-encoding",
                             "upgrade",
                             "keep-alive",
                             "proxy-authorization",
                             "proxy-x",
                             "sec-fetch-mode",
                             "sec-",
                             "user-agent",
                             "expect",
                             "x-amzn-trace-id",
                             "referer",
                             "from",
                             "max-forwards",
                             "accept-encoding",
                             "Host",
                             "User-Agent",
                             "Proxy-Connection",
                             "SEC-CH-UA"})
        EXPECT_EQ(s3::rule_of_header(name), header_rule::unsignable) << name;
}

TEST(header, value) {
    EXPECT_TRUE(s3::is_header_value(""));
    for (int byte = 0; byte < 256; byte++) {
        const std::string value = std::string("a") + static_cast<char>(byte) + "b";
        EXPECT_EQ(s3::is_header_value(value), byte >= 0x20 && byte <= 0x7e) << byte;
    }
}

}  // namespace
}  // namespace s3sign
