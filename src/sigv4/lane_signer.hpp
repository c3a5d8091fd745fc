// Signs several requests at once with one key: the hashes of all are computed side by side.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "sigv4/lanes.hpp"
#include "sigv4/request.hpp"
#include "sigv4/time.hpp"

namespace s3sign::sigv4 {

// A signing key as the two states of SHA-256 after HMAC's inner and outer pad (RFC 2104), wiped
// when it is destroyed.
class lane_signer {
   public:
    // With fewer requests, one by one is faster.
    static constexpr std::size_t fewest = 3;

    // The key is a digest. Processors without vectors of 8 lanes have no lane_signer.
    explicit lane_signer(const digest& key);

    lane_signer(const lane_signer&) = default;
    lane_signer& operator=(const lane_signer&) = default;
    ~lane_signer();

    // Writes the signatures of canonical requests of the scope that the key is bound to. `lanes` as
    // in lanes.hpp; there are at most as many requests.
    void sign(std::size_t lanes, const scope& s, const timestamp& time,
              std::span<const std::string_view> canonical_requests, digest* signatures);

   private:
    static constexpr std::int64_t none = earliest_time - 1;

    void hash_head(const scope& s, const timestamp& time);

    hash_state inner_, outer_;

    // The string to sign up to the request's hash, of one second: the state after its whole blocks,
    // the number of bytes that it has hashed, and the rest.
    std::int64_t head_time_ = none;
    hash_state head_{};
    std::uint64_t head_size_ = 0;
    std::array<char, block_size> rest_{};
    std::size_t rest_size_ = 0;
};

}  // namespace s3sign::sigv4
