// What others have published of SigV4, signed by the core.
#include "s3/form.hpp"
#include "sigv4/authorization.hpp"
#include "sigv4/base64.hpp"
#include "sigv4/hash.hpp"
#include "support.hpp"

namespace s3sign {
namespace {

using sigv4::field;

sigv4::signing_key example_key() { return {test::example_secret, {"20130524", "us-east-1", "s3"}}; }

struct presign_vector {
    const char* name;
    const char* method;
    const char* path;
    std::vector<field> query;
    std::vector<field> headers;
    const char* token;
    const char* signature;
};

// The first: AWS, «Authenticating requests: using query parameters» (sigv4-query-string-auth);
// the others: the signing tests of the SDKs, with its credentials, bucket and time.
const presign_vector vectors[] = {
    {"get",
     "GET",
     "test.txt",
     {},
     {},
     "",
     "aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404"},
    {"get_with_token",
     "GET",
     "test.txt",
     {},
     {},
     "oej5cie4uctureturdtuc5dctd",
     "bf77b83a7135594046c90a7e7e10cf1a4c8f8ecc1d541d0f42bea6b7670870c7"},
    {"get_response_content_type",
     "GET",
     "test.txt",
     {{"response-content-type", "text/plain"}},
     {},
     "",
     "9cee3ba363b3a52fed152d18bb250d52a459d0905600d9b032825a3794ffd2cb"},
    {"put",
     "PUT",
     "test.txt",
     {},
     {},
     "",
     "f4db56459304dafaa603a99a23c6bea8821890259a65c18ff503a4a72a80efd9"},
    {"head",
     "HEAD",
     "test.txt",
     {},
     {},
     "",
     "f9c58dec0c3cada1e6f133547c7b6b2ef9d7df87447a785ad1b23079005271e5"},
    {"delete_",
     "DELETE",
     "test.txt",
     {},
     {},
     "",
     "fb580faa6736a3af12ad5f9c3f1eea783af940a06f6a3de9dadb5679ca25cbfe"},
    {"list",
     "GET",
     "",
     {{"list-type", "2"}, {"encoding-type", "url"}},
     {},
     "",
     "58e7f65928710f045f6a7e1f7a32b3426b4895900fad799db66faa3ff8b18bd5"},
    {"multipart_create",
     "POST",
     "test.txt",
     {{"uploads", "1"}},
     {},
     "",
     "a6289f9e5ff2a914c6e324403bcd00b1d258c568487faa50d317ef0910c25c0a"},
    {"multipart_part",
     "PUT",
     "test.txt",
     {{"uploadId", "abcd"}, {"partNumber", "1"}},
     {},
     "",
     "d2ed12e1e116c88a79cd6d1726f5fe75c99db8a0292ba000f97ecc309a9303f8"},
    {"multipart_complete",
     "POST",
     "test.txt",
     {{"uploadId", "abcd"}},
     {},
     "",
     "19b9d341ce3c6ebd9f049882e875dcad4adc493d9d46d55148f4113146c53dd8"},
    {"multipart_abort",
     "DELETE",
     "test.txt",
     {{"uploadId", "abcd"}},
     {},
     "",
     "7670bc768a7cdb5c276a9dddadeefdffb52061f94db6c14b4a9284fdc195bb59"},
    {"signed_headers",
     "GET",
     "test.txt",
     {},
     {{"X-Amz-Date", "20150830T123600Z"},
      {"Content-Type", "application/x-www-form-urlencoded; charset=utf-8"}},
     "",
     "e965ee011ab5dbe8aa2c04a1ff2db8503c0cc117f62ea9274415c0f593ea199f"},
};

class published_vector : public testing::TestWithParam<presign_vector> {};

TEST_P(published_vector, signature) {
    const presign_vector& v = GetParam();
    const test::fields query = test::canonical_query(v.query);
    const test::fields headers = test::canonical_headers(v.headers);
    const sigv4::presign_request r{
        .method = v.method,
        .origin = "https://examplebucket.s3.amazonaws.com",
        .host = "examplebucket.s3.amazonaws.com",
        .path_prefix = {},
        .path = v.path,
        .query = query.list,
        .headers = headers.list,
        .payload = sigv4::unsigned_payload,
        .identity = test::example_identity,
        .session_token = v.token,
        .expires = 86400,
    };
    const std::string url = test::presigned(r, sigv4::timestamp(test::example_time), example_key());
    EXPECT_EQ(test::signature_of(url), v.signature) << url;
}

INSTANTIATE_TEST_SUITE_P(s3, published_vector, testing::ValuesIn(vectors),
                         [](const auto& info) { return info.param.name; });

// The URL as AWS prints it, line breaks taken out.
TEST(published, url_of_the_documentation) {
    const sigv4::presign_request r{
        .method = "GET",
        .origin = "https://examplebucket.s3.amazonaws.com",
        .host = "examplebucket.s3.amazonaws.com",
        .path_prefix = {},
        .path = "test.txt",
        .query = {},
        .headers = {},
        .payload = sigv4::unsigned_payload,
        .identity = test::example_identity,
        .session_token = {},
        .expires = 86400,
    };
    EXPECT_EQ(test::presigned(r, sigv4::timestamp(test::example_time), example_key()),
              "https://examplebucket.s3.amazonaws.com/test.txt"
              "?X-Amz-Algorithm=AWS4-HMAC-SHA256"
              "&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request"
              "&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host"
              "&X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404");
}

TEST(published, canonical_request_of_the_documentation) {
    const sigv4::request r{
        .method = "GET",
        .path = "/test.txt",
        .query =
            "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524"
            "%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Date=20130524T000000Z"
            "&X-Amz-Expires=86400&X-Amz-SignedHeaders=host",
        .host = "examplebucket.s3.amazonaws.com",
        .headers = {},
        .payload = sigv4::unsigned_payload,
    };
    const std::string text = test::written(sigv4::canonical_request_size(r), [&](char* out) {
        return sigv4::put_canonical_request(out, r);
    });
    EXPECT_EQ(test::hex(sigv4::sha256(text)),
              "3bfa292879f6447bbcda7001decf97f4a54dc650c8942174ae0a9121cf58ad04");
}

// botocore's test of a service other than S3
TEST(published, botocore_myservice) {
    const sigv4::presign_request r{
        .method = "GET",
        .origin = "https://s3.us-west-2.amazonaws.com",
        .host = "s3.us-west-2.amazonaws.com",
        .shown_prefix = "/mybucket",
        .path_prefix = "/mybucket",
        .path = "keyname/.bar",
        .query = {},
        .headers = {},
        .payload = sigv4::unsigned_payload,
        .identity = "access_key",
        .session_token = {},
        .expires = 60,
    };
    const std::string url = test::presigned(r, sigv4::timestamp(1388534400),
                                            {"secret_key", {"20140101", "myregion", "myservice"}});
    EXPECT_EQ(test::signature_of(url),
              "ac1b8b9e47e8685c5c963d75e35e8741d55251cd955239cc1efad4dc7201db66");
}

struct key_vector {
    std::int64_t time;
    const char* key;
};

// A key can't be read out of signing_key, but it signs as the published bytes do.
TEST(published, signing_keys) {
    for (const key_vector& v :
         {key_vector{1369353600,
                     "dbb893acc010964918f1fd433add87c70e8b0db6be30c1fbeafefa5ec6ba8378"},
          key_vector{1451347200,
                     "cbcef1ebeaefc82cce6530b9f0a9ae598846065f5c5bae0674bd5ebc4ba52d28"}}) {
        const sigv4::timestamp time(v.time);
        const sigv4::scope scope{time.date(), "us-east-1", "s3"};
        const sigv4::digest hash = sigv4::sha256("");
        const std::string text = test::written(sigv4::string_to_sign_size(scope), [&](char* out) {
            return sigv4::put_string_to_sign(out, time, scope, hash);
        });
        sigv4::signing_key ours(test::example_secret, scope);
        const sigv4::hmac_key published({test::unhex(v.key)});
        EXPECT_EQ(test::hex(ours.sign(time, hash)), test::hex(published.sign(text))) << v.time;
    }
}

std::string signature_of_policy(std::string_view policy) {
    const sigv4::signing_key key(test::example_secret, {"20151229", "us-east-1", "s3"});
    return test::hex(key.sign(sigv4::base64(policy)));
}

TEST(published, post_policy) {
    EXPECT_EQ(signature_of_policy(
                  R"({"expiration": "2015-12-29T01:00:00Z", "conditions": [{"bucket": )"
                  R"("sigv4examplebucket"}, {"key": "user/user1/photo.jpg"}, {"x-amz-algorithm": )"
                  R"("AWS4-HMAC-SHA256"}, {"x-amz-credential": )"
                  R"("AKIAIOSFODNN7EXAMPLE/20151229/us-east-1/s3/aws4_request"}, {"x-amz-date": )"
                  R"("20151229T000000Z"}]})"),
              "3364624b39010d9b06f5d9b8c9a18a6e478d261c048159c92f2fd6fa885f14e6");
}

// botocore's serialisation is ours: the same form has the same signature.
TEST(published, form_of_botocore) {
    const sigv4::timestamp time(1451347200);
    sigv4::signing_key key(test::example_secret, {time.date(), "us-east-1", "s3"});
    const auto fields =
        s3::sign_form(s3::form_request("user/user1/photo.jpg"),
                      {"sigv4examplebucket", test::example_identity, "", time, 3600}, key);
    EXPECT_EQ(fields.back().name, "x-amz-signature");
    EXPECT_EQ(fields.back().value,
              "3364624b39010d9b06f5d9b8c9a18a6e478d261c048159c92f2fd6fa885f14e6");
}

// AWS, «Example: browser-based upload using HTTP POST» (sigv4-post-example)
TEST(published, post_policy_of_the_documentation) {
    constexpr std::string_view policy =
        "{ \"expiration\": \"2015-12-30T12:00:00.000Z\",\r\n"
        "  \"conditions\": [\r\n"
        "    {\"bucket\": \"sigv4examplebucket\"},\r\n"
        "    [\"starts-with\", \"$key\", \"user/user1/\"],\r\n"
        "    {\"acl\": \"public-read\"},\r\n"
        "    {\"success_action_redirect\": "
        "\"http://sigv4examplebucket.s3.amazonaws.com/successful_upload.html\"},\r\n"
        "    [\"starts-with\", \"$Content-Type\", \"image/\"],\r\n"
        "    {\"x-amz-meta-uuid\": \"14365123651274\"},\r\n"
        "    {\"x-amz-server-side-encryption\": \"AES256\"},\r\n"
        "    [\"starts-with\", \"$x-amz-meta-tag\", \"\"],\r\n"
        "\r\n"
        "    {\"x-amz-credential\": "
        "\"AKIAIOSFODNN7EXAMPLE/20151229/us-east-1/s3/aws4_request\"},\r\n"
        "    {\"x-amz-algorithm\": \"AWS4-HMAC-SHA256\"},\r\n"
        "    {\"x-amz-date\": \"20151229T000000Z\" }\r\n"
        "  ]\r\n"
        "}";
    EXPECT_EQ(policy.size(), 648u);
    EXPECT_EQ(signature_of_policy(policy),
              "8afdbf4008c03f22c2cd3cdb72e4afbb1f6a588f3255ac628749a66d7f09699e");
}

// AWS, «Authorization header» (sig-v4-header-based-auth): its four examples
TEST(published, authorization) {
    struct vector {
        const char* method;
        const char* path;
        const char* query;
        std::vector<field> headers;
        const char* payload;
        const char* signature;
    };
    const std::string empty(sigv4::empty_payload);
    const std::string put = test::hex(sigv4::sha256("Welcome to Amazon S3."));
    const vector vectors[] = {
        {"GET",
         "/test.txt",
         "",
         {{"range", "bytes=0-9"}},
         empty.c_str(),
         "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41"},
        {"PUT",
         "/test%24file.text",
         "",
         {{"date", "Fri, 24 May 2013 00:00:00 GMT"}, {"x-amz-storage-class", "REDUCED_REDUNDANCY"}},
         put.c_str(),
         "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd"},
        {"GET",
         "/",
         "lifecycle=",
         {},
         empty.c_str(),
         "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543"},
        {"GET",
         "/",
         "max-keys=2&prefix=J",
         {},
         empty.c_str(),
         "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7"},
    };
    const sigv4::timestamp time(test::example_time);
    for (const vector& v : vectors) {
        std::vector<field> headers = v.headers;
        headers.push_back({"x-amz-content-sha256", v.payload});
        headers.push_back({"x-amz-date", time.text()});
        const test::fields canonical = test::canonical_headers(headers);
        sigv4::signing_key key = example_key();
        const std::string value =
            sigv4::authorization({v.method, v.path, v.query, "examplebucket.s3.amazonaws.com",
                                  canonical.list, v.payload},
                                 test::example_identity, time, key);
        std::string names = "host";
        for (const field& f : canonical.list)
            names = f.name < "host" ? std::string(f.name) + ";" + names
                                    : names + ";" + std::string(f.name);
        EXPECT_EQ(value,
                  "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/"
                  "aws4_request, SignedHeaders=" +
                      names + ", Signature=" + v.signature);
    }
}

}  // namespace
}  // namespace s3sign
