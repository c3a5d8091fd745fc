// What object of a server a link names, and which keys are allowed.
#include "s3/link_reader.hpp"

#include "s3/allowed_keys.hpp"
#include "support.hpp"

namespace s3sign::test {
namespace {

using key = std::optional<std::string>;

key read(std::string_view link, std::vector<field> options = {}) {
    options.insert(options.begin(), {{"endpoint", "https://h.test"}, {"addressing", "path"}});
    const s3::server_options server = s3::parse_server_options(options);
    const std::string bucket = "media";
    const s3::target target = s3::resolve(server.where(bucket));
    std::string memory(s3::link_reader::memory_size(target, bucket), '\0');
    const s3::link_reader reader(server, target, bucket, server.key_prefix.rest(), memory.data());
    std::string work(reader.work_size(), '\0');
    const auto found = reader.find(link, work.data());
    if (!found) return std::nullopt;
    const auto read = reader.key_of(*found, found->path, work.data());
    return read ? key(*read) : std::nullopt;
}

TEST(link_reader, schemes_and_hosts) {
    for (const char* link : {"s3://media/a", "S3://m%65dia/a", "https://h.test/media/a",
                             "HTTPS://H.TEST:443/media%2fa", "https://h.test/media/a?",
                             "https://h.test/media/a?&X-Amz-Date=1&amp;x%2Did=2&#38;response-x=3#&",
                             "s3://media/a#b?c"})
        EXPECT_EQ(read(link), "a") << link;
    for (const char* link :
         {"s3://", "s3:///media/a", "s3://media", "s3://media/", "s3://other/a", "s3://media/a?",
          "s3://MEDIA/a", "http://h.test/media/a", "https://h.test:80/media/a",
          "https://u@h.test/media/a", "https://h.test./media/a", "https://h.test",
          "https://h.test/media", "https://h.test/mediaa", "https://h.test/media/a?acl",
          "https://h.test/media/a?=1", "https://h.test/media/a?x-user=1",
          "https://h.test/media/a?versionId=1&x-id=1",
          "https://h.test/media/a?x-id=1&amp;amp;x-id=1"})
        EXPECT_EQ(read(link), std::nullopt) << link;
    EXPECT_EQ(read("https://h.test/media/a?x-user=1", {{"log_user", "x-user"}}), "a");
}

TEST(link_reader, keys) {
    EXPECT_EQ(read("s3://media/100%"), "100%");
    EXPECT_EQ(read("s3://media/%2541%4g%"), "%41%4g%");
    EXPECT_EQ(read("s3://media/R&amp;D&#038;x&y"), "R&D&x&y");
    EXPECT_EQ(read("s3://media//a"), "/a");
    EXPECT_EQ(read("s3://media/" + std::string(1024, 'k')), std::string(1024, 'k'));
    for (const std::string& path :
         {std::string(".."), std::string("a/./b"), std::string("a%2F%2e%2E"),
          std::string("a\\..", 4), std::string("%00"), std::string("%ff"), std::string("%C0%AF"),
          std::string("%ED%A0%80"), std::string("/"), std::string(1025, 'k')})
        EXPECT_EQ(read("s3://media/" + path), std::nullopt) << path;
    EXPECT_EQ(read("s3://media/pub/a", {{"key_prefix", "pub/"}}), "pub/a");
    EXPECT_EQ(read("s3://media/a", {{"key_prefix", "pub/"}}), std::nullopt);
}

// The public_endpoint first: its URLs are those that are signed.
TEST(link_reader, paths_of_both_addresses) {
    const std::vector<field> shown = {{"public_endpoint", "https://h.test/media/x"}};
    EXPECT_EQ(read("https://h.test/media/x/media/a", shown), "a");
    EXPECT_EQ(read("https://h.test/media/x/a", shown), "x/a");
    EXPECT_EQ(read("https://h.test/media/x/media/..", shown), std::nullopt);
}

std::string object_link(std::string_view key) {
    return written(s3::object_link_size("media", key),
                   [&](char* out) { return s3::put_object_link(out, "media", key); });
}

TEST(link_reader, object_links) {
    EXPECT_EQ(object_link("a/b c.jpg"), "s3://media/a/b%20c.jpg");
    EXPECT_EQ(object_link("a(b)&'"), "s3://media/a%28b%29%26%27");
    EXPECT_EQ(object_link("..."), "s3://media/..%2E");
    EXPECT_EQ(object_link("_"), "s3://media/%5F");
    EXPECT_EQ(object_link("~"), "s3://media/%7E");
}

bool allows(std::vector<std::string_view> elements, std::string_view key) {
    return s3::allowed_keys(elements).have(key);
}

TEST(allowed_keys, keys_and_prefixes) {
    EXPECT_TRUE(allows({"b", "a"}, "a"));
    EXPECT_TRUE(allows({"a/b/", "a/", "a/c/", "b/"}, "a/x/y"));
    EXPECT_TRUE(allows({"a/", "b/"}, "b/"));
    EXPECT_TRUE(allows({"x", "*"}, "anything"));
    EXPECT_TRUE(allows({"a/", "a/a/", "a/b/", "a/b"}, "a/b/c"));
    EXPECT_TRUE(allows({"a/", "a!/"}, "a/c"));
    for (const char* key : {"", "a/b", "ab", "A", "/a", "c"})
        EXPECT_FALSE(allows({"a", "b/", "a*"}, key)) << key;
    EXPECT_FALSE(allows({}, "a"));
    EXPECT_FALSE(allows({""}, "a"));
}

}  // namespace
}  // namespace s3sign::test
