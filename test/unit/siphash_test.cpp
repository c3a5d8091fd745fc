#include "sigv4/siphash.hpp"

#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/params.h>

#include <cstring>
#include <numeric>

#include "support.hpp"

namespace s3sign {
namespace {

// The key of the paper's appendix A: the bytes 0 to 15.
constexpr sigv4::siphash_key counting{0x0706050403020100, 0x0f0e0d0c0b0a0908};

// The first `size` of the bytes 0, 1, 2 ...
std::string count_to(std::size_t size) {
    std::string text(size, '\0');
    std::iota(text.begin(), text.end(), '\0');
    return text;
}

// The paper's appendix A, and the first of its reference implementation's vectors
TEST(siphash, published_vectors) {
    EXPECT_EQ(sigv4::siphash(counting, count_to(15)), 0xa129ca6149be45e5u);
    EXPECT_EQ(sigv4::siphash(counting, count_to(0)), 0x726fdb47dd0e0e31u);
    EXPECT_EQ(sigv4::siphash(counting, count_to(1)), 0x74f839c593dc67fdu);
}

std::uint64_t by_openssl(std::string_view text) {
    EVP_MAC* mac = EVP_MAC_fetch(nullptr, "SIPHASH", nullptr);
    EVP_MAC_CTX* context = EVP_MAC_CTX_new(mac);
    std::size_t size = sizeof(std::uint64_t);
    const OSSL_PARAM parameters[] = {OSSL_PARAM_construct_size_t(OSSL_MAC_PARAM_SIZE, &size),
                                     OSSL_PARAM_construct_end()};
    const std::string key = count_to(16);
    unsigned char bytes[8];
    EXPECT_EQ(
        EVP_MAC_init(context, reinterpret_cast<const unsigned char*>(key.data()), 16, parameters),
        1);
    EVP_MAC_update(context, reinterpret_cast<const unsigned char*>(text.data()), text.size());
    EXPECT_EQ(EVP_MAC_final(context, bytes, &size, sizeof bytes), 1);
    EVP_MAC_CTX_free(context);
    EVP_MAC_free(mac);
    std::uint64_t result = 0;
    for (int i = 7; i >= 0; i--) result = result << 8 | bytes[i];
    return result;
}

TEST(siphash, agrees_with_openssl) {
    for (std::size_t size = 0; size <= 300; size++)
        EXPECT_EQ(sigv4::siphash(counting, count_to(size)), by_openssl(count_to(size))) << size;
}

TEST(siphash, depends_on_the_whole_key) {
    EXPECT_NE(sigv4::siphash({1, 2}, "text"), sigv4::siphash({1, 3}, "text"));
    EXPECT_NE(sigv4::siphash({1, 2}, "text"), sigv4::siphash({0, 2}, "text"));
}

}  // namespace
}  // namespace s3sign
