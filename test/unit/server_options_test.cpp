#include "s3/server_options.hpp"

#include "support.hpp"

namespace s3sign {
namespace {

using s3::parse_mapping_options;
using s3::parse_server_options;
using s3::server_options;
using sigv4::field;
using test::error_of;
using test::refuses;

// With an endpoint, which every server needs.
server_options parsed(std::vector<field> options) {
    options.push_back({"endpoint", "https://s3.example.com"});
    return parse_server_options(options);
}

TEST(server_options, have_defaults) {
    const server_options o = parsed({});
    EXPECT_EQ(o.endpoint, "https://s3.example.com");
    EXPECT_FALSE(o.region || o.addressing || o.bucket || o.public_endpoint || o.credentials_file);
    EXPECT_TRUE(o.methods.have(s3::permission::get) && o.methods.have(s3::permission::head));
    for (const auto p : {s3::permission::put, s3::permission::delete_, s3::permission::list,
                         s3::permission::post, s3::permission::multipart, s3::permission::version})
        EXPECT_FALSE(o.methods.have(p));
    EXPECT_EQ(o.key_prefix.rest(), "");
    EXPECT_EQ(o.default_duration, 900);
    EXPECT_EQ(o.max_duration, 604800);
    EXPECT_EQ(o.cache_window, 0);
    EXPECT_TRUE(o.allow_query.empty() && o.allow_headers.empty());
    EXPECT_EQ(o.profile, "default");
}

TEST(server_options, are_all_read) {
    const server_options o = parsed({{"region", "garage"},
                                     {"addressing", "path"},
                                     {"bucket", "media"},
                                     {"public_endpoint", "cdn.example.com/x"},
                                     {"methods", "put, version"},
                                     {"key_prefix", " pub/"},
                                     {"default_duration", "1min"},
                                     {"max_duration", "2h"},
                                     {"cache_window", "10min"},
                                     {"allow_query", " acl ,X-Custom,a b"},
                                     {"allow_headers", "X-Amz-Acl, x-a"},
                                     {"credentials_file", "/etc/s3/credentials"},
                                     {"profile", "media"}});
    EXPECT_EQ(o.region, "garage");
    EXPECT_EQ(o.addressing, "path");
    EXPECT_EQ(o.bucket, "media");
    EXPECT_EQ(o.public_endpoint, "cdn.example.com/x");
    EXPECT_TRUE(o.methods.have(s3::permission::put) && o.methods.have(s3::permission::version));
    EXPECT_FALSE(o.methods.have(s3::permission::get) || o.methods.have(s3::permission::head));
    EXPECT_EQ(o.key_prefix.rest(), " pub/");
    EXPECT_EQ(o.default_duration, 60);
    EXPECT_EQ(o.max_duration, 7200);
    EXPECT_EQ(o.cache_window, 600);
    EXPECT_EQ(o.allow_query, (std::vector<std::string>{"acl", "X-Custom", "a b"}));
    EXPECT_EQ(o.allow_headers, (std::vector<std::string>{"x-amz-acl", "x-a"}));
    EXPECT_EQ(o.credentials_file, "/etc/s3/credentials");
    EXPECT_EQ(o.profile, "media");
    const s3::destination where = o.where("media");
    EXPECT_EQ(where, (s3::destination{"https://s3.example.com", "media", "garage", "path",
                                      "cdn.example.com/x"}));
}

TEST(server_options, durations_have_units) {
    const std::pair<std::string_view, std::int64_t> good[] = {
        {"1", 1},
        {"604800", 604800},
        {"15min", 900},
        {"1h", 3600},
        {"7d", 604800},
        {" 30 s ", 30},
        {"0060", 60},
        {"168h", 604800},
        {"10080min", 604800},
        {"604800s", 604800},
    };
    for (const auto& [text, seconds] : good)
        EXPECT_EQ(parsed({{"max_duration", text}}).max_duration, seconds) << text;
    for (const auto text : {"",
                            " ",
                            "0",
                            "0s",
                            "-1",
                            "-1h",
                            "604801",
                            "8d",
                            "169h",
                            "10081min",
                            "1.5h",
                            "900ms",
                            "1us",
                            "1w",
                            "1H",
                            "1 hour",
                            "1h30min",
                            "+1",
                            "0x10",
                            "1e3",
                            "h",
                            "1\t",
                            "\n1",
                            "1,",
                            "9223372036854775807",
                            "9223372036854775807d",
                            "9223372036854775808",
                            "99999999999999999999999d",
                            "-9223372036854775808"})
        for (const auto option : {"default_duration", "max_duration", "cache_window"}) {
            const auto e = error_of([&] { parsed({{option, text}}); });
            ASSERT_TRUE(e) << option << " " << text;
            EXPECT_EQ(e->code, code::invalid_parameter_value) << text;
            EXPECT_NE(e->message.find(option), std::string::npos) << e->message;
        }
    // a window leaves at least one second
    EXPECT_EQ(parsed({{"cache_window", "604799"}}).cache_window, 604799);
    EXPECT_TRUE(error_of([] { parsed({{"cache_window", "604800"}}); }));
    EXPECT_TRUE(error_of([] { parsed({{"cache_window", "60"}, {"max_duration", "60"}}); }));
    EXPECT_TRUE(error_of([] { parsed({{"max_duration", "60"}, {"cache_window", "60"}}); }));
    EXPECT_FALSE(error_of([] { parsed({{"cache_window", "60"}, {"max_duration", "61"}}); }));
}

TEST(server_options, bad_values_name_the_option) {
    const std::string long_list(4097, 'a');
    const field bad[] = {
        {"allow_query", long_list},
        {"allow_headers", long_list},
        {"region", ""},
        {"addressing", ""},
        {"bucket", ""},
        {"public_endpoint", ""},
        {"methods", ""},
        {"methods", "get,"},
        {"methods", ",get"},
        {"methods", "get,,put"},
        {"methods", "GET"},
        {"methods", "get put"},
        {"methods", "get;put"},
        {"key_prefix", ""},
        {"log", ""},
        {"log", "ON"},
        {"log", "true"},
        {"log_user", ""},
        {"log_user", "x-"},
        {"log_user", "user"},
        {"log_user", "X-User"},
        {"log_user", "x-user_name"},
        {"log_user", "x-user:"},
        {"log_user", "x-user:sub"},
        {"log_user", "x-user:setting:user"},
        {"log_user", "x-user:claim:"},
        {"log_user", "x-user:session_user "},
        {"log_user", "x-id"},
        {"log_user", "x-amz-user"},
        {"log_user", "x-goog-user:session_user"},
        {"log_user", "x-oss-user"},
        {"log_user", "x-cos-user"},
        {"log_user", "x-obs-user"},
        {"allow_query", ""},
        {"allow_query", "a,"},
        {"allow_query", "a, ,b"},
        {"allow_query", "X-Amz-Date"},
        {"allow_query", "a,x-amz-signature"},
        {"allow_query", "versionId"},
        {"allow_query", "VERSIONID"},
        {"allow_headers", ""},
        {"allow_headers", "a b"},
        {"allow_headers", "a,"},
        {"allow_headers", "host"},
        {"allow_headers", "Authorization"},
        {"allow_headers", "x-amz-date"},
        {"allow_headers", "x-a, X-Amz-Security-Token"},
        {"credentials_file", ""},
        {"credentials_file", "a/b"},
        {"credentials_file", "~/a"},
        {"profile", ""},
    };
    for (const field& option : bad) {
        const auto e = error_of([&] { parsed({option}); });
        ASSERT_TRUE(e) << option.name << " " << option.value;
        EXPECT_EQ(e->code, code::invalid_parameter_value) << e->message;
        EXPECT_NE(e->message.find('"' + std::string(option.name) + '"'), std::string::npos)
            << e->message;
    }
    for (const field& option : {field{"region", "a b"},
                                {"addressing", "PATH"},
                                {"bucket", ".."},
                                {"public_endpoint", "ftp://x"}}) {
        const auto e = error_of([&] { parsed({option}); });
        ASSERT_TRUE(e) << option.name;
        EXPECT_EQ(e->code, code::invalid_parameter_value) << e->message;
    }
}

TEST(server_options, need_an_endpoint) {
    for (const auto& options : {std::vector<field>{}, {{"bucket", "media"}}, {{"endpoint", ""}}}) {
        const auto e = error_of([&] { parse_server_options(options); });
        ASSERT_TRUE(e);
        EXPECT_EQ(e->code, code::invalid_parameter_value);
        EXPECT_EQ(e->message, "option \"endpoint\" is missing");
    }
}

TEST(server_options, log) {
    EXPECT_FALSE(parsed({}).log);
    EXPECT_TRUE(parsed({{"log", "on"}}).log);
    EXPECT_FALSE(parsed({{"log", "off"}}).log);
}

TEST(server_options, log_user) {
    const auto user = [](std::string_view value) {
        return parsed({{"log_user", value}}).log_user.value();
    };
    EXPECT_EQ(user("x-user").name, "x-user");
    EXPECT_EQ(user("x-user").value.text, "session_user");
    EXPECT_EQ(user("x-a-1:setting:app.login").name, "x-a-1");
    EXPECT_EQ(user("x-a-1:setting:app.login").value.setting, "app.login");
    EXPECT_EQ(user("x-user:claim:https://x/sub").value.text, "claim:https://x/sub");
    // in either order, and in any case
    for (const bool first : {false, true}) {
        std::vector<field> options = {{"log_user", "x-user"}, {"allow_query", "acl, X-User"}};
        if (first) std::swap(options[0], options[1]);
        EXPECT_TRUE(refuses(code::invalid_parameter_value, "log_user", [&] { parsed(options); }));
    }
}

TEST(server_options, unknown_names_are_told_the_valid_ones) {
    for (const auto name : {"", "host", "Endpoint", "endpoint ", "method", "user", "password"}) {
        const auto e = error_of([&] { parsed({{name, "SECRET"}}); });
        ASSERT_TRUE(e) << name;
        EXPECT_EQ(e->code, code::fdw_invalid_option_name);
        EXPECT_EQ(e->message.find("SECRET"), std::string::npos);
        EXPECT_EQ(e->hint,
                  "Valid options in this context are: endpoint, region, addressing, bucket, "
                  "public_endpoint, "
                  "methods, key_prefix, default_duration, max_duration, cache_window, allow_query, "
                  "allow_headers, credentials_file, profile, upload_headers, content_types, "
                  "max_bytes, log, log_user.");
    }
    // and a credential where it belongs
    for (const auto name : {"access_key_id", "secret_access_key", "session_token"}) {
        const auto e = error_of([&] { parsed({{name, "SECRET"}}); });
        ASSERT_TRUE(e) << name;
        EXPECT_EQ(e->code, code::fdw_invalid_option_name);
        EXPECT_NE(e->hint.find("CREATE USER MAPPING"), std::string::npos);
        EXPECT_EQ((e->message + e->hint).find("SECRET"), std::string::npos);
    }
}

TEST(mapping_options, are_a_key_pair_or_nothing) {
    const field id{"access_key_id", "AKID"}, secret{"secret_access_key", "SECRET"},
        token{"session_token", "TOKEN"};
    const auto parse = [](std::vector<field> options) { return parse_mapping_options(options); };
    EXPECT_EQ(parse({}).access_key_id, "");
    EXPECT_EQ(parse({id, secret}).access_key_id, "AKID");
    EXPECT_EQ(parse({id, secret}).session_token, "");
    EXPECT_EQ(parse({token, secret, id}).secret_access_key, "SECRET");
    EXPECT_EQ(parse({token, secret, id}).session_token, "TOKEN");
    for (const auto& half : {std::vector{id}, {secret}, {token}, {id, token}, {secret, token}})
        EXPECT_EQ(error_of([&] { parse(half); })->code, code::invalid_parameter_value);
    for (const auto& empty : {std::vector<field>{{"access_key_id", ""}, secret},
                              {id, {"secret_access_key", ""}},
                              {id, secret, {"session_token", ""}}})
        EXPECT_EQ(error_of([&] { parse(empty); })->code, code::invalid_parameter_value);
    const std::string long_token(8193, 't');
    for (const auto& bad : {std::vector<field>{{"access_key_id", "AKID\n"}, secret},
                            {id, {"secret_access_key", "VALUE\r"}},
                            {id, secret, {"session_token", "VALUE\x7f"}},
                            {id, secret, {"session_token", long_token}}}) {
        const auto e = error_of([&] { parse(bad); });
        ASSERT_TRUE(e);
        EXPECT_EQ(e->code, code::invalid_parameter_value);
        EXPECT_EQ(e->message.find("VALUE"), std::string::npos);
    }
    for (const auto name : {"", "user", "password", "endpoint", "bucket", "Access_key_id"}) {
        const auto e = error_of([&] { parse({id, secret, {name, "VALUE"}}); });
        ASSERT_TRUE(e) << name;
        EXPECT_EQ(e->code, code::fdw_invalid_option_name);
        EXPECT_EQ(e->hint,
                  "Valid options in this context are: access_key_id, secret_access_key, "
                  "session_token, expires_at.");
        EXPECT_EQ((e->message + e->hint).find("VALUE"), std::string::npos);
    }
}

TEST(mapping_options, may_end) {
    const field id{"access_key_id", "AKID"}, secret{"secret_access_key", "SECRET"};
    const auto end_at = [&](std::string_view value) {
        return parse_mapping_options(std::vector<field>{id, secret, {"expires_at", value}})
            .expires_at;
    };
    EXPECT_EQ(parse_mapping_options(std::vector{id, secret}).expires_at, std::nullopt);
    EXPECT_EQ(end_at("2022-01-26T14:21:45+01:00"), 1643203305);
    EXPECT_EQ(end_at("1643203305"), 1643203305);
    for (const auto value : {"", "tomorrow", "infinity", "2022-01-26", "2022-01-26 13:21:45"})
        EXPECT_TRUE(
            refuses(code::invalid_parameter_value, "\"expires_at\"", [&] { end_at(value); }));
    const field end{"expires_at", "1643203305"};
    EXPECT_TRUE(refuses(code::invalid_parameter_value, "both", [&] {
        parse_mapping_options({&end, 1});
    }));
}

TEST(other_options, do_not_exist) {
    EXPECT_NO_THROW(s3::check_no_options({}));
    const field option{"endpoint", "x"};
    EXPECT_EQ(error_of([&] {
                  s3::check_no_options({&option, 1});
              })->code,
              code::fdw_invalid_option_name);
}

}  // namespace
}  // namespace s3sign
