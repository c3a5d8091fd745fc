// A presigned URL as a server checks it: AWS's suite and published examples, read out of URLs.
#include "sigv4/verify.hpp"

#include <algorithm>

#include "aws_suite.hpp"
#include "sigv4/time.hpp"
#include "support.hpp"

namespace s3sign::test {
namespace {

using sigv4::age;

// A URL that a server received.
class received {
   public:
    received(std::string text, std::string_view method, std::vector<field> headers = {})
        : text_(std::move(text)),
          decoded_(text_.size() + 1, '\0'),
          parameters_(sigv4::count_parameters(text_)),
          headers_(canonical_headers(std::move(headers))),
          url(sigv4::read_signed_url(text_, parameters_, decoded_.data())) {
        if (url.fault) throw std::runtime_error(text_ + ": " + std::string(url.fault.what));
        memory_.resize(sigv4::rebuild_size(url) + 8, '\xA5');
        request = sigv4::rebuild(url, method, headers_.list, memory_.data());
        EXPECT_EQ(memory_.substr(memory_.size() - 8), std::string(8, '\xA5')) << text_;
        canonical_request = written(
            sigv4::rebuilt_canonical_request_size(url, request),
            [&](char* out) { return sigv4::put_rebuilt_canonical_request(out, url, request); });
    }

    sigv4::scope scope() const { return {*url.date, *url.region, *url.service}; }
    sigv4::timestamp time() const { return sigv4::timestamp(*url.signed_at); }

    std::string string_to_sign() const {
        return written(sigv4::string_to_sign_size(scope()), [&](char* out) {
            return sigv4::put_string_to_sign(out, time(), scope(),
                                             sigv4::sha256(canonical_request));
        });
    }

    sigv4::digest signature(std::string_view secret) const {
        return sigv4::signing_key(secret, scope()).sign(time(), sigv4::sha256(canonical_request));
    }

   private:
    std::string text_, decoded_;
    std::vector<field> parameters_;
    fields headers_;
    std::string memory_;

   public:
    sigv4::signed_url url;
    sigv4::request request;
    std::string canonical_request;
};

// --- AWS's suite ---------------------------------------------------------------------------------

// Whether a URL and headers say all that is signed. A URL does not show that paths are not
// normalised, or not encoded twice, for a service that is not S3; nor the body's hash, nor that the
// token is not signed.
bool is_expressible(const aws_case& c) {
    const std::string& path = c.request.path;
    const bool plain = std::all_of(path.begin(), path.end(),
                                   [](char ch) { return ch > ' ' && ch <= '~' && ch != '%'; });
    std::string normalized(path.size() + 1, '\0');
    normalized.resize(static_cast<std::size_t>(sigv4::normalize_path(normalized.data(), path) -
                                               normalized.data()));
    return plain && !c.sign_body && !c.omit_session_token && (c.normalize || normalized == path);
}

// The URL of a signed request of the suite, whose path and query are in its first line; raw
// characters of the query are encoded.
std::string url_of(const http_request& signed_request) {
    std::string url = "https://" + signed_request.header("Host") + signed_request.path + "?";
    for (const auto& [name, value] : signed_request.query) {
        if (url.back() != '?') url += '&';
        for (const std::string* text : {&name, &value}) {
            url += written(sigv4::encoded_size(text->size()),
                           [&](char* out) { return sigv4::uri_encode(out, *text); });
            if (text == &name) url += '=';
        }
    }
    return url;
}

std::vector<std::string> expressible_cases() {
    std::vector<std::string> names;
    for (const std::string& name : aws_suite_cases())
        if (is_expressible(read_aws_case(name))) names.push_back(name);
    return names;
}

TEST(verify, aws_suite_has_26_cases_that_a_url_expresses) {
    if (!std::filesystem::exists(aws_suite_folder()))
        GTEST_SKIP() << "skipped: AWS's signing suite is not here (" << aws_suite_folder().string()
                     << ", see S3SIGN_SHARED)";
    EXPECT_EQ(expressible_cases().size(), 26u);
}

class verify_aws_suite : public testing::TestWithParam<std::string> {};
GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(verify_aws_suite);

TEST_P(verify_aws_suite, stages) {
    const auto golden = [](const std::string& stage) {
        return read_golden(GetParam(), "query-" + stage + ".txt");
    };
    const aws_case c = read_aws_case(GetParam());
    const http_request sent = parse_request(golden("signed-request"));
    std::vector<field> headers;
    for (const auto& [name, value] : sent.headers)
        if (name != "Host") headers.push_back({name, value});
    const received r(url_of(sent), sent.method, headers);
    EXPECT_EQ(r.canonical_request, golden("canonical-request"));
    EXPECT_EQ(r.string_to_sign(), golden("string-to-sign"));
    EXPECT_EQ(hex(r.signature(c.secret)), golden("signature"));
    EXPECT_TRUE(sigv4::matches(r.url, r.signature(c.secret)));
    EXPECT_FALSE(sigv4::matches(r.url, r.signature(c.secret + " ")));
}

INSTANTIATE_TEST_SUITE_P(v4, verify_aws_suite, testing::ValuesIn(expressible_cases()),
                         [](const auto& info) {
                             std::string name = info.param;
                             std::replace(name.begin(), name.end(), '-', '_');
                             return name;
                         });

// --- published signatures ------------------------------------------------------------------------

const std::string example =
    "https://examplebucket.s3.amazonaws.com/test.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256"
    "&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request"
    "&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host&X-Amz-Signature=";

bool is_example(const std::string& url, std::string_view method, std::vector<field> headers = {}) {
    const received r(url, method, std::move(headers));
    return sigv4::matches(r.url, r.signature(example_secret));
}

// AWS's S3 API documentation for GET; the others are of aws-c-auth and rusty-s3's tests
TEST(verify, published_signatures) {
    EXPECT_TRUE(is_example(
        example + "aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404", "GET"));
    EXPECT_TRUE(is_example(
        example + "f4db56459304dafaa603a99a23c6bea8821890259a65c18ff503a4a72a80efd9", "PUT"));
    EXPECT_TRUE(is_example(
        example + "f9c58dec0c3cada1e6f133547c7b6b2ef9d7df87447a785ad1b23079005271e5", "HEAD"));
    EXPECT_TRUE(is_example(
        example + "fb580faa6736a3af12ad5f9c3f1eea783af940a06f6a3de9dadb5679ca25cbfe", "DELETE"));
    EXPECT_FALSE(is_example(
        example + "aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404", "PUT"));
}

// As AWS SDK for .NET writes the token; signed with botocore's S3SigV4QueryAuth.
TEST(verify, session_token_in_lower_case) {
    const std::string url =
        "https://media.s3.eu-west-1.amazonaws.com/a.txt?x-amz-security-token=IQoJ%2F%2B%3D"
        "&X-Amz-Algorithm=AWS4-HMAC-SHA256"
        "&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20260102%2Feu-west-1%2Fs3%2Faws4_request"
        "&X-Amz-Date=20260102T030405Z&X-Amz-Expires=3600&X-Amz-SignedHeaders=host";
    const std::string in_query =
        url + "&X-Amz-Signature=7a56dd15458e17d98c50a4370959578fbc92e05a8c43c675126951cd2c999c1f";
    const std::string as_header_too =
        url + "%3Bx-amz-security-token" +
        "&X-Amz-Signature=c4656999049821038486328cb85a320f9d817c146316d1adf34cd31793601db7";
    EXPECT_TRUE(is_example(in_query, "GET"));
    EXPECT_TRUE(is_example(as_header_too, "GET", {{"x-amz-security-token", "IQoJ/+="}}));
    EXPECT_FALSE(is_example(as_header_too, "GET", {{"x-amz-security-token", "IQoJ/+-"}}));
    EXPECT_EQ(received(in_query, "GET").url.session_token, "IQoJ/+=");
    std::string renamed = in_query;
    EXPECT_FALSE(is_example(renamed.replace(renamed.find("x-amz"), 5, "X-Amz"), "GET"))
        << "the name is signed as written";
}

TEST(verify, other_ways_to_write_a_url) {
    const std::string signature =
        "aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404";
    const std::string good = example + signature;
    const auto with = [&](std::string_view before, std::string_view after) {
        std::string text = good;
        return text.replace(text.find(before), before.size(), after);
    };
    for (const std::string& same :
         {with("examplebucket", "EXAMPLEbucket"), with(".com/", ".com:443/"),
          with("https://examplebucket.s3.amazonaws.com",
               "http://examplebucket.s3.amazonaws.com:80"),
          with("test.txt", "%74est%2etxt"), with("%2F", "%2f"), with("&X-Amz-Date", "&&X-Amz-Date"),
          with("X-Amz-Signature", "x-amz-signature"),
          with("X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400",
               "X-Amz-Expires=86400&X-Amz-Date=20130524T000000Z")})
        EXPECT_TRUE(is_example(same, "GET")) << same;
    for (const std::string& other :
         {with(".com/", ".com:80/"), with(".com/", ".com:444/"), with(".com/", ".com//"),
          with("test.txt", "test.txt/"), with("test.txt", "./test.txt"), with("86400", "86401"),
          with("86400", "086400"), with("/test.txt?", "/test.txt?acl&"),
          with("examplebucket.", "")})
        EXPECT_FALSE(is_example(other, "GET")) << other;
}

// --- the parts -----------------------------------------------------------------------------------

std::string canonical_path(std::string_view path, std::string_view service) {
    return written(sigv4::canonical_path_size(path),
                   [&](char* out) { return sigv4::put_canonical_path(out, path, service); });
}

TEST(verify, canonical_paths) {
    EXPECT_EQ(canonical_path("", "s3"), "/");
    EXPECT_EQ(canonical_path("/a//b/../c/./", "s3"), "/a//b/../c/./");
    EXPECT_EQ(canonical_path("/%61+b%20c%2Fd%25", "s3"), "/a%2Bb%20c/d%25");
    EXPECT_EQ(canonical_path("/%FF%00", "s3"), "/%FF%00");
    EXPECT_EQ(canonical_path("", "iam"), "/");
    EXPECT_EQ(canonical_path("/a//b/../c/./", "iam"), "/a/c/");
    EXPECT_EQ(canonical_path("/%61%20b", "iam"), "/a%2520b");
    EXPECT_EQ(canonical_path("/a%2Fb", "iam"), "/a%252Fb");
    const std::string long_path = "/" + std::string(5000, '<');
    EXPECT_EQ(canonical_path(long_path, "s3").size(), 1 + 3 * 5000u);
    EXPECT_EQ(canonical_path(long_path, "iam").size(), 1 + 5 * 5000u);
}

TEST(verify, payload_line) {
    const std::string hash(64, '0');
    const std::string signature(64, 'a');
    const auto line = [&](const std::string& query, const std::string& service,
                          std::vector<field> headers = {}) {
        std::string url = example + signature + query;
        url.replace(url.find("%2Fs3%2F"), 8, "%2F" + service + "%2F");
        const received r(url, "GET", std::move(headers));
        return r.canonical_request.substr(r.canonical_request.rfind('\n') + 1);
    };
    EXPECT_EQ(line("", "s3"), "UNSIGNED-PAYLOAD");
    EXPECT_EQ(line("", "s3-outposts"), "UNSIGNED-PAYLOAD");
    EXPECT_EQ(line("", "execute-api"), sigv4::empty_payload);
    EXPECT_EQ(line("&X-Amz-Content-Sha256=" + hash, "s3"), hash);
    EXPECT_EQ(line("", "s3", {{"x-amz-content-sha256", hash}}), "UNSIGNED-PAYLOAD");
    std::string url = example + signature;
    url.replace(url.find("=host"), 5, "=host%3Bx-amz-content-sha256");
    const received r(url, "PUT", {{"X-Amz-Content-SHA256", hash}});
    EXPECT_TRUE(r.canonical_request.ends_with("\nhost;x-amz-content-sha256\n" + hash));
}

TEST(verify, headers) {
    std::string url = example + std::string(64, '0');
    url.replace(url.find("=host"), 5, "=content-type%3Bhost%3Bx-amz-acl");
    const std::vector<field> both = {{"Content-Type", " a  b "}, {"X-Amz-Acl", "private"}};
    const received all(url, "GET", both);
    EXPECT_FALSE(sigv4::find_missing_header(all.url, all.request.headers));
    EXPECT_FALSE(sigv4::find_unsigned_header(all.url, all.request.headers));
    EXPECT_NE(all.canonical_request.find("\ncontent-type:a b\nhost:examplebucket"),
              std::string::npos);

    const received none(url, "GET");
    EXPECT_EQ(sigv4::find_missing_header(none.url, none.request.headers), "content-type");
    EXPECT_NE(none.canonical_request.find("\ncontent-type:\nhost:"), std::string::npos);

    const std::vector<field> more = {
        {"content-type", "a"}, {"user-agent", "x"}, {"x-amz-acl", ""}, {"x-amz-meta-a", "1"}};
    const received r(url, "GET", more);
    EXPECT_EQ(sigv4::find_unsigned_header(r.url, r.request.headers), "x-amz-meta-a");

    const std::vector<field> last = {{"content-type", "a"}, {"x-amz-acl", ""}, {"x-amz-z", ""}};
    const received after(url, "GET", last);
    EXPECT_EQ(sigv4::find_unsigned_header(after.url, after.request.headers), "x-amz-z");
    const std::vector<field> first = {{"content-type", "a"}, {"x-amz-ac", ""}, {"x-amz-acl", ""}};
    const received before(url, "GET", first);
    EXPECT_EQ(sigv4::find_unsigned_header(before.url, before.request.headers), "x-amz-ac");

    url.replace(url.find("content-type%3Bhost%3B"), 22, "content-type%3B");
    const received no_host(url, "GET", both);
    EXPECT_EQ(sigv4::find_unsigned_header(no_host.url, no_host.request.headers), "host");
    EXPECT_EQ(no_host.canonical_request.find("host:"), std::string::npos);
}

TEST(verify, times) {
    const received r(example + std::string(64, '0'), "GET");
    EXPECT_EQ(sigv4::age_of(r.url, example_time - 901), age::early);
    EXPECT_EQ(sigv4::age_of(r.url, example_time - 900), age::good);
    EXPECT_EQ(sigv4::age_of(r.url, example_time), age::good);
    EXPECT_EQ(sigv4::age_of(r.url, example_time + 86400), age::good);
    EXPECT_EQ(sigv4::age_of(r.url, example_time + 86401), age::expired);
    EXPECT_EQ(sigv4::age_of(r.url, example_time + 86399, 999999), age::good);
    EXPECT_EQ(sigv4::age_of(r.url, example_time + 86400, 1), age::expired);
    EXPECT_EQ(sigv4::age_of(r.url, example_time - 901, 999999), age::early);
}

TEST(verify, services) {
    for (const std::string_view service : {"s3", "s3express", "s3-object-lambda", "s3-outposts"})
        EXPECT_TRUE(sigv4::signs_as_s3(service));
    for (const std::string_view service : {"", "S3", "s3x", "iam", "execute-api"})
        EXPECT_FALSE(sigv4::signs_as_s3(service));
}

}  // namespace
}  // namespace s3sign::test
