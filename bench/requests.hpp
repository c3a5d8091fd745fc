// The requests that the core's benchmark signs, and the least hashing that they need.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/text.hpp"
#include "s3/target.hpp"
#include "sigv4/canonical.hpp"
#include "sigv4/key_cache.hpp"
#include "sigv4/presign.hpp"
#include "sigv4/signature.hpp"
#include "sigv4/signed_url.hpp"
#include "sigv4/time.hpp"
#include "sigv4/verify.hpp"

namespace s3sign::bench {

// The call of AWS's documentation (sigv4-query-string-auth), and the URL printed there.
inline constexpr s3::destination place{"https://s3.amazonaws.com", "examplebucket", std::nullopt,
                                       std::nullopt};
inline constexpr std::string_view identity = "AKIAIOSFODNN7EXAMPLE";
inline constexpr std::string_view secret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
inline constexpr std::int64_t now = 1369353600;
inline constexpr std::string_view documented_url =
    "https://examplebucket.s3.amazonaws.com/test.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256"
    "&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request"
    "&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host"
    "&X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404";

inline const sigv4::timestamp time_of_signing(now);
inline constexpr sigv4::scope scope{"20130524", "us-east-1", "s3"};

inline std::vector<std::string> numbered(const std::string& front, const std::string& back) {
    std::vector<std::string> keys;
    for (int i = 0; i < 256; i++) keys.push_back(front + std::to_string(1000 + 37 * i) + back);
    return keys;
}

using key_list = std::vector<std::string>;
inline const key_list plain = numbered("photos/2024/img_", ".jpg");
inline const key_list hard = numbered("Ärzte & Söhne/100% \"fünf\"/a+b ", " 写真😀.jpg");

inline sigv4::presign_request request_of(const s3::target& target, std::string_view key) {
    return {
        .method = "GET",
        .origin = target.origin,
        .host = target.host,
        .shown_prefix = target.shown_prefix,
        .path_prefix = target.path_prefix,
        .path = key,
        .query = {},
        .headers = {},
        .payload = sigv4::unsigned_payload,
        .identity = identity,
        .session_token = {},
        .expires = 86400,
    };
}

// The core's part of s3sign_pre_get.
class core {
   public:
    std::string_view row(std::string_view key) {
        const sigv4::timestamp time(now);
        const s3::target& target = targets_.get(place);
        const sigv4::presign_request r = request_of(target, key);
        sigv4::signing_key& signing_key =
            keys_.get(secret, {time.date(), target.region, scope.service});
        const std::size_t size = sigv4::presigned_url_size(r, signing_key.bound_to());
        if (size > buffer_.size()) buffer_.resize(size);
        char* const end = sigv4::write_presigned_url(buffer_, r, time, signing_key);
        return {buffer_.data(), static_cast<std::size_t>(end - buffer_.data())};
    }

   private:
    s3::target_cache targets_;
    sigv4::key_cache keys_;
    std::vector<char> buffer_;
};

// The core's part of s3sign_verify with a secret whose key is cached.
class verifier {
   public:
    bool matches(std::string_view url) {
        fields_.resize(sigv4::count_parameters(url));
        decoded_.resize(url.size());
        sigv4::signed_url u = sigv4::read_signed_url(url, fields_, decoded_.data());
        if (u.fault) return false;
        const std::size_t size = sigv4::rebuild_size(u);
        if (size > memory_.size()) memory_.resize(size);
        const sigv4::request r = sigv4::rebuild(u, "GET", {}, memory_.data());
        text_.resize(sigv4::rebuilt_canonical_request_size(u, r));
        const char* const end = sigv4::put_rebuilt_canonical_request(text_.data(), u, r);
        const sigv4::digest hash = sigv4::sha256(view(text_.data(), end));
        sigv4::signing_key& key = keys_.get(secret, {*u.date, *u.region, *u.service});
        return sigv4::matches(u, key.sign(sigv4::timestamp(*u.signed_at), hash));
    }

   private:
    sigv4::key_cache keys_;
    std::vector<sigv4::field> fields_;
    std::vector<char> decoded_, memory_, text_;
};

inline std::string canonical_request_of(std::string_view key) {
    core c;
    const std::string_view url = c.row(key);
    const s3::target target = s3::resolve(place);
    const std::size_t query = url.find('?') + 1;
    const std::size_t signature = url.find("&X-Amz-Signature=");
    const sigv4::request r{
        .method = "GET",
        .path = url.substr(target.origin.size(), query - 1 - target.origin.size()),
        .query = url.substr(query, signature - query),
        .host = target.host,
        .headers = {},
        .payload = sigv4::unsigned_payload,
    };
    std::string text(sigv4::canonical_request_size(r), '\0');
    text.resize(
        static_cast<std::size_t>(sigv4::put_canonical_request(text.data(), r) - text.data()));
    return text;
}

inline std::string string_to_sign() {
    std::string text(sigv4::string_to_sign_size(scope), '\0');
    char* const end = sigv4::put_string_to_sign(text.data(), time_of_signing, scope, {});
    text.resize(static_cast<std::size_t>(end - text.data()));
    return text;
}

// SHA-256 appends a byte and an eight-byte length to a message and pads it to whole blocks.
inline std::size_t blocks_of(std::size_t size) { return (size + 9 + 63) / 64; }

inline std::size_t blocks_of(const key_list& keys) {
    std::size_t blocks = 0;
    for (const std::string& key : keys)
        blocks +=
            blocks_of(canonical_request_of(key).size()) + blocks_of(string_to_sign().size()) + 1;
    return blocks;
}

}  // namespace s3sign::bench
