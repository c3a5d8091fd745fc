#include "sigv4/presign_batch.hpp"

#include "lanes.hpp"
#include "support.hpp"

namespace s3sign {
namespace {

using sigv4::presign_batch;
using test::field;

// What differs: prefixes that are shown and signed, the others' place in the query, headers.
struct request_case {
    std::string_view shown_prefix, path_prefix, session_token;
    std::vector<field> query, headers;
};

const std::vector<request_case> cases = {
    {"", "", "", {}, {}},
    {"/base/b", "/b", "a/+token", {{"A", "1"}, {"z", ""}}, {}},
    {"", "/b%20c", "", {{"versionId", "ü"}}, {{"range", "bytes=0-9"}, {"a", "b"}}},
};

std::vector<std::string> paths_of(std::size_t count) {
    std::vector<std::string> paths;
    for (std::size_t i = 0; i < count; i++)
        paths.push_back(std::string(37 * i % 1025, i % 2 == 0 ? '%' : 'a') + std::to_string(i));
    return paths;
}

// Signs in a buffer of work_size() bytes, and writes each URL to one of its exact size.
std::vector<std::string> signed_together(presign_batch& batch,
                                         const std::vector<std::string>& paths) {
    const std::vector<std::string_view> views(paths.begin(), paths.end());
    std::vector<std::string> urls;
    test::written(batch.work_size(views), [&](char* work) {
        batch.sign(views, work);
        for (std::size_t i = 0; i < paths.size(); i++) {
            urls.push_back(
                test::written(batch.url_size(i), [&](char* out) { return batch.put_url(out, i); }));
            EXPECT_EQ(urls.back().size(), batch.url_size(i));
        }
        return work;
    });
    return urls;
}

TEST(presign_batch, signs_each_path_as_it_is_signed_alone) {
    const sigv4::timestamp time(test::example_time);
    for (const std::size_t lanes : test::lane_counts())
        for (const request_case& c : cases) {
            const test::lane_count_scope forced(lanes);
            const test::fields query = test::canonical_query(c.query);
            const test::fields headers = test::canonical_headers(c.headers);
            sigv4::presign_request r{.method = "GET",
                                     .origin = "https://h",
                                     .host = "h:1",
                                     .shown_prefix = c.shown_prefix,
                                     .path_prefix = c.path_prefix,
                                     .query = query.list,
                                     .headers = headers.list,
                                     .identity = test::example_identity,
                                     .session_token = c.session_token,
                                     .expires = 900};
            sigv4::signing_key key(test::example_secret, {time.date(), "us-east-1", "s3"});
            std::string shared(presign_batch::shared_size(r, key.bound_to()), '\0');
            presign_batch batch(shared.data(), r, time, key);
            for (std::size_t count = 0; count <= presign_batch::capacity; count++) {
                const std::vector<std::string> paths = paths_of(count);
                const std::vector<std::string> urls = signed_together(batch, paths);
                for (std::size_t i = 0; i < count; i++) {
                    r.path = paths[i];
                    EXPECT_EQ(urls[i],
                              test::presigned(r, time, {test::example_secret, key.bound_to()}))
                        << i << " of " << count;
                }
            }
        }
}

// AWS: "Authenticating Requests: Using Query Parameters", the example of a presigned URL.
TEST(presign_batch, signs_the_documented_example) {
    for (const std::size_t lanes : test::lane_counts()) {
        const test::lane_count_scope forced(lanes);
        const sigv4::timestamp time(test::example_time);
        sigv4::signing_key key(test::example_secret, {time.date(), "us-east-1", "s3"});
        const sigv4::presign_request r{.method = "GET",
                                       .origin = "https://examplebucket.s3.amazonaws.com",
                                       .host = "examplebucket.s3.amazonaws.com",
                                       .identity = test::example_identity,
                                       .expires = 86400};
        std::string shared(presign_batch::shared_size(r, key.bound_to()), '\0');
        presign_batch batch(shared.data(), r, time, key);
        const std::vector<std::string> paths(20, "test.txt");
        for (const std::string& url : signed_together(batch, paths))
            EXPECT_EQ(test::signature_of(url),
                      "aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404");
    }
}

// The constructor's buffer, where all that is encoded becomes three bytes.
TEST(presign_batch, shared_buffer_is_large_enough) {
    const std::string hard(10000, '%');
    const sigv4::timestamp time(0);
    sigv4::signing_key key("secret", {time.date(), "r", "s"});
    const test::fields query = test::canonical_query({{hard, hard}});
    const test::fields headers = test::canonical_headers({{hard, hard}});
    const sigv4::presign_request r{.method = "GET",
                                   .shown_prefix = hard,
                                   .path_prefix = hard,
                                   .query = query.list,
                                   .headers = headers.list,
                                   .identity = hard,
                                   .session_token = hard,
                                   .expires = 604800};
    test::written(presign_batch::shared_size(r, key.bound_to()), [&](char* out) {
        presign_batch(out, r, time, key);
        return out;
    });
}

}  // namespace
}  // namespace s3sign
