#include "sigv4/signature.hpp"

#include "reference.hpp"
#include "support.hpp"

namespace s3sign {
namespace {

using test::written;

constexpr sigv4::scope aws{"20130524", "us-east-1", "s3"};
const sigv4::timestamp aws_time(test::example_time);

TEST(signature, scope) {
    EXPECT_EQ(written(sigv4::scope_size(aws), [](char* out) { return sigv4::put_scope(out, aws); }),
              "20130524/us-east-1/s3/aws4_request");
    EXPECT_EQ(written(sigv4::scope_size(aws),
                      [](char* out) { return sigv4::put_scope(out, aws, "%2F"); }),
              "20130524%2Fus-east-1%2Fs3%2Faws4_request");
}

sigv4::digest digest_of(std::string_view base16) {
    sigv4::digest result;
    const std::string bytes = test::unhex(base16);
    std::copy(bytes.begin(), bytes.end(), result.begin());
    return result;
}

// AWS, sigv4-query-string-auth: the hash, the string to sign and the signature are printed there.
const sigv4::digest aws_hash =
    digest_of("3bfa292879f6447bbcda7001decf97f4a54dc650c8942174ae0a9121cf58ad04");
constexpr std::string_view aws_string_to_sign =
    "AWS4-HMAC-SHA256\n20130524T000000Z\n20130524/us-east-1/s3/aws4_request\n"
    "3bfa292879f6447bbcda7001decf97f4a54dc650c8942174ae0a9121cf58ad04";

TEST(signature, string_to_sign) {
    EXPECT_EQ(
        written(sigv4::string_to_sign_size(aws),
                [](char* out) { return sigv4::put_string_to_sign(out, aws_time, aws, aws_hash); }),
        aws_string_to_sign);
}

TEST(signing_key, signs_as_documented) {
    sigv4::signing_key key(test::example_secret, aws);
    for (int i = 0; i < 3; i++)
        EXPECT_EQ(test::hex(key.sign(aws_time, aws_hash)),
                  "aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404");
}

TEST(signing_key, owns_its_scope) {
    std::string date = "20130524", region = "us-east-1", service = "s3";
    sigv4::signing_key key(test::example_secret, {date, region, service});
    date = region = service = "overwritten";
    EXPECT_EQ(key.bound_to(), aws);
    EXPECT_EQ(sigv4::signing_key(std::move(key)).bound_to(), aws);
}

std::string expected(const std::string& secret, const sigv4::scope& s, std::string_view time,
                     const std::string& hash) {
    std::string key = reference::hmac("AWS4" + secret, std::string(s.date));
    for (std::string_view part : {s.region, s.service, std::string_view("aws4_request")})
        key = reference::hmac(key, std::string(part));
    const std::string scope = std::string(s.date) + "/" + std::string(s.region) + "/" +
                              std::string(s.service) + "/aws4_request";
    return reference::base16(reference::hmac(
        key, "AWS4-HMAC-SHA256\n" + std::string(time) + "\n" + scope + "\n" + hash));
}

// What is kept of one second may not be in a signature of another, nor in another key's.
TEST(signing_key, goes_from_second_to_second_and_back) {
    const std::string secret(test::example_secret);
    const sigv4::scope euro{"20130524", "eu-central-1", "service"};
    sigv4::signing_key a(secret, aws), b(secret, euro);
    for (const int second : {0, 0, 1, 59, 1, 1, 86399, 0}) {
        const sigv4::timestamp time(test::example_time + second);
        const std::string text = std::to_string(second);
        const sigv4::digest hash = sigv4::sha256(text);
        EXPECT_EQ(test::hex(a.sign(time, hash)),
                  expected(secret, aws, time.text(), test::hex(hash)));
        EXPECT_EQ(test::hex(b.sign(time, hash)),
                  expected(secret, euro, time.text(), test::hex(hash)));
    }
}

struct secret_vector {
    std::size_t size;
    const char* signature;
};

// «AWS4» and 60 bytes fill HMAC's block; 61 and more are hashed first. Computed by Python's hmac
// module for secrets of `k` and AWS's string to sign.
constexpr secret_vector secrets[] = {
    {0, "24c9cb77dc57d5690fda7910d33c8cba888a842ab7b33f3e75a6613835e1cefd"},
    {1, "bb5e1f6bc8b211a58c069b00ecff9f2f82698136be23be4ba89af5205f7e56ff"},
    {60, "433f141d25ac2fda5145bfa3b42ddcb811cb24bbeabc8ab28277030c2aaba779"},
    {61, "0b7e50bfceca8533c929eb9467927b778c16642697273a30c01626604acfe1e2"},
    {128, "0650c7470842f85bc5f9e3c8e24e42a7ff574b9a170d348164649ec781a7c6cc"},
};

TEST(signing_key, secrets_of_all_lengths) {
    for (const secret_vector& v : secrets) {
        sigv4::signing_key key(std::string(v.size, 'k'), aws);
        EXPECT_EQ(test::hex(key.sign(aws_time, aws_hash)), v.signature) << v.size;
    }
    for (std::size_t size = 0; size <= 140; size++) {
        const std::string secret(size, '\xfe');
        EXPECT_EQ(test::hex(sigv4::signing_key(secret, aws).sign(aws_time, aws_hash)),
                  expected(secret, aws, aws_time.text(), test::hex(aws_hash)))
            << size;
    }
}

}  // namespace
}  // namespace s3sign
