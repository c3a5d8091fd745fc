#include "functions/header_request.hpp"

#include <algorithm>
#include <string>

#include "base/ascii.hpp"
#include "base/error.hpp"
#include "functions/named_call.hpp"
#include "functions/signing.hpp"
#include "base/json.hpp"
#include "pg/memory.hpp"
#include "s3/header.hpp"
#include "sigv4/authorization.hpp"
#include "sigv4/canonical.hpp"
#include "sigv4/encode.hpp"
#include "sigv4/hash.hpp"

namespace s3sign {
namespace {

constexpr std::string_view payload_header = "x-amz-content-sha256";

std::string_view hash_of(std::string_view payload) {
    const auto hex = pg::allocate<char>(64);
    sigv4::put_hex(hex.data(), sigv4::sha256(payload));
    return {hex.data(), hex.size()};
}

std::string query_text(std::span<const sigv4::field> query) {
    std::size_t size = 0;
    for (const sigv4::field& f : query) size += f.name.size() + f.value.size() + 2;
    std::string text(size, '\0');
    text.resize(static_cast<std::size_t>(sigv4::put_query(text.data(), query) - text.data()));
    return text;
}

// The frame of authorize() has nothing with a destructor.
std::string_view signed_json(const header_request& request, std::span<const sigv4::field> headers,
                             std::string_view payload, const sigv4::timestamp& time,
                             sigv4::signing_key& key) {
    const std::string query = query_text(request.query);
    const std::string authorization = sigv4::authorization(
        {request.method, request.signed_path, query, request.host, headers, payload},
        request.identity, time, key);
    json_object sent;
    sent.add("Authorization", authorization);
    for (const sigv4::field& header : headers) sent.add(header.name, header.value);
    std::string url(request.origin);
    url += request.path;
    if (!query.empty()) url.append("?").append(query);
    return copy(json_object().add("url", url).add_json("headers", sent.text()).text());
}

}  // namespace

std::string_view check_http_method(std::string_view method) {
    const bool good = std::all_of(method.begin(), method.end(), [](char c) {
        return (c >= 'A' && c <= 'Z') || is_digit(c) || c == '-';
    });
    if (method.empty() || !good)
        invalid("method is not an HTTP method", "It is written in upper case, as in 'GET'.");
    return method;
}

pg::jsonb authorize(const header_request& request, field_list& headers,
                    const sigv4::timestamp& time, sigv4::signing_key& key) {
    if (!s3::is_header_value(request.identity))
        invalid("identity has a control or a non-ASCII character");
    if (!s3::is_header_value(request.session_token))
        invalid("session_token has a control or a non-ASCII character");
    std::string_view payload;
    if (headers.has(payload_header)) {
        if (request.payload) refuse(headers, payload_header, "payload");
        payload = payload_line(headers.canonical_headers());
    } else {
        payload = hash_of(request.payload.value_or(""));
        if (request.of_s3) headers.add(payload_header, payload);
    }
    headers.add("x-amz-date", time.text());
    if (!request.session_token.empty()) headers.add("x-amz-security-token", request.session_token);
    return to_jsonb(signed_json(request, headers.canonical_headers(), payload, time, key));
}

}  // namespace s3sign
