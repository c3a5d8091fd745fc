// What clients print of an error, and a URL that came with its secret; each names its source.
#include <string>
#include <string_view>

#include "reported.hpp"

namespace s3sign::test {
namespace {

// What a client prints has the code in it, and no markup.
TEST(real_bodies, texts_of_clients) {
    for (
        const report& r : std::initializer_list<report>{
            {"erdos-ai/r2#13",
             "2025/10/03 10:27:00 operation error S3: ListObjectsV2, https response error "
             "StatusCode: 403, RequestID: , HostID: , api error SignatureDoesNotMatch: The request "
             "signature we calculated does not match the signature you provided. Check your secret "
             "access key and signing method.",
             "request changed", ""},
            {"RustFS: s3s-project/s3s#458",
             "2026/01/19 18:25:36 NOTICE: Failed to ls: operation error S3: ListBuckets, https "
             "response error StatusCode: 403, RequestID: , HostID: , api error "
             "SignatureDoesNotMatch: UnknownError",
             "request changed", ""},
            {"duplicati/duplicati#2828",
             "Error making request with Error Code SignatureDoesNotMatch and Http Status Code "
             "Forbidden. No further error information was returned by the service.",
             "request changed", ""},
            {"s3tools/s3cmd#1200",
             "ERROR: S3 error: 403 (SignatureDoesNotMatch): The request signature we calculated "
             "does not match the signature you provided.",
             "request changed", ""},
            {"Ceph at Linode: scrapy/scrapy#4998",
             "botocore.exceptions.ClientError: An error occurred (InvalidAccessKeyId) when calling "
             "the PutObject operation: Unknown",
             "unknown identity",
             "botocore.exceptions.ClientError: An error occurred (InvalidAccessKeyId) when calling "
             "the PutObject operation: Unknown"},
            {"Scaleway: ysde/grafana-backup-tool#244",
             "botocore.exceptions.ClientError: An error occurred (AccessDenied) when calling the "
             "PutObject operation: Signature does not match.",
             "request changed", ""},
            {"suitenumerique/docs#501",
             "An error occurred (AccessDenied) when calling the PutObject operation: There were "
             "headers present in the request which were not signed",
             "header not signed",
             "An error occurred (AccessDenied) when calling the PutObject operation: There were "
             "headers present in the request which were not signed"},
            {"datalad/datalad#5890",
             "S3Error {s3StatusCode = Status {statusCode = 400, statusMessage = \"Bad Request\"}, "
             "s3ErrorCode = \"EntityTooLarge\", s3ErrorResource = Nothing}",
             "not the signature",
             "S3Error {s3StatusCode = Status {statusCode = 400, statusMessage = \"Bad Request\"}, "
             "s3ErrorCode = \"EntityTooLarge\", s3ErrorResource = Nothing}"},
            {"Garage: bauer-group/IP-HomeassistantS3CompatibleBackup#1",
             "Bad Request, Authorization header malformed, unexpected scope: "
             "20251215/us-east-1/s3/aws4_request",
             "other scope",
             "Bad Request, Authorization header malformed, unexpected scope: "
             "20251215/us-east-1/s3/aws4_request"}})
        expect(r);

    const std::string lines(5000, 'x');
    for (const std::string& text :
         {"Traceback:\n" + lines + "\nClientError: An error occurred (ExpiredToken) when calling",
          "ExpiredToken: The provided token has expired.\n    at " + lines})
        EXPECT_EQ(diagnose(url_of({}), text).cause, "token");
    for (const std::string_view text :
         {"upstream connect error or disconnect/reset before headers", "403 Forbidden", "Forbidden",
          "Unauthorized", "NoSuchKeyring", "<html><title>AccessDenied</title></html>",
          " <AccessDenied"})
        EXPECT_EQ(diagnose(url_of({}), std::string(text)).cause, "no error body") << text;
}

// localstack/localstack#4046: a URL of AWS's SDK for Java, and the secret with which it was signed
TEST(real_bodies, a_url_with_its_secret) {
    const std::string url =
        "http://localhost:4566/randombucket/test/1.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Date="
        "20210518T131327Z&X-Amz-SignedHeaders=host&X-Amz-Expires=86398&X-Amz-Credential=a%2F"
        "20210518%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Signature="
        "35f1f8a8c21430d8d876ddb7b733b97c87841aa851b8e0773c22a227aa4a5cbc";
    const auto cause = [&](const std::string& method, const std::string& secret) {
        constexpr std::int64_t half_an_hour_later = 1621343607 + 1800;
        return diagnose(url, error("SignatureDoesNotMatch", no_match),
                        {.method = method, .secret = secret, .now = half_an_hour_later})
            .cause;
    };
    EXPECT_EQ(cause("GET", "b"), "request changed");
    EXPECT_EQ(cause("HEAD", "b"), "other method");
    EXPECT_EQ(cause("GET", "c"), "wrong secret");
}

}  // namespace
}  // namespace s3sign::test
