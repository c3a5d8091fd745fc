// Errors as servers send them and people report them. Each names its source: an issue of GitHub, a
// file of a server's, or a page of documentation. Account, key and request ids are made up.
#include <string>
#include <string_view>

#include "reported.hpp"

namespace s3sign::test {
namespace {

TEST(real_bodies, aws) {
    for (const report& r : std::initializer_list<report>{
             {"HHS/Head-Start-TTADP#370",
              "<Error>\n<Code>AuthorizationQueryParametersError</Code>\n<Message>\nError parsing "
              "the X-Amz-Credential parameter; the region 'us-east-1' is wrong; expecting "
              "'us-gov-west-1'\n</Message>\n<Region>us-gov-west-1</Region>\n</Error>",
              "other region", "us-gov-west-1"},
             {"aws/aws-sdk-php#1333",
              "<Error>\n    <Code>AccessDenied</Code>\n    <Message>Request has "
              "expired</Message>\n    <X-Amz-Expires>300</X-Amz-Expires>\n    <Expires>2017-07-20T"
              "04:18:45Z</Expires>\n    <ServerTime>2017-07-20T04:18:55Z</ServerTime>\n</Error>",
              "expired", "2017-07-20T04:18:55Z"},
             {"soto-project/soto#374",
              "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error>\n<Code>AccessDenied</Code>\n"
              "<Message>There were headers present in the request which were not signed</Message>\n"
              "<HeadersNotSigned>x-amz-acl</HeadersNotSigned>\n</Error>",
              "header not signed", "x-amz-acl"},
             {"catalyst/moodle-tool_objectfs#303",
              "<Error>\n<Code>InvalidArgument</Code>\n<Message>\nOnly one auth mechanism allowed; "
              "only the X-Amz-Algorithm query parameter, Signature query string parameter or the "
              "Authorization header should be specified\n</Message>\n<ArgumentName>Authorization"
              "</ArgumentName>\n</Error>",
              "authorization header",
              "Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter, "
              "Signature query string parameter or the Authorization header should be specified"},
             {"https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html",
              error("InvalidArgument", "?", "<ArgumentName>Authorization</ArgumentName>"),
              "authorization header", ""},
             {"kaliber-scala/play-s3#73",
              "<Error>\n<Code>AuthorizationQueryParametersError</Code>\n<Message>\nQuery-string "
              "authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential, "
              "X-Amz-Signature, X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires parameters.\n"
              "</Message>\n</Error>",
              "query removed",
              "Query-string authentication version 4 requires the X-Amz-Algorithm, "
              "X-Amz-Credential, X-Amz-Signature, X-Amz-Date, X-Amz-SignedHeaders, and "
              "X-Amz-Expires parameters."},
             {"dsgriffin/ionic-3-file-transfer-example#20",
              error("AuthorizationQueryParametersError",
                    "Error parsing the X-Amz-Credential parameter; the Credential is mal-formed; "
                    "expecting \"&lt;YOUR-AKID&gt;/YYYYMMDD/REGION/SERVICE/aws4_request\"."),
              "query changed",
              "Error parsing the X-Amz-Credential parameter; the Credential is mal-formed; "
              "expecting \"<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request\"."},
             {"ravsau/aws-labs#4",
              error("InvalidRequest",
                    "The authorization mechanism you have provided is not supported. Please use "
                    "AWS4-HMAC-SHA256."),
              "algorithm",
              "The authorization mechanism you have provided is not supported. Please use "
              "AWS4-HMAC-SHA256."},
             {"raster-foundry/raster-foundry#289",
              error("InvalidAccessKeyId",
                    "The AWS Access Key Id you provided does not exist in our records."),
              "unknown identity", "InvalidAccessKeyId"},
             {"ex-aws/ex_aws#228",
              error("InvalidToken", "The provided token is malformed or otherwise invalid.",
                    "<Token-0> ... </Token-0>"),
              "token", "InvalidToken"},
             {"https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html",
              error("IllegalLocationConstraintException",
                    "The me-central-1 location constraint is incompatible for the region specific "
                    "endpoint this request was sent to."),
              "other endpoint", "IllegalLocationConstraintException"}})
        expect(r);
}

TEST(real_bodies, minio) {
    for (const report& r : std::initializer_list<report>{
             {"minio/minio cmd/api-errors.go", error("AccessDenied", "Request is not valid yet"),
              "clock", "20130524T000100Z"},
             {"minio/minio cmd/api-errors.go", error("AccessDenied", "Request has expired"),
              "expired", "20130524T000100Z"},
             {"minio/minio cmd/api-errors.go",
              error("AuthorizationQueryParametersError",
                    "Error parsing the X-Amz-Credential parameter; the region is wrong;"),
              "other region", "Error parsing the X-Amz-Credential parameter; the region is wrong;"},
             {"minio/minio cmd/api-errors.go", error("InvalidRegion", "Region does not match."),
              "other region", "Region does not match."},
             {"minio/minio cmd/api-errors.go",
              error("AuthorizationParametersError",
                    "Error parsing the Credential/X-Amz-Credential parameter; incorrect service. "
                    "This endpoint belongs to \"s3\"."),
              "other scope",
              "Error parsing the Credential/X-Amz-Credential parameter; incorrect service. This "
              "endpoint belongs to \"s3\"."},
             {"minio/minio#20475",
              error("InvalidRequest",
                    "Invalid Request (request has multiple authentication types, please use one)"),
              "authorization header",
              "Invalid Request (request has multiple authentication types, please use one)"},
             {"minio/minio#16893",
              error("AccessDenied",
                    "There were headers present in the request which were not signed"),
              "header not signed",
              "There were headers present in the request which were not signed"},
             {"minio/minio cmd/api-errors.go", error("SignatureDoesNotMatch", no_match),
              "request changed", ""}})
        expect(r);
}

TEST(real_bodies, garage) {
    const std::string more = "<Resource>/test/test.txt</Resource><Region>us-east-1</Region>";
    for (const report& r : std::initializer_list<report>{
             {"quarfie/s3presignedUrl_FMFunction#6",
              error("AccessDenied", "Forbidden: Invalid signature", more), "request changed", ""},
             {"quarfie/s3presignedUrl_FMFunction#6",
              error("AccessDenied", "Forbidden: Invalid signature", "<Region>garage</Region>"),
              "other region", "garage"},
             {"deuxfleurs-org/garage src/api/common/signature/payload.rs",
              error("AccessDenied", "Forbidden: No such key: GK31c2f218a2e44f485b94239e", more),
              "unknown identity", "Forbidden: No such key: GK31c2f218a2e44f485b94239e"},
             {"deuxfleurs-org/garage src/api/common/signature/payload.rs",
              error("InvalidRequest", "Bad request: Date is too old", more), "expired",
              "20130524T000100Z"},
             {"deuxfleurs-org/garage src/api/common/signature/payload.rs",
              error("InvalidRequest", "Bad request: X-Amz-Expires may not exceed a week", more),
              "duration", "Bad request: X-Amz-Expires may not exceed a week"},
             {"deuxfleurs-org/garage src/api/common/signature/payload.rs",
              error("InvalidRequest", "Bad request: Header `x-amz-acl` should be signed", more),
              "header not signed", "Bad request: Header `x-amz-acl` should be signed"},
             {"deuxfleurs-org/garage src/api/common/signature/payload.rs",
              error("InvalidRequest", "Bad request: signed header `content-type` is not present",
                    more),
              "header missing", "Bad request: signed header `content-type` is not present"},
             {"deuxfleurs-org/garage src/api/common/signature/payload.rs",
              error("InvalidRequest", "Bad request: X-Amz-Expires not found in query parameters",
                    more),
              "query removed", "Bad request: X-Amz-Expires not found in query parameters"},
             {"deuxfleurs-org/garage src/api/s3/error.rs",
              error("AuthorizationHeaderMalformed",
                    "Authorization header malformed, unexpected scope: "
                    "20130524/us-east-1/s3/aws4_request",
                    "<Region>garage</Region>"),
              "other region", "garage"},
             {"deuxfleurs-org/garage src/api/s3/error.rs",
              error("NoSuchKey", "Key not found", more), "not the signature", "NoSuchKey"}})
        expect(r);
}

TEST(real_bodies, seaweedfs) {
    for (const report& r : std::initializer_list<report>{
             {"seaweedfs/seaweedfs#2638",
              error("SignatureDoesNotMatch", no_match,
                    "<Resource>/assets/blah.jpg</Resource><RequestId>1644010465937989170</"
                    "RequestId><Key>blah.jpg</Key><BucketName>assets</BucketName>"),
              "request changed", ""},
             {"seaweedfs/seaweedfs weed/s3api/s3err/s3api_errors.go",
              error("AccessDenied", "Request is not valid yet"), "clock", "20130524T000100Z"},
             {"seaweedfs/seaweedfs weed/s3api/s3err/s3api_errors.go",
              error("SignatureDoesNotMatch", "Credential should be scoped to correct service: s3"),
              "other scope", "Credential should be scoped to correct service: s3"}})
        expect(r);
}

TEST(real_bodies, backblaze) {
    for (const report& r : std::initializer_list<report>{
             {"backblaze-b2-samples/cloudflare-b2#5",
              "<Error>\n\t<Code>SignatureDoesNotMatch</Code>\n\t<Message>Signature validation "
              "failed</Message>\n</Error>\n",
              "request changed", ""},
             {"B2, reported for presigned PUTs",
              error("AccessDenied", "Signature validation failed"), "request changed", ""},
             {"peak/s5cmd#269",
              error("InvalidAccessKeyId", "The key '00005329cf349a40000000001' is not valid"),
              "unknown identity", "InvalidAccessKeyId"},
             {"Backblaze/b2-sdk-python#136",
              "<Error>\n  <Code>UnauthorizedAccess</Code>\n  <Message>bucket is not authorized: "
              "BUCKET</Message>\n</Error>\n",
              "no permission", "bucket is not authorized: BUCKET"}})
        expect(r);
    EXPECT_EQ(diagnose(url_of({}), error("AccessDenied", "Signature validation failed"),
                       {.method = "PUT"})
                  .cause,
              "other method");
}

TEST(real_bodies, google) {
    for (const report& r : std::initializer_list<report>{
             {"yoshidan/google-cloud-rust#298",
              "<?xml version='1.0' encoding='UTF-8'?><Error><Code>SignatureDoesNotMatch</Code>\n"
              "<Message>Access denied.</Message>\n<Details>The request signature we calculated "
              "does not match the signature you provided. Check your Google secret key and signing "
              "method.</Details></Error>",
              "request changed", ""},
             // https://cloud.google.com/storage/docs/access-control/signed-urls
             {"GCS, V4 signed URL after its end",
              "<?xml version='1.0' encoding='UTF-8'?><Error><Code>ExpiredToken</Code><Message>The "
              "provided token has expired.</Message><Details>Request signature expired at: "
              "2019-09-08T10:24:28+00:00</Details></Error>",
              "expired", "20130524T000100Z"},
             {"https://cloud.google.com/storage/docs/xml-api/reference-status",
              error("ExcessHeaderValues", "Multiple HTTP header values where one was expected."),
              "header not signed", "Multiple HTTP header values where one was expected."},
             {"https://cloud.google.com/storage/docs/xml-api/reference-status",
              error("InvalidSecurity", "The provided security credentials are not valid."),
              "unknown identity", "InvalidSecurity"},
             {"https://cloud.google.com/storage/docs/xml-api/reference-status",
              error("AccessDenied", "Access denied.",
                    "<Details>Anonymous caller does not have storage.objects.get access to the "
                    "Google Cloud Storage object.</Details>"),
              "query removed",
              "Access denied. Anonymous caller does not have storage.objects.get access to the "
              "Google Cloud Storage object."}})
        expect(r);
}

TEST(real_bodies, cloudflare) {
    for (const report& r : std::initializer_list<report>{
             {"cloudreve/cloudreve#2176",
              "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error>\n    <Code>InvalidArgument"
              "</Code>\n    <Message>X-Amz-Expires must be less than a week (in seconds); that is, "
              "the given X-Amz-Expires must be less than 604800 seconds</Message>\n</Error>\n",
              "duration",
              "X-Amz-Expires must be less than a week (in seconds); that is, the given "
              "X-Amz-Expires must be less than 604800 seconds"},
             {"cloudflare/cloudflare-docs src/content/docs/r2/api/error-codes.mdx",
              error("ExpiredRequest", "Presigned URL or request signature has expired."), "expired",
              "20130524T000100Z"},
             {"vastsa/FileCodeBox#148",
              error("Unauthorized",
                    "SigV2 authorization is not supported. Please use SigV4 instead."),
              "algorithm", "SigV2 authorization is not supported. Please use SigV4 instead."},
             {"cloudflare/cloudflare-docs src/content/docs/r2/api/error-codes.mdx",
              error("Unauthorized", "Unauthorized"), "unknown identity", "Unauthorized"},
             {"ComposioHQ/composio#3471",
              "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error>\n  <Code>InvalidArgument</Code>"
              "\n  <Message>Credential access key has length 1, should be 32</Message>\n</Error>",
              "unknown identity", "Credential access key has length 1, should be 32"}})
        expect(r);
}

TEST(real_bodies, other_providers) {
    for (const report& r : std::initializer_list<report>{
             {"Oracle: nextflow-io/nextflow#4481",
              error("SignatureDoesNotMatch",
                    "The secret key required to complete authentication could not be found. The "
                    "region must be specified if this is not the home region for the tenancy."),
              "other region",
              "The secret key required to complete authentication could not be found. The region "
              "must be specified if this is not the home region for the tenancy."},
             {"Oracle: minio/minio#5304",
              error("NotAuthenticated", "Authentication region name'us-east-1' is incorrect."),
              "other region", "Authentication region name'us-east-1' is incorrect."},
             {"Oracle: minio/minio-js#866",
              error("SignatureDoesNotMatch",
                    "The required information to complete authentication was not provided."),
              "request changed", ""},
             {"Alibaba: treeverse/lakeFS#3613",
              "<?xml version=\\\"1.0\\\" encoding=\\\"UTF-8\\\"?>\\n<Error>\\n  <Code>"
              "SecondLevelDomainForbidden</Code>\\n  <Message>Please use virtual hosted style to "
              "access.</Message>\\n  <RequestId>62C3D5E8B94B7E36332CBBFF</RequestId>\\n  <HostId>"
              "oss-cn-shanghai.aliyuncs.com</HostId>\\n</Error>\\n",
              "addressing", "Please use virtual hosted style to access."},
             {"Alibaba: coderhaoxin/aliyun-oss#25",
              "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error>\n  <Code>AccessDenied</Code>\n  "
              "<Message>The bucket you are attempting to access must be addressed using the "
              "specified endpoint. Please send all future requests to this endpoint.</Message>\n  "
              "<Bucket>images-assets</Bucket>\n  <Endpoint>oss-cn-beijing.aliyuncs.com</Endpoint>"
              "\n</Error>",
              "other endpoint", "oss-cn-beijing.aliyuncs.com"},
             {"Tencent: gobackup/gobackup#268",
              "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error>\n    <Code>"
              "PathStyleDomainForbidden</Code>\n    <Message>The bucket you are attempting to "
              "access must be addressed using COS virtual-styled domain.</Message>\n</Error>",
              "addressing",
              "The bucket you are attempting to access must be addressed using COS "
              "virtual-styled domain."},
             {"Tencent: Code alone, as SDKs keep it",
              "<Error><Code>PathStyleDomainForbidden</Code></Error>", "addressing",
              "PathStyleDomainForbidden"},
             {"Huawei: milvus-io/milvus-storage#318",
              error("VirtualHostDomainRequired",
                    "Virtual host domain is required while accessing a specific bucket."),
              "addressing", "VirtualHostDomainRequired"},
             {"Ceph at DigitalOcean: ShareX/ShareX#2803",
              "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Error><Code>SignatureDoesNotMatch</Code>"
              "<RequestId>tx000000000000001b7638c-0059cdfbfa-24e9b-nyc3a</RequestId><HostId>"
              "24e9b-nyc3a-nyc</HostId></Error>",
              "request changed", ""},
             {"Ceph at DigitalOcean: SociallyDev/Spaces-API#6",
              R"({"error":{"message":null,"code":"SignatureDoesNotMatch","type":"client",)"
              R"("http_code":403}})",
              "request changed", ""},
             {"Supabase: supabase/storage src/http/error-handler.ts",
              R"({"statusCode":"403","error":"SignatureDoesNotMatch","message":"The request )"
              R"(signature we calculated does not match the signature you provided."})",
              "request changed", ""},
             {"Yandex: zengularity/benji#309",
              "<?xmlversion=\"1.0\" encoding=\"UTF-8\"?>\n<Error>\n  <Code>AccessDenied</Code>\n  "
              "<Message>There were headers present in the request which were not signed</Message>\n"
              "  <HeadersNotSigned>x-amz-content-sha256</HeadersNotSigned>\n</Error>\n",
              "header not signed", "x-amz-content-sha256"},
             {"localstack/localstack#3603",
              error("AccessDenied",
                    "Query-string authentication requires the X-Amz-Algorithm, X-Amz-Credential, "
                    "X-Amz-Date, X-Amz-Expires, X-Amz-SignedHeaders and X-Amz-Signature "
                    "parameters."),
              "query removed",
              "Query-string authentication requires the X-Amz-Algorithm, X-Amz-Credential, "
              "X-Amz-Date, X-Amz-Expires, X-Amz-SignedHeaders and X-Amz-Signature parameters."}})
        expect(r);
}

std::string hex_bytes(const std::string& text) {
    std::string result;
    for (const char c : text) result += hex(std::string_view(&c, 1)) + " ";
    return result;
}

std::string on_one_line(std::string text) {
    for (char& c : text)
        if (c == '\n') c = ' ';
    return text;
}

std::string escaped(const std::string& text) {
    std::string result;
    for (const char c : text) result += c == '&' ? "&amp;" : std::string(1, c);
    return result;
}

// jkettmann/universal-react-relay-starter-kit#19: as Chrome shows it, with and without the bytes
TEST(real_bodies, copied_from_a_browser) {
    const auto body = [](const signed_request& got, bool with_bytes) {
        const std::string request = canonical_request_of(got), text = string_to_sign_of(got);
        const auto element = [](const std::string& name, const std::string& content) {
            return "  <" + name + ">\n    " + content + "\n  </" + name + ">\n";
        };
        return "<Error>\n  <Code>SignatureDoesNotMatch</Code>\n  <Message>\n    " + no_match +
               "\n  </Message>\n  <AWSAccessKeyId>AKIAIOSFODNN7EXAMPLE</AWSAccessKeyId>\n" +
               element("StringToSign", on_one_line(text)) +
               element("SignatureProvided", std::string(64, '7')) +
               (with_bytes ? element("StringToSignBytes", hex_bytes(text)) : "") +
               element("CanonicalRequest", on_one_line(escaped(request))) +
               (with_bytes ? element("CanonicalRequestBytes", hex_bytes(request)) : "") +
               "</Error>";
    };
    for (const bool with_bytes : {false, true}) {
        const auto cause = [&](const signed_request& got) {
            return diagnose(url_of({}), body(got, with_bytes)).cause;
        };
        EXPECT_EQ(cause({}), "wrong secret");
        EXPECT_EQ(cause({.method = "PUT"}), "other method");
        EXPECT_EQ(cause({.path = "/media/a%2520b.txt"}), "key encoded twice");
        EXPECT_EQ(cause({.path = "/media/a b.txt"}), "key not encoded");
        EXPECT_EQ(cause({.host = "cdn.example.com"}), "other host");
        EXPECT_EQ(cause({.query = "v=1"}), "query added");
    }
}

// WWBN/AVideo#9667: R2's answer in a log, in JSON in JSON
TEST(real_bodies, in_a_log) {
    const auto in_json = [](const std::string& text) {
        std::string result;
        for (const char c : text) {
            if (c == '"' || c == '\\' || c == '/') result += '\\';
            result += c == '\n' ? "\\n" : std::string(1, c);
        }
        return result;
    };
    const auto body = [&](const signed_request& got) {
        return "{\"error\":true,\"response_raw\":\"" +
               in_json(in_json(error(
                   "SignatureDoesNotMatch", no_match,
                   "<StringToSign>" + string_to_sign_of(got) + "</StringToSign><CanonicalRequest>" +
                       escaped(canonical_request_of(got)) + "</CanonicalRequest>"))) +
               "\"}";
    };
    EXPECT_EQ(diagnose(url_of({}), body({})).cause, "wrong secret");
    EXPECT_EQ(diagnose(url_of({}), body({.method = "PUT"})).cause, "other method");
}

// TTLabs/EvaporateJS#88: wrapped in a message, the hex too
TEST(real_bodies, wrapped) {
    const std::string request = canonical_request_of({.host = "cdn.example.com"});
    std::string whole = "<Error><Code>SignatureDoesNotMatch</Code><Message>" + no_match +
                        "</Message><CanonicalRequest>" + escaped(request) +
                        "</CanonicalRequest><CanonicalRequestBytes>" + hex_bytes(request) +
                        "</CanonicalRequestBytes></Error>";
    for (std::size_t at = 60; at < whole.size(); at += 61) whole.insert(at, "\n");
    EXPECT_EQ(diagnose(url_of({}), whole).cause, "other host");
}

}  // namespace
}  // namespace s3sign::test
