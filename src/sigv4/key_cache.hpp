// The signing keys of late, so that a page of URLs derives its key once.
//
// A key depends on secret, date, region and service only, and deriving it costs as much as three
// URLs. Each process has one small cache; it knows a secret by its fingerprint, never in clear.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "sigv4/hash.hpp"
#include "sigv4/request.hpp"

namespace s3sign::sigv4 {

class key_cache {
   public:
    // The signing key of `secret` and `s`, valid until the next call. The one that was not asked
    // for longest makes room for a new one, and is wiped.
    const hmac_key& get(std::string_view secret, const scope& s);

   private:
    struct entry {
        digest fingerprint;  // SHA-256 of salt and secret
        std::string date, region, service;
        hmac_key key;
        std::uint64_t last_used;
    };

    std::array<unsigned char, 16> salt_{};
    std::array<std::optional<entry>, 16> entries_;
    std::uint64_t clock_ = 0;
};

}  // namespace s3sign::sigv4
