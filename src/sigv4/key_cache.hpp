// An LRU cache of signing keys: a page of URLs derives its key once.
//
// Deriving a key costs as much as signing three URLs. The cache holds fingerprints of secrets,
// never a secret in clear.
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
    // Identifies a secret in this process only: a keyed hash with a random key.
    using fingerprint = std::uint64_t;
    fingerprint fingerprint_of(std::string_view secret);

    // The cached signing key, valid until the next add(); null if there is none.
    signing_key* find(fingerprint secret, const scope& s);

    // Derives and caches the signing key. A key that is dropped for it is wiped.
    signing_key& add(std::string_view secret, const scope& s);

    signing_key& get(std::string_view secret, const scope& s) {
        signing_key* const key = find(fingerprint_of(secret), s);
        return key != nullptr ? *key : add(secret, s);
    }

    // While this does not change, all keys that were found or added are valid.
    std::uint64_t additions() const { return entries_.additions(); }

   private:
    struct entry {
        fingerprint secret;
        signing_key key;
    };

    std::optional<siphash_key> salt_;  // random, set with the first fingerprint
    lru_cache<entry> entries_;
};

}  // namespace s3sign::sigv4
