#include "sigv4/base64.hpp"

#include "support.hpp"

namespace s3sign {
namespace {

// RFC 4648 §10
TEST(base64, vectors) {
    const std::pair<std::string_view, std::string_view> vectors[] = {
        {"", ""},
        {"f", "Zg=="},
        {"fo", "Zm8="},
        {"foo", "Zm9v"},
        {"foob", "Zm9vYg=="},
        {"fooba", "Zm9vYmE="},
        {"foobar", "Zm9vYmFy"},
    };
    for (const auto& [raw, text] : vectors) EXPECT_EQ(sigv4::base64(raw), text);
    EXPECT_EQ(sigv4::base64(std::string_view("\xff\xef\0\xbe", 4)), "/+8Avg==");
}

TEST(base64, of_a_number_of_bytes) {
    EXPECT_TRUE(sigv4::is_base64("", 0));
    EXPECT_TRUE(sigv4::is_base64("Zg==", 1));
    EXPECT_TRUE(sigv4::is_base64("Zm8=", 2));
    EXPECT_TRUE(sigv4::is_base64("Zm9v", 3));
    EXPECT_TRUE(sigv4::is_base64("/+8Avg==", 4));
    for (const std::size_t size : {0u, 2u, 3u, 4u}) EXPECT_FALSE(sigv4::is_base64("Zg==", size));
    for (const char* text :
         {"Zh==", "Zg= ", " Zg=", "Zg=", "Zg", "Z===", "====", "Zg=A", "-_==", "\xfc\xfc=="})
        EXPECT_FALSE(sigv4::is_base64(text, 1)) << text;
}

TEST(base64, digest_there_and_back) {
    const sigv4::digest d = sigv4::sha256("hello");
    // printf hello | sha256sum | xxd -r -p | base64
    EXPECT_EQ(sigv4::base64(sigv4::bytes(d)), "LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ=");
    EXPECT_EQ(sigv4::parse_base64_digest("LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ="), d);
}

TEST(base64, what_is_no_digest) {
    const std::string good = "LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ=";
    std::vector<std::string> bad = {
        "",
        "=",
        good.substr(0, 43),  // without its padding
        good + "=",
        good.substr(0, 40) + "mA==",  // 31 bytes
        good.substr(0, 43) + "A",     // 33 bytes
        good.substr(0, 42) + "R=",    // bits that mean nothing
        " " + good.substr(1),
        good.substr(0, 43) + "\n",
        "-" + good.substr(1),                        // base64url
        "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c",  // hex
        std::string(44, '='),
        std::string(44, '\0'),
        std::string(4096, 'A'),
    };
    for (std::size_t i = 0; i < 43; i++) {
        std::string broken = good;
        broken[i] = '*';
        bad.push_back(broken);
    }
    for (const std::string& text : bad)
        EXPECT_EQ(sigv4::parse_base64_digest(text), std::nullopt) << text;
}

}  // namespace
}  // namespace s3sign
