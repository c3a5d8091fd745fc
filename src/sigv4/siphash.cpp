#include "sigv4/siphash.hpp"

#include <bit>
#include <cstddef>
#include <cstring>

namespace s3sign::sigv4 {
namespace {

struct state {
    std::uint64_t v0, v1, v2, v3;

    void round() {
        v0 += v1;
        v1 = std::rotl(v1, 13) ^ v0;
        v0 = std::rotl(v0, 32);
        v2 += v3;
        v3 = std::rotl(v3, 16) ^ v2;
        v0 += v3;
        v3 = std::rotl(v3, 21) ^ v0;
        v2 += v1;
        v1 = std::rotl(v1, 17) ^ v2;
        v2 = std::rotl(v2, 32);
    }

    void absorb(std::uint64_t word) {
        v3 ^= word;
        round();
        round();
        v0 ^= word;
    }
};

// Eight bytes, little-endian.
std::uint64_t word_of(const char* bytes) {
    std::uint64_t word;
    std::memcpy(&word, bytes, 8);
    return std::endian::native == std::endian::little ? word : __builtin_bswap64(word);
}

// Up to seven bytes, little-endian.
std::uint64_t partial_word_of(std::string_view text) {
    std::uint64_t word = 0;
    for (std::size_t i = text.size(); i-- > 0;)
        word = word << 8 | static_cast<unsigned char>(text[i]);
    return word;
}

}  // namespace

std::uint64_t siphash(const siphash_key& key, std::string_view text) {
    state s{key[0] ^ 0x736f6d6570736575, key[1] ^ 0x646f72616e646f6d, key[0] ^ 0x6c7967656e657261,
            key[1] ^ 0x7465646279746573};
    const std::uint64_t size = text.size();
    for (; text.size() >= 8; text.remove_prefix(8)) s.absorb(word_of(text.data()));
    s.absorb(partial_word_of(text) | size << 56);
    s.v2 ^= 0xff;
    for (int i = 0; i < 4; i++) s.round();
    return s.v0 ^ s.v1 ^ s.v2 ^ s.v3;
}

}  // namespace s3sign::sigv4
