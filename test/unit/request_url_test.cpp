#include "s3/request_url.hpp"

#include "support.hpp"

namespace s3sign {
namespace {

// «path|signed path|query» of a URL.
std::string read(std::string_view text, std::string_view service = "s3") {
    const s3::request_url url(text, service);
    std::string query;
    for (const sigv4::field& f : url.query())
        query += std::string(query.empty() ? "" : "&") + std::string(f.name) + "=" +
                 std::string(f.value);
    return url.path() + "|" + url.signed_path() + "|" + query;
}

TEST(request_url, is_encoded_anew) {
    EXPECT_EQ(read("https://h"), "/|/|");
    EXPECT_EQ(read("https://h?a"), "/|/|a=");
    EXPECT_EQ(read("https://h/%7Ea/%2f%2F/b%20c!"), "/~a/%2F%2F/b%20c%21|/~a/%2F%2F/b%20c%21|");
    EXPECT_EQ(read("https://h/a+b"), "/a%2Bb|/a%2Bb|");
    EXPECT_EQ(read("https://h/x?b=2&a=%2f&acl&b=1&&="), "/x|/x|a=%2F&acl=&b=1&b=2");
    EXPECT_EQ(read("https://h/x?a=b=c&d=%3D"), "/x|/x|a=b%3Dc&d=%3D");
    EXPECT_EQ(read("https://h/%C3%A9%00"), "/%C3%A9%00|/%C3%A9%00|");
}

// What AWS says of services other than S3: the path is normalised, and encoded twice.
TEST(request_url, paths_of_other_services) {
    EXPECT_EQ(read("https://h/a/./b//../c%20d/%2e%2e", "iam"), "/a/./b//../c%20d/..|/a/|");
    EXPECT_EQ(read("https://h/documents%20and%20settings/", "iam"),
              "/documents%20and%20settings/|/documents%2520and%2520settings/|");
    EXPECT_EQ(read("https://h/a%2fb", "execute-api"), "/a%2Fb|/a%252Fb|");
    for (const auto service : {"s3", "s3-outposts", "s3-object-lambda"})
        EXPECT_EQ(read("https://h/a/./b//../c", service), "/a/./b//../c|/a/./b//../c|") << service;
}

TEST(request_url, knows_host_and_region) {
    const s3::request_url url("HTTPS://Bucket.S3.eu-west-1.AmazonAWS.com:443/k", "s3");
    EXPECT_EQ(url.origin(), "https://bucket.s3.eu-west-1.amazonaws.com");
    EXPECT_EQ(url.host(), "bucket.s3.eu-west-1.amazonaws.com");
    EXPECT_EQ(url.region(), "eu-west-1");
    EXPECT_EQ(s3::request_url("http://[::1]:9000/", "s3").host(), "[::1]:9000");
    EXPECT_EQ(s3::request_url("http://localhost:80/", "s3").host(), "localhost");
    EXPECT_EQ(s3::request_url("http://localhost/", "s3").region(), "us-east-1");
}

TEST(request_url, adds_parameters) {
    const sigv4::field hash{"X-Amz-Content-Sha256", "a b"};
    const s3::request_url url("https://h/?z=1&A=2", "s3", {&hash, 1});
    ASSERT_EQ(url.query().size(), 3u);
    EXPECT_EQ(url.query()[1].name, "X-Amz-Content-Sha256");
    EXPECT_EQ(url.query()[1].value, "a%20b");
}

TEST(request_url, refuses) {
    for (const auto text : {"",
                            "h/x",
                            "//h/x",
                            "ftp://h/x",
                            "https://",
                            "https:///x",
                            "https://h/x#f",
                            "https://h/x#",
                            "https://h/ x",
                            "https://h/\u00e9",
                            "https://h/\n",
                            "https://h/%",
                            "https://h/%4",
                            "https://h/%zz",
                            "https://h/?a=%",
                            "https://h/?%zz",
                            "https://h/?a=b+c",
                            "https://h/?a+b",
                            "https://h/?=b",
                            "https://u:p@h/",
                            "https://h:0/",
                            "https://h:65536/",
                            "https://h_!/",
                            "https://h/?X-Amz-Signature=0",
                            "https://h/?x-amz-DATE=0",
                            "https://h/?X-Amz-Al%67orithm",
                            "https://h/?a=1&X-Amz-Content-Sha256=0"}) {
        const auto e = test::error_of([&] { read(text); });
        ASSERT_TRUE(e) << text;
        EXPECT_EQ(e->code, code::invalid_parameter_value) << text;
        EXPECT_TRUE(e->message.starts_with("url ")) << e->message;
    }
}

TEST(request_url, hosts_of_other_signers) {
    const auto refused = [](std::string_view text, std::string_view service) {
        const auto e = test::error_of([&] { read(text, service); });
        return e && e->code == code::feature_not_supported;
    };
    const auto express = "https://b--use1-az4--x-s3.s3express-use1-az4.us-east-1.amazonaws.com/k";
    const auto lambda = "https://ap-1.s3-object-lambda.us-east-1.amazonaws.com/k";
    EXPECT_TRUE(refused(express, "s3"));
    EXPECT_TRUE(refused(express, "s3express"));
    EXPECT_TRUE(refused(lambda, "s3"));
    EXPECT_FALSE(refused(lambda, "s3-object-lambda"));
    EXPECT_TRUE(refused("https://m.accesspoint.s3-global.amazonaws.com/k", "s3"));
    EXPECT_TRUE(refused("https://media.s3-website.eu-west-1.amazonaws.com/k", "s3"));
    EXPECT_FALSE(refused("https://s3tables.eu-west-1.amazonaws.com/buckets", "s3tables"));
    // its requests are signed for "s3", in their headers
    EXPECT_FALSE(refused("https://1.s3-control.eu-west-1.amazonaws.com/v20180820/jobs", "s3"));
}

// 1 MiB is the most that SQL lets through.
TEST(request_url, most_parameters) {
    std::string text = "https://h/?";
    for (std::size_t i = 0; i < sigv4::most_fields; i++) text += "z&";
    EXPECT_EQ(s3::request_url(text, "s3").query().size(), sigv4::most_fields);
    const auto e = test::error_of([&] { s3::request_url(text + "z", "s3"); });
    ASSERT_TRUE(e);
    EXPECT_EQ(e->message, "url has over 10000 parameters");
}

}  // namespace
}  // namespace s3sign
