#include <span>
#include <string>

#include "s3/credentials.hpp"
#include "s3/limits.hpp"
#include "support.hpp"

namespace s3sign {
namespace {

std::string said(void (*check)(std::string_view, std::string_view), const std::string& value) {
    const auto e = test::error_of([&] { check("it", value); });
    if (!e) return "";
    EXPECT_EQ(e->code, code::invalid_parameter_value);
    return e->message;
}

TEST(credential, length) {
    EXPECT_EQ(said(s3::check_key_part, std::string(4096, 'k')), "");
    EXPECT_EQ(said(s3::check_key_part, std::string(4097, 'k')), "it is over 4096 bytes");
    EXPECT_EQ(said(s3::check_session_token, std::string(8192, 't')), "");
    EXPECT_EQ(said(s3::check_session_token, std::string(8193, 't')), "it is over 8192 bytes");
}

TEST(credential, control_characters) {
    for (const auto check : {s3::check_key_part, s3::check_session_token}) {
        for (int c = 0; c < 0x100; c++) {
            const bool control = c < 0x20 || c == 0x7f;
            for (const char* rest : {"", "abcdefghijklmnopqrstuvwxyz"}) {
                const std::string value = rest + std::string(1, static_cast<char>(c)) + rest;
                EXPECT_EQ(said(check, value), control ? "it has a control character" : "") << c;
            }
        }
    }
}

TEST(credential, of_a_file) {
    for (const std::string text :
         {"[default]\naws_access_key_id = A\x01\naws_secret_access_key = SECRET\n",
          "[default]\naws_access_key_id = A\naws_secret_access_key = SEC\tRET\n",
          R"({"AccessKeyId": "A", "SecretAccessKey": "SEC\nRET"})",
          R"({"AccessKeyId": "A", "SecretAccessKey": "SECRET", "SessionToken": "\u007f"})"}) {
        std::string file = text;
        const auto e = test::error_of([&] { s3::read_credentials(std::span(file), "default"); });
        ASSERT_TRUE(e) << text;
        EXPECT_EQ(e->code, code::invalid_parameter_value) << text;
        EXPECT_EQ(e->message.find("SEC"), std::string::npos) << e->message;
    }
}

}  // namespace
}  // namespace s3sign
