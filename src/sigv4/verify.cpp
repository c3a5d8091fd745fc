#include "sigv4/verify.hpp"

#include <algorithm>
#include <array>

#include <openssl/crypto.h>

#include "base/ascii.hpp"
#include "base/text.hpp"
#include "sigv4/canonical.hpp"
#include "sigv4/encode.hpp"
#include "sigv4/query_value.hpp"

namespace s3sign::sigv4 {
namespace {

bool is_signed_header(const signed_url& u, std::string_view name) {
    std::string_view names = *u.signed_headers;
    while (!names.empty())
        if (take_header_name(names) == name) return true;
    return false;
}

// The canonical request's last line.
std::string_view payload_of(const signed_url& u, std::span<const field> headers) {
    if (u.payload) return *u.payload;
    const field* const header = find_header(headers, "x-amz-content-sha256");
    if (header != nullptr && is_signed_header(u, header->name)) return header->value;
    return signs_as_s3(*u.service) ? unsigned_payload : empty_payload;
}

// Decodes and encodes each segment of a path, so that an encoded slash stays one.
char* recode_segments(char* out, char* memory, std::string_view path) {
    while (true) {
        const char* const end = percent_decode(memory, take_until(path, '/'));
        out = uri_encode(out, view(memory, end));
        if (path.empty()) return out;
        out = put(out, '/');
        path.remove_prefix(1);
    }
}

}  // namespace

char* put_canonical_host(char* out, const url& u) {
    for (char c : without_default_port(u.authority, u.scheme)) out = put(out, to_lower(c));
    return out;
}

// Enough for other services' paths: encoded, normalized and encoded again.
std::size_t canonical_path_size(std::string_view path) {
    const std::size_t encoded = encoded_size(path.size()) + 1;
    return path.size() + encoded + encoded + 1 + encoded_size(encoded);
}

char* put_canonical_path(char* out, std::string_view path, std::string_view service) {
    if (path.empty()) return put(out, '/');
    // The work area is after the room for the result.
    const std::size_t encoded = encoded_size(path.size()) + 1;
    char* const memory = out + encoded_size(encoded);
    if (signs_as_s3(service)) {
        const char* const end = percent_decode(memory, path);
        return uri_encode_path(out, view(memory, end));
    }
    char* const once = memory + path.size();
    const char* const once_end = recode_segments(once, memory, path);
    char* const normalized = once + encoded;
    const char* const end = normalize_path(normalized, view(once, once_end));
    return uri_encode_path(out, view(normalized, end));
}

std::size_t rebuild_size(const signed_url& u) {
    std::size_t query = 0;
    for (const field& f : *u.query) query += encoded_size(f.name.size() + f.value.size()) + 2;
    return u.parts.authority.size() + canonical_path_size(u.parts.path) + 2 * query;
}

request rebuild(signed_url& u, std::string_view method, std::span<const field> headers,
                char* memory) {
    char* const path = put_canonical_host(memory, u.parts);
    const char* const path_end = put_canonical_path(path, u.parts.path, *u.service);
    char* const rest = path + canonical_path_size(u.parts.path);
    request r = rebuild_without_location(u, method, headers, rest);
    r.host = view(memory, path);
    r.path = view(path, path_end);
    return r;
}

request rebuild_without_location(signed_url& u, std::string_view method,
                                 std::span<const field> headers, char* memory) {
    char* const query = canonicalize_query(*u.query, memory);
    const char* const query_end = put_query(query, *u.query);
    return {.method = method,
            .path = {},
            .query = view(query, query_end),
            .host = {},
            .headers = headers,
            .payload = payload_of(u, headers)};
}

std::size_t rebuilt_canonical_request_size(const signed_url& u, const request& r) {
    std::size_t headers = r.host.size();
    for (const field& h : r.headers) headers += h.value.size();
    // Each name appears twice, once with ":" and "\n", once with ";".
    return r.method.size() + r.path.size() + r.query.size() + headers +
           4 * u.signed_headers->size() + r.payload.size() + 8;
}

char* put_rebuilt_canonical_request(char* out, const signed_url& u, const request& r) {
    for (const std::string_view line : {r.method, r.path, r.query}) out = put(put(out, line), '\n');
    std::string_view names = *u.signed_headers;
    while (!names.empty()) {
        const std::string_view name = take_header_name(names);
        const field* const header = find_header(r.headers, name);
        out = put(put(out, name), ':');
        if (name == "host")
            out = put(out, r.host);
        else if (header != nullptr)
            out = put(out, header->value);
        out = put(out, '\n');
    }
    out = put(out, '\n');
    out = put(put(out, *u.signed_headers), '\n');
    return put(out, r.payload);
}

std::optional<std::string_view> find_missing_header(const signed_url& u,
                                                    std::span<const field> headers) {
    std::string_view names = *u.signed_headers;
    while (!names.empty()) {
        const std::string_view name = take_header_name(names);
        if (name != "host" && find_header(headers, name) == nullptr) return name;
    }
    return std::nullopt;
}

std::optional<std::string_view> find_unsigned_header(const signed_url& u,
                                                     std::span<const field> headers) {
    if (!is_signed_header(u, "host")) return "host";
    // Both lists are sorted.
    std::string_view names = *u.signed_headers;
    std::string_view name = take_header_name(names);
    for (const field& h : headers) {
        while (name < h.name && !names.empty()) name = take_header_name(names);
        if (h.name.starts_with("x-amz-") && h.name != name) return h.name;
    }
    return std::nullopt;
}

age age_of(const signed_url& u, std::int64_t now, std::int64_t microseconds) {
    const std::int64_t end = *u.signed_at + *u.expires;
    if (now > end || (now == end && microseconds > 0)) return age::expired;
    if (*u.signed_at > now + longest_skew) return age::early;
    return age::good;
}

bool matches(const signed_url& u, const digest& signature) {
    std::array<char, 64> hex;
    put_hex(hex.data(), signature);
    return u.signature && u.signature->size() == hex.size() &&
           CRYPTO_memcmp(u.signature->data(), hex.data(), hex.size()) == 0;
}

}  // namespace s3sign::sigv4
