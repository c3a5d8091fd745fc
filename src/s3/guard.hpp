// The limits of a foreign server: what its administrator lets callers sign. Each function throws
// 42501, with the name of the option, if the option does not allow the request.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "s3/operation.hpp"
#include "s3/server_options.hpp"
#include "sigv4/request.hpp"

namespace s3sign::s3 {

void check_method(const server_options& server, permission needed);

// The bucket to use: the server's, or the caller's if the server has none. 22023 if there is
// neither.
std::string_view choose_bucket(const server_options& server, std::optional<std::string_view> asked);

// The key must begin with the server's prefix, which has its placeholders filled in, and have no
// segment `.` or `..`, which proxies and file stores resolve.
void check_key_allowed(std::string_view key_prefix, std::string_view key);

// False where that throws.
bool is_key_allowed(std::string_view key_prefix, std::string_view key);

// The prefix to list: the caller's, which must begin with the server's, or the server's.
std::string_view choose_prefix(std::string_view key_prefix, std::optional<std::string_view> asked);

// The names of a caller's query parameters (as given) and headers (lower case) must be allowed.
void check_query(const server_options& server, const operation& op,
                 std::span<const sigv4::field> query);
void check_headers(const server_options& server, const operation& op,
                   std::span<const sigv4::field> headers);

// The same for the lower-case names of a form's fields.
void check_form_fields(const server_options& server, std::span<const std::string> names);

struct lifetime {
    std::int64_t signed_at;  // seconds since 1970
    std::int64_t expires;    // seconds after signed_at
};

// When to sign and for how long. `now` and `signed_at` are seconds since 1970; a `signed_at` in the
// future is not allowed. `rounded` is true if cache_window applies: the signing time is then
// rounded down to a multiple of it.
lifetime choose_lifetime(const server_options& server, std::optional<std::int64_t> duration,
                         std::int64_t now, std::optional<std::int64_t> signed_at, bool rounded);

// True if credentials that end at `expires_at` have ended for a request signed at `signed_at`, by
// that time or by the clock. Seconds since 1970.
bool have_expired(std::int64_t expires_at, std::int64_t signed_at, std::int64_t now);

// `life`, cut off at the end of the credentials, which have not ended at its `signed_at`.
lifetime within_credentials(lifetime life, std::int64_t expires_at);

}  // namespace s3sign::s3
