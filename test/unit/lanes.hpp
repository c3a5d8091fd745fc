// The ways to hash that the tests of lanes.hpp compare, and how to force one of them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "sigv4/lane_count.hpp"
#include "sigv4/lanes.hpp"

// lanes.cpp compiled a second time, without the instructions of its processors: so 16 lanes are
// tested without AVX-512 too. See test/core.mk.
namespace s3sign::portable_sigv4 {
void sha256_lanes(std::size_t lanes, const sigv4::hash_state& begun, std::uint64_t size,
                  std::span<const std::string_view> ends, sigv4::digest* digests);
sigv4::hash_state take_block(const sigv4::hash_state& begun, const unsigned char* block);
}  // namespace s3sign::portable_sigv4

namespace s3sign::test {

struct lane_hash {
    decltype(&sigv4::sha256_lanes) hash;
    decltype(&sigv4::take_block) take_block;
    std::size_t lanes;
};

// Those that the processor can run.
inline std::vector<lane_hash> lane_hashes() {
    std::vector<lane_hash> list = {{portable_sigv4::sha256_lanes, portable_sigv4::take_block, 8},
                                   {portable_sigv4::sha256_lanes, portable_sigv4::take_block, 16}};
    for (const std::size_t lanes : {8, 16})
        if (lanes <= sigv4::most_lanes())
            list.push_back({sigv4::sha256_lanes, sigv4::take_block, lanes});
    return list;
}

// 0 (OpenSSL), and the numbers of lanes that the processor has.
inline std::vector<std::size_t> lane_counts() {
    std::vector<std::size_t> list = {0};
    for (const std::size_t lanes : {8, 16})
        if (lanes <= sigv4::most_lanes()) list.push_back(lanes);
    return list;
}

// Forces a number of lanes while it lives.
class lane_count_scope {
   public:
    explicit lane_count_scope(std::size_t count) { sigv4::set_lane_count(count); }
    lane_count_scope(const lane_count_scope&) = delete;
    lane_count_scope& operator=(const lane_count_scope&) = delete;
    ~lane_count_scope() { sigv4::set_lane_count(before_); }

   private:
    std::size_t before_ = sigv4::lane_count();
};

}  // namespace s3sign::test
