// Which requests for a storage a URL may be, by the options of a server.
#include "s3/signed_location.hpp"

#include <deque>

#include "support.hpp"

namespace s3sign::test {
namespace {

using places = std::vector<std::string>;

// «host path» of each, of a URL that is signed by nobody.
places find(const std::vector<field>& options, const std::string& url,
            std::string_view method = "GET") {
    const std::string text =
        url + (url.find('?') == url.npos ? "?" : "&") +
        "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKID%2F20130524%2Fus-east-1%2Fs3%2F"
        "aws4_request&X-Amz-Date=20130524T000000Z&X-Amz-Expires=60&X-Amz-SignedHeaders=host"
        "&X-Amz-Signature=" +
        std::string(64, '0');
    std::vector<field> parameters(sigv4::count_parameters(text));
    std::string decoded(text.size(), '\0');
    const auto u = sigv4::read_signed_url(text, parameters, decoded.data());
    EXPECT_FALSE(u.fault) << text << ": " << u.fault.what;
    s3::target_cache targets;
    places found;
    const s3::server_options server = s3::parse_server_options(options);
    static std::deque<std::string> memory;
    memory.clear();
    const auto allocate = [](std::size_t size) { return memory.emplace_back(size, '\0').data(); };
    for (const s3::signed_location& r :
         s3::find_signed_locations(server, server.key_prefix.rest(), u, method, targets, allocate))
        found.push_back(std::string(r.host).append(" ").append(r.path));
    return found;
}

std::vector<field> with(std::vector<field> options, const std::vector<field>& more) {
    options.insert(options.end(), more.begin(), more.end());
    return options;
}

const std::vector<field> whole = {
    {"endpoint", "https://h.test"}, {"bucket", "media"}, {"addressing", "path"}};
const std::vector<field> prefixed = with(whole, {{"key_prefix", "a/"}});
const places none;

TEST(signed_location, keys) {
    const places key = {"h.test /media/a/k"};
    EXPECT_EQ(find(whole, "https://h.test/media/a/k"), key);
    EXPECT_EQ(find(prefixed, "https://h.test/media/a/k", "DELETE"), key);
    EXPECT_EQ(find(prefixed, "HTTPS://H.test:443/media%2Fa/%6b"), key);
    for (const char* path : {"/media/b/k", "/media/ak", "/other/a/k", "/mediaa/k", "/a/k",
                             "/media/a/../b/k", "/media/a/.", "/media/a/%2e%2E/b/k"})
        EXPECT_EQ(find(prefixed, std::string("https://h.test") + path), none) << path;
}

// What a proxy or a file store resolves leaves the bucket.
TEST(signed_location, segments_and_slashes_without_a_prefix) {
    for (const char* path : {"/media/../other/k", "/media/%2e%2e/other/k", "/media/a/..",
                             "/media//", "/media/%2F%2f", "/media/./k"})
        EXPECT_EQ(find(whole, std::string("https://h.test") + path), none) << path;
    EXPECT_EQ(find(whole, "https://h.test/media//k"), places{"h.test /media//k"});
    EXPECT_EQ(find(whole, "https://h.test/media/..k"), places{"h.test /media/..k"});
    EXPECT_EQ(find(whole, "https://h.test/media", "DELETE"), places{"h.test /media"});
}

TEST(signed_location, a_list_is_all_that_a_prefix_leaves_of_a_bucket) {
    const std::string bucket = "https://h.test/media?";
    const places list = {"h.test /media"};
    for (const char* query :
         {"list-type=2&prefix=a/", "prefix=a%2Fb&list-type=2&delimiter=/&max-keys=1",
          "list-type=2&prefix=a/&encoding-type=url&x-amz-request-payer=requester"})
        EXPECT_EQ(find(prefixed, bucket + query), list) << query;
    for (const char* query :
         {"list-type=2", "list-type=2&prefix=", "list-type=2&prefix=b/", "list-type=2&prefix=a",
          "prefix=a/", "list-type=1&prefix=a/", "acl&prefix=a/", "versions&prefix=a/",
          "list-type=2&prefix=a/&versions", "list-type=2&prefix=a/&acl", "list-type=2&Prefix=a/",
          "list-type=2&prefix=a/&Prefix=b/", "list-type=2&prefix=a/&prefix=b/",
          "list-type=2&prefix=a/&prefix=a/", "list-type=2&list-type=1&prefix=a/",
          "list-type=2&prefix=a/../b"})
        EXPECT_EQ(find(prefixed, bucket + query), none) << query;
    for (const char* method : {"DELETE", "PUT", "POST", "HEAD", "get"})
        EXPECT_EQ(find(prefixed, bucket + "list-type=2&prefix=a/", method), none) << method;
    EXPECT_EQ(find(prefixed, "https://h.test/media/?policy&prefix=a/", "PUT"), none);
    EXPECT_EQ(find(prefixed, bucket + "delete&prefix=a/", "POST"), none);
    const auto allowing = with(prefixed, {{"allow_query", "x-owner"}});
    EXPECT_EQ(find(allowing, bucket + "list-type=2&prefix=a/&x-owner=1"), list);
    EXPECT_EQ(find(prefixed, bucket + "list-type=2&prefix=a/&x-owner=1"), none);
}

TEST(signed_location, schemes) {
    EXPECT_EQ(find(whole, "http://h.test/media/k"), none);
    EXPECT_EQ(find(whole, "http://h.test:443/media/k"), none);
    const auto shown = with(whole, {{"public_endpoint", "http://cdn.test"}});
    EXPECT_EQ(find(shown, "http://cdn.test/media/k"), places{"h.test /media/k"});
    EXPECT_EQ(find(shown, "https://cdn.test/media/k"), none);
    EXPECT_EQ(find(shown, "https://h.test/media/k"), places{"h.test /media/k"});
    EXPECT_EQ(find(shown, "http://h.test/media/k"), none);
}

// A path may be one of the public_endpoint and one of the endpoint; the shown one is first.
TEST(signed_location, public_endpoint_of_the_same_host) {
    const std::vector<field> at_cdn = {{"endpoint", "https://h.test"},
                                       {"bucket", "b.example"},
                                       {"addressing", "cname"},
                                       {"public_endpoint", "https://h.test/cdn"}};
    EXPECT_EQ(find(at_cdn, "https://h.test/cdn/k"), (places{"h.test /k", "h.test /cdn/k"}));
    EXPECT_EQ(find(at_cdn, "https://h.test/k"), places{"h.test /k"});
    const std::vector<field> at_root = {{"endpoint", "https://h.test/store"},
                                        {"bucket", "b.example"},
                                        {"addressing", "cname"},
                                        {"public_endpoint", "https://h.test"}};
    EXPECT_EQ(find(at_root, "https://h.test/store/k"),
              (places{"h.test /store/store/k", "h.test /store/k"}));
}

TEST(signed_location, buckets_that_the_url_shows) {
    const std::vector<field> any = {{"endpoint", "https://h.test"}, {"addressing", "virtual"}};
    EXPECT_EQ(find(any, "https://bucket.h.test/k"), places{"bucket.h.test /k"});
    EXPECT_EQ(find(any, "https://h.test/bucket/k"), none);
    EXPECT_EQ(find({{"endpoint", "https://h.test/base"}, {"addressing", "path"}},
                   "https://h.test/base/bucket/k"),
              places{"h.test /base/bucket/k"});
}

}  // namespace
}  // namespace s3sign::test
