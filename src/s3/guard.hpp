// The guard-rails of a named server: what its administrator lets callers sign. Each that says no
// throws 42501 and names the option.
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

// The bucket to use: the server's own, or the caller's where the server has none (22023 for
// neither).
std::string_view choose_bucket(const server_options& server, std::optional<std::string_view> asked);

// The key begins with key_prefix, and no segment of it is `.` or `..`, which proxies and file
// stores resolve.
void check_key_allowed(const server_options& server, std::string_view key);

// The prefix that a list is confined to: the server's key_prefix, or one that begins with it.
std::string_view choose_prefix(const server_options& server, std::optional<std::string_view> asked);

// Names of a caller's query (as given) and headers (lower case) are on the lists.
void check_query(const server_options& server, const operation& op,
                 std::span<const sigv4::field> query);
void check_headers(const server_options& server, std::span<const sigv4::field> headers);

// Names of a caller's fields of a form, in lower case, are on the list.
void check_form_fields(const server_options& server, std::span<const std::string> names);

struct lifetime {
    std::int64_t signed_at;  // seconds since 1970
    std::int64_t expires;    // seconds from it
};

// When to sign and for how long. `now` and `signed_at` are seconds since 1970; a `signed_at` after
// the clock would make a stock of URLs for the future. `rounded` says that the operation's URL may
// be shared by the time of cache_window.
lifetime choose_lifetime(const server_options& server, std::optional<std::int64_t> duration,
                         std::int64_t now, std::optional<std::int64_t> signed_at, bool rounded);

}  // namespace s3sign::s3
