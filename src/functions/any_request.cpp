// s3sign_pre_url, s3sign_pre_headers: any request to any service that takes AWS Signature
// Version 4, with the credentials in the call.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "functions/arguments.hpp"
#include "functions/named_call.hpp"
#include "functions/header_request.hpp"
#include "functions/signing.hpp"
#include "pg/boundary.hpp"
#include "pg/function.hpp"
#include "s3/guard.hpp"
#include "s3/header.hpp"
#include "s3/request_url.hpp"
#include "sigv4/presign.hpp"
#include "sigv4/verify.hpp"

namespace s3sign {
namespace {

// What both functions are told, in UTF-8.
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

any_request read(std::string_view method, std::string_view url, std::string_view identity,
                 std::string_view secret, optional_text region, optional_text service,
                 optional_text session_token, optional_time signed_at) {
    const any_request request{
        .method = check_http_method(utf8("method", method)),
        .url = utf8("url", url),
        .identity = not_empty("identity", utf8("identity", identity)),
        .secret = not_empty("secret", utf8("secret", secret)),
        .region = utf8("region", region),
        .service = utf8("service", service).value_or("s3"),
        .session_token = check_token(utf8("session_token", session_token)).value_or(""),
        .time = sigv4::timestamp(signed_at ? unix_seconds(*signed_at) : statement_time()),
    };
    if (request.region) s3::check_scope_part("region", *request.region);
    s3::check_scope_part("service", request.service);
    return request;
}

sigv4::signing_key& key_of(const any_request& request, const s3::request_url& url) {
    return signing_keys().get(
        request.secret,
        {request.time.date(), request.region.value_or(url.region()), request.service});
}

// The payload line of a presigned URL, which S3 reads in the query.
struct payload {
    std::string_view line;
    bool in_query;
};

payload choose_payload(const any_request& request, const field_list& headers,
                       std::span<const sigv4::field> canonical, optional_text hash) {
    const bool of_s3 = sigv4::signs_as_s3(request.service);
    if (hash) {
        refuse(headers, "x-amz-content-sha256", "payload_sha256");
        if (!s3::is_payload_line(*hash))
            invalid("payload_sha256 is no SHA-256 in lower-case hex",
                    "\"UNSIGNED-PAYLOAD\" and \"STREAMING-...\" may stand for one.");
        return {*hash, of_s3};
    }
    if (headers.has("x-amz-content-sha256")) return {payload_line(canonical), false};
    return {of_s3 ? sigv4::unsigned_payload : sigv4::empty_payload, false};
}

// The frame of pre_url() has nothing with a destructor.
text* presigned(const any_request& asked, std::span<const sigv4::field> headers,
                const payload& body, std::int64_t duration) {
    const sigv4::field hash{"X-Amz-Content-Sha256", body.line};
    const s3::request_url url(asked.url, asked.service, {&hash, body.in_query ? 1u : 0u});
    sigv4::signing_key& key = key_of(asked, url);
    const sigv4::presign_request request{
        .method = asked.method,
        .origin = url.origin(),
        .host = url.host(),
        .shown_prefix = url.path(),
        .path_prefix = url.signed_path(),
        .has_path = false,
        .query = url.query(),
        .headers = headers,
        .payload = body.line,
        .identity = asked.identity,
        .session_token = asked.session_token,
        .expires = duration,
    };
    const std::size_t size = sigv4::presigned_url_size(request, key.bound_to());
    return pg::call([&] {
        pg::text_builder out(size);
        return out.finish(
            sigv4::write_presigned_url({out.begin(), size}, request, asked.time, key));
    });
}

text* pre_url(std::string_view method, std::string_view url, std::string_view identity,
              std::string_view secret, std::int64_t duration, optional_text region,
              optional_text service, optional_text session_token, optional_json headers,
              optional_text payload_sha256, optional_time signed_at) {
    s3::check_duration(duration);
    const any_request request =
        read(method, url, identity, secret, region, service, session_token, signed_at);
    field_list fields = read_headers(headers);
    const auto canonical = fields.canonical_headers();
    const payload body =
        choose_payload(request, fields, canonical, utf8("payload_sha256", payload_sha256));
    return presigned(request, canonical, body, duration);
}

// The frame of pre_headers() has nothing with a destructor.
pg::jsonb authorized(const any_request& asked, field_list& headers, optional_text payload) {
    const s3::request_url url(asked.url, asked.service);
    sigv4::signing_key& key = key_of(asked, url);
    const header_request request{
        .method = asked.method,
        .origin = url.origin(),
        .host = url.host(),
        .path = url.path(),
        .signed_path = url.signed_path(),
        .query = url.query(),
        .of_s3 = sigv4::signs_as_s3(asked.service),
        .payload = payload,
        .identity = asked.identity,
        .session_token = asked.session_token,
    };
    return pg::call([&] { return authorize(request, headers, asked.time, key); });
}

pg::jsonb pre_headers(std::string_view method, std::string_view url, std::string_view identity,
                      std::string_view secret, optional_text region, optional_text service,
                      optional_text session_token, optional_json headers,
                      std::optional<pg::binary> payload, optional_time signed_at) {
    const any_request request =
        read(method, url, identity, secret, region, service, session_token, signed_at);
    field_list fields = read_headers(headers);
    return authorized(request, fields, payload ? optional_text(payload->bytes) : std::nullopt);
}

}  // namespace

PG_FUNCTION(s3sign_pre_url, pre_url)
PG_FUNCTION(s3sign_pre_headers, pre_headers)

}  // namespace s3sign
