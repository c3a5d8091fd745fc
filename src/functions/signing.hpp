// What the functions that sign share: the caches, the checks of key and headers, the last step.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "pg/datum.hpp"
#include "s3/target.hpp"
#include "sigv4/key_cache.hpp"
#include "sigv4/presign.hpp"

namespace s3sign {

using optional_text = std::optional<std::string_view>;

// One of each a session. Never freed: their destructors would run while the server shuts down.
s3::target_cache& targets();
sigv4::key_cache& signing_keys();

// A target and a key of the caches, for who signs with both again: a named server; a place in a
// query whose arguments for them are constants.
class signer {
   public:
    signer() = default;
    signer(const s3::target& target, sigv4::signing_key& key, bool again)
        : target_(&target),
          key_(&key),
          targets_(s3sign::targets().additions()),
          keys_(signing_keys().additions()),
          again_(again) {}

    // Whether it is there to sign again on that day: no cache has taken in another since.
    bool is_of(std::string_view date) const {
        return again_ && targets_ == s3sign::targets().additions() &&
               keys_ == signing_keys().additions() && key_->bound_to().date == date;
    }

    const s3::target& target() const { return *target_; }
    sigv4::signing_key& key() const { return *key_; }

   private:
    const s3::target* target_ = nullptr;
    sigv4::signing_key* key_ = nullptr;
    std::uint64_t targets_ = 0;
    std::uint64_t keys_ = 0;
    bool again_ = false;
};

// An object key in UTF-8: 1 to 1024 bytes, else 22023.
std::string_view check_key_length(std::string_view key);

// 22023 for an empty session token.
optional_text check_token(optional_text token);

// Seconds since 1970 of a time given by the caller; 22008 where it is infinite.
std::int64_t unix_seconds(pg::timestamp signed_at);

// The start of the client's statement, in seconds since 1970: one page, one time.
std::int64_t statement_time();

// The clock now, in seconds since 1970.
std::int64_t clock_time();

// The canonical request's last line: the value of x-amz-content-sha256 among the signed headers,
// else UNSIGNED-PAYLOAD.
std::string_view payload_line(std::span<const sigv4::field> headers);

// Writes the URL straight into the result. A request that is given all at once, of values that are
// there already, is not filled with zeros first: GCC would do that by `rep stos`, for 17 ns.
text* presigned_text(const sigv4::presign_request& request, const sigv4::timestamp& time,
                     sigv4::signing_key& key);

}  // namespace s3sign
