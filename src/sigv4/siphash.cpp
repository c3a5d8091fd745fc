#include "sigv4/siphash.hpp"

#include <sys/random.h>  // getentropy() on macOS
#include <unistd.h>      // getentropy() on Linux and the BSDs

#include <array>
#include <bit>
#include <cstddef>
#include <cstring>
#include <optional>

#include "base/error.hpp"

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

    template <int rounds>
    void absorb(std::uint64_t word) {
        v3 ^= word;
        for (int i = 0; i < rounds; i++) round();
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

// SipHash-c-d: c rounds a word, d rounds at the end.
template <int c, int d>
std::uint64_t hash(const siphash_key& key, std::string_view text) {
    state s{key[0] ^ 0x736f6d6570736575, key[1] ^ 0x646f72616e646f6d, key[0] ^ 0x6c7967656e657261,
            key[1] ^ 0x7465646279746573};
    const std::uint64_t size = text.size();
    for (; text.size() >= 8; text.remove_prefix(8)) s.absorb<c>(word_of(text.data()));
    s.absorb<c>(partial_word_of(text) | size << 56);
    s.v2 ^= 0xff;
    for (int i = 0; i < d; i++) s.round();
    return s.v0 ^ s.v1 ^ s.v2 ^ s.v3;
}

const siphash_key& process_key() {
    static constinit std::optional<siphash_key> key;
    if (!key) {
        siphash_key random;
        if (getentropy(&random, sizeof random) != 0)
            throw error(code::internal_error, "could not get random bytes from the kernel");
        key = random;
    }
    return *key;
}

}  // namespace

std::uint64_t siphash(const siphash_key& key, std::string_view text) {
    return hash<2, 4>(key, text);
}

std::uint64_t process_hash(std::string_view text) { return siphash(process_key(), text); }

std::uint64_t index_hash(std::initializer_list<std::string_view> texts) {
    // Short texts are hashed as one: each hash has its rounds at the end.
    std::array<char, 256> joined;
    std::size_t size = 0;
    std::uint64_t result = 0;
    for (std::string_view text : texts) {
        if (text.size() <= joined.size() - size)
            size += text.copy(joined.data() + size, text.size());
        else
            result = std::rotl(result, 8) ^ hash<1, 3>(process_key(), text);
    }
    return result ^ hash<1, 3>(process_key(), {joined.data(), size});
}

}  // namespace s3sign::sigv4
