#include "functions/header_request.hpp"

#include <string>

#include "base/error.hpp"
#include "base/json.hpp"
#include "functions/results.hpp"
#include "s3/header.hpp"
#include "s3/limits.hpp"
#include "sigv4/authorization.hpp"
#include "sigv4/canonical.hpp"
#include "sigv4/encoded.hpp"
#include "sigv4/hash.hpp"

namespace s3sign {
namespace {

constexpr std::string_view payload_header = "x-amz-content-sha256";

// A payload has up to 1 GB.
void check_for_interrupts() { CHECK_FOR_INTERRUPTS(); }

std::string query_string(std::span<const sigv4::field> query) {
    std::size_t size = 0;
    for (const sigv4::field& f : query) size += f.name.size() + f.value.size() + 2;
    return write_string(size, [&](char* out) { return sigv4::put_query(out, query); });
}

// Apart from sign_in_headers(), whose frame may hold nothing with a destructor.
struct signed_texts {
    std::string_view json;
    std::string_view signature;
};

signed_texts sign(const header_request& request, std::span<const sigv4::field> headers,
                  std::string_view payload_line, const sigv4::timestamp& time,
                  sigv4::signing_key& key) {
    const std::string query = query_string(request.query);
    json_object client_headers;
    const std::string authorization = sigv4::authorization(
        {request.method, request.signed_path, query, request.host, headers, payload_line},
        request.identity, time, key);
    client_headers.add("Authorization", authorization);
    for (const sigv4::field& header : headers) client_headers.add(header.name, header.value);
    std::string url(request.origin);
    url += request.path;
    if (!query.empty()) url.append("?").append(query);
    constexpr std::size_t digits = 64;  // the signature is the last part of Authorization
    return {
        copy(json_object().add("url", url).add_json("headers", client_headers.text()).text()),
        copy(authorization.substr(authorization.size() - digits)),
    };
}

}  // namespace

signed_headers sign_in_headers(const header_request& request, field_list& headers,
                               const sigv4::timestamp& time, sigv4::signing_key& key) {
    if (!s3::is_header_value(request.identity))
        invalid("identity has a control or a non-ASCII character");
    if (!s3::is_header_value(request.session_token))
        invalid("session_token has a control or a non-ASCII character");
    std::string_view payload_line;
    if (headers.has(payload_header)) {
        if (request.payload) check_not_set_twice(headers, payload_header, "payload");
        payload_line = s3::find_payload_line(headers.canonical_headers());
    } else {
        payload_line = hex(sigv4::sha256(request.payload.value_or(""), check_for_interrupts));
        if (request.signs_as_s3) headers.add(payload_header, payload_line);
    }
    headers.add("x-amz-date", time.text());
    if (!request.session_token.empty()) headers.add("x-amz-security-token", request.session_token);
    const auto made = sign(request, headers.canonical_headers(), payload_line, time, key);
    return {to_jsonb(made.json), made.signature};
}

}  // namespace s3sign
