#include "functions/rebuilt_request.hpp"

#include <cstddef>
#include <cstdint>

#include "base/error.hpp"
#include "base/text.hpp"
#include "functions/arguments.hpp"
#include "functions/caller.hpp"
#include "functions/results.hpp"
#include "functions/signing.hpp"
#include "pg/boundary.hpp"
#include "pg/memory.hpp"
#include "sigv4/canonical.hpp"
#include "sigv4/encode.hpp"
#include "sigv4/time.hpp"
#include "sigv4/verify.hpp"

namespace s3sign {
namespace {

sigv4::scope scope_of(const sigv4::signed_url& u) { return {*u.date, *u.region, *u.service}; }

// True if the URL was signed yesterday, today or tomorrow.
bool is_near_today(const sigv4::signed_url& u) {
    constexpr std::int64_t day = 86400;
    const std::int64_t away = (statement_time() - statement_time() % day) - *u.signed_at;
    return -2 * day < away && away <= day;
}

// Called in frames with destructors.
char* allocate_guarded(std::size_t size) {
    return pg::call([&] { return pg::allocate<char>(size).data(); });
}

rebuilt_request sign(sigv4::signing_key* key, const sigv4::signed_url& u,
                     const sigv4::request& request) {
    rebuilt_request result{.request = request, .canonical_request = {}, .string_to_sign = {}};
    const sigv4::timestamp time(*u.signed_at);
    const sigv4::scope scope = scope_of(u);
    result.canonical_request = write_text(
        sigv4::rebuilt_canonical_request_size(u, request),
        [&](char* out) { return sigv4::put_rebuilt_canonical_request(out, u, request); });
    const sigv4::digest hash = sigv4::sha256(result.canonical_request);
    result.string_to_sign = write_text(sigv4::string_to_sign_size(scope), [&](char* out) {
        return sigv4::put_string_to_sign(out, time, scope, hash);
    });
    if (key != nullptr) {
        result.signature = key->sign(time, hash);
        result.matches = sigv4::matches(u, *result.signature);
    }
    return result;
}

// For the location whose signature the URL has, else for the first.
rebuilt_request sign_at_locations(const verifier& v, const sigv4::signed_url& u,
                                  sigv4::request request) {
    std::optional<rebuilt_request> first;
    for (const s3::signed_location& l : v.locations) {
        request.host = l.host;
        request.path = l.path;
        const rebuilt_request here = sign(v.key, u, request);
        if (here.matches) return here;
        if (!first) first = here;
    }
    return *first;
}

// Most servers encode the path again; some use it as the URL has it, and so do clients that sign
// with an endpoint's base path: a `!` or `%2F` in it is signed as it is.
rebuilt_request sign_as_written(const verifier& v, const sigv4::signed_url& u,
                                sigv4::request request) {
    const rebuilt_request encoded = sign(v.key, u, request);
    if (encoded.matches || v.key == nullptr || request.path == u.parts.path ||
        !sigv4::signs_as_s3(*u.service))
        return encoded;
    request.path = u.parts.path;
    const rebuilt_request as_written = sign(v.key, u, request);
    return as_written.matches ? as_written : encoded;
}

}  // namespace

client_request read_client_request(optional_text method, optional_json headers) {
    field_list list = read_client_headers(headers);
    return {method ? check_http_method(utf8("method", *method)) : "GET", list.canonical_headers()};
}

verifier find_verifier(optional_text server, optional_text secret, bool required) {
    if (server && secret)
        invalid("both server and secret are given", "A named server has the secret already.");
    if (!server && !secret && required) invalid("neither server nor secret is given");
    if (secret) return {.secret = check_key_part("secret", utf8("secret", *secret))};
    verifier v;
    if (server) {
        v.server = &find_named_server(*server, v.wait);
        v.server_name = server;
    }
    return v;
}

void bind_to_url(verifier& v, const sigv4::signed_url& u, std::string_view method) {
    const sigv4::scope scope = scope_of(u);
    if (v.secret) {
        v.key = signing_keys().find_any(sigv4::key_cache::fingerprint_of(*v.secret), scope);
        if (v.key == nullptr) v.key = &signing_keys().lend(*v.secret, scope);
    }
    if (v.server == nullptr) return;
    v.key = signing_keys().find_any(v.server->secret, scope);
    if (v.key == nullptr) {
        // A new key needs the secret, which is not kept. The server may have changed by now.
        v.server = &load_named_server(*v.server_name, v.wait, {scope, true});
        v.key = signing_keys().find_any(v.server->secret, scope);
    }
    // Without a prefix the server allows no key.
    const auto key_prefix = find_prefix(v.server->options.key_prefix);
    if (key_prefix)
        v.locations = s3::find_signed_locations(v.server->options, *key_prefix, u, method,
                                                targets(), allocate_guarded);
}

rebuilt_request rebuild_request(verifier& v, sigv4::signed_url& u, const client_request& c) {
    const auto memory = pg::allocate<char>(sigv4::rebuild_size(u));
    const rebuilt_request result =
        v.locations.empty()
            ? sign_as_written(v, u, sigv4::rebuild(u, c.method, c.headers, memory.data()))
            : sign_at_locations(
                  v, u, sigv4::rebuild_without_location(u, c.method, c.headers, memory.data()));
    // URLs of strangers do not match, and old URLs have many dates: neither may empty the cache.
    if (result.matches && is_near_today(u)) v.key = &signing_keys().keep(*v.key);
    return result;
}

}  // namespace s3sign
