#include "s3/ini_credentials.hpp"

#include "support.hpp"

namespace s3sign {
namespace {

using s3::read_ini_credentials;
using test::error_of;
using test::refuses;

// Through the whole of read_credentials(), which asks for a pair.
s3::credentials find_profile(std::string& file, std::string_view profile) {
    return s3::read_credentials(file, profile);
}

std::string describe(std::string_view file, std::string_view profile = "default") {
    const auto c = read_ini_credentials(file, profile);
    return std::string(c.access_key_id) + " " + std::string(c.secret_access_key) + " " +
           std::string(c.session_token) + " " +
           (c.expires_at ? std::to_string(*c.expires_at) : "-");
}

std::string with_pair(std::string_view more) {
    return "[default]\naws_access_key_id=ID\naws_secret_access_key=S\n" + std::string(more);
}

std::string file = R"(# AWS's own example, and some more
[default]
aws_access_key_id = AKIAIOSFODNN7EXAMPLE
aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY

[media]
aws_session_token=TOKEN+/==
aws_secret_access_key=SECRET=/+#;
region = eu-west-1
aws_access_key_id=AKID
; aws_access_key_id = COMMENT
# aws_secret_access_key = COMMENT

[spaced]
	aws_access_key_id	=	AKID2
	aws_secret_access_key   =   SECRET2

[half]
aws_access_key_id = AKID3

[empty]
aws_access_key_id =
aws_secret_access_key = SECRET4

[token]
aws_session_token = TOKEN5

[colon]
AWS_ACCESS_KEY_ID: AKID6
Aws_Secret_Access_Key : SECRET6

[nothing]
)";

TEST(profile, is_found) {
    const auto first = find_profile(file, "default");
    EXPECT_EQ(first.access_key_id, test::example_identity);
    EXPECT_EQ(first.secret_access_key, test::example_secret);
    EXPECT_EQ(first.session_token, "");
    const auto media = find_profile(file, "media");
    EXPECT_EQ(media.access_key_id, "AKID");
    EXPECT_EQ(media.secret_access_key, "SECRET=/+#;");
    EXPECT_EQ(media.session_token, "TOKEN+/==");
    const auto spaced = find_profile(file, "spaced");
    EXPECT_EQ(spaced.access_key_id, "AKID2");
    EXPECT_EQ(spaced.secret_access_key, "SECRET2");
    const auto colon = find_profile(file, "colon");
    EXPECT_EQ(colon.access_key_id, "AKID6");
    EXPECT_EQ(colon.secret_access_key, "SECRET6");
}

TEST(profile, is_found_however_lines_end) {
    for (const std::string_view end : {"\n", "\r\n"}) {
        for (const bool last : {true, false}) {
            std::string text;
            for (const auto line :
                 {"[default]", "aws_access_key_id = AKID", "", "aws_secret_access_key = SECRET"})
                text += std::string(text.empty() ? "" : end) + line;
            if (last) text += end;
            const auto found = find_profile(text, "default");
            EXPECT_EQ(found.access_key_id, "AKID");
            EXPECT_EQ(found.secret_access_key, "SECRET");
        }
    }
}

TEST(profile, is_missing) {
    for (const auto name :
         {"", "Default", "defaul", "defaults", "default]", "profile media", "[media]", "region"}) {
        const auto e = error_of([&] { find_profile(file, name); });
        ASSERT_TRUE(e) << name;
        EXPECT_EQ(e->code, code::undefined_object);
        EXPECT_EQ(e->message, "the credentials file has no such profile");
    }
    for (std::string text : {"", "\n", "#[default]", "[ default ]", "[profile default]"})
        EXPECT_EQ(error_of([&] { find_profile(text, "default"); })->message,
                  "the credentials file has no such profile")
            << text;
    std::string defaults = with_pair("").replace(1, 7, "DEFAULT");
    EXPECT_TRUE(refuses(code::undefined_object, "no such profile",
                        [&] { find_profile(defaults, "DEFAULT"); }));
    defaults += "[default]\n";
    EXPECT_TRUE(
        refuses(code::undefined_object, "no key pair", [&] { find_profile(defaults, "default"); }));
}

TEST(profile, has_no_pair) {
    for (const auto name : {"half", "empty", "token", "nothing"}) {
        const auto e = error_of([&] { find_profile(file, name); });
        ASSERT_TRUE(e) << name;
        EXPECT_EQ(e->code, code::undefined_object);
        EXPECT_EQ(e->message, "the profile in the credentials file has no key pair");
        EXPECT_EQ((e->message + e->hint).find("AKID"), std::string::npos);
        EXPECT_EQ((e->message + e->hint).find("SECRET"), std::string::npos);
    }
}

// A file that is being written is an error until it is whole.
TEST(profile, is_whole_or_an_error) {
    const std::string whole = with_pair("");
    for (std::size_t size = 0; size < whole.size() - 2; size++) {
        std::string part = whole.substr(0, size);
        EXPECT_TRUE(error_of([&] { find_profile(part, "default"); })) << size;
    }
    std::string without_line_end = whole.substr(0, whole.size() - 1);
    EXPECT_EQ(find_profile(without_line_end, "default").secret_access_key, "S");
}

TEST(profile, may_be_cut_off_without_a_last_line_end) {
    EXPECT_TRUE(s3::may_be_cut_off("[default]\na=b"));
    EXPECT_TRUE(s3::may_be_cut_off(""));
    EXPECT_FALSE(s3::may_be_cut_off("[default]\na=b\n"));
    EXPECT_FALSE(s3::may_be_cut_off("[default]\ra=b\r"));
    EXPECT_FALSE(s3::may_be_cut_off(" \n{"));
}

TEST(profile, has_one_token_of_two_names) {
    EXPECT_EQ(describe(with_pair("aws_security_token=T\n")), "ID S T -");
    EXPECT_EQ(describe(with_pair("aws_session_token=T\nAWS_SECURITY_TOKEN=T\n")), "ID S T -");
    for (const std::string_view other : {"U", ""})
        EXPECT_TRUE(refuses(code::io_error, "two session tokens that differ", [&] {
            describe(with_pair("aws_session_token=T\naws_security_token=" + std::string(other)));
        }));
}

TEST(profile, ends_at_the_earliest_time) {
    for (const std::string_view name : {"x_security_token_expires", "AWS_EXPIRATION",
                                        "aws_session_expiration", "aws_credential_expiration"}) {
        const std::string option(name);
        EXPECT_EQ(describe(with_pair(option + "=2022-01-26T14:21:45+01:00")), "ID S  1643203305");
        EXPECT_EQ(describe(with_pair(option + " : 1643203305999")), "ID S  1643203305");
        for (const std::string_view value : {"", "soon", "2022-01-26T13:21:45", "1\n 2"})
            EXPECT_TRUE(refuses(code::io_error, "is not a time", [&] {
                describe(with_pair(option + "=" + std::string(value)));
            })) << value;
    }
    EXPECT_EQ(describe(with_pair("aws_expiration=30\nx_security_token_expires=10\n"
                                 "aws_session_expiration=20\n")),
              "ID S  10");
    // nobody reads it: this is a duration
    EXPECT_EQ(describe(with_pair("expiration = 3600\n")), "ID S  -");
    EXPECT_EQ(describe(with_pair("[other]\naws_expiration=soon\n")), "ID S  -");
}

TEST(profile, needs_a_program_or_the_network) {
    const std::pair<std::string_view, std::string_view> cases[] = {
        {"role_arn=SECRET\nsource_profile=x", "\"role_arn\""},
        {"region=x\nCREDENTIAL_PROCESS=SECRET", "\"credential_process\""},
        {"web_identity_token_file=SECRET", "\"web_identity_token_file\""},
        {"login_session=SECRET", "\"login_session\""},
        {"sso_session=SECRET", "\"sso_session\""},
        {"sso_start_url=SECRET", "\"sso_start_url\""},
        {"SSO_SECRET=SECRET", "\"sso_*\""},
        {"aws_access_key_id=SECRET\nrole_arn=SECRET", "\"role_arn\""},
    };
    for (const auto& [options, name] : cases) {
        const std::string text = "[default]\n" + std::string(options);
        const auto e = error_of([&] { describe(text); });
        ASSERT_TRUE(e) << options;
        EXPECT_EQ(e->code, code::undefined_object);
        EXPECT_EQ(e->message, "the profile in the credentials file has " + std::string(name) +
                                  " instead of a key pair");
        EXPECT_NE(e->hint.find("docs/credentials.md"), std::string::npos);
        EXPECT_EQ((e->message + e->hint).find("SECRET"), std::string::npos);
    }
    EXPECT_EQ(describe(with_pair("role_arn=x\nsso_session=y")), "ID S  -");
}

TEST(profile, has_no_value_of_several_lines) {
    EXPECT_TRUE(refuses(code::invalid_parameter_value, "\"aws_secret_access_key\"", [] {
        describe("[default]\naws_access_key_id=A\naws_secret_access_key=S\n T");
    }));
    EXPECT_EQ(describe(with_pair("s3 =\n  addressing_style = path\n")), "ID S  -");
}

TEST(credentials, are_json_after_a_brace) {
    std::string json = " \n{\"AccessKeyId\": \"ID\", \"SecretAccessKey\": \"S\"}";
    EXPECT_TRUE(refuses(code::undefined_object, "no such profile",
                        [text = json]() mutable { s3::read_credentials(text, "other"); }));
    EXPECT_EQ(s3::read_credentials(json, "default").access_key_id, "ID");
    for (std::string half : {"{}", "{\"AccessKeyId\": \"ID\"}", "{\"Token\": \"T\"}"})
        EXPECT_TRUE(refuses(code::undefined_object, "no key pair",
                            [&] { s3::read_credentials(half, "default"); }));
}

TEST(credentials, of_a_temporary_kind_lack_a_token) {
    EXPECT_TRUE((s3::credentials{"ASIAIOSFODNN7EXAMPLE", "S", "", {}}.lack_token()));
    EXPECT_FALSE((s3::credentials{"ASIAIOSFODNN7EXAMPLE", "S", "T", {}}.lack_token()));
    EXPECT_FALSE((s3::credentials{"AKIAIOSFODNN7EXAMPLE", "S", "", {}}.lack_token()));
}

}  // namespace
}  // namespace s3sign
