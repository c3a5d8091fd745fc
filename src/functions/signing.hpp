// What every function that signs uses: the session's caches, the clock, and the URL as a result.
#pragma once

#include <cstdint>
#include <string_view>

#include "functions/arguments.hpp"
#include "pg/datum.hpp"
#include "s3/target.hpp"
#include "sigv4/key_cache.hpp"
#include "sigv4/presign.hpp"

namespace s3sign {

// One of each in a session. Never freed: a destructor would run while the server shuts down.
s3::target_cache& targets();
sigv4::key_cache& signing_keys();

// A target and a signing key from the caches, to be kept for further calls: of a named server, or
// by a place in a query whose arguments for them are constants.
class signer {
   public:
    signer() = default;

    // `reusable`: every further call for this signer has the same target and secret.
    signer(const s3::target& target, sigv4::signing_key& key, bool reusable)
        : target_(&target),
          key_(&key),
          target_additions_(targets().additions()),
          key_additions_(signing_keys().additions()),
          reusable_(reusable) {}

    // True if target and key are still in the caches and the key is of this date (YYYYMMDD).
    bool can_sign_on(std::string_view date) const {
        return reusable_ && target_additions_ == targets().additions() &&
               key_additions_ == signing_keys().additions() && key_->bound_to().date == date;
    }

    const s3::target& target() const { return *target_; }
    sigv4::signing_key& key() const { return *key_; }

   private:
    const s3::target* target_ = nullptr;
    sigv4::signing_key* key_ = nullptr;
    std::uint64_t target_additions_ = 0;
    std::uint64_t key_additions_ = 0;
    bool reusable_ = false;
};

// The start of the client's statement, in seconds since 1970: all URLs of a page have one time.
std::int64_t statement_time();

// Seconds since 1970, from the argument if there is one, else the start of the statement.
std::int64_t signing_time(optional_time signed_at);

// 55000 if the signature, valid for `expires` seconds from `time` on, has expired already: without
// `signed_at` a statement may run for longer than that. Seconds since 1970.
void check_not_late(optional_time signed_at, std::int64_t time, std::int64_t expires);

// Writes the URL straight into an SQL text. Build the request as one aggregate, of values at hand:
// GCC zeroes any other first, by `rep stos`, for 17 ns.
text* presigned_text(const sigv4::presign_request& request, const sigv4::timestamp& time,
                     sigv4::signing_key& key);

}  // namespace s3sign
