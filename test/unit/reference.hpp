// SigV4 in a query, written a second time as plainly as AWS's document reads, with OpenSSL's
// one-shot functions: what the core is compared with where no vector is published.
// https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html
#pragma once

#include <openssl/hmac.h>
#include <openssl/sha.h>

#include <algorithm>
#include <cstdio>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace s3sign::reference {

using pairs = std::vector<std::pair<std::string, std::string>>;

inline std::string uri_encode(const std::string& text, bool slash = true) {
    std::string result;
    for (unsigned char c : text) {
        const bool letter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
        const bool unreserved = letter || (c >= '0' && c <= '9') || c == '-' || c == '.' ||
                                c == '_' || c == '~' || (c == '/' && !slash);
        char escaped[4];
        std::snprintf(escaped, sizeof escaped, "%%%02X", c);
        result += unreserved ? std::string(1, static_cast<char>(c)) : escaped;
    }
    return result;
}

inline std::string base16(const std::string& bytes) {
    std::string result;
    for (unsigned char c : bytes) {
        char digits[3];
        std::snprintf(digits, sizeof digits, "%02x", c);
        result += digits;
    }
    return result;
}

inline std::string sha256(const std::string& text) {
    unsigned char hash[32];
    SHA256(reinterpret_cast<const unsigned char*>(text.data()), text.size(), hash);
    return {reinterpret_cast<char*>(hash), sizeof hash};
}

inline std::string hmac(const std::string& key, const std::string& text) {
    unsigned char mac[32];
    HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()),
         reinterpret_cast<const unsigned char*>(text.data()), text.size(), mac, nullptr);
    return {reinterpret_cast<char*>(mac), sizeof mac};
}

struct request {
    std::string method, origin, host, shown_prefix, path_prefix, path;
    pairs query;                                 // raw
    std::map<std::string, std::string> headers;  // lower case and trimmed
    std::string payload, identity, secret, session_token, region, service, time;
    std::string expires;
};

inline std::string join(const pairs& list) {
    std::string result;
    for (const auto& [name, value] : list)
        result += (result.empty() ? "" : "&") + name + "=" + value;
    return result;
}

inline std::string presigned(const request& r) {
    const std::string date = r.time.substr(0, 8);
    const std::string scope = date + "/" + r.region + "/" + r.service + "/aws4_request";

    std::map<std::string, std::string> headers = r.headers;
    headers["host"] = r.host;
    std::string canonical_headers, signed_headers;
    for (const auto& [name, value] : headers) {
        canonical_headers += name + ":" + value + "\n";
        signed_headers += (signed_headers.empty() ? "" : ";") + name;
    }

    pairs query = r.query;
    query.emplace_back("X-Amz-Algorithm", "AWS4-HMAC-SHA256");
    query.emplace_back("X-Amz-Credential", r.identity + "/" + scope);
    query.emplace_back("X-Amz-Date", r.time);
    query.emplace_back("X-Amz-Expires", r.expires);
    query.emplace_back("X-Amz-SignedHeaders", signed_headers);
    if (!r.session_token.empty()) query.emplace_back("X-Amz-Security-Token", r.session_token);
    for (auto& [name, value] : query) {
        name = uri_encode(name);
        value = uri_encode(value);
    }
    std::sort(query.begin(), query.end());

    const std::string key_path = "/" + uri_encode(r.path, false);
    const std::string path = r.path_prefix + key_path;
    const std::string canonical_request = r.method + "\n" + path + "\n" + join(query) + "\n" +
                                          canonical_headers + "\n" + signed_headers + "\n" +
                                          r.payload;
    const std::string string_to_sign =
        "AWS4-HMAC-SHA256\n" + r.time + "\n" + scope + "\n" + base16(sha256(canonical_request));
    std::string key = hmac("AWS4" + r.secret, date);
    for (const std::string& part : {r.region, r.service, std::string("aws4_request")})
        key = hmac(key, part);
    return r.origin + r.shown_prefix + key_path + "?" + join(query) +
           "&X-Amz-Signature=" + base16(hmac(key, string_to_sign));
}

}  // namespace s3sign::reference
