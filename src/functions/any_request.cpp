// s3sign_pre_url, s3sign_pre_headers: any request to any service that accepts AWS Signature
// Version 4, with the credentials in the call.
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "functions/arguments.hpp"
#include "functions/header_request.hpp"
#include "functions/signing.hpp"
#include "pg/boundary.hpp"
#include "pg/function.hpp"
#include "s3/limits.hpp"
#include "s3/request_url.hpp"
#include "s3/target.hpp"
#include "sigv4/authorization.hpp"
#include "sigv4/canonical.hpp"
#include "sigv4/presign.hpp"

namespace s3sign {
namespace {

// The arguments that both functions have, in UTF-8.
struct any_request {
    std::string_view method;
    std::string_view url;
    std::string_view identity;
    std::string_view secret;
    optional_text region;
    std::string_view service;
    std::string_view session_token;  // empty: none
    sigv4::timestamp time;
};

any_request read_request(std::string_view method, std::string_view url, std::string_view identity,
                         std::string_view secret, optional_text region, optional_text service,
                         optional_text session_token, optional_time signed_at,
                         std::int64_t expires) {
    const any_request asked{
        .method = check_http_method(utf8("method", method)),
        .url = utf8("url", url),
        .identity = check_key_part("identity", utf8("identity", identity)),
        .secret = check_key_part("secret", utf8("secret", secret)),
        .region = utf8("region", region),
        .service = utf8("service", service).value_or("s3"),
        .session_token = check_session_token(utf8("session_token", session_token)).value_or(""),
        .time = sigv4::timestamp(signing_time(signed_at)),
    };
    check_not_late(signed_at, asked.time.unix_seconds(), expires);
    if (asked.region) s3::check_scope_part("region", *asked.region);
    s3::check_scope_part("service", asked.service);
    return asked;
}

sigv4::signing_key& key_for(const any_request& asked, const s3::request_url& url) {
    return signing_keys().get(
        asked.secret, {asked.time.date(), asked.region.value_or(url.region()), asked.service});
}

struct payload_choice {
    std::string_view line;  // the last of the canonical request
    bool in_query;          // as X-Amz-Content-Sha256, which S3 reads there
};

payload_choice choose_payload(const any_request& asked, const field_list& headers,
                              std::span<const sigv4::field> canonical_headers,
                              optional_text payload_sha256) {
    const bool as_s3 = sigv4::signs_as_s3(asked.service);
    if (payload_sha256) {
        check_not_set_twice(headers, "x-amz-content-sha256", "payload_sha256");
        return {s3::check_payload_line("payload_sha256", *payload_sha256), as_s3};
    }
    if (headers.has("x-amz-content-sha256"))
        return {s3::find_payload_line(canonical_headers), false};
    return {as_s3 ? sigv4::unsigned_payload : sigv4::empty_payload, false};
}

// Apart from pre_url(), whose frame may hold nothing with a destructor.
text* presign_url(const any_request& asked, std::span<const sigv4::field> canonical_headers,
                  const payload_choice& payload, std::int64_t duration) {
    const sigv4::field hash{"X-Amz-Content-Sha256", payload.line};
    const s3::request_url url(asked.url, asked.service, {&hash, payload.in_query ? 1u : 0u});
    sigv4::signing_key& key = key_for(asked, url);
    const sigv4::presign_request request{
        .method = asked.method,
        .origin = url.origin(),
        .host = url.host(),
        .shown_prefix = url.path(),
        .path_prefix = url.signed_path(),
        .has_path = false,
        .query = url.query(),
        .headers = canonical_headers,
        .payload = payload.line,
        .identity = asked.identity,
        .session_token = asked.session_token,
        .expires = duration,
    };
    return pg::call([&] { return presigned_text(request, asked.time, key); });
}

text* pre_url(std::string_view method, std::string_view url, std::string_view identity,
              std::string_view secret, std::int64_t duration, optional_text region,
              optional_text service, optional_text session_token, optional_json headers,
              optional_text payload_sha256, optional_time signed_at) {
    s3::check_duration(duration);
    const any_request asked = read_request(method, url, identity, secret, region, service,
                                           session_token, signed_at, duration);
    field_list header_list = read_headers(headers);
    const auto canonical_headers = header_list.canonical_headers();
    const payload_choice payload = choose_payload(asked, header_list, canonical_headers,
                                                  utf8("payload_sha256", payload_sha256));
    return presign_url(asked, canonical_headers, payload, duration);
}

// Apart from pre_headers(), whose frame may hold nothing with a destructor.
pg::jsonb sign_url_in_headers(const any_request& asked, field_list& headers,
                              optional_text payload) {
    const s3::request_url url(asked.url, asked.service);
    sigv4::signing_key& key = key_for(asked, url);
    const header_request request{
        .method = asked.method,
        .origin = url.origin(),
        .host = url.host(),
        .path = url.path(),
        .signed_path = url.signed_path(),
        .query = url.query(),
        .signs_as_s3 = sigv4::signs_as_s3(asked.service),
        .payload = payload,
        .identity = asked.identity,
        .session_token = asked.session_token,
    };
    return pg::call([&] { return sign_in_headers(request, headers, asked.time, key).json; });
}

pg::jsonb pre_headers(std::string_view method, std::string_view url, std::string_view identity,
                      std::string_view secret, optional_text region, optional_text service,
                      optional_text session_token, optional_json headers,
                      std::optional<pg::binary> payload, optional_time signed_at) {
    const any_request asked = read_request(method, url, identity, secret, region, service,
                                           session_token, signed_at, sigv4::authorization_life);
    field_list header_list = read_headers(headers);
    return sign_url_in_headers(asked, header_list,
                               payload ? optional_text(payload->bytes) : std::nullopt);
}

}  // namespace

PG_FUNCTION(s3sign_pre_url, pre_url)
PG_FUNCTION(s3sign_pre_headers, pre_headers)

}  // namespace s3sign
