#include "s3/diagnosis.hpp"

#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>

#include "base/ascii.hpp"
#include "s3/canonical_diff.hpp"
#include "s3/canonical_parts.hpp"
#include "s3/error_meaning.hpp"
#include "sigv4/time.hpp"
#include "sigv4/url.hpp"
#include "sigv4/verify.hpp"

namespace s3sign::s3 {
namespace {

std::string text_of(std::int64_t unix_seconds) {
    return std::string(sigv4::timestamp(std::min(unix_seconds, sigv4::latest_time)).text());
}

std::string text_of(const std::optional<std::string_view>& text) {
    return std::string(text.value_or(""));
}

// The message, or the code where there is none.
const std::string& said(const error_body& e) { return e.message.empty() ? e.code : e.message; }

// The server's clock where it tells it, else ours.
std::string clock_of(const error_body& e, std::int64_t now) {
    return e.server_time.empty() ? text_of(now) : e.server_time;
}

// --- the URL -------------------------------------------------------------------------------------

// Another scheme than SigV4, by its name or by the value of X-Amz-Algorithm.
diagnosis other_algorithm(const sigv4::signed_url& u) {
    if (u.other_scheme.empty())
        return because(causes::algorithm, text_of(u.algorithm), std::string(sigv4::algorithm));
    diagnosis d =
        because(causes::algorithm, std::string(u.other_scheme), std::string(sigv4::algorithm));
    d.hint = u.other_scheme == "AWS Signature Version 2"
                 ? "The URL is signed with version 2, which most servers refuse. Sign it with "
                   "version 4 (boto3: signature_version='s3v4')."
                 : "The URL is signed for the provider's own API, which uses other keys. Sign it "
                   "with AWS4-HMAC-SHA256 for S3.";
    return d;
}

diagnosis malformed(const sigv4::signed_url& u) {
    diagnosis d = because(causes::malformed_url,
                          std::string(u.fault.subject) + " " + std::string(u.fault.what));
    if (!u.is_signed && !u.parts.authority.empty())
        d.hint =
            "The URL is not signed. If it is that of a form, the server did not accept the "
            "signature or the access key id in the fields of the form.";
    else if (u.parts.query.find("amp;X-Amz-") != std::string_view::npos)
        d.hint = "Each \"&\" of the URL became \"&amp;\": it was escaped for HTML once too often.";
    else if (u.parts.query.find("%252F") != std::string_view::npos)
        d.hint = std::string(causes::key_encoded_twice.hint);
    return d;
}

// --- the meaning of an error ---------------------------------------------------------------------

// «us-east-2» of «the region 'eu-west-1' is wrong; expecting 'us-east-2'»; versitygw has `"`.
std::string expected_region(const error_body& e) {
    constexpr std::string_view before = "expecting ";
    if (!e.region.empty()) return e.region;
    const std::size_t begin = e.message.find(before);
    if (begin == e.message.npos) return said(e);
    std::string_view rest = std::string_view(e.message).substr(begin + before.size());
    if (!rest.starts_with('\'') && !rest.starts_with('"')) return said(e);
    const char quote = rest.front();
    rest.remove_prefix(1);
    return std::string(rest.substr(0, rest.find(quote)));
}

std::string end_of(const sigv4::signed_url& u) {
    return u.signed_at && u.expires ? text_of(*u.signed_at + *u.expires) : "";
}

// A cause with what the URL says and what the server does.
diagnosis with_values(const cause& c, const sigv4::signed_url& u, const error_body& e,
                      std::string theirs, std::int64_t now) {
    if (c.name == causes::expired.name) return because(c, end_of(u), clock_of(e, now));
    if (c.name == causes::clock.name) return because(c, text_of(u.time), clock_of(e, now));
    if (c.name == causes::other_region.name)
        return because(c, text_of(u.region), expected_region(e));
    if (c.name == causes::duration.name)
        return because(c, u.expires ? std::to_string(*u.expires) : "", said(e));
    if (c.name == causes::header_not_signed.name)
        return because(c, text_of(u.signed_headers),
                       e.headers_not_signed.empty() ? said(e) : e.headers_not_signed);
    if (c.name == causes::other_endpoint.name)
        return because(c, "", e.endpoint.empty() ? e.code : e.endpoint);
    if (c.name == causes::request_changed.name) return because(c);
    return because(c, "", std::move(theirs));
}

std::string theirs_of(const error_body& e, const error_meaning& m) {
    if (m.why.name == causes::form_policy.name) return std::string(subject_of(e, m));
    const bool is_code = m.message.empty() && m.why.name != causes::no_permission.name;
    return is_code && !e.code.empty() ? e.code : said(e);
}

diagnosis other_error(const error_body& e) {
    diagnosis d = because(causes::other_error, "", said(e));
    if (!e.code.empty()) d.hint.insert(std::string_view("The error").size(), " " + e.code);
    return d;
}

bool has_header(const refused_request& r, std::string_view name) {
    return std::any_of(r.request.headers.begin(), r.request.headers.end(),
                       [&](const sigv4::field& h) { return h.name == name; });
}

// The server refuses the request, and does not say why.
std::optional<diagnosis> explain_refusal(const refused_request& r, const error_body& e,
                                         std::int64_t now) {
    switch (sigv4::age_of(r.url, now)) {
        case sigv4::age::expired:
            return with_values(causes::expired, r.url, e, "", now);
        case sigv4::age::early:
            return with_values(causes::clock, r.url, e, "", now);
        case sigv4::age::good:
            break;
    }
    if (has_header(r, "authorization")) return because(causes::authorization_header);
    if (const auto name = sigv4::find_unsigned_header(r.url, r.request.headers))
        return because(causes::header_not_signed, text_of(r.url.signed_headers),
                       std::string(*name));
    return std::nullopt;
}

// The meaning of an error for a request that is signed as it should be.
diagnosis explain(const refused_request& r, const error_body& e, std::int64_t now) {
    const error_meaning* const m = find_meaning(e);
    if (e.is_empty() && m == nullptr) return because(causes::no_error_body);
    if (!e.headers_not_signed.empty())
        return with_values(causes::header_not_signed, r.url, e, "", now);
    if (!e.region.empty() && e.region != *r.url.region)
        return with_values(causes::other_region, r.url, e, "", now);
    if (m == nullptr) {
        if (e.argument_name == "Authorization" || has_header(r, "authorization"))
            return because(causes::authorization_header);
        return other_error(e);
    }
    if (m->why.name == causes::no_permission.name)
        if (auto d = explain_refusal(r, e, now)) return *d;
    return with_values(m->why, r.url, e, theirs_of(e, *m), now);
}

// The meaning of an error for a form, whose url has no signature; nothing where it can be that of
// a URL that lost its query.
std::optional<diagnosis> explain_form(const sigv4::signed_url& u, const error_body& e,
                                      std::int64_t now) {
    if (e.code == "EntityTooLarge" || e.code == "EntityTooSmall")
        return because(causes::form_policy, "", "content-length-range");
    const error_meaning* const m = find_meaning(e);
    if (m == nullptr || m->why.name == causes::no_permission.name ||
        m->why.name == causes::query_removed.name || m->why.name == causes::not_the_signature.name)
        return std::nullopt;
    if (m->why.name != causes::request_changed.name)
        return with_values(m->why, u, e, theirs_of(e, *m), now);
    diagnosis d = because(causes::wrong_secret);
    d.hint =
        "The form was signed with another secret than the server's, or its field \"policy\" was "
        "changed.";
    return d;
}

// What the server shows of the request that it hashed.
std::optional<diagnosis> compare(const refused_request& r, const error_body& e) {
    if (std::max(r.canonical_request.size(), e.canonical_request.size()) > longest_request)
        return std::nullopt;
    if (!e.canonical_request.empty()) {
        if (auto d = compare_canonical_requests(r.canonical_request, e.canonical_request)) return d;
        return because(causes::servers_secret);
    }
    if (e.string_to_sign.empty()) return std::nullopt;
    if (auto d = compare_strings_to_sign(r.string_to_sign, e.string_to_sign)) return d;
    // It ends with the hash of the request.
    if (equal_but_for_space(r.string_to_sign, e.string_to_sign))
        return because(causes::servers_secret);
    return std::nullopt;
}

}  // namespace

std::optional<diagnosis> diagnose_unsigned(const sigv4::signed_url& u, const error_body& e,
                                           std::int64_t now) {
    if (u.has_other_algorithm()) return other_algorithm(u);
    if (!u.fault) return std::nullopt;
    if (!u.is_signed) {
        if (!u.parts.authority.empty())
            if (auto d = explain_form(u, e, now)) return d;
    }
    if (u.expires && *u.expires > sigv4::longest_life)
        return because(causes::duration, std::to_string(*u.expires), said(e));
    return malformed(u);
}

diagnosis diagnose(const refused_request& r, const error_body& e, sigv4::signing_key& key,
                   std::int64_t now) {
    const bool is_good = is_signed(r, r.request, key);
    if (!is_good) {
        if (e.canonical_request.empty())
            if (const auto name = sigv4::find_missing_header(r.url, r.request.headers))
                return because(causes::header_missing, "", std::string(*name));
        if (auto d = find_signed_variant(r, key)) return *d;
    }
    if (auto d = compare(r, e)) return *d;
    if (!is_good) return because(causes::wrong_secret);
    return explain(r, e, now);
}

}  // namespace s3sign::s3
