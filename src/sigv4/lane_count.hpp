// How many messages lanes.hpp hashes at once in this process.
#pragma once

#include <cstddef>

namespace s3sign::sigv4 {

// The most of all processors.
inline constexpr std::size_t widest_lanes = 16;

// The most that the processor can: 16 (AVX-512BW), 8 (AVX2) or 0. Other processors than x86-64
// have 0, where the vectors have not been measured.
std::size_t most_lanes();

// How many to hash at once. 0: one by one with OpenSSL, because that is as fast (SHA instructions
// without AVX-512BW) or because OpenSSL does not hash with its default provider, as in FIPS mode.
// Decided at the first call.
std::size_t lane_count();

// Overrides the decision with 0 or a number up to most_lanes(), which is 8 or 16.
void set_lane_count(std::size_t count);

}  // namespace s3sign::sigv4
