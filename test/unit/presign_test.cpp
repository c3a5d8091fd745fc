#include "sigv4/presign.hpp"

#include <random>

#include "reference.hpp"
#include "support.hpp"

namespace s3sign {
namespace {

using sigv4::field;

// Random requests, as the reference takes them.
class requests {
   public:
    explicit requests(std::uint64_t seed) : random_(seed) {}

    reference::request next() {
        reference::request r{
            .method = pick({"GET", "PUT", "HEAD", "DELETE", "POST"}),
            .origin = "https://" + pick({"h", "example.com", "[::1]:9000"}),
            .host = pick({"h", "example.com:8080", std::string(200, 'h')}),
            .shown_prefix = pick({"", "/base", std::string("/").append(300, 'p')}),
            .path_prefix = pick({"", "/base", "/b%20c/d"}),
            .path = text(40),
            .query = {},
            .headers = {},
            .payload = pick({"UNSIGNED-PAYLOAD", std::string(sigv4::empty_payload)}),
            .identity = text(30),
            .secret = text(130),
            .session_token = text(60),
            .region = pick({"us-east-1", "r", std::string(40, 'r')}),
            .service = pick({"s3", "service"}),
            .time = {},
            .expires = pick({"1", "900", "604800"}),
        };
        for (int i = number(5); i > 0; i--) r.query.emplace_back(parameter_name(), text(20));
        for (int i = number(4); i > 0; i--)
            r.headers[pick({"content-type", "hosp", "hosts", "x-amz-date", "x-amz-meta-a", "a",
                            "z~!#$&'*+.^`|", "range"})] = pick({"", "v", "a b,c", "bytes=0-9"});
        return r;
    }

    std::int64_t time() {
        return std::uniform_int_distribution(sigv4::earliest_time, sigv4::latest_time)(random_);
    }

   private:
    int number(int below) { return std::uniform_int_distribution(0, below - 1)(random_); }

    std::string pick(const std::vector<std::string>& from) {
        return from[static_cast<std::size_t>(number(static_cast<int>(from.size())))];
    }

    // Any bytes, or nothing but one that becomes three.
    std::string text(int longest) {
        std::string result(static_cast<std::size_t>(number(longest)), '%');
        if (number(3) > 0)
            for (char& c : result) c = static_cast<char>(number(256));
        return result;
    }

    // Before, between and after SigV4's own names.
    std::string parameter_name() {
        if (number(4) == 0) return text(10);
        return pick({"",
                     "A",
                     "a",
                     "versionId",
                     "X-Amz",
                     "X-Amz-A",
                     "X-Amz-Algorithn",
                     "X-Amz-Algorithm0",
                     "X-Amz-Credential-",
                     "X-Amz-Cz",
                     "X-Amz-Date0",
                     "X-Amz-E",
                     "X-Amz-Expiret",
                     "X-Amz-Security-Tokens",
                     "X-Amz-Signaturf",
                     "X-Amz-SignedHeaders2",
                     "X-Amz-T",
                     "Y",
                     "x-id",
                     "~"});
    }

    std::mt19937_64 random_;
};

// Signed by the core into a buffer of presigned_url_size() bytes, whose guard is checked.
std::string signed_by_core(const reference::request& r, std::int64_t time) {
    std::vector<field> query, headers;
    for (const auto& [name, value] : r.query) query.push_back({name, value});
    for (const auto& [name, value] : r.headers) headers.push_back({name, value});
    const test::fields canonical_query = test::canonical_query(std::move(query));
    const test::fields canonical_headers = test::canonical_headers(std::move(headers));
    const sigv4::timestamp at(time);
    return test::presigned({.method = r.method,
                            .origin = r.origin,
                            .host = r.host,
                            .shown_prefix = r.shown_prefix,
                            .path_prefix = r.path_prefix,
                            .path = r.path,
                            .query = canonical_query.list,
                            .headers = canonical_headers.list,
                            .payload = r.payload,
                            .identity = r.identity,
                            .session_token = r.session_token,
                            .expires = std::stoll(r.expires)},
                           at, {r.secret, {at.date(), r.region, r.service}});
}

TEST(presign, agrees_with_the_reference_and_stays_in_its_buffer) {
    requests random(20130524);
    for (int i = 0; i < 20000; i++) {
        reference::request r = random.next();
        const std::int64_t time = random.time();
        r.time = sigv4::timestamp(time).text();
        ASSERT_EQ(signed_by_core(r, time), reference::presigned(r)) << "request " << i;
        if (HasFailure()) break;
    }
}

// Where every byte becomes three and there is nothing else, the bound is the tightest.
TEST(presign, buffer_is_large_enough_for_extremes) {
    for (const std::size_t size : {0, 1, 1000, 100000}) {
        const std::string hard(size, '%');
        reference::request r{.method = "GET",
                             .origin = "",
                             .host = "",
                             .shown_prefix = "",
                             .path_prefix = "",
                             .path = hard,
                             .query = {},
                             .headers = {},
                             .payload = "",
                             .identity = hard,
                             .secret = "s",
                             .session_token = hard,
                             .region = "r",
                             .service = "s",
                             .time = {},
                             .expires = "604800"};
        r.time = sigv4::timestamp(0).text();
        EXPECT_EQ(signed_by_core(r, 0), reference::presigned(r)) << size;
        r.query = {{hard, hard}, {hard, hard}};
        EXPECT_EQ(signed_by_core(r, 0), reference::presigned(r)) << size;
        // a token of RFC 9110 of nothing but bytes that a query encodes
        r.headers = {{std::string(size + 1, '%'), std::string(size, 'v')}};
        EXPECT_EQ(signed_by_core(r, 0), reference::presigned(r)) << size;
    }
}

// What a key keeps of one URL may not be in the next of another time, identity, token or
// duration.
TEST(presign, one_key_signs_a_page_of_different_urls) {
    sigv4::signing_key key("secret", {"20130524", "us-east-1", "s3"});
    std::vector<char> buffer(50000);
    const std::string large(sigv4::largest_kept_token + 1, '+');
    for (const std::int64_t second : {0, 0, 1, 0})
        for (const char* identity : {"a", "b", "b", "a"})
            for (const auto& [token, expires] : {std::pair<std::string, const char*>{"", "900"},
                                                 {"", "901"},
                                                 {"", "901"},
                                                 {"a/token", "901"},
                                                 {"a/tokem", "901"},
                                                 {"a/tokem", "900"},
                                                 {large, "900"}}) {
                const sigv4::timestamp time(test::example_time + second);
                const reference::request r{.method = "GET",
                                           .origin = "https://h",
                                           .host = "h",
                                           .shown_prefix = "",
                                           .path_prefix = "",
                                           .path = "key",
                                           .query = {},
                                           .headers = {},
                                           .payload = "UNSIGNED-PAYLOAD",
                                           .identity = identity,
                                           .secret = "secret",
                                           .session_token = token,
                                           .region = "us-east-1",
                                           .service = "s3",
                                           .time = std::string(time.text()),
                                           .expires = expires};
                const sigv4::presign_request request{.method = r.method,
                                                     .origin = r.origin,
                                                     .host = r.host,
                                                     .path = r.path,
                                                     .identity = r.identity,
                                                     .session_token = r.session_token,
                                                     .expires = std::stoll(r.expires)};
                const char* end = sigv4::write_presigned_url(buffer, request, time, key);
                EXPECT_EQ(std::string_view(buffer.data(), end), reference::presigned(r));
            }
}

TEST(presign, knows_the_names_of_the_signature) {
    for (const char* name :
         {"X-Amz-Algorithm", "X-Amz-Content-Sha256", "X-Amz-Credential", "X-Amz-Date",
          "X-Amz-Expires", "X-Amz-Security-Token", "X-Amz-Signature", "X-Amz-SignedHeaders",
          "x-amz-signature", "X-AMZ-DATE"})
        EXPECT_TRUE(sigv4::is_signature_parameter(name)) << name;
    for (const char* name : {"", "X-Amz", "X-Amz-Dat", "X-Amz-Date ", "X-Amz-Date2", "x-id",
                             "X-Amz-Meta-A", "versionId"})
        EXPECT_FALSE(sigv4::is_signature_parameter(name)) << name;
}

}  // namespace
}  // namespace s3sign
