// Errors of servers that people run themselves, with what a log has around them; each names its
// source.
#include <string>
#include <string_view>

#include "reported.hpp"

namespace s3sign::test {
namespace {

TEST(real_bodies, servers) {
    for (const report& r : std::initializer_list<report>{
             {"versity/versitygw s3err/presigned-urls.go",
              error("AuthorizationQueryParametersError",
                    "Error parsing the X-Amz-Credential parameter; the region &#34;us-east-1&#34; "
                    "is wrong; expecting &#34;eu-west-1&#34;"),
              "other region", "eu-west-1"},
             {"versity/versitygw s3err/presigned-urls.go",
              error("AuthorizationQueryParametersError",
                    "Error parsing the X-Amz-Credential parameter; incorrect terminal "
                    "&#34;aws4&#34;. This endpoint uses &#34;aws4_request&#34;."),
              "query changed",
              "Error parsing the X-Amz-Credential parameter; incorrect terminal \"aws4\". This "
              "endpoint uses \"aws4_request\"."},
             {"versity/versitygw s3err/presigned-urls.go",
              error("AuthorizationQueryParametersError",
                    "Invalid credential date \"20130523\". This date is not the same as "
                    "X-Amz-Date: \"20130524\"."),
              "other scope",
              "Invalid credential date \"20130523\". This date is not the same as X-Amz-Date: "
              "\"20130524\"."},
             {"versity/versitygw s3err/presigned-urls.go",
              error("AuthorizationQueryParametersError", "X-Amz-Expires should be a number"),
              "duration", "X-Amz-Expires should be a number"},
             {"versity/versitygw#2042",
              "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\\n<Error><Code>InvalidAccessKeyId</Code>"
              "<Message>The AWS Access Key Id you provided does not exist in our records.</Message>"
              "<AWSAccessKeyId>something</AWSAccessKeyId></Error>",
              "unknown identity", "InvalidAccessKeyId"},
             {"versity/versitygw#2041",
              error("EntityTooLarge", "Your proposed upload exceeds the maximum allowed size",
                    "<ProposedSize>6442450944</ProposedSize><MaxSizeAllowed>5368709120"
                    "</MaxSizeAllowed>"),
              "not the signature", "EntityTooLarge"},
             {"seaweedfs/seaweedfs weed/s3api/s3err/s3api_errors.go",
              error("AccessDenied", "Signature header missing Signature field."), "query removed",
              "Signature header missing Signature field."},
             {"seaweedfs/seaweedfs weed/s3api/s3err/s3api_errors.go",
              error("AuthorizationQueryParametersError",
                    "X-Amz-Date must be in the ISO8601 Long Format &quot;yyyyMMdd&#39;T&#39;"
                    "HHmmss&#39;Z&#39;&quot;"),
              "query changed",
              "X-Amz-Date must be in the ISO8601 Long Format \"yyyyMMdd'T'HHmmss'Z'\""},
             {"seaweedfs/seaweedfs#2101",
              error("InvalidRequest",
                    "Signed request requires setting up SeaweedFS S3 authentication"),
              "unknown identity", "Signed request requires setting up SeaweedFS S3 authentication"},
             {"minio/minio cmd/api-errors.go",
              error("InvalidRequest", "Missing Credential field for this request."),
              "query removed", "Missing Credential field for this request."},
             {"scality/Arsenal lib/errors/arsenalErrors.ts",
              error("NotSignedUp",
                    "Your account is not signed up for the S3 service. You must sign up before you "
                    "can use S3. "),
              "no permission",
              "Your account is not signed up for the S3 service. You must sign up before you can "
              "use S3."},
             {"scality/Arsenal lib/errors/arsenalErrors.ts",
              error("SignatureDoesNotMatch",
                    "The request signature we calculated does not match the signature you "
                    "provided."),
              "request changed", ""},
             {"noobaa/noobaa-core src/endpoint/s3/s3_errors.js",
              error("InvalidPayer", "All access to this object has been disabled."),
              "no permission", "All access to this object has been disabled."},
             {"Scaleway: ysde/grafana-backup-tool#244",
              error("AccessDenied", "Signature does not match."), "request changed", ""},
             {"Scaleway: quickwit-oss/quickwit#1897",
              "Internal error: `Failed to put file.` Cause: `StorageError(kind=Unauthorized, "
              "source=Request ID: None Body: <?xml version='1.0' encoding='UTF-8'?>\n    <Error>"
              "<Code>AccessDenied</Code><Message>Access Denied.</Message><RequestId>***-***"
              "</RequestId></Error>)`.",
              "no permission", "Access Denied."},
             {"Ceph at Linode: cockpit-project/bots#3565",
              "DEBUG:s3:  b'<?xml version=\"1.0\" encoding=\"UTF-8\"?><Error><Code>"
              "SignatureDoesNotMatch</Code><RequestId>tx00000000000000bcce224-0062b456a7-1946d691-"
              "default</RequestId><HostId>1946d691-default-default</HostId></Error>'",
              "request changed", ""},
             {"Ceph: boto/botocore#877",
              "2016-04-12 16:12:48,101 - Thread-3 - botocore.response - DEBUG - Response Body:\n"
              "b'<?xml version=\"1.0\" "
              "encoding=\"UTF-8\"?><Error><Code>AccessDenied</Code></Error>'",
              "no permission", "AccessDenied"},
             {"treeverse/lakeFS#2445",
              "2021/09/05 10:08:41 ERROR : a.jpg: Failed to copy: s3 upload: 403 Forbidden: <?xml "
              "version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>SignatureDoesNotMatch</Code>"
              "<Message>" +
                  no_match +
                  "</Message><Resource></Resource><Region>us-west-1</Region>"
                  "</Error>",
              "other region", "us-west-1"},
             {"bcspragu/logseq-sync#1",
              "Can not upload temp file, code=403: <?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
              "<Error>\n\t<Code>\n\t\tSignatureDoesNotMatch\n\t</Code>\n<Message>\n\t" +
                  no_match + "\n</Message>\n",
              "request changed", ""},
             {"localstack/localstack#3194",
              "<?xml version=\\\"1.0\\\" encoding=\\\"utf-8\\\"?>\n<Error>\n  <Code>"
              "SignatureDoesNotMatch</Code>\n  <Message>The request signature we calculated does "
              "not match the signature you provided.                     Check your key and "
              "signing "
              "method.</Message>\n  <AWSAccessKeyId>test</AWSAccessKeyId>\n  <StringToSign>GET\\n"
              "\\n\\n1603893567\\n/cfs-9/dev-machine</StringToSign>\n</Error>",
              "request changed", ""},
             {"jasonsims/aws-cloudfront-sign#15",
              "<Error>\n    <Code>AccessDenied</Code>\n    <Message>\n    Query-string "
              "authentication requires the Signature, Expires and AWSAccessKeyId parameters\n    "
              "</Message>\n    </Error>",
              "query removed",
              "Query-string authentication requires the Signature, Expires and AWSAccessKeyId "
              "parameters"},
             {"supabase/storage-js#79",
              R"({"statusCode":"400","error":"Bad Request","message":"querystring should have )"
              R"(required property 'token'"})",
              "other error", "querystring should have required property 'token'"}})
        expect(r);
    EXPECT_EQ(diagnose("https://media.s3.amazonaws.com/", error("RequestIsNotMultiPartContent", ""))
                  .cause,
              "form policy");
}

// localstack/localstack presigned_url.py: two bytes in a group, upper case
TEST(real_bodies, bytes_in_groups) {
    const auto groups = [](const std::string& text) {
        std::string result;
        for (std::size_t i = 0; i < text.size(); i++) {
            for (const char c : hex(text.substr(i, 1)))
                result += c >= 'a' ? static_cast<char>(c - 'a' + 'A') : c;
            if ((text.size() - i) % 2 == 1) result += ' ';
        }
        return result;
    };
    for (const signed_request& got : {signed_request{}, signed_request{.method = "PUT"}}) {
        const std::string body =
            error("SignatureDoesNotMatch", no_match,
                  "<StringToSignBytes>" + groups(string_to_sign_of(got)) +
                      "</StringToSignBytes><CanonicalRequestBytes>" +
                      groups(canonical_request_of(got)) + "</CanonicalRequestBytes>");
        EXPECT_EQ(diagnose(url_of({}), body).cause,
                  got.method == "PUT" ? "other method" : "wrong secret");
    }
}

}  // namespace
}  // namespace s3sign::test
