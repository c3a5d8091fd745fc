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

}  // namespace
}  // namespace s3sign
