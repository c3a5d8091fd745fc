// An LRU cache of signing keys: a page of URLs derives its key once.
//
// A key depends on secret, date, region and service only, and deriving it costs as much as three
// URLs. Each process has one small cache; it knows a secret by its fingerprint, never in clear.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "base/lru_cache.hpp"
#include "sigv4/request.hpp"
#include "sigv4/signature.hpp"
#include "sigv4/siphash.hpp"

namespace s3sign::sigv4 {

class key_cache {
   public:
    // What stands for a secret, in this process only.
    using fingerprint = std::uint64_t;
    fingerprint fingerprint_of(std::string_view secret);

    // The signing key, valid until the next call; null where it is not there.
    signing_key* find(fingerprint secret, const scope& s);

    // Derives the signing key. The one that was not asked for longest makes room, and is wiped.
    signing_key& add(std::string_view secret, const scope& s);

    signing_key& get(std::string_view secret, const scope& s) {
        signing_key* const key = find(fingerprint_of(secret), s);
        return key != nullptr ? *key : add(secret, s);
    }

    // While it is the same, the keys that were found or added are valid.
    std::uint64_t additions() const { return entries_.additions(); }

   private:
    struct entry {
        fingerprint secret;
        signing_key key;
    };

    std::optional<siphash_key> salt_;  // random, made with the first fingerprint
    lru_cache<entry> entries_;
};

}  // namespace s3sign::sigv4
