// Logs and commands as people report them; each names its source. Secrets are replaced by S.
#include "redacted.hpp"

namespace s3sign::test {
namespace {

TEST(redact, reports) {
    check({
        // scylladb/scylladb#22478
        {"kms - Request: POST / HTTP/1.1\nX-Amz-Date: 20250123T143532Z\nx-amz-target: "
         "TrentService.Decrypt\nX-Amz-Security-Token: IQoJS\namz-sdk-invocation-id: 4ce96cf0",
         "kms - Request: POST / HTTP/1.1\nX-Amz-Date: 20250123T143532Z\nx-amz-target: "
         "TrentService.Decrypt\nX-Amz-Security-Token: ***\namz-sdk-invocation-id: 4ce96cf0"},
        // brendanhay/amazonka#1051
        {"  headers   = x-amz-security-token: S; x-amz-content-sha256: a; authorization: "
         "AWS4-HMAC-SHA256 Credential=S, SignedHeaders=host;x-amz-security-token, Signature=S",
         "  headers   = x-amz-security-token: ***; x-amz-content-sha256: a; authorization: "
         "AWS4-HMAC-SHA256 Credential=***, SignedHeaders=host;x-amz-security-token, "
         "Signature=***"},
        // solo-io/envoy-gloo#180
        {"assume chained [accesskey=AKIA] [sessiontoken=S]",
         "assume chained [accesskey=AKIA] [sessiontoken=***]"},
        // rudderlabs/rudder-server#2359
        {"ACCESS_KEY_ID 'AKIA' SECRET_ACCESS_KEY 'S' SESSION_TOKEN 'S' GZIP",
         "ACCESS_KEY_ID 'AKIA' SECRET_ACCESS_KEY '***' SESSION_TOKEN '***' GZIP"},
        // openshift/backplane-cli#973
        {"SessionId: a-1\nStreamUrl: wss://h/a\nTokenValue: S\n",
         "SessionId: a-1\nStreamUrl: wss://h/a\nTokenValue: ***\n"},
        // cloud-init#219
        {"[0/1] open 'http://h/' with {'headers': {'X-aws-ec2-metadata-token': 'S=='}} "
         "configuration",
         "[0/1] open 'http://h/' with {'headers': {'X-aws-ec2-metadata-token': '***'}} "
         "configuration"},
        // cockpit-project/bots#3565
        {"'Authorization': 'AWS4-HMAC-SHA256 Credential=AK/20220623/any/s3/aws4_request,"
         "SignedHeaders=host;x-amz-acl,Signature=S'} -> 403:",
         "'Authorization': 'AWS4-HMAC-SHA256 Credential=***,SignedHeaders=host;x-amz-acl,"
         "Signature=***'} -> 403:"},
        // minio/minio#3672
        {R"("query":"X-Amz-SignedHeaders=host\u0026X-Amz-Expires=3599\u0026X-Amz-Signature=S","a")",
         R"("query":"X-Amz-SignedHeaders=host\u0026X-Amz-Expires=3599\u0026X-Amz-Signature=***","a")"},
        // seaweedfs/seaweedfs#3018
        {"> s3.configure -access_key=test -secret_key=S -user=admin -apply",
         "> s3.configure -access_key=test -secret_key=*** -user=admin -apply"},
        // seaweedfs/seaweedfs#2638
        {"\"credentials\": [\n{\n\"accessKey\": \"xxx\",\n\"secretKey\": \"S\"\n}\n],",
         "\"credentials\": [\n{\n\"accessKey\": \"xxx\",\n\"secretKey\": \"***\"\n}\n],"},
        // minio/minio#15693
        {"- MINIO_ROOT_USER=minio\n- MINIO_ROOT_PASSWORD=S\n",
         "- MINIO_ROOT_USER=minio\n- MINIO_ROOT_PASSWORD=***\n"},
        {"credentials: {accessKeyId: 'minio', secretAccessKey: 'S'},",
         "credentials: {accessKeyId: 'minio', secretAccessKey: '***'},"},
        // minio/minio-js#1087
        {"accessKey: 'a',\n  secretKey: 'S',\n  useSSL: true",
         "accessKey: 'a',\n  secretKey: '***',\n  useSSL: true"},
        // localstack/localstack#3194
        {"cfs-9/a?AWSAccessKeyId=S&Expires=1603894600&Signature=S%2BS%3D",
         "cfs-9/a?AWSAccessKeyId=***&Expires=1603894600&Signature=***"},
        // ministackorg/ministack#1441
        {"export AWS_ACCESS_KEY_ID=test\nexport AWS_SECRET_ACCESS_KEY=S\nREGION=us-west-2",
         "export AWS_ACCESS_KEY_ID=test\nexport AWS_SECRET_ACCESS_KEY=***\nREGION=us-west-2"},
        // processone/ejabberd-contrib#319
        {"PUT //a.jpg?X-Amz-Signature=S&Content-Length=2483512&X-Amz-Credential=S%2F20230513 HTTP",
         "PUT //a.jpg?X-Amz-Signature=***&Content-Length=2483512&X-Amz-Credential=*** HTTP"},
        // supabase/storage: a signed URL has a JSON Web Token
        {"/storage/v1/object/sign/a/b.png?token=eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9."
         "eyJ1cmwiOiJhL2IucG5nIn0.S-S_SSSSSSSSSSSSSSSS&download=",
         "/storage/v1/object/sign/a/b.png?token=***&download="},
        // froala/wysiwyg-editor#1625
        {"AWSAccessKeyId: \"S\", policy: \"eyJS\", signature: \"S\",",
         "AWSAccessKeyId: \"***\", policy: \"***\", signature: \"***\","},
    });
}

}  // namespace
}  // namespace s3sign::test
