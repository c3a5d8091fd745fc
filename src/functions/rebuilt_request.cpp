#include "functions/rebuilt_request.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "functions/arguments.hpp"
#include "functions/named_call.hpp"
#include "functions/header_request.hpp"
#include "pg/boundary.hpp"
#include "pg/memory.hpp"
#include "s3/signed_location.hpp"
#include "sigv4/encode.hpp"

namespace s3sign {
namespace {

rebuilt_request sign(const verifier& c, const sigv4::signed_url& u, const sigv4::request& r) {
    rebuilt_request result{.request = r, .canonical_request = {}, .string_to_sign = {}};
    const sigv4::timestamp time(*u.signed_at);
    const sigv4::scope scope{*u.date, *u.region, *u.service};
    char* const canonical = pg::allocate<char>(sigv4::rebuilt_canonical_request_size(u, r)).data();
    result.canonical_request =
        view(canonical, sigv4::put_rebuilt_canonical_request(canonical, u, r));
    const sigv4::digest hash = sigv4::sha256(result.canonical_request);
    char* const text = pg::allocate<char>(sigv4::string_to_sign_size(scope)).data();
    result.string_to_sign = view(text, sigv4::put_string_to_sign(text, time, scope, hash));
    if (!c.is_none()) {
        result.signature = key_of(c, u).sign(time, hash);
        result.matches = sigv4::matches(u, *result.signature);
    }
    return result;
}

// By the place that the signature is for; by the first where there is none.
rebuilt_request sign_locations(const verifier& c, const sigv4::signed_url& u, sigv4::request r,
                               std::span<const location> locations) {
    std::optional<rebuilt_request> first;
    for (const location& p : locations) {
        r.host = p.host;
        r.path = p.path;
        const rebuilt_request here = sign(c, u, r);
        if (here.matches) return here;
        if (!first) first = here;
    }
    return *first;
}

}  // namespace

sigv4::signed_url read_url(std::string_view text) {
    if (text.size() > longest_argument) text = {};
    return sigv4::read_signed_url(text, pg::allocate<sigv4::field>(sigv4::count_parameters(text)),
                                  pg::allocate<char>(text.size()).data());
}

client_request read_client_request(optional_text method, std::optional<pg::jsonb> headers) {
    field_list fields = read_received_headers(headers);
    return {method ? check_http_method(utf8("method", *method)) : "GET",
            fields.canonical_headers()};
}

verifier read_verifier(optional_text server, optional_text secret, bool may_be_none) {
    if (server && secret)
        invalid("both server and secret are given", "A named server has the secret already.");
    if (!server && !secret && !may_be_none) invalid("neither server nor secret is given");
    if (secret) not_empty("secret", utf8("secret", *secret));
    return {server, utf8("secret", secret)};
}

std::span<const location> find_locations(const named_server& server, const sigv4::signed_url& u,
                                         std::string_view method) {
    const auto found = s3::find_signed_locations(server.options, u, method, targets());
    const auto locations = pg::call([&] { return pg::allocate<location>(found.size()); });
    std::transform(found.begin(), found.end(), locations.begin(), [](const s3::signed_location& r) {
        return location{copy(r.host), copy(r.path), copy(r.region)};
    });
    return locations;
}

sigv4::signing_key& key_of(const verifier& c, const sigv4::signed_url& u) {
    const sigv4::scope scope{*u.date, *u.region, *u.service};
    if (c.secret) return signing_keys().get(*c.secret, scope);
    const named_server* server = &find_named_server(*c.server);
    while (true) {
        if (sigv4::signing_key* const key = signing_keys().find(server->secret, scope)) return *key;
        server = &load_named_server(*c.server, scope);
    }
}

rebuilt_request rebuild_request(const verifier& c, sigv4::signed_url& u, const client_request& s) {
    std::span<const location> locations;
    if (c.server) locations = find_locations(find_named_server(*c.server), u, s.method);
    const auto memory = pg::allocate<char>(sigv4::rebuild_size(u));
    sigv4::request r = sigv4::rebuild(u, s.method, s.headers, memory.data());
    if (!locations.empty()) return sign_locations(c, u, r, locations);
    const rebuilt_request anew = sign(c, u, r);
    if (anew.matches || c.is_none() || r.path == u.parts.path || !sigv4::signs_as_s3(*u.service))
        return anew;
    // Most servers encode the path anew, some take it as it is written, and so do signers with the
    // path of an endpoint: a `!` or `%2F` in it is signed so.
    r.path = u.parts.path;
    const rebuilt_request as_written = sign(c, u, r);
    return as_written.matches ? as_written : anew;
}

}  // namespace s3sign
