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
    // Identifies a secret in this process only.
    using fingerprint = std::uint64_t;
    static fingerprint fingerprint_of(std::string_view secret) { return process_hash(secret); }

    // The cached signing key, valid until the next add() or keep(); null if there is none.
    signing_key* find(fingerprint secret, const scope& s);

    // Derives and caches the signing key. A key that is dropped for it is wiped.
    signing_key& add(std::string_view secret, const scope& s);

    signing_key& get(std::string_view secret, const scope& s) {
        signing_key* const key = find(fingerprint_of(secret), s);
        return key != nullptr ? *key : add(secret, s);
    }

    // While this does not change, all keys that were found or added are valid.
    std::uint64_t additions() const { return entries_.additions(); }

    // --- keys for scopes that a stranger chose --------------------------------------------------

    // Derives a signing key outside of the cache, where it drops nothing. Valid until the next
    // lend(), which wipes it, or keep().
    signing_key& lend(std::string_view secret, const scope& s);

    // The cached or the lent signing key; null if it is neither.
    signing_key* find_any(fingerprint secret, const scope& s);

    // Moves `key` into the cache if it is the lent one, and returns where it is.
    signing_key& keep(signing_key& key);

   private:
    struct entry {
        fingerprint secret;
        signing_key key;

        bool is_of(fingerprint other, const scope& s) const {
            return secret == other && key.bound_to() == s;
        }
    };

    signing_key& add(entry&& fresh);

    lru_cache<entry> entries_;
    std::optional<entry> lent_;
};

}  // namespace s3sign::sigv4
