#include "s3/guard.hpp"

#include "support.hpp"

namespace s3sign {
namespace {

using s3::server_options;
using sigv4::field;
using test::error_of;
using test::refuses;

constexpr auto forbidden = code::insufficient_privilege;
constexpr auto bad = code::invalid_parameter_value;

TEST(guard, methods) {
    server_options server;  // get and head
    EXPECT_NO_THROW(s3::check_method(server, s3::permission::get));
    EXPECT_NO_THROW(s3::check_method(server, s3::permission::head));
    const std::pair<s3::permission, std::string_view> others[] = {
        {s3::permission::put, "\"put\""},
        {s3::permission::delete_, "\"delete\""},
        {s3::permission::list, "\"list\""},
        {s3::permission::post, "\"post\""},
        {s3::permission::multipart, "\"multipart\""},
        {s3::permission::version, "\"version\""},
    };
    for (const auto& other : others)
        EXPECT_TRUE(
            refuses(forbidden, other.second, [&] { s3::check_method(server, other.first); }));
}

TEST(guard, methods_hint) {
    server_options server;
    const auto hint = [&] {
        return error_of([&] { s3::check_method(server, s3::permission::put); })->hint;
    };
    EXPECT_NE(hint().find("(ADD methods 'get,head,put')"), std::string::npos) << hint();
    const field options[] = {{"endpoint", "s3.example.com"}, {"methods", "list"}};
    server = s3::parse_server_options(options);
    EXPECT_NE(hint().find("(SET methods 'put,list')"), std::string::npos) << hint();
}

TEST(guard, bucket) {
    server_options server;
    EXPECT_TRUE(refuses(bad, "bucket", [&] { s3::choose_bucket(server, std::nullopt); }));
    EXPECT_EQ(s3::choose_bucket(server, "any"), "any");
    server.bucket = "media";
    EXPECT_EQ(s3::choose_bucket(server, std::nullopt), "media");
    EXPECT_EQ(s3::choose_bucket(server, "media"), "media");
    for (const auto other : {"", "Media", "media ", "medi", "media/", "private"})
        EXPECT_TRUE(refuses(forbidden, "\"bucket\"", [&] { s3::choose_bucket(server, other); }))
            << other;
}

TEST(guard, key_prefix) {
    EXPECT_NO_THROW(s3::check_key_allowed("", "any"));
    constexpr auto prefix = "pub/\u00fc/";
    for (const auto key : {"pub/\u00fc/", "pub/\u00fc/a", "pub/\u00fc//", "pub/\u00fc/%2e%2e/a"})
        EXPECT_NO_THROW(s3::check_key_allowed(prefix, key)) << key;
    for (const auto key : {"", "pub/", "pub/\u00fc", "pub/u\u0308/a", "pub/\xc3", "Pub/\u00fc/a",
                           "/pub/\u00fc/a", "../pub/\u00fc/a"})
        EXPECT_TRUE(refuses(forbidden, "\"key_prefix\"", [&] {
            s3::check_key_allowed(prefix, key);
        })) << key;
}

TEST(guard, dot_segments) {
    for (const auto key : {".", "..", "./a", "../a", "a/.", "a/..", "a/./b", "a/../b", "/..", "//.",
                           "../", "a//../b", "..//", "/./", "a\\..\\b", "..\\a"})
        EXPECT_TRUE(refuses(forbidden, "segment", [&] { s3::check_key_allowed("", key); })) << key;
    for (const auto key : {"...", ".a", "a.", "..a", "a..", "a/.b", "a/b.", "a/...", "//a", "a//",
                           ". /a", "..;/a", "%2e%2e/a", "..%2fa", "a\\b..\\c", "\u2024\u2024/a"})
        EXPECT_NO_THROW(s3::check_key_allowed("", key)) << key;
    for (const auto key : {"/", "//", "///"})
        EXPECT_TRUE(refuses(forbidden, "slashes", [&] { s3::check_key_allowed("", key); })) << key;
}

// Every key of up to seven of these characters, against a plain split.
TEST(guard, dot_segments_in_all_places) {
    constexpr std::string_view alphabet = "./\\a";
    for (std::size_t size = 1; size <= 7; size++) {
        std::size_t count = 1;
        for (std::size_t i = 0; i < size; i++) count *= alphabet.size();
        for (std::size_t n = 0; n < count; n++) {
            std::string key;
            bool refused = false;
            std::string segment;
            for (std::size_t rest = n; key.size() < size; rest /= alphabet.size())
                key += alphabet[rest % alphabet.size()];
            for (char c : key + "/") {
                if (c != '/' && c != '\\') {
                    segment += c;
                    continue;
                }
                if (segment == "." || segment == "..") refused = true;
                segment.clear();
            }
            if (key.find_first_not_of('/') == key.npos) refused = true;
            EXPECT_EQ(error_of([&] { s3::check_key_allowed("", key); }).has_value(), refused)
                << key;
        }
    }
}

TEST(guard, query) {
    server_options server;
    server.allow_query = {"acl", "X-Custom"};
    const auto check = [&](const s3::operation& op, std::vector<field> query) {
        return [&server, &op, query = std::move(query)] { s3::check_query(server, op, query); };
    };
    EXPECT_NO_THROW(check(s3::get_object, {})());
    EXPECT_NO_THROW(check(s3::get_object, {{"x-id", "GetObject"}, {"acl", ""}})());
    EXPECT_NO_THROW(check(s3::delete_object, {{"acl", ""}, {"X-Custom", "1"}})());
    // wherever the bad one is
    const field good{"acl", ""}, wrong{"tagging", ""};
    for (const auto& query :
         {std::vector{wrong}, {good, wrong}, {wrong, good}, {good, wrong, good}})
        EXPECT_TRUE(refuses(forbidden, "\"tagging\"", check(s3::put_object, query)));
    for (const auto name : {"ACL", "acl ", "x-custom", "X-Custom,", ""})
        EXPECT_TRUE(refuses(forbidden, "query parameter", check(s3::get_object, {{name, ""}})))
            << name;
    EXPECT_TRUE(refuses(forbidden, "\"put\"", check(s3::put_object, {{"x-id", ""}})));
}

TEST(guard, headers) {
    server_options server;
    server.allow_headers = {"x-amz-acl"};
    const auto check = [&](std::vector<field> headers) {
        return [&server, headers = std::move(headers)] {
            s3::check_headers(server, s3::put_object, headers);
        };
    };
    EXPECT_NO_THROW(check({})());
    EXPECT_NO_THROW(check({{"content-type", "a"}, {"x-amz-acl", "private"}})());
    const field good{"content-type", "a"}, wrong{"x-amz-copy-source", "/private/file"};
    for (const auto& headers :
         {std::vector{wrong}, {good, wrong}, {wrong, good}, {good, wrong, good}}) {
        EXPECT_TRUE(refuses(forbidden, "\"x-amz-copy-source\"", check(headers)));
        const auto e = error_of(check(headers));
        EXPECT_EQ(e->message.find("private"), std::string::npos) << "a value in a message";
        EXPECT_NE(e->hint.find("\"allow_headers\""), std::string::npos);
    }
}

// now, for all that follows: 2026-01-02T03:04:05Z
constexpr std::int64_t now = 1767323045;

struct known_lifetime {
    std::int64_t default_duration, max_duration, cache_window;
    std::optional<std::int64_t> duration, signed_at;
    bool rounded;
    std::int64_t at, expires;
};

constexpr auto none = std::nullopt;

const known_lifetime lifetimes[] = {
    // as asked for, or the default
    {900, 604800, 0, none, none, true, now, 900},
    {900, 604800, 0, 1, none, true, now, 1},
    {900, 604800, 0, 604800, none, true, now, 604800},
    {900, 600, 0, none, none, true, now, 600},
    {900, 600, 0, 600, none, true, now, 600},
    // a time of the caller's, up to now
    {900, 604800, 0, none, now, true, now, 900},
    {900, 604800, 0, none, now - 1, true, now - 1, 900},
    {900, 604800, 0, none, -62135596800, true, -62135596800, 900},
    // the window: 3:04:05 is 245 s behind 3:00:00, 11045 s behind midnight
    {900, 604800, 3600, none, none, true, now - 245, 4500},
    {900, 604800, 86400, 60, none, true, now - 11045, 86460},
    {900, 604800, 1, 60, none, true, now, 61},
    {900, 604800, 7, 60, none, true, now - now % 7, 67},
    // the default leaves room for it, for other operations too
    {900, 3600, 3000, none, none, true, now - now % 3000, 3600},
    {900, 3600, 3000, none, none, false, now, 600},
    {900, 3600, 3000, 600, none, true, now - now % 3000, 3600},
    // no window for other operations, nor with a time of the caller's
    {900, 3600, 3000, 3600, none, false, now, 3600},
    {900, 3600, 3000, 3600, now - 5, true, now - 5, 3600},
};

TEST(guard, lifetime) {
    for (const known_lifetime& k : lifetimes) {
        server_options server;
        server.default_duration = k.default_duration;
        server.max_duration = k.max_duration;
        server.cache_window = k.cache_window;
        const auto life = s3::choose_lifetime(server, k.duration, now, k.signed_at, k.rounded);
        const auto label = std::to_string(&k - lifetimes);
        EXPECT_EQ(life.signed_at, k.at) << label;
        EXPECT_EQ(life.expires, k.expires) << label;
    }
}

TEST(guard, lifetime_over_the_window_s_edges) {
    server_options server;
    server.cache_window = 60;
    const auto at = [&](std::int64_t t) {
        return s3::choose_lifetime(server, 10, t, none, true).signed_at;
    };
    EXPECT_EQ(at(119), 60);
    EXPECT_EQ(at(120), 120);
    EXPECT_EQ(at(179), 120);
    EXPECT_EQ(at(0), 0);
    EXPECT_EQ(at(-1), -60);
    EXPECT_EQ(at(-60), -60);
    EXPECT_EQ(at(-61), -120);
}

TEST(guard, lifetime_that_is_refused) {
    server_options server;
    server.max_duration = 3600;
    const auto choose = [&](std::optional<std::int64_t> duration,
                            std::optional<std::int64_t> signed_at = none, bool rounded = true) {
        return [&server, duration, signed_at, rounded] {
            s3::choose_lifetime(server, duration, now, signed_at, rounded);
        };
    };
    for (const std::int64_t duration :
         {INT64_MIN, std::int64_t{-1}, std::int64_t{0}, std::int64_t{604801}, INT64_MAX})
        EXPECT_TRUE(refuses(bad, "duration", choose(duration))) << duration;
    EXPECT_TRUE(refuses(forbidden, "\"max_duration\"", choose(3601)));
    EXPECT_TRUE(refuses(forbidden, "\"max_duration\"", choose(604800, now - 604800)));
    EXPECT_TRUE(refuses(forbidden, "signed_at", choose(none, now + 11)));
    EXPECT_NO_THROW(choose(none, now + 10)());
    EXPECT_TRUE(refuses(forbidden, "signed_at", choose(1, INT64_MAX)));
    server.cache_window = 600;
    EXPECT_TRUE(refuses(forbidden, "\"max_duration\"", choose(3001)));
    EXPECT_NO_THROW(choose(3001, none, false)());
    EXPECT_NO_THROW(choose(3001, now)());
}

TEST(guard, prefix_of_a_list) {
    EXPECT_EQ(s3::choose_prefix("", std::nullopt), "");
    EXPECT_EQ(s3::choose_prefix("", ""), "");
    EXPECT_EQ(s3::choose_prefix("", "any/"), "any/");
    EXPECT_EQ(s3::choose_prefix("pub/", std::nullopt), "pub/");
    for (const auto prefix : {"pub/", "pub/a", "pub//", "pub/a/b.", "pub/%2e%2e/"})
        EXPECT_EQ(s3::choose_prefix("pub/", prefix), prefix);
    for (const auto prefix : {"", "p", "pub", "Pub/", "/pub/", " pub/", "pubb/", "private/"})
        EXPECT_TRUE(refuses(forbidden, "\"key_prefix\"", [&] {
            s3::choose_prefix("pub/", prefix);
        })) << prefix;
    for (const auto prefix : {"pub/../private/", "pub/..", "pub/./a", "pub/a/..\\b"})
        EXPECT_TRUE(refuses(forbidden, "segment", [&] { s3::choose_prefix("pub/", prefix); }))
            << prefix;
}

TEST(guard, form_fields) {
    server_options server;
    const auto check = [&](std::string name) {
        s3::check_form_fields(server, std::vector<std::string>{"cache-control", std::move(name)});
    };
    for (const auto name : {"content-type", "expires", "x-amz-meta-a", "success_action_status"})
        EXPECT_NO_THROW(check(name)) << name;
    for (const auto name : {"acl", "x-amz-acl", "success_action_redirect", "tagging", ""})
        EXPECT_TRUE(refuses(forbidden, name, [&] { check(name); })) << name;
    server.allow_headers = {"acl"};
    EXPECT_NO_THROW(check("acl"));
    EXPECT_TRUE(refuses(forbidden, "\"x-amz-acl\"", [&] { check("x-amz-acl"); }));
    EXPECT_TRUE(refuses(forbidden, "\"acls\"", [&] { check("acls"); }));
}

// Ruby's aws-sigv4 (presigned_url_expiration): the lesser of expires_in and the whole seconds from
// signing to the end. Where nothing is left it signs for expires_in all the same; s3sign does not.
TEST(guard, life_within_the_credentials) {
    struct row {
        std::int64_t signed_at, expires, end;
        std::optional<std::int64_t> expected;  // nothing: the credentials have ended
    };
    constexpr std::int64_t at = test::example_time;
    const row rows[] = {
        {at, 900, at + 3600, 900},
        {at, 900, at + 901, 900},
        {at, 900, at + 900, 900},
        {at, 900, at + 899, 899},
        {at, 900, at + 1, 1},
        {at, 900, at, std::nullopt},
        {at, 900, at - 1, std::nullopt},
        {at, 604800, at + 43200, 43200},
        {at, 1, sigv4::latest_time, 1},
        {at, 900, sigv4::earliest_time, std::nullopt},
        {sigv4::earliest_time, 900, sigv4::latest_time, 900},
    };
    for (const row& r : rows) {
        EXPECT_EQ(s3::have_expired(r.end, r.signed_at, r.signed_at), !r.expected) << r.end;
        if (!r.expected) continue;
        const s3::lifetime life = s3::within_credentials({r.signed_at, r.expires}, r.end);
        EXPECT_EQ(life.signed_at, r.signed_at);
        EXPECT_EQ(life.expires, *r.expected) << r.end;
    }
}

TEST(guard, credentials_end_by_the_later_of_signing_time_and_clock) {
    for (const std::int64_t earlier : {-1000, -1, 0}) {
        EXPECT_TRUE(s3::have_expired(5000, 5000 + earlier, 5000));
        EXPECT_TRUE(s3::have_expired(5000, 5000, 5000 + earlier));
        EXPECT_FALSE(s3::have_expired(5001, 5000 + earlier, 5000));
        EXPECT_FALSE(s3::have_expired(5001, 5000, 5000 + earlier));
    }
}

}  // namespace
}  // namespace s3sign
