#include "s3/target.hpp"

#include "support.hpp"

namespace s3sign {
namespace {

using s3::destination;

struct known_target {
    destination where;
    std::string_view origin, path_prefix, region;
};

constexpr auto none = std::nullopt;

const known_target known[] = {
    // AWS: virtual where the SDKs do so
    {{"s3.amazonaws.com", "bucket", none, none},
     "https://bucket.s3.amazonaws.com",
     "",
     "us-east-1"},
    {{"https://s3.eu-west-1.amazonaws.com", "bucket", none, none},
     "https://bucket.s3.eu-west-1.amazonaws.com",
     "",
     "eu-west-1"},
    {{"s3.eu-west-1.amazonaws.com", "aaa", none, none},
     "https://aaa.s3.eu-west-1.amazonaws.com",
     "",
     "eu-west-1"},
    {{"s3.eu-west-1.amazonaws.com", "aa", none, none},
     "https://s3.eu-west-1.amazonaws.com",
     "/aa",
     "eu-west-1"},
    {{"s3.us-west-2.amazonaws.com", "99_ab", none, none},
     "https://s3.us-west-2.amazonaws.com",
     "/99_ab",
     "us-west-2"},
    {{"s3.us-west-2.amazonaws.com", "bucket!", none, none},
     "https://s3.us-west-2.amazonaws.com",
     "/bucket%21",
     "us-west-2"},
    {{"s3.us-west-2.amazonaws.com", "example.com#", none, none},
     "https://s3.us-west-2.amazonaws.com",
     "/example.com%23",
     "us-west-2"},
    {{"s3.us-west-2.amazonaws.com", "my.bucket", none, none},
     "https://s3.us-west-2.amazonaws.com",
     "/my.bucket",
     "us-west-2"},
    {{"http://s3.us-west-2.amazonaws.com", "my.bucket", none, none},
     "http://my.bucket.s3.us-west-2.amazonaws.com",
     "",
     "us-west-2"},
    {{"s3.us-west-2.amazonaws.com", "my.bucket", none, "virtual"},
     "https://my.bucket.s3.us-west-2.amazonaws.com",
     "",
     "us-west-2"},
    {{"s3.us-west-2.amazonaws.com", "bucket", none, "path"},
     "https://s3.us-west-2.amazonaws.com",
     "/bucket",
     "us-west-2"},
    {{"s3.us-west-2.amazonaws.com", "bucket", "eu-west-1", none},
     "https://bucket.s3.us-west-2.amazonaws.com",
     "",
     "eu-west-1"},
    {{"s3-accelerate.amazonaws.com", "bucket", "eu-west-1", none},
     "https://bucket.s3-accelerate.amazonaws.com",
     "",
     "eu-west-1"},
    // an access point's host is its bucket
    {{"ap-1.s3-accesspoint.us-west-2.amazonaws.com", "ap-1", none, none},
     "https://ap-1.s3-accesspoint.us-west-2.amazonaws.com",
     "",
     "us-west-2"},
    // AWS's endpoint rules with a custom endpoint
    {{"http://beta.example.com:1234/path", "bucket", none, none},
     "http://beta.example.com:1234",
     "/path/bucket",
     "us-east-1"},
    {{"http://beta.example.com:1234/path", "bucket", none, "virtual"},
     "http://bucket.beta.example.com:1234",
     "/path",
     "us-east-1"},
    {{"https://123.123.0.1", "bucket", none, none}, "https://123.123.0.1", "/bucket", "us-east-1"},
    {{"http://example.com", "bucket.name", none, "virtual"},
     "http://bucket.name.example.com",
     "",
     "us-east-1"},
    // by path where nothing else is known
    {{"http://localhost:9000", "bucket", none, none},
     "http://localhost:9000",
     "/bucket",
     "us-east-1"},
    {{"http://[::1]:9000", "Bücket", "garage", none},
     "http://[::1]:9000",
     "/B%C3%BCcket",
     "garage"},
    {{"h:443/base/", "a b", none, none}, "https://h", "/base/a%20b", "us-east-1"},
    {{"https://ref.storage.supabase.co/storage/v1/s3", "avatars", "eu-central-1", none},
     "https://ref.storage.supabase.co",
     "/storage/v1/s3/avatars",
     "eu-central-1"},
    {{"abc.r2.cloudflarestorage.com", "bucket", none, none},
     "https://abc.r2.cloudflarestorage.com",
     "/bucket",
     "auto"},
    {{"abc.r2.cloudflarestorage.com", "bucket", none, "virtual"},
     "https://bucket.abc.r2.cloudflarestorage.com",
     "",
     "auto"},
    // virtual hosts only
    {{"s3.oss-cn-hangzhou.aliyuncs.com", "bucket", none, none},
     "https://bucket.s3.oss-cn-hangzhou.aliyuncs.com",
     "",
     "cn-hangzhou"},
    {{"t3.storage.dev", "bucket", none, none}, "https://bucket.t3.storage.dev", "", "auto"},
    // the host's labels are not a bucket
    {{"storage.googleapis.com", "storage", none, none},
     "https://storage.googleapis.com",
     "/storage",
     "auto"},
    // Ceph writes the bucket of another tenant so
    {{"https://rgw.example.com", "tenant:bucket", none, none},
     "https://rgw.example.com",
     "/tenant%3Abucket",
     "us-east-1"},
    // a base path with the bucket, explicitly
    {{"https://h/media", "media", none, "path"}, "https://h", "/media/media", "us-east-1"},
    {{"https://h/media", "media", none, "cname"}, "https://h", "/media", "us-east-1"},
    {{"https://h/media-2/xmedia", "media", none, none},
     "https://h",
     "/media-2/xmedia/media",
     "us-east-1"},
    {{"https://h/a/media/b", "media", none, none}, "https://h", "/a/media/b/media", "us-east-1"},
    // the host is the bucket
    {{"https://media.example.com", "media", "eu-west-1", "cname"},
     "https://media.example.com",
     "",
     "eu-west-1"},
    {{"https://bucket.s3.eu-west-1.amazonaws.com", "bucket", none, "cname"},
     "https://bucket.s3.eu-west-1.amazonaws.com",
     "",
     "eu-west-1"},
    {{"https://192.0.2.1/base", "b", none, "cname"}, "https://192.0.2.1", "/base", "us-east-1"},
    // an explicit path is obeyed
    {{"https://media.example.com", "media", none, "path"},
     "https://media.example.com",
     "/media",
     "us-east-1"},
};

TEST(target, resolves) {
    for (const known_target& k : known) {
        const s3::target found = s3::resolve(k.where);
        const auto label = std::string(k.where.endpoint) + " " + std::string(k.where.bucket);
        EXPECT_EQ(found.origin, k.origin) << label;
        EXPECT_EQ(found.host, k.origin.substr(k.origin.find("//") + 2)) << label;
        EXPECT_EQ(found.path_prefix, k.path_prefix) << label;
        EXPECT_EQ(found.region, k.region) << label;
    }
}

struct refused_target {
    destination where;
    std::string_view message;
};

const refused_target refused[] = {
    {{"h", "", none, none}, "bucket is empty"},
    {{"h", ".", none, none}, "bucket is \".\" or \"..\""},
    {{"h", "..", none, none}, "bucket is \".\" or \"..\""},
    {{"h", "a/b", none, none}, "bucket has a \"/\", a \":\" or a control character"},
    {{"s3.eu-west-1.amazonaws.com", "a:b", none, none},
     "bucket has a \"/\", a \":\" or a control character"},
    {{"h", "arn:aws:s3:::b", none, none}, "bucket has a \"/\", a \":\" or a control character"},
    {{"h", "a\nb", none, none}, "bucket has a \"/\", a \":\" or a control character"},
    {{"h", "a\x7f", none, none}, "bucket has a \"/\", a \":\" or a control character"},
    {{"h", "b", "", none}, "region is empty"},
    {{"h", "b", "a b", none}, "region has a character other than letters, digits, \"_\" and \"-\""},
    {{"h", "b", "eu/west", none},
     "region has a character other than letters, digits, \"_\" and \"-\""},
    {{"h", "b", "ü", none}, "region has a character other than letters, digits, \"_\" and \"-\""},
    {{"h", "b", none, "vhost"}, "addressing is not \"path\", \"virtual\" or \"cname\""},
    {{"h", "b", none, "PATH"}, "addressing is not \"path\", \"virtual\" or \"cname\""},
    {{"h", "b", none, ""}, "addressing is not \"path\", \"virtual\" or \"cname\""},
    {{"192.0.2.1", "bucket", none, "virtual"},
     "an IP address cannot be addressed as a virtual host"},
    {{"[::1]", "bucket", none, "virtual"}, "an IP address cannot be addressed as a virtual host"},
    {{"example.com", "Bucket", none, "virtual"}, "bucket cannot be part of a host name"},
    {{"example.com", "a_b", none, "virtual"}, "bucket cannot be part of a host name"},
    {{"example.com", "ab", none, "virtual"}, "bucket cannot be part of a host name"},
    {{"t3.storage.dev", "Bucket", none, none}, "bucket cannot be part of a host name"},
    {{"s3-accelerate.amazonaws.com", "a_b", none, none}, "bucket cannot be part of a host name"},
    {{"bucket.s3.eu-west-1.amazonaws.com", "bucket", none, none},
     "endpoint begins with the bucket already"},
    {{"media.example.com", "media", none, none}, "endpoint begins with the bucket already"},
    {{"other.s3.us-east-1.amazonaws.com", "media", none, none},
     "endpoint begins with a bucket already"},
    {{"media.example.com", "media", none, "virtual"}, "endpoint begins with the bucket already"},
    {{"h.example.com", "tenant:bucket", none, "virtual"}, "bucket cannot be part of a host name"},
    {{"other.storage.googleapis.com", "media", none, none},
     "endpoint begins with a bucket already"},
    {{"media.nyc3.digitaloceanspaces.com", "media", none, none},
     "endpoint begins with the bucket already"},
    // a base path where the provider has none
    {{"https://acc.r2.cloudflarestorage.com/my-bucket", "my-bucket", none, none},
     "endpoint has a path"},
    {{"https://acc.r2.cloudflarestorage.com/my-bucket", "my-bucket", none, "path"},
     "endpoint has a path"},
    {{"https://acc.r2.cloudflarestorage.com/other", "my-bucket", none, none},
     "endpoint has a path"},
    {{"https://s3.eu-west-1.amazonaws.com/my-bucket", "my-bucket", none, "cname"},
     "endpoint has a path"},
    {{"https://storage.googleapis.com/b/x", "my-bucket", none, none}, "endpoint has a path"},
    {{"https://bucket.storage.googleapis.com/b", "bucket", none, "cname"}, "endpoint has a path"},
    // a base path with the bucket
    {{"https://h/my-bucket", "my-bucket", none, none},
     "endpoint has the bucket in its path already"},
    {{"https://h/my-bucket/", "my-bucket", none, none},
     "endpoint has the bucket in its path already"},
    {{"https://h/my-bucket/a", "my-bucket", none, none},
     "endpoint has the bucket in its path already"},
    {{"https://h/a/my-bucket", "my-bucket", none, none},
     "endpoint has the bucket in its path already"},
    {{"https://h/my%2Dbucket", "my-bucket", none, none},
     "endpoint has the bucket in its path already"},
    {{"https://h.example.com/media", "media", none, "virtual"},
     "endpoint has the bucket in its path already"},
};

TEST(target, refuses) {
    for (const refused_target& r : refused) {
        const auto e = test::error_of([&] { s3::resolve(r.where); });
        ASSERT_TRUE(e) << r.where.endpoint << " " << r.where.bucket;
        EXPECT_EQ(e->code, code::invalid_parameter_value) << e->message;
        EXPECT_EQ(e->message, r.message);
    }
}

// The hint says what to write, and quotes nothing of the caller's.
TEST(target, hints_at_the_endpoint) {
    const auto r2 = test::error_of([] {
        s3::resolve({"https://acc.r2.cloudflarestorage.com/b-1", "b-1", none, none});
    });
    ASSERT_TRUE(r2);
    EXPECT_NE(r2->hint.find("https://ACCOUNT.r2.cloudflarestorage.com"), r2->hint.npos);
    const auto google = test::error_of([] {
        s3::resolve({"b-1.storage.googleapis.com", "b-2", none, none});
    });
    ASSERT_TRUE(google);
    EXPECT_NE(google->hint.find("https://storage.googleapis.com"), google->hint.npos);
    for (const std::string& said : {r2->hint, google->hint, r2->message, google->message})
        EXPECT_EQ(said.find("b-"), said.npos) << said;
}

TEST(target, refuses_what_accepts_no_presigned_url) {
    for (const destination& where :
         {destination{"s3express-use1-az4.us-east-1.amazonaws.com", "bucket", none, none},
          destination{"bucket.s3express-use1-az4.us-east-1.amazonaws.com", "bucket", none, "cname"},
          destination{"s3.us-east-1.amazonaws.com", "bucket--use1-az4--x-s3", none, none},
          destination{"s3.us-east-1.amazonaws.com", "ap--op-s3", none, none},
          destination{"s3.eusc-de-east-1.amazonaws.eu", "b--eude1-az1--x-s3", none, none},
          destination{"s3.us-east-1.amazonaws.com", "abc--table-s3", none, none},
          destination{"s3-website.eu-central-1.amazonaws.com", "media", none, none},
          destination{"pub-abc.r2.dev", "media", none, "cname"},
          destination{"s3.us-east-1.amazonaws.com", "ap--use1-az4--xa-s3", none, none},
          destination{"s3.us-east-1.amazonaws.com", "alias.mrap", none, none},
          destination{"alias.accesspoint.s3-global.amazonaws.com", "alias", "us-east-1", none}}) {
        const auto e = test::error_of([&] { s3::resolve(where); });
        ASSERT_TRUE(e) << where.endpoint << " " << where.bucket;
        EXPECT_EQ(e->code, code::feature_not_supported) << e->message;
        EXPECT_NE(e->hint, "");
    }
    // AWS: the alias of an Object Lambda access point is "interchangeable with a bucket's name"
    EXPECT_EQ(s3::resolve({"s3.us-east-1.amazonaws.com", "ap--ol-s3", none, none}).host,
              "ap--ol-s3.s3.us-east-1.amazonaws.com");
    // elsewhere these are names like any other
    EXPECT_EQ(s3::resolve({"h", "b--x-s3", none, none}).path_prefix, "/b--x-s3");
}

TEST(target, scope_part) {
    EXPECT_FALSE(test::error_of([] { s3::check_scope_part("service", "s3_A-9"); }));
    const auto e = test::error_of([] { s3::check_scope_part("service", "s3/"); });
    ASSERT_TRUE(e);
    EXPECT_EQ(e->message, "service has a character other than letters, digits, \"_\" and \"-\"");
}

TEST(target_cache, tells_all_parts_apart) {
    s3::target_cache cache;
    const destination places[] = {
        {"h", "b", none, none},    {"h2", "b", none, none}, {"h", "b2", none, none},
        {"h", "b", "r", none},     {"h", "b", "r2", none},  {"h", "b", none, "path"},
        {"h", "b", none, "cname"}, {"hb", "b", none, none}, {"http://h", "b", none, none},
    };
    for (int round = 0; round < 3; round++)
        for (const destination& where : places) {
            const s3::target& found = cache.get(where);
            const s3::target fresh = s3::resolve(where);
            EXPECT_EQ(found.origin, fresh.origin);
            EXPECT_EQ(found.host, fresh.host);
            EXPECT_EQ(found.path_prefix, fresh.path_prefix);
            EXPECT_EQ(found.region, fresh.region);
        }
}

TEST(target_cache, the_one_not_asked_for_longest_makes_room) {
    constexpr std::size_t capacity = 1024, forgotten = 3;
    s3::target_cache cache;
    std::vector<std::string> hosts;
    for (std::size_t i = 0; i <= capacity; i++) hosts.push_back("h" + std::to_string(i) + ".org");
    const auto get = [&](std::size_t i) { return &cache.get({hosts[i], "b", none, none}); };

    for (std::size_t i = 0; i < capacity; i++) EXPECT_EQ(get(i)->host, hosts[i]);
    EXPECT_EQ(cache.additions(), capacity);
    std::vector<const s3::target*> places;  // which no longer change
    for (std::size_t i = 0; i < capacity; i++) places.push_back(get(i));
    EXPECT_EQ(cache.additions(), capacity);
    for (std::size_t i = 0; i < capacity; i++) {
        if (i == forgotten) continue;
        EXPECT_EQ(get(i), places[i]);
    }
    EXPECT_EQ(get(capacity)->host, hosts[capacity]);
    for (std::size_t i = 0; i < capacity; i++) {
        if (i == forgotten) continue;
        EXPECT_EQ(get(i), places[i]);
    }
    EXPECT_EQ(cache.additions(), capacity + 1);
    EXPECT_EQ(get(forgotten)->host, hosts[forgotten]);
    EXPECT_EQ(cache.additions(), capacity + 2);
}

TEST(target, a_provider_that_ignores_a_precondition_is_an_error) {
    const s3::target google = s3::resolve({"storage.googleapis.com", "b", none, none});
    const s3::target amazon = s3::resolve({"s3.amazonaws.com", "b", none, none});
    const auto check = [](const s3::target& at, const sigv4::field& header) {
        return [&] { s3::check_can_bind(at, {&header, 1}); };
    };
    const sigv4::field none_match{"if-none-match", "*"}, match{"if-match", "e"};
    const sigv4::field other{"if-modified-since", "e"};
    EXPECT_TRUE(
        test::refuses(code::feature_not_supported, "overwriting", check(google, none_match)));
    EXPECT_TRUE(test::refuses(code::feature_not_supported, "if-match", check(google, match)));
    EXPECT_FALSE(test::error_of(check(google, other)));
    EXPECT_FALSE(test::error_of(check(amazon, none_match)));
    EXPECT_FALSE(test::error_of(check(amazon, match)));
}

TEST(target_cache, an_error_leaves_it_whole) {
    s3::target_cache cache;
    EXPECT_TRUE(test::error_of([&] { cache.get({"", "", none, none}); }));
    const destination where{"h", "b", none, none};
    const s3::target* place = &cache.get(where);
    for (int i = 0; i < 50; i++)
        EXPECT_TRUE(test::error_of([&] { cache.get({"h?", "b", none, none}); }));
    EXPECT_EQ(&cache.get(where), place);
    EXPECT_EQ(place->host, "h");
}

}  // namespace
}  // namespace s3sign
