#include "s3/diagnosis.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "base/text.hpp"
#include "sigv4/time.hpp"
#include "sigv4/url.hpp"
#include "sigv4/verify.hpp"
#include "sigv4/encoded.hpp"

namespace s3sign::s3 {
namespace {

std::string text_of(std::int64_t unix_seconds) {
    return std::string(sigv4::timestamp(std::min(unix_seconds, sigv4::latest_time)).text());
}

// --- what the server says ------------------------------------------------------------------------

diagnosis expired(const refused_request& r, const error_body& e, std::int64_t now) {
    return {"expired", text_of(*r.url.signed_at + *r.url.expires),
            e.server_time.empty() ? text_of(now) : e.server_time,
            "The URL is too old: sign a new one, for longer if it has to wait."};
}

diagnosis clock_differs(const refused_request& r, const error_body& e, std::int64_t now) {
    return {"clock", std::string(*r.url.time), e.server_time.empty() ? text_of(now) : e.server_time,
            "The clocks of who signs and of the storage differ: set them by NTP."};
}

// What a code says by itself, whatever else stands in the body.
struct known_code {
    std::string_view code;
    std::string_view cause;
    std::string_view hint;
};

constexpr known_code known_codes[] = {
    {"InvalidAccessKeyId", "unknown identity",
     "The server does not know the access key id: it is another provider's or account's, was "
     "deleted, or is a temporary one whose session token is not in the URL."},
    {"ExpiredToken", "token",
     "The session token has expired, and all URLs signed with it: a URL lives no longer than the "
     "credentials that signed it."},
    {"InvalidToken", "token",
     "The session token is not of these credentials, or was cut off or changed."},
    {"TokenRefreshRequired", "token", "The session token has to be renewed."},
    {"PermanentRedirect", "other endpoint",
     "The bucket is at another endpoint: sign for that one, with its region."},
    {"TemporaryRedirect", "other endpoint",
     "The bucket is still being made: sign for the endpoint of its region."},
    {"SecondLevelDomainForbidden", "addressing",
     "The provider wants the bucket in the host: sign with addressing 'virtual'."},
    {"ExcessHeaderValues", "header not signed",
     "The client sends a header that is not signed: sign it along, by the argument headers, or do "
     "not send it."},
    {"RequestTimeTooSkewed", "clock",
     "The clocks of who signs and of the storage differ: set them by NTP."},
};

std::optional<diagnosis> by_code(const refused_request& r, const error_body& e, std::int64_t now) {
    if (!e.headers_not_signed.empty())
        return diagnosis{"header not signed", std::string(*r.url.signed_headers),
                         e.headers_not_signed,
                         "The client sends a header that is not signed: sign it along, by the "
                         "argument headers, or do not send it."};
    if (!e.region.empty() && e.region != *r.url.region)
        return diagnosis{"other region", std::string(*r.url.region), e.region,
                         "Sign with the server's region."};
    if (e.code == "RequestTimeTooSkewed" || contains(e.message, "not yet valid"))
        return clock_differs(r, e, now);
    for (const known_code& known : known_codes)
        if (e.code == known.code)
            return diagnosis{std::string(known.cause), "",
                             known.cause == "other endpoint" ? e.endpoint : e.code,
                             std::string(known.hint)};
    if (contains(e.message, "has expired")) return expired(r, e, now);
    if (contains(e.message, "X-Amz-Expires"))
        return diagnosis{"duration", std::to_string(*r.url.expires), e.message,
                         "The server allows no URL to live so long."};
    return std::nullopt;
}

// Codes about the object or what is done with it, said after the signature was looked at.
constexpr std::string_view codes_behind_the_signature[] = {
    "BadDigest",        "BucketAlreadyExists", "BucketAlreadyOwnedByYou",
    "BucketNotEmpty",   "EntityTooLarge",      "EntityTooSmall",
    "IncompleteBody",   "InvalidObjectState",  "InvalidPart",
    "InvalidPartOrder", "InvalidRange",        "MethodNotAllowed",
    "NoSuchBucket",     "NoSuchKey",           "NoSuchUpload",
    "NoSuchVersion",    "NotModified",         "PreconditionFailed",
};

bool is_behind_the_signature(std::string_view code) {
    return contains(codes_behind_the_signature, code);
}

// --- what the signature says ---------------------------------------------------------------------

bool matches(const refused_request& r, const sigv4::request& other, sigv4::signing_key& key) {
    const std::string text = write_string(
        sigv4::rebuilt_canonical_request_size(r.url, other),
        [&](char* out) { return sigv4::put_rebuilt_canonical_request(out, r.url, other); });
    const sigv4::digest hash = sigv4::sha256(text);
    return sigv4::matches(r.url, key.sign(sigv4::timestamp(*r.url.signed_at), hash));
}

std::optional<diagnosis> try_paths(const refused_request& r, sigv4::signing_key& key) {
    sigv4::request other = r.request;
    // «%2520» as «%20»
    const std::string once = sigv4::decoded(r.request.path).value_or(std::string(r.request.path));
    other.path = once;
    if (once != r.request.path && matches(r, other, key))
        return diagnosis{"key encoded twice", once, std::string(r.request.path),
                         "The URL was percent-encoded once more after it was signed: use it as it "
                         "is, without encodeURI() or the like."};
    const std::string twice = sigv4::encoded_path(r.request.path);
    other.path = twice;
    if (twice != r.request.path && matches(r, other, key))
        return diagnosis{"key not encoded", twice, std::string(r.request.path),
                         "The URL was decoded after it was signed: use it as it is."};
    return std::nullopt;
}

std::optional<diagnosis> try_methods(const refused_request& r, sigv4::signing_key& key) {
    for (const std::string_view method : {"GET", "HEAD", "PUT", "POST", "DELETE"}) {
        sigv4::request other = r.request;
        other.method = method;
        if (method != r.request.method && matches(r, other, key))
            return diagnosis{
                "other method", std::string(method), std::string(r.request.method),
                "The URL was signed for " + std::string(method) + ": a URL is for one method."};
    }
    return std::nullopt;
}

// Leaves out one parameter after the other.
std::optional<diagnosis> try_queries(const refused_request& r, sigv4::signing_key& key) {
    constexpr std::ptrdiff_t most = 32;
    const std::string_view query = r.request.query;
    if (std::count(query.begin(), query.end(), '&') > most) return std::nullopt;
    for (std::size_t begin = 0; begin < query.size();) {
        const std::size_t end = std::min(query.find('&', begin), query.size());
        std::string without(query.substr(0, begin));
        without += query.substr(std::min(end + 1, query.size()));
        if (without.ends_with('&')) without.pop_back();
        sigv4::request other = r.request;
        other.query = without;
        if (matches(r, other, key))
            return diagnosis{"query added", "", std::string(query.substr(begin, end - begin)),
                             "Somebody added a parameter to the URL after it was signed: sign it "
                             "along, by the argument query."};
        begin = end + 1;
    }
    return std::nullopt;
}

std::optional<diagnosis> try_changes(const refused_request& r, sigv4::signing_key& key) {
    if (auto d = try_methods(r, key)) return d;
    if (auto d = try_paths(r, key)) return d;
    return try_queries(r, key);
}

diagnosis missing_header(std::string_view name) {
    return {"header missing", "", std::string(name),
            "The header is signed: the client has to send it, and the argument headers has to have "
            "it."};
}

// The server signed what we would have signed, or does not say what it signed.
diagnosis difference(const refused_request& r, bool server_says, sigv4::signing_key& key) {
    const bool good = matches(r, r.request, key);
    if (!good) {
        if (!server_says)
            if (const auto name = sigv4::find_missing_header(r.url, r.request.headers))
                return missing_header(*name);
        if (auto d = try_changes(r, key)) return *d;
        return {
            "wrong secret", "", "",
            "Neither this method nor another, nor a change of the path or query, explains the "
            "signature: it was made with another secret than this one, or the URL was "
            "changed after that. Look for blanks around the secret, and for the right account."};
    }
    if (server_says)
        return {"wrong secret", "", "",
                "The server hashed the same request: its secret of this access key id is another "
                "than the one that signed."};
    return {"request changed", "", "",
            "The URL is right by this secret, and the server does not say what it got: the client "
            "used another method, a proxy changed the host or the path, a header was not sent as "
            "signed, or the server has another secret for this access key id."};
}

}  // namespace

diagnosis diagnose(const refused_request& r, const error_body& e, sigv4::signing_key& key,
                   std::int64_t now) {
    if (e.code.empty())
        return {"no error body", "", "",
                "This is no XML error of an S3 server: a proxy or another service answered."};
    if (auto d = by_code(r, e, now)) return *d;
    if (e.code == "SignatureDoesNotMatch") {
        if (!e.canonical_request.empty())
            if (auto d = compare_canonical_requests(r.canonical_request, e.canonical_request))
                return *d;
        if (!e.string_to_sign.empty())
            if (auto d = compare_strings_to_sign(r.string_to_sign, e.string_to_sign)) return *d;
        return difference(r, !e.canonical_request.empty(), key);
    }
    if (e.code == "AccessDenied" || e.code == "Forbidden") {
        if (sigv4::age_of(r.url, now) == sigv4::age::expired) return expired(r, e, now);
        if (sigv4::age_of(r.url, now) == sigv4::age::early) return clock_differs(r, e, now);
        return {"no permission", "", e.message.empty() ? e.code : e.message,
                "The signature was accepted, or not looked at: the policies of the bucket or of "
                "the access key id do not allow the request."};
    }
    if (is_behind_the_signature(e.code))
        return {"not the signature", "", e.code,
                "The signature was accepted; the error is about what was asked for."};
    return {"other error", "", e.message.empty() ? e.code : e.message,
            "The error, " + e.code +
                ", is not about the signature, which the server may not have looked at: its "
                "message says what there is to say."};
}

}  // namespace s3sign::s3
