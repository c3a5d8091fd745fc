// Texts with the names of secrets, and without a secret: they stay as they are.
#include "redacted.hpp"

namespace s3sign::test {
namespace {

void expect_kept(std::initializer_list<std::string_view> texts) {
    for (const std::string_view text : texts) EXPECT_EQ(redacted(text), text);
}

TEST(redact_kept, servers) {
    expect_kept({
        "2026-01-02 03:04:05.678 UTC [123] LOG:  database system is ready to accept connections",
        "2026-01-02 03:04:05.678 UTC [123] app@shop ERROR:  column \"secret_key\" does not exist "
        "at character 8",
        "2026-01-02 03:04:05.678 UTC [123] STATEMENT:  SELECT secret_key FROM users WHERE id = 5;",
        "LOG:  duration: 0.123 ms  statement: UPDATE users SET secret_key = $1, session_token = $2 "
        "WHERE id = $3",
        "DETAIL:  parameters: $1 = 'a', $2 = 'b'",
        "LOG:  execute <unnamed>: INSERT INTO keys (secret_access_key, secret) VALUES ($1, $2)",
        "CREATE TABLE t (id int, secret_key text NOT NULL, session_token text DEFAULT NULL, secret "
        "text);",
        "ALTER TABLE t ALTER COLUMN secret_key TYPE bytea;",
        "SELECT secret::text, policy FROM t WHERE signature IS NULL;",
        "CREATE INDEX ON t (secret_key, signature);",
        "ERROR:  permission denied for table secret",
        "HINT:  No function matches the given name: s3sign_get(token text, secret text)",
        "192.0.2.1 - - [02/Jan/2026:03:04:05 +0000] \"GET /index.html?page=2&sort=policy "
        "HTTP/1.1\" 200 612 \"https://example.com/a?b=c\" \"Mozilla/5.0 (X11; Linux x86_64)\"",
        "192.0.2.1 - alice [02/Jan/2026:03:04:05 +0000] \"GET /docs/secret_key HTTP/2.0\" 304 0 "
        "\"-\" \"curl/8.0\"",
        "{\"token_count\": 5, \"max_tokens\": 100, \"prompt_tokens\":7}",
        "{\"secret\": null, \"secretKey\": null, \"sessionToken\": undefined, \"signature\": "
        "false}",
        "{\"secret\": \"\", \"token\": \"abc\", \"policy\": \"private\", \"value\": 5, \"name\": "
        "\"signature\"}",
    });
}

TEST(redact_kept, clients) {
    expect_kept({
        "Token: None",
        "sessionToken: undefined,",
        "Namespace(secret_key=None, session_token=None)",
        "DEBUG    Using secret key found in shared credential file for profile default.",
        "botocore.credentials - INFO - Found credentials in shared credentials file: "
        "~/.aws/credentials",
        "botocore.exceptions.ClientError: An error occurred (InvalidToken): The security token "
        "included in the request is invalid.",
        "The request signature we calculated does not match the signature you provided. Check your "
        "key and signing method.",
        "HeadersNotSigned: x-amz-security-token, \n    Message: There were headers present",
        "SignedHeaders=host;x-amz-date;x-amz-security-token",
        "host;x-amz-date;x-amz-security-token\nUNSIGNED-PAYLOAD",
        "Error from server (NotFound): secrets \"minio-credentials\" not found",
        "Error: secret \"minio-credentials\" not found",
        "kubectl create secret generic minio --from-file=rclone.conf",
        "kind: Secret\nmetadata:\n  name: minio\ntype: Opaque",
    });
}

TEST(redact_kept, kubernetes) {
    expect_kept({
        "volumes:\n- name: a\n  secret:\n    secretName: minio",
        "        secretKeyRef:\n          name: minio\n          key: secret-key",
        "imagePullSecrets:\n- name: registry",
        "existingSecret: minio-credentials",
        "MINIO_ROOT_PASSWORD_FILE=/run/secrets/minio",
        "| `secret_key` | text | the key |",
        "| secret_access_key | the secret | yes |",
        "The signature: it has 64 digits.",
        "Secret: never share it with anyone.",
    });
}

TEST(redact_kept, prose) {
    expect_kept({
        "- **Secret:** keep it in a vault",
        "- **secret_access_key**: the secret key",
        "Set `secret_access_key` and `session_token` in the user mapping.",
        "Use `--secret-key` or the environment.",
        "The option --secret-key is deprecated",
        "# Secret key\n\nThe secret key signs.",
        "secret_key = var.secret_key",
        "secret_key = data.vault.secret_key",
        "secret_key = \"${var.secret_key}\"",
        "secretAccessKey: process.env.AWS_SECRET_ACCESS_KEY,",
        "aws_secret_access_key=os.environ[\"AWS_SECRET_ACCESS_KEY\"]",
        "'secret' => env('AWS_SECRET_ACCESS_KEY'),",
        "secret_access_key: ENV['AWS_SECRET_ACCESS_KEY']",
    });
}

TEST(redact_kept, code) {
    expect_kept({
        "AWS_SECRET_ACCESS_KEY=$(kubectl get secret minio)",
        "AWS_SECRET_ACCESS_KEY=${AWS_SECRET}",
        "client = boto3.client(\"s3\", aws_secret_access_key=secret_key, aws_session_token=token)",
        "def f(secret_key, session_token=None):",
        "secret_access_key = ******",
        "aws_secret_access_key = <your-secret>",
        "const { accessKeyId, secretAccessKey, sessionToken } = credentials;",
        "this.secret = secret;",
        "if (token == null) return; // no token",
        "if secret == nil || signature != nil {",
        "invalid token: unexpected end of input",
        "Invalid session token",
        "policy: deny all",
        "\"policy\": \"public-read\"",
        "Bucket policy=public-read",
        "AWS region: eu-west-1, AWS account: 123456789012",
        "AWS Signature Version 4",
        "secret=%s, signature=%s",
        "secret_key = getSecret()",
        "String secretKey = config.getSecretKey();",
        "accessToken: string;",
        "secretKey?: string;",
        "authorization:\n  enabled: true",
        "security.authorization: enabled",
        "access_token_ttl = 3600",
        "\"authorization\": {\"type\": \"basic\"}",
        "secret_key: Optional[str] = None",
        "secretKey VARCHAR(255)",
        "Signature:\n\nabc",
    });
}

TEST(redact_kept, other) {
    expect_kept({
        "Using AWS SDK: 2.0",
        "The key: value pairs of a map",
        "value=\"a\" name=\"b\"",
        "<input type=\"text\" value=\"a\" name=\"title\">",
        "<td>Signature</td><td>Date</td>",
        "<Policy><Statement>",
        "git clone https://github.com/owner/repo.git",
        "mail alice@example.com or see https://example.com/@alice",
        "ssh://host:22/path",
        "s3://bucket/key@2",
        "postgresql://localhost/db?sslmode=require",
        "C:\\secret\\new\\token.txt",
        "/run/secrets/secret_key.txt",
        "signature.asc: OK",
        "gpg: Good signature from \"Alice <alice@example.com>\"",
        "Digital signature algorithm",
        "authorization required",
        "HTTP 401 Unauthorized: authorization header is missing",
        "X-Amz-Signature, X-Amz-Credential and X-Amz-Date",
        "\"X-Amz-Signature\" is the last parameter",
        "NextContinuationToken: 1ueGcxLPRx1Tr/XYExHnhbYLgveDs2J/wm36Hy4vbOwM=",
        "<NextContinuationToken>1ueGcxLPRx1Tr</NextContinuationToken>",
        "etag: \"d41d8cd98f00b204e9800998ecf8427e\"",
        "x-amz-request-id: 7D28A9E1C4E5",
        "x-amz-server-side-encryption-customer-key-md5: abc",
        "x-amz-server-side-encryption: AES256",
        "access_key = \"AKIAIOSFODNN7EXAMPLE\"",
        "public_key: ssh-ed25519 AAAA",
        "secrets: inherit",
        "token: ${{ secrets.GITHUB_TOKEN }}",
        "uses: actions/checkout@v4",
        "password authentication failed for user \"alice\"",
        "</secret>text",
        "a/secret>b",
        "COPY t FROM 's3://bucket/key' CREDENTIALS",
        "OPTIONS (endpoint 'https://h', access_key_id 'AKIA')",
        "50% of secret keys",
        "100%signature",
        "WARN [s3] signature mismatch: computed differs",
        "secret_key must not be empty",
        "Enter a value for secret_access_key",
        "secret_key is required: set it",
        "X-aws-ec2-metadata-token-ttl-seconds: 21600",
        "AWS_WEB_IDENTITY_TOKEN_FILE=/var/run/secrets/eks.amazonaws.com/serviceaccount/token",
        "web_identity_token_file = /run/token",
        "WHERE secret_key = ''::text AND session_token <> ''",
        "<input name=\"secret\" value=\"\"/>",
        "secret=\"\"/>",
        "\"secret\": \"\"}",
        "''Secret:'' a page",
        "SECRET_KEY=$PREFIX$SUFFIX",
        "EXECUTE $q$ SELECT secret = $q$ || quote_literal(a)",
        "'secret' => $secret, 'token' => $token,",
        "CREATE FUNCTION f(secret text) RETURNS text AS $$ SELECT $1 $$",
        "CREATE FUNCTION secret() RETURNS text AS $$ SELECT $1 $$",
        "function secret(value) { return value; }",
    });
}

}  // namespace
}  // namespace s3sign::test
