// The signing keys of late, so that a page of URLs derives its key once.
//
// A key depends on secret, date, region and service only, and deriving it costs as much as three
// URLs. Each process has one small cache; it knows a secret by its fingerprint, never in clear.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "recent.hpp"
#include "sigv4/request.hpp"
#include "sigv4/signature.hpp"
#include "sigv4/siphash.hpp"

namespace s3sign::sigv4 {

class key_cache {
   public:
    // The signing key of `secret` and `s`, valid until the next call. The one that was not asked
    // for longest makes room for a new one, and is wiped.
    signing_key& get(std::string_view secret, const scope& s);

   private:
    struct entry {
        std::uint64_t fingerprint;  // of the secret, keyed by `salt_`
        signing_key key;
    };

    std::optional<siphash_key> salt_;  // random, made with the first key
    recent<entry> entries_;
};

}  // namespace s3sign::sigv4
