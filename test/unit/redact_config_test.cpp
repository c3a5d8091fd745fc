// Secrets in the configuration of S3 clients, by the names and in the syntax of each.
#include "redacted.hpp"

namespace s3sign::test {
namespace {

TEST(redact_config, environment) {
    check({
        {"AWS_SECRET_ACCESS_KEY=S", "AWS_SECRET_ACCESS_KEY=***"},
        {"export AWS_SECRET_ACCESS_KEY=\"S/+=\"", "export AWS_SECRET_ACCESS_KEY=\"***\""},
        {"AWS_SESSION_TOKEN=S AWS_SECURITY_TOKEN=S",
         "AWS_SESSION_TOKEN=*** AWS_SECURITY_TOKEN=***"},
        {"DO_SPACES_SECRET=S\nR2_SECRET_ACCESS_KEY='S'\nS3_SECRET_KEY=S\n",
         "DO_SPACES_SECRET=***\nR2_SECRET_ACCESS_KEY='***'\nS3_SECRET_KEY=***\n"},
        {"MINIO_ROOT_USER=a MINIO_ROOT_PASSWORD=S MINIO_SECRET_KEY=S",
         "MINIO_ROOT_USER=a MINIO_ROOT_PASSWORD=*** MINIO_SECRET_KEY=***"},
        {"RCLONE_CONFIG_R2_SECRET_ACCESS_KEY=S", "RCLONE_CONFIG_R2_SECRET_ACCESS_KEY=***"},
        {"ALIBABA_CLOUD_ACCESS_KEY_SECRET=S B2_APPLICATION_KEY=S",
         "ALIBABA_CLOUD_ACCESS_KEY_SECRET=*** B2_APPLICATION_KEY=***"},
        {"HTTP_X_AMZ_SECURITY_TOKEN=S HTTP_AUTHORIZATION=\"Bearer S\"",
         "HTTP_X_AMZ_SECURITY_TOKEN=*** HTTP_AUTHORIZATION=\"Bearer ***\""},
    });
}

TEST(redact_config, styles_of_names) {
    for (const std::string_view name : {"secret_key",
                                        "secret-key",
                                        "secretKey",
                                        "SecretKey",
                                        "SECRET_KEY",
                                        "aws_secret_key",
                                        "secret_access_key",
                                        "secret-access-key",
                                        "secretAccessKey",
                                        "SecretAccessKey",
                                        "aws_secret_access_key",
                                        "awsSecretAccessKey",
                                        "s3.secret-access-key",
                                        "fs.s3a.secret.key",
                                        "fs.s3a.session.token",
                                        "session_token",
                                        "sessionToken",
                                        "aws-session-token",
                                        "aws_security_token",
                                        "securityToken",
                                        "x_amz_security_token",
                                        "X-Amz-Security-Token",
                                        "access_key_secret",
                                        "accessKeySecret",
                                        "rootPassword",
                                        "s3.secret",
                                        "clientSecret"}) {
        const std::string n(name);
        check({{n + "=S", n + "=***"},
               {n + " = \"S S\"", n + " = \"***\""},
               {n + ": 'S'", n + ": '***'"},
               {"{\"" + n + "\": \"S\"}", "{\"" + n + "\": \"***\"}"},
               {"<" + n + ">S</" + n + ">", "<" + n + ">***</" + n + ">"},
               {"?" + n + "=S&a=b", "?" + n + "=***&a=b"}});
    }
}

TEST(redact_config, files) {
    check({
        // rclone, s3cmd, boto
        {"secret_access_key = S\nsession_token = S\nsse_customer_key = S\n",
         "secret_access_key = ***\nsession_token = ***\nsse_customer_key = ***\n"},
        {"secret_access_key> S\n", "secret_access_key> ***\n"},
        {"secret_key = S\naccess_token = S\n", "secret_key = ***\naccess_token = ***\n"},
        // Terraform
        {"access_key = \"AKIA\"\n  secret_key = \"S\"",
         "access_key = \"AKIA\"\n  secret_key = \"***\""},
        // Hadoop, Spark
        {"<property>\n  <name>fs.s3a.secret.key</name>\n  <value>S</value>\n</property>",
         "<property>\n  <name>fs.s3a.secret.key</name>\n  <value>***</value>\n</property>"},
        {"spark.hadoop.fs.s3a.secret.key wJalrXUtnFEMI/K7", "spark.hadoop.fs.s3a.secret.key ***"},
        {"fs.s3a.bucket.media.secret.key=S", "fs.s3a.bucket.media.secret.key=***"},
        // Kubernetes, ECS
        {"- name: AWS_SECRET_ACCESS_KEY\n  value: S\n- name: a",
         "- name: AWS_SECRET_ACCESS_KEY\n  value: ***\n- name: a"},
        {"{\"name\": \"AWS_SECRET_ACCESS_KEY\", \"value\": \"S\"}",
         "{\"name\": \"AWS_SECRET_ACCESS_KEY\", \"value\": \"***\"}"},
        // Laravel
        {"'secret' => env('AWS_SECRET_ACCESS_KEY', 'S'),",
         "'secret' => env('AWS_SECRET_ACCESS_KEY', '***'),"},
        // Apple property lists
        {"<key>secretKey</key><string>S</string>", "<key>secretKey</key><string>***</string>"},
    });
}

TEST(redact_config, statements) {
    check({
        // DuckDB
        {"CREATE SECRET s (TYPE s3, KEY_ID 'AKIA', SECRET 'S', SESSION_TOKEN 'S')",
         "CREATE SECRET s (TYPE s3, KEY_ID 'AKIA', SECRET '***', SESSION_TOKEN '***')"},
        {"CREATE SECRET (\n\tTYPE s3,\n\tSECRET 'S'\n)",
         "CREATE SECRET (\n\tTYPE s3,\n\tSECRET '***'\n)"},
        {"SET s3_secret_access_key='S'", "SET s3_secret_access_key='***'"},
        // Redshift, Snowflake
        {"CREDENTIALS 'aws_access_key_id=AKIA;aws_secret_access_key=S;token=a'",
         "CREDENTIALS 'aws_access_key_id=AKIA;aws_secret_access_key=***;token=a'"},
        {"ACCESS_KEY_ID 'AKIA' SECRET_ACCESS_KEY 'S' SESSION_TOKEN 'S'",
         "ACCESS_KEY_ID 'AKIA' SECRET_ACCESS_KEY '***' SESSION_TOKEN '***'"},
        {"(AWS_KEY_ID='AKIA' AWS_SECRET_KEY='S' AWS_TOKEN='S')",
         "(AWS_KEY_ID='AKIA' AWS_SECRET_KEY='***' AWS_TOKEN='***')"},
    });
}

TEST(redact_config, commands) {
    check({
        {"--secret-key minio123 --access-key a", "--secret-key *** --access-key a"},
        {"--s3-secret-access-key=S --s3-region a", "--s3-secret-access-key=*** --s3-region a"},
        {"aws configure set aws_secret_access_key wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
         "aws configure set aws_secret_access_key ***"},
        {"RootUser: a\nRootPass: S\nSecret Key: S\nSecret access key: S",
         "RootUser: a\nRootPass: ***\nSecret Key: ***\nSecret access key: ***"},
    });
}

// "Token" in the credentials of a metadata service and of botocore.
TEST(redact_config, tokens) {
    const std::string token(64, 'a');
    check({
        {"{\"Token\" : \"" + token + "\"}", "{\"Token\" : \"***\"}"},
        {"Credentials(secret_key='S', token='" + token + "')",
         "Credentials(secret_key='***', token='***')"},
        {"token='" + token.substr(1) + "'", "token='" + token.substr(1) + "'"},
    });
}

}  // namespace
}  // namespace s3sign::test
