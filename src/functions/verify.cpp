// s3sign_verify, s3sign_explain: a presigned URL as the server that receives it sees it.
#include <optional>
#include <string_view>
#include <tuple>

#include "base/error.hpp"
#include "functions/rebuilt_request.hpp"
#include "pg/encoding.hpp"
#include "pg/function.hpp"
#include "sigv4/encode.hpp"

namespace s3sign {
namespace {

using optional_json = std::optional<pg::jsonb>;
using optional_time = std::optional<pg::timestamp>;

// The fixed list of the documentation; `about` stands behind the first part.
struct reason {
    std::string_view what;
    std::string_view about = {};
    std::string_view more = {};
};

std::string_view text_of(const reason& r) {
    if (r.about.empty()) return r.what;
    const auto text =
        pg::allocate<char>(r.what.size() + 2 + r.about.size() + 1 + r.more.size()).data();
    char* out = put(put(put(text, r.what), ": "), r.about);
    if (!r.more.empty()) out = put(put(out, ' '), r.more);
    return {text, static_cast<std::size_t>(out - text)};
}

std::optional<reason> fault_of(const sigv4::signed_url& u) {
    if (u.algorithm && *u.algorithm != sigv4::algorithm) return reason{"algorithm not supported"};
    if (u.fault) return reason{"malformed", u.fault.subject, u.fault.what};
    return std::nullopt;
}

std::optional<reason> fault_with_server(const named_server& server, const sigv4::signed_url& u,
                                        std::string_view method) {
    if (*u.identity != server.access_key_id || u.session_token.value_or("") != server.session_token)
        return reason{"other identity"};
    const auto found = find_locations(server, u, method);
    if (found.empty() || *u.service != "s3") return reason{"other server"};
    if (*u.region != found.front().region) return reason{"other region"};
    return std::nullopt;
}

std::optional<reason> fault_of_headers(const sigv4::signed_url& u, const client_request& s) {
    if (const auto name = sigv4::find_missing_header(u, s.headers))
        return reason{"header missing", *name};
    if (const auto name = sigv4::find_unsigned_header(u, s.headers))
        return reason{"header not signed", *name};
    return std::nullopt;
}

reason check(std::string_view url, const verifier& c, const client_request& s, pg::timestamp now) {
    sigv4::signed_url u = read_url(url);
    if (const auto r = fault_of(u)) return *r;
    if (c.server)
        if (const auto r = fault_with_server(find_named_server(*c.server), u, s.method)) return *r;
    if (const auto r = fault_of_headers(u, s)) return *r;
    if (!rebuild_request(c, u, s).matches) return {"signature mismatch"};
    switch (sigv4::age_of(u, now.unix_seconds(), now.microseconds())) {
        case sigv4::age::expired:
            return {"expired"};
        case sigv4::age::early:
            return {"not yet valid"};
        case sigv4::age::good:
            break;
    }
    return {"ok"};
}

pg::timestamp time_of(optional_time at) {
    if (!at) return {::GetCurrentStatementStartTimestamp()};
    if (!at->is_finite()) throw error(code::datetime_field_overflow, "at is infinite");
    return *at;
}

std::tuple<bool, std::string_view> verify(optional_text url, optional_text server,
                                          optional_text secret, optional_text method,
                                          optional_json headers, optional_time at) {
    const verifier c = read_verifier(server, secret, false);
    const client_request s = read_client_request(method, headers);
    const pg::timestamp now = time_of(at);
    if (c.server) find_named_server(*c.server);
    const reason r = url ? check(*url, c, s, now) : reason{"malformed", "URL", "is missing"};
    return {r.what == "ok", text_of(r)};
}

// Texts are ASCII but for a method's sake, which has been checked.
using explanation = std::tuple<std::optional<std::string_view>, std::optional<std::string_view>,
                               std::optional<std::string_view>, std::optional<bool>>;

std::string_view hex(const sigv4::digest& d) {
    const auto text = pg::allocate<char>(2 * d.size());
    sigv4::put_hex(text.data(), d);
    return {text.data(), text.size()};
}

explanation explain(std::string_view url, optional_text server, optional_text secret,
                    optional_text method, optional_json headers) {
    const verifier c = read_verifier(server, secret, true);
    const client_request sent = read_client_request(method, headers);
    if (c.server) find_named_server(*c.server);
    sigv4::signed_url u = read_url(url);
    if (fault_of(u)) return {};
    const rebuilt_request r = rebuild_request(c, u, sent);
    explanation result{r.canonical_request, r.string_to_sign, std::nullopt, std::nullopt};
    if (r.signature) std::get<3>(result) = r.matches;
    // What a named server signs, its guard-rails have to allow.
    if (r.signature && c.secret) std::get<2>(result) = hex(*r.signature);
    return result;
}

}  // namespace

PG_FUNCTION(s3sign_verify, verify)
PG_FUNCTION(s3sign_explain, explain)

}  // namespace s3sign
