#include "s3/json_credentials.hpp"

#include "support.hpp"

namespace s3sign {
namespace {

using test::refuses;

// «id secret token end»
std::string read(std::string text) {
    const auto c = s3::read_json_credentials(text);
    return std::string(c.access_key_id) + " " + std::string(c.secret_access_key) + " " +
           std::string(c.session_token) + " " +
           (c.expires_at ? std::to_string(*c.expires_at) : "-");
}

std::string pair(std::string_view more) {
    return R"({"AccessKeyId": "ASIA", "SecretAccessKey": "S")" + std::string(more) + "}";
}

// The forms of docs.aws.amazon.com, as the tools and endpoints print them.
TEST(json_credentials, forms) {
    EXPECT_EQ(read(R"({
    "Version": 1,
    "AccessKeyId": "ASIA",
    "SecretAccessKey": "a\/b+c",
    "SessionToken": "T==",
    "Expiration": "2022-01-26T13:21:45+00:00"
})"),
              "ASIA a/b+c T== 1643203305");  // credential_process
    EXPECT_EQ(read(R"({"Code" : "Success", "LastUpdated" : "2022-01-26T12:00:00Z",
                       "Type" : "AWS-HMAC", "AccessKeyId" : "ASIA", "SecretAccessKey" : "S",
                       "Token" : "T", "Expiration" : "2022-01-26T13:21:45Z"})"),
              "ASIA S T 1643203305");  // IMDS
    EXPECT_EQ(read(R"({"RoleArn": "arn:aws:iam::1:role/r", "AccessKeyId": "ASIA",
                       "SecretAccessKey": "S", "Token": "T", "Expiration": "2022-01-26T13:21:45Z"})"),
              "ASIA S T 1643203305");  // ECS, EKS
    EXPECT_EQ(read(R"({"Credentials": {"AccessKeyId": "ASIA", "SecretAccessKey": "S",
                       "SessionToken": "T", "Expiration": 1.643203305E9},
                       "AssumedRoleUser": {"AssumedRoleId": "AROA:x", "Arn": "arn:x"}})"),
              "ASIA S T 1643203305");  // STS
    EXPECT_EQ(read(R"({"roleCredentials": {"accessKeyId": "ASIA", "secretAccessKey": "S",
                       "sessionToken": "T", "expiration": 1643203305000}})"),
              "ASIA S T 1643203305");  // SSO
    EXPECT_EQ(read(pair("")), "ASIA S  -");
}

TEST(json_credentials, null_is_absent) {
    EXPECT_EQ(
        read(pair(R"(, "SessionToken": null, "Token": "T", "Expiration": null, "Version": null,
                           "Code": null, "Credentials": null, "roleCredentials": null)")),
        "ASIA S T -");
    EXPECT_EQ(read("{}"), "   -");
    EXPECT_EQ(read(R"({"AccessKeyId": null, "Credentials": {}})"), "   -");
    // «null» before the value, as a tool that prints both would
    EXPECT_EQ(read(R"({"Token": null, "Token": "T"})"), "  T -");
}

TEST(json_credentials, tokens) {
    EXPECT_EQ(read(pair(R"(, "SessionToken": "T", "Token": "T")")), "ASIA S T -");
    EXPECT_TRUE(refuses(code::io_error, "two session tokens that differ",
                        [] { read(pair(R"(, "SessionToken": "T", "Token": "U")")); }));
}

TEST(json_credentials, refuses) {
    const std::pair<std::string, std::string_view> cases[] = {
        {"{", "is not valid JSON"},
        {"{} {}", "is not valid JSON"},
        {pair(",") + "}", "is not valid JSON"},
        {pair(R"(, "Version": 2)"), "\"Version\" in the credentials file is not 1"},
        {pair(R"(, "Version": "1")"), "\"Version\" in the credentials file is not 1"},
        {R"({"Code": "Failed", "Message": "SECRET"})",
         "\"Code\" in the credentials file is not \"Success\""},
        {pair(R"(, "Code": 1)"), "\"Code\" in the credentials file is not a string"},
        {R"({"AccessKeyId": 1})", "\"AccessKeyId\" in the credentials file is not a string"},
        {R"({"SecretAccessKey": ["S"]})",
         "\"SecretAccessKey\" in the credentials file is not a string"},
        {pair(R"(, "AccessKeyId": "A")"), "\"AccessKeyId\" in the credentials file appears twice"},
        {pair(R"(, "Expiration": 1, "Expiration": 1)"),
         "\"Expiration\" in the credentials file appears twice"},
        {pair(R"(, "Expiration": "soon")"), "\"Expiration\" in the credentials file is not a time"},
        {pair(R"(, "Expiration": 1e30)"), "\"Expiration\" in the credentials file is not a time"},
        {pair(R"(, "Expiration": true)"), "\"Expiration\" in the credentials file is not a string"},
        {R"({"Credentials": "S"})", "\"Credentials\" in the credentials file is not an object"},
        {R"({"roleCredentials": []})",
         "\"roleCredentials\" in the credentials file is not an object"},
        {pair(R"(, "Credentials": {"Token": "T"})"), "has more than one set of credentials"},
        {R"({"Credentials": {"Token": "T"}, "roleCredentials": {"sessionToken": "T"}})",
         "has more than one set of credentials"},
    };
    for (const auto& [text, message] : cases)
        EXPECT_TRUE(refuses(code::io_error, message, [text = text] { read(text); })) << text;
}

// A file that is being written.
TEST(json_credentials, are_whole_or_an_error) {
    const std::string whole = pair(R"(, "Token": "T", "Expiration": "2022-01-26T13:21:45Z")");
    for (std::size_t size = 0; size < whole.size(); size++)
        EXPECT_TRUE(refuses(code::io_error, "is not valid JSON", [&] {
            read(whole.substr(0, size));
        })) << size;
}

}  // namespace
}  // namespace s3sign
