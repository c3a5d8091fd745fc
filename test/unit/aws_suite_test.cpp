// AWS's signing suite (aws-c-auth), query and header signing: what each stage of the core makes
// of a request is compared with the suite's golden file of that stage.
#include "aws_suite.hpp"

#include <chrono>
#include <cstdio>

#include "sigv4/hash.hpp"
#include "sigv4/authorization.hpp"
#include "support.hpp"

namespace s3sign {
namespace {

using sigv4::field;
using test::aws_case;
using test::pairs;
using test::written;

std::int64_t unix_seconds(const std::string& iso) {
    int y, h, min, s;
    unsigned m, d;
    if (std::sscanf(iso.c_str(), "%d-%u-%uT%d:%d:%dZ", &y, &m, &d, &h, &min, &s) != 6)
        throw std::runtime_error("bad timestamp " + iso);
    using namespace std::chrono;
    const sys_days day = year{y} / month{m} / std::chrono::day{d};
    return (day.time_since_epoch() + hours{h} + minutes{min} + seconds{s}) / seconds{1};
}

std::vector<field> views(const pairs& list) {
    std::vector<field> result;
    for (const auto& [name, value] : list) result.push_back({name, value});
    return result;
}

// How a request is signed, stage by stage.
class signing {
   public:
    signing(const std::string& name, bool in_query)
        : c_(test::read_aws_case(name)), time_(unix_seconds(c_.timestamp)) {
        payload = test::hex(sigv4::sha256(c_.sign_body ? c_.request.body : ""));
        path = c_.request.path;
        if (c_.normalize)
            path = written(path.size() + 1,
                           [&](char* out) { return sigv4::normalize_path(out, c_.request.path); });
        encoded_path = written(sigv4::encoded_size(path.size()),
                               [&](char* out) { return sigv4::uri_encode_path(out, path); });

        raw_headers_ = c_.request.headers;
        std::erase_if(raw_headers_, [](const auto& h) { return h.first == "Host"; });
        if (!in_query) add_own_headers();
        headers = test::canonical_headers(views(raw_headers_));

        sigv4::request r{.method = c_.request.method,
                         .path = encoded_path,
                         .query = {},
                         .host = host_ = c_.request.header("Host"),
                         .headers = headers.list,
                         .payload = payload};
        signed_headers = written(sigv4::canonical_request_size(r),
                                 [&](char* out) { return sigv4::put_signed_headers(out, r); });

        raw_query_ = c_.request.query;
        if (in_query) add_own_parameters();
        const test::fields query = test::canonical_query(views(raw_query_));
        canonical_query = written(query.memory.size() + 2 * query.list.size(),
                                  [&](char* out) { return sigv4::put_query(out, query.list); });
        r.query = canonical_query;

        canonical_request = written(sigv4::canonical_request_size(r), [&](char* out) {
            return sigv4::put_canonical_request(out, r);
        });
        string_to_sign = written(sigv4::string_to_sign_size(scope()), [&](char* out) {
            return sigv4::put_string_to_sign(out, time_, scope(), sigv4::sha256(canonical_request));
        });
        sigv4::signing_key key(c_.secret, scope());
        signature = test::hex(key.sign(time_, sigv4::sha256(canonical_request)));
    }

    // The parameters that the signed request shows, canonical and with the signature.
    pairs shown_parameters() const {
        pairs shown = raw_query_;
        if (c_.omit_session_token) shown.emplace_back("X-Amz-Security-Token", c_.token);
        shown.emplace_back("X-Amz-Signature", signature);
        std::sort(shown.begin(), shown.end());
        return shown;
    }

    // As authorization() puts the stages together.
    std::string authorization() const {
        sigv4::signing_key key(c_.secret, scope());
        return sigv4::authorization(
            {c_.request.method, encoded_path, canonical_query, host_, headers.list, payload},
            c_.identity, time_, key);
    }

    // The same request signed by presign(), which takes the path behind its first slash.
    std::string presigned() const {
        const test::fields query = test::canonical_query(views(c_.request.query));
        const sigv4::presign_request r{
            .method = c_.request.method,
            .origin = "https://example.amazonaws.com",
            .host = host_,
            .path_prefix = {},
            .path = std::string_view(path).substr(1),
            .query = query.list,
            .headers = headers.list,
            .payload = payload,
            .identity = c_.identity,
            .session_token = c_.omit_session_token ? std::string_view() : c_.token,
            .expires = std::stoll(c_.expires),
        };
        return test::presigned(r, time_, {c_.secret, scope()});
    }

    std::string payload, path, encoded_path, canonical_query, signed_headers;
    std::string canonical_request, string_to_sign, signature;
    test::fields headers;

   private:
    sigv4::scope scope() const { return {time_.date(), c_.region, c_.service}; }

    std::string credential() const {
        return c_.identity + "/" + written(sigv4::scope_size(scope()), [&](char* out) {
                   return sigv4::put_scope(out, scope());
               });
    }

    void add_own_headers() {
        raw_headers_.emplace_back("X-Amz-Date", time_.text());
        if (!c_.token.empty() && !c_.omit_session_token)
            raw_headers_.emplace_back("X-Amz-Security-Token", c_.token);
        if (c_.sign_body) raw_headers_.emplace_back("x-amz-content-sha256", payload);
    }

    void add_own_parameters() {
        raw_query_.emplace_back("X-Amz-Algorithm", sigv4::algorithm);
        raw_query_.emplace_back("X-Amz-Credential", credential());
        raw_query_.emplace_back("X-Amz-Date", time_.text());
        raw_query_.emplace_back("X-Amz-Expires", c_.expires);
        if (!c_.token.empty() && !c_.omit_session_token)
            raw_query_.emplace_back("X-Amz-Security-Token", c_.token);
        raw_query_.emplace_back("X-Amz-SignedHeaders", signed_headers);
    }

    aws_case c_;
    sigv4::timestamp time_;
    std::string host_;
    pairs raw_query_, raw_headers_;
};

TEST(aws_suite, has_38_cases) {
    if (!std::filesystem::exists(test::aws_suite_folder()))
        GTEST_SKIP() << "skipped: AWS's signing suite is not here ("
                     << test::aws_suite_folder().string() << ", see S3SIGN_SHARED)";
    EXPECT_EQ(test::aws_suite_cases().size(), 38u);
}

class aws_suite : public testing::TestWithParam<std::tuple<std::string, std::string>> {
   protected:
    const std::string name = std::get<0>(GetParam());
    const std::string mode = std::get<1>(GetParam());
    const bool in_query = mode == "query";
    const signing is{name, in_query};

    std::string golden(const std::string& stage) const {
        return test::read_golden(name, mode + "-" + stage + ".txt");
    }
};

GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(aws_suite);

TEST_P(aws_suite, canonical_request) {
    EXPECT_EQ(is.canonical_request, golden("canonical-request"));
}

TEST_P(aws_suite, string_to_sign) { EXPECT_EQ(is.string_to_sign, golden("string-to-sign")); }

TEST_P(aws_suite, signature) { EXPECT_EQ(is.signature, golden("signature")); }

TEST_P(aws_suite, signed_request) {
    const test::http_request expected = test::parse_request(golden("signed-request"));
    if (in_query) {
        pairs parameters = expected.query;
        std::sort(parameters.begin(), parameters.end());
        EXPECT_EQ(is.shown_parameters(), parameters);
    } else {
        EXPECT_EQ(is.authorization(), expected.header("Authorization"));
    }
}

using aws_suite_in_query = aws_suite;
GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(aws_suite_in_query);

// presign() puts the stages together in its own way.
TEST_P(aws_suite_in_query, presigned_url) {
    const std::string url = is.presigned();
    EXPECT_EQ(url.substr(url.find('?') + 1),
              is.canonical_query + "&X-Amz-Signature=" + golden("signature"));
}

std::string name_of(const testing::TestParamInfo<aws_suite::ParamType>& info) {
    std::string name = std::get<0>(info.param) + "_" + std::get<1>(info.param);
    std::replace(name.begin(), name.end(), '-', '_');
    return name;
}

const auto cases = testing::ValuesIn(test::aws_suite_cases());

INSTANTIATE_TEST_SUITE_P(v4, aws_suite, testing::Combine(cases, testing::Values("query", "header")),
                         name_of);
INSTANTIATE_TEST_SUITE_P(v4, aws_suite_in_query, testing::Combine(cases, testing::Values("query")),
                         name_of);

}  // namespace
}  // namespace s3sign
