// A URL that a server refused, signed by hand and diagnosed.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "s3/diagnosis.hpp"
#include "sigv4/verify.hpp"
#include "support.hpp"

namespace s3sign::test {

// What somebody signs, each part as it is in the canonical request.
struct signed_request {
    std::string method = "GET";
    std::string path = "/media/a%20b.txt";
    std::string host = "s3.example.com";
    std::string query = {};    // after the parameters of SigV4: names in lower case
    std::string headers = {};  // «name:value\n» after host
    std::string signed_headers = "host";
    std::string payload = "UNSIGNED-PAYLOAD";
    std::string secret = std::string(example_secret);
};

// The query of its URL, in canonical order, without the signature.
inline std::string query_of(const signed_request& s) {
    std::string query =
        "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE"
        "%2F20130524%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Date=20130524T000000Z"
        "&X-Amz-Expires=86400&X-Amz-SignedHeaders=";
    for (const char c : s.signed_headers) query += c == ';' ? "%3B" : std::string(1, c);
    return s.query.empty() ? query : query + "&" + s.query;
}

inline std::string canonical_request_of(const signed_request& s) {
    return s.method + "\n" + s.path + "\n" + query_of(s) + "\nhost:" + s.host + "\n" + s.headers +
           "\n" + s.signed_headers + "\n" + s.payload;
}

inline std::string string_to_sign_of(const signed_request& s) {
    return "AWS4-HMAC-SHA256\n20130524T000000Z\n20130524/us-east-1/s3/aws4_request\n" +
           hex(sigv4::sha256(canonical_request_of(s)));
}

// Its URL with another host and path, where these are given.
inline std::string url_of(const signed_request& s, std::string path = {}, std::string host = {}) {
    const sigv4::signing_key key(s.secret, {"20130524", "us-east-1", "s3"});
    return "https://" + (host.empty() ? s.host : host) + (path.empty() ? s.path : path) + "?" +
           query_of(s) + "&X-Amz-Signature=" + hex(key.sign(string_to_sign_of(s)));
}

// What the client did, and when.
struct sent_request {
    std::string method = "GET";
    std::vector<field> headers = {};
    std::string secret = std::string(example_secret);
    std::int64_t now = example_time + 60;
};

inline s3::diagnosis diagnose(const std::string& url, const std::string& body,
                              const sent_request& sent = {}) {
    std::vector<field> parameters(sigv4::count_parameters(url));
    std::string decoded(url.size(), '\0');
    sigv4::signed_url u = sigv4::read_signed_url(url, parameters, decoded.data());
    const s3::error_body error = s3::parse_error_body(body);
    if (const auto d = s3::diagnose_unsigned(u, error, sent.now)) return *d;
    std::string memory(sigv4::rebuild_size(u), '\0');
    const sigv4::request r = sigv4::rebuild(u, sent.method, sent.headers, memory.data());
    const std::string canonical =
        written(sigv4::rebuilt_canonical_request_size(u, r),
                [&](char* out) { return sigv4::put_rebuilt_canonical_request(out, u, r); });
    const sigv4::scope scope{*u.date, *u.region, *u.service};
    const std::string to_sign = written(sigv4::string_to_sign_size(scope), [&](char* out) {
        return sigv4::put_string_to_sign(out, sigv4::timestamp(*u.signed_at), scope,
                                         sigv4::sha256(canonical));
    });
    sigv4::signing_key key(sent.secret, scope);
    return s3::diagnose({u, r, canonical, to_sign}, error, key, sent.now);
}

}  // namespace s3sign::test
