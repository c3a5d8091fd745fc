// SHA-256 of several messages at once, one in each lane of the processor's vector registers.
//
// For arrays of URLs: one message takes as long as with hash.hpp, 8 or 16 at once little longer.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "sigv4/hash.hpp"

namespace s3sign::sigv4 {

// SHA-256 after some whole blocks: its eight words. Where they come from a key they are as secret.
using hash_state = std::array<std::uint32_t, 8>;

// FIPS 180-4 §5.3.3: before the first block.
inline constexpr hash_state initial_hash_state = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                                  0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};

// Hashes messages that begin with the `size` bytes in `begun` (whole blocks) and end with `ends`.
// `digests` has room for as many. `lanes` is 16 or 8, and the processor has such vectors.
void sha256_lanes(std::size_t lanes, const hash_state& begun, std::uint64_t size,
                  std::span<const std::string_view> ends, digest* digests);

// `begun` after one more block of block_size bytes. The processor has 8 lanes.
hash_state take_block(const hash_state& begun, const unsigned char* block);

}  // namespace s3sign::sigv4
