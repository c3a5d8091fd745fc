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

// An object key in UTF-8: 1 to 1024 bytes, else 22023.
std::string_view check_key(std::string_view key);

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
text* sign_url(const sigv4::presign_request& request, const sigv4::timestamp& time,
               sigv4::signing_key& key);

}  // namespace s3sign
