// s3sign_verify and s3sign_explain: a presigned URL as the storage server that receives it sees it.
#include <algorithm>
#include <optional>
#include <string_view>
#include <tuple>

#include "base/error.hpp"
#include "base/text.hpp"
#include "functions/arguments.hpp"
#include "functions/rebuilt_request.hpp"
#include "functions/results.hpp"
#include "pg/function.hpp"
#include "sigv4/verify.hpp"

namespace s3sign {
namespace {

// A result of s3sign_verify: «what», «what: about» or «what: about more». `what` is one of the
// documented list.
struct reason {
    std::string_view what;
    std::string_view about = {};
    std::string_view more = {};
};

std::string_view text_of(const reason& r) {
    if (r.about.empty()) return r.what;
    return write_text(r.what.size() + 2 + r.about.size() + 1 + r.more.size(), [&](char* out) {
        out = put(put(put(out, r.what), ": "), r.about);
        return r.more.empty() ? out : put(put(out, ' '), r.more);
    });
}

// --- the checks of a storage server, in its order: what is wrong, if anything -------------------

std::optional<reason> url_fault(const sigv4::signed_url& u) {
    if (u.has_other_algorithm()) return reason{"algorithm not supported"};
    if (u.fault) return reason{"malformed", u.fault.subject, u.fault.what};
    return std::nullopt;
}

// Of the URL, or sent as a header: the AWS SDK for .NET signs it there. Empty if there is none.
std::string_view session_token_of(const sigv4::signed_url& u, const client_request& c) {
    if (u.session_token) return *u.session_token;
    const auto header = std::ranges::find(c.headers, "x-amz-security-token", &sigv4::field::name);
    return header == c.headers.end() ? std::string_view() : header->value;
}

std::optional<reason> identity_fault(const verifier& v, const sigv4::signed_url& u,
                                     const client_request& c) {
    if (v.server == nullptr || (*u.identity == v.server->access_key_id &&
                                session_token_of(u, c) == v.server->session_token))
        return std::nullopt;
    return reason{"other identity"};
}

std::optional<reason> location_fault(const verifier& v, const sigv4::signed_url& u) {
    if (v.server == nullptr) return std::nullopt;
    if (v.locations.empty() || *u.service != "s3") return reason{"other server"};
    if (*u.region != v.locations.front().region) return reason{"other region"};
    return std::nullopt;
}

std::optional<reason> header_fault(const sigv4::signed_url& u, const client_request& c) {
    if (const auto name = sigv4::find_missing_header(u, c.headers))
        return reason{"header missing", *name};
    if (const auto name = sigv4::find_unsigned_header(u, c.headers))
        return reason{"header not signed", *name};
    return std::nullopt;
}

std::optional<reason> age_fault(const sigv4::signed_url& u, pg::timestamp now) {
    switch (sigv4::age_of(u, now.unix_seconds(), now.microseconds())) {
        case sigv4::age::expired:
            return reason{"expired"};
        case sigv4::age::early:
            return reason{"not yet valid"};
        case sigv4::age::good:
            break;
    }
    return std::nullopt;
}

reason verify_url(std::string_view url, verifier& v, const client_request& c, pg::timestamp now) {
    sigv4::signed_url u = read_url(url);
    if (const auto fault = url_fault(u)) return *fault;
    // Once before a key is derived, which a foreign URL must not cost; again for the server
    // that the key is of.
    if (const auto fault = identity_fault(v, u, c)) return *fault;
    bind_to_url(v, u, c.method);
    if (const auto fault = identity_fault(v, u, c)) return *fault;
    if (const auto fault = location_fault(v, u)) return *fault;
    if (const auto fault = header_fault(u, c)) return *fault;
    if (!rebuild_request(v, u, c).matches) return {"signature mismatch"};
    return age_fault(u, now).value_or(reason{"ok"});
}

std::tuple<bool, std::string_view> verify(optional_text url, optional_text server,
                                          optional_text secret, optional_text method,
                                          optional_json headers, optional_time at) {
    const client_request c = read_client_request(method, headers);
    const pg::timestamp now = at ? check_finite("at", *at) : pg::timestamp{::GetCurrentTimestamp()};
    verifier v = find_verifier(server, secret, true);
    const reason r = url ? verify_url(*url, v, c, now) : reason{"malformed", "URL", "is missing"};
    return {r.what == "ok", text_of(r)};
}

// All ASCII: the URL is, and method and headers were validated.
using explanation = std::tuple<optional_text, optional_text, optional_text, std::optional<bool>>;

explanation explain(std::string_view url, optional_text server, optional_text secret,
                    optional_text method, optional_json headers) {
    const client_request c = read_client_request(method, headers);
    verifier v = find_verifier(server, secret, false);
    sigv4::signed_url u = read_url(url);
    if (url_fault(u)) return {};
    bind_to_url(v, u, c.method);
    const rebuilt_request r = rebuild_request(v, u, c);
    // Not with a server: a caller gets its signatures only for requests that its limits allow.
    const optional_text signature =
        r.signature && v.secret ? optional_text(hex(*r.signature)) : std::nullopt;
    const auto matches = r.signature ? std::optional(r.matches) : std::nullopt;
    return {r.canonical_request, r.string_to_sign, signature, matches};
}

}  // namespace

PG_FUNCTION(s3sign_verify, verify)
PG_FUNCTION(s3sign_explain, explain)

}  // namespace s3sign
