#include "s3/profile.hpp"

#include "support.hpp"

namespace s3sign {
namespace {

using s3::find_profile;
using test::error_of;

constexpr std::string_view file = R"(# AWS's own example, and some more
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

[ spaced ]
	aws_access_key_id	=	AKID2
   aws_secret_access_key   =   SECRET2

[half]
aws_access_key_id = AKID3

[empty]
aws_access_key_id =
aws_secret_access_key = SECRET4

[token]
aws_session_token = TOKEN5

[no equals]
aws_access_key_id AKID6
aws_secret_access_key: SECRET6

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
    for (const std::string_view text : {"", "\n", "[default", "default]", "#[default]", "[]",
                                        "aws_access_key_id = AKID\naws_secret_access_key = S\n"})
        EXPECT_EQ(error_of([&] { find_profile(text, "default"); })->message,
                  "the credentials file has no such profile")
            << text;
}

TEST(profile, has_no_pair) {
    for (const auto name : {"half", "empty", "token", "no equals", "nothing"}) {
        const auto e = error_of([&] { find_profile(file, name); });
        ASSERT_TRUE(e) << name;
        EXPECT_EQ(e->code, code::undefined_object);
        EXPECT_EQ(e->message, "the profile in the credentials file has no key pair");
        EXPECT_EQ((e->message + e->hint).find("AKID"), std::string::npos);
        EXPECT_EQ((e->message + e->hint).find("SECRET"), std::string::npos);
    }
}

TEST(profile, has_bad_values) {
    const std::string key(4097, 'k');
    for (const std::string& text :
         {std::string("aws_access_key_id = A\x01\naws_secret_access_key = SECRET\n"),
          std::string("aws_access_key_id = A\naws_secret_access_key = SEC\tRET\n"),
          "aws_access_key_id = A\naws_secret_access_key = " + key + "\n",
          std::string("aws_access_key_id = A\naws_secret_access_key = S\n"
                      "aws_session_token = SECRET\x7f\n")}) {
        const auto e = error_of([&] { find_profile("[default]\n" + text, "default"); });
        ASSERT_TRUE(e) << text;
        EXPECT_EQ(e->code, code::invalid_parameter_value);
        EXPECT_EQ(e->message.find("SEC"), std::string::npos);
    }
}

// A file that is being written is an error until it is whole.
TEST(profile, is_whole_or_an_error) {
    constexpr std::string_view whole =
        "[default]\naws_access_key_id = AKID\naws_secret_access_key = S\n";
    const std::size_t first_of_secret = whole.size() - 2;
    for (std::size_t size = 0; size <= first_of_secret; size++)
        EXPECT_TRUE(error_of([&] { find_profile(whole.substr(0, size), "default"); })) << size;
    EXPECT_EQ(find_profile(whole, "default").secret_access_key, "S");
}

}  // namespace
}  // namespace s3sign
