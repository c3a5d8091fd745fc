#include "s3/guard.hpp"

#include <algorithm>
#include <string>

#include "base/ascii.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "s3/limits.hpp"

namespace s3sign::s3 {
namespace {

using sigv4::field;

[[noreturn]] void deny(std::string message, std::string hint = {}) {
    throw error(code::insufficient_privilege, std::move(message), std::move(hint));
}

[[noreturn, gnu::noinline]] void deny_segment(std::string_view what) {
    deny("a " + std::string(what) +
             " with a segment \".\" or \"..\" is not signed for a named server",
         "Proxies and file stores resolve it to another file.");
}

// Some file stores treat a backslash as a slash.
constexpr bool is_slash(char c) { return c == '/' || c == '\\'; }

bool has_dot_segment(std::string_view path) {
    for (std::size_t dot = path.find('.'); dot != path.npos; dot = path.find('.', dot + 1)) {
        if (dot > 0 && !is_slash(path[dot - 1])) continue;  // a segment does not begin here
        std::string_view rest = path.substr(dot + 1);
        if (rest.starts_with('.')) rest.remove_prefix(1);
        if (rest.empty() || is_slash(rest.front())) return true;
    }
    return false;
}

void check_segments(std::string_view what, std::string_view path) {
    if (has_dot_segment(path)) deny_segment(what);
}

bool is_only_slashes(std::string_view key) { return key.find_first_not_of('/') == key.npos; }

}  // namespace

void check_method(const server_options& server, permission needed) {
    if (server.methods.have(needed)) return;
    deny("the server's option \"methods\" does not allow \"" + std::string(name_of(needed)) + "\"",
         "To allow it, the server's owner runs ALTER SERVER ... OPTIONS (" +
             std::string(server.sets_methods ? "SET" : "ADD") + " methods '" +
             names_of(server.methods.with(needed)) + "').");
}

std::string_view choose_bucket(const server_options& server,
                               std::optional<std::string_view> asked) {
    if (!asked && !server.bucket)
        invalid("bucket is missing", "Give the argument, or the server an option \"bucket\".");
    if (asked && server.bucket && *asked != *server.bucket)
        deny("the server's option \"bucket\" does not allow another bucket");
    return asked ? *asked : std::string_view(*server.bucket);
}

void check_key_allowed(std::string_view key_prefix, std::string_view key) {
    if (!key.starts_with(key_prefix))
        deny("the server's option \"key_prefix\" does not allow this file");
    // A proxy that merges slashes would turn it into a request for the bucket.
    if (is_only_slashes(key))
        deny("a file of nothing but slashes is not signed for a named server");
    check_segments("file", key);
}

bool is_key_allowed(std::string_view key_prefix, std::string_view key) {
    return key.starts_with(key_prefix) && !is_only_slashes(key) && !has_dot_segment(key);
}

std::string_view choose_prefix(std::string_view key_prefix, std::optional<std::string_view> asked) {
    if (!asked) return key_prefix;
    if (!asked->starts_with(key_prefix))
        deny("the server's option \"key_prefix\" does not allow this prefix");
    check_segments("prefix", *asked);
    return *asked;
}

void check_query(const server_options& server, const operation& op, std::span<const field> query) {
    for (const field& parameter : query)
        if (!is_harmless_parameter(op, parameter.name) &&
            !contains(server.allow_query, parameter.name))
            deny("query parameter " + quoted(parameter.name) + " is not allowed for \"" +
                     std::string(op.name) + "\"",
                 tells_operation(parameter.name)
                     ? ""
                     : "The server's option \"allow_query\" can allow it.");
}

void check_headers(const server_options& server, const operation& op,
                   std::span<const field> headers) {
    for (const field& header : headers)
        if (!is_harmless_header(op, header.name) && !contains(server.allow_headers, header.name))
            deny("header " + quoted(header.name) + " is not allowed",
                 "The server's option \"allow_headers\" can allow it.");
}

void check_form_fields(const server_options& server, std::span<const std::string> names) {
    for (const std::string& name : names)
        if (!is_harmless_form_field(name) && !contains(server.allow_headers, name))
            deny("field " + quoted(name) + " is not allowed",
                 "The server's option \"allow_headers\" can allow it.");
}

lifetime choose_lifetime(const server_options& server, std::optional<std::int64_t> duration,
                         std::int64_t now, std::optional<std::int64_t> signed_at, bool rounded) {
    if (duration) check_duration(*duration);
    // The clock of another machine may be a little ahead.
    constexpr std::int64_t tolerance = 10;
    if (signed_at && *signed_at > now + tolerance)
        deny("signed_at is later than the clock", "A named server signs no URLs for the future.");

    const std::int64_t window = rounded && !signed_at ? server.cache_window : 0;
    const std::int64_t seconds = duration.value_or(
        std::min(server.default_duration, server.max_duration - server.cache_window));
    if (seconds > server.max_duration - window)
        deny("duration is longer than the server's option \"max_duration\" allows",
             window > 0 ? "The option \"cache_window\" is added to the duration." : "");

    const std::int64_t time = signed_at.value_or(now);
    // Rounds down for times before 1970 too.
    const std::int64_t rest = window > 0 ? ((time % window) + window) % window : 0;
    return {time - rest, seconds + window};
}

bool have_expired(std::int64_t expires_at, std::int64_t signed_at, std::int64_t now) {
    return expires_at <= std::max(signed_at, now);
}

lifetime within_credentials(lifetime life, std::int64_t expires_at) {
    return {life.signed_at, std::min(life.expires, expires_at - life.signed_at)};
}

}  // namespace s3sign::s3
