// This file includes itself, once for each width of vectors: a template can't choose its processor,
// and GCC splits vectors that the function's processor does not have.
#ifndef S3SIGN_LANES

#include "sigv4/lanes.hpp"

#include <algorithm>
#include <bit>
#include <cstring>

#include <openssl/crypto.h>

// A test compiles this file with an empty one, for processors that lack the wider vectors.
#if defined __x86_64__ && !defined S3SIGN_FOR
#define S3SIGN_FOR(processor) [[gnu::target(processor)]]
#elif !defined S3SIGN_FOR
#define S3SIGN_FOR(processor)
#endif

namespace s3sign::sigv4 {
namespace {

// FIPS 180-4 §4.2.2.
constexpr std::uint32_t round_constants[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
};

constexpr std::uint32_t big_endian(std::uint32_t word) {
    return std::endian::native == std::endian::little ? __builtin_bswap32(word) : word;
}

// FIPS 180-4 §5.1.1: the rest of a message after its whole blocks, padded to one or two.
struct padding {
    std::array<unsigned char, 2 * block_size> bytes{};
    std::size_t blocks;

    padding() : blocks(0) {}
    padding(std::string_view rest, std::uint64_t message_size)
        : blocks(rest.size() + 9 > block_size ? 2 : 1) {
        if (!rest.empty()) std::memcpy(bytes.data(), rest.data(), rest.size());
        bytes[rest.size()] = 0x80;
        for (std::size_t i = 0; i < 8; i++)
            bytes[blocks * block_size - 1 - i] =
                static_cast<unsigned char>(message_size * 8 >> 8 * i);
    }
};

// compress() adds one block of each message to states, whose words i are states[i]. FIPS 180-4
// §6.2.2.
template <std::size_t lanes>
struct compressor;

}  // namespace
}  // namespace s3sign::sigv4

#define S3SIGN_LANES 8
#define S3SIGN_TARGET "avx2"
#include "sigv4/lanes.cpp"  // NOLINT(bugprone-suspicious-include)
#define S3SIGN_LANES 16
#define S3SIGN_TARGET "avx512bw"
#include "sigv4/lanes.cpp"  // NOLINT(bugprone-suspicious-include)

namespace s3sign::sigv4 {
namespace {

// The states of the messages, wiped: one that began with a key is as secret.
template <std::size_t lanes>
struct lane_states {
    typename compressor<lanes>::vector words[8];

    explicit lane_states(const hash_state& begun) {
        for (std::size_t i = 0; i < 8; i++)
            for (std::size_t lane = 0; lane < lanes; lane++) words[i][lane] = begun[i];
    }
    ~lane_states() { OPENSSL_cleanse(words, sizeof words); }

    hash_state of(std::size_t lane) const {
        hash_state state;
        for (std::size_t i = 0; i < 8; i++) state[i] = words[i][lane];
        return state;
    }
};

// At most `lanes` messages. The lane of a message that has ended hashes arbitrary blocks.
template <std::size_t lanes>
void hash_together(const hash_state& begun, std::uint64_t size,
                   std::span<const std::string_view> ends, digest* digests) {
    std::array<padding, lanes> last;
    std::array<std::size_t, lanes> whole{}, blocks{};
    std::array<const unsigned char*, lanes> begins{};
    lane_states<lanes> states(begun);
    for (std::size_t lane = 0; lane < ends.size(); lane++) {
        const std::string_view end = ends[lane];
        begins[lane] = reinterpret_cast<const unsigned char*>(end.data());
        whole[lane] = end.size() / block_size;
        last[lane] = padding(end.substr(whole[lane] * block_size), size + end.size());
        blocks[lane] = whole[lane] + last[lane].blocks;
    }
    const std::size_t most = std::ranges::max(blocks);
    for (std::size_t i = 0; i < most; i++) {
        const unsigned char* next[lanes];
        for (std::size_t lane = 0; lane < lanes; lane++) {
            const std::size_t rest = i == whole[lane] + 1 ? block_size : 0;
            next[lane] =
                i < whole[lane] ? begins[lane] + i * block_size : last[lane].bytes.data() + rest;
        }
        compressor<lanes>::compress(states.words, next);
        for (std::size_t lane = 0; lane < ends.size(); lane++) {
            if (i + 1 != blocks[lane]) continue;
            hash_state state = states.of(lane);
            for (std::uint32_t& word : state) word = big_endian(word);
            std::memcpy(digests[lane].data(), state.data(), sizeof state);
        }
    }
}

}  // namespace

void sha256_lanes(std::size_t lanes, const hash_state& begun, std::uint64_t size,
                  std::span<const std::string_view> ends, digest* digests) {
    while (!ends.empty()) {
        const std::size_t count = std::min(lanes, ends.size());
        if (lanes == 16)
            hash_together<16>(begun, size, ends.first(count), digests);
        else
            hash_together<8>(begun, size, ends.first(count), digests);
        ends = ends.subspan(count);
        digests += count;
    }
}

hash_state take_block(const hash_state& begun, const unsigned char* block) {
    lane_states<8> states(begun);
    const unsigned char* blocks[8];
    std::ranges::fill(blocks, block);
    compressor<8>::compress(states.words, blocks);
    return states.of(0);
}

}  // namespace s3sign::sigv4

#else

namespace s3sign::sigv4 {
namespace {

template <>
struct compressor<S3SIGN_LANES> {
    typedef std::uint32_t vector __attribute__((vector_size(4 * S3SIGN_LANES)));

    S3SIGN_FOR(S3SIGN_TARGET)
    static void compress(vector (&states)[8], const unsigned char* const* blocks) {
        vector w[16] = {};  // GCC for s390x does not see that each element is set
        for (std::size_t i = 0; i < 16; i++) {
            for (std::size_t lane = 0; lane < S3SIGN_LANES; lane++) {
                std::uint32_t word;
                std::memcpy(&word, blocks[lane] + 4 * i, 4);
                w[i][lane] = big_endian(word);
            }
        }
        vector a = states[0], b = states[1], c = states[2], d = states[3];
        vector e = states[4], f = states[5], g = states[6], h = states[7];
#define S3SIGN_ROTATE(x, n) ((x) >> (n) | (x) << (32 - (n)))
        for (std::size_t round = 0; round < 64; round += 16) {
            for (std::size_t i = 0; i < 16; i++) {
                if (round != 0) {
                    const vector near = w[(i + 1) % 16], far = w[(i + 14) % 16];
                    w[i] += (S3SIGN_ROTATE(near, 7) ^ S3SIGN_ROTATE(near, 18) ^ near >> 3) +
                            w[(i + 9) % 16] +
                            (S3SIGN_ROTATE(far, 17) ^ S3SIGN_ROTATE(far, 19) ^ far >> 10);
                }
                const vector t1 =
                    h + (S3SIGN_ROTATE(e, 6) ^ S3SIGN_ROTATE(e, 11) ^ S3SIGN_ROTATE(e, 25)) +
                    (g ^ (e & (f ^ g))) + round_constants[round + i] + w[i];
                const vector t2 =
                    (S3SIGN_ROTATE(a, 2) ^ S3SIGN_ROTATE(a, 13) ^ S3SIGN_ROTATE(a, 22)) +
                    ((a & b) | (c & (a | b)));
                h = g, g = f, f = e, e = d + t1, d = c, c = b, b = a, a = t1 + t2;
            }
        }
#undef S3SIGN_ROTATE
        states[0] += a, states[1] += b, states[2] += c, states[3] += d;
        states[4] += e, states[5] += f, states[6] += g, states[7] += h;
    }
};

}  // namespace
}  // namespace s3sign::sigv4

#undef S3SIGN_LANES
#undef S3SIGN_TARGET
#endif
