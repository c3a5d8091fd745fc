// Caches what all requests have in common that one key signs in the same second.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "sigv4/hash.hpp"
#include "sigv4/request.hpp"
#include "sigv4/time.hpp"

namespace s3sign::sigv4 {

// In bytes, not encoded. AWS: "the typical size is less than 4096 bytes".
// https://docs.aws.amazon.com/STS/latest/APIReference/API_Credentials.html
inline constexpr std::size_t largest_kept_token = 4096;

// Writes the encoded value of X-Amz-Credential, `identity/scope`.
char* put_credential(char* out, std::string_view identity, const scope& s);

// Holds one second at a time. Every call on an object must pass the same key and scope.
class second_cache {
   public:
    // HMAC of the string to sign. Its head, up to the request's hash, is the same for all requests
    // of a second and is hashed once.
    digest sign(const hmac_key& key, const scope& s, const timestamp& time,
                const digest& canonical_request_hash);

    // The beginning of a presigned URL's query, encoded:
    // `X-Amz-Algorithm=...&X-Amz-Credential=...&X-Amz-Date=...&X-Amz-Expires=...`, and
    // `&X-Amz-Security-Token=...` if there is a token. It has up to largest_kept_token bytes.
    // Valid until the next call.
    std::string_view query_head(const scope& s, std::string_view identity, std::string_view token,
                                const timestamp& time, std::int64_t expires);

   private:
    static constexpr std::int64_t none = earliest_time - 1;

    void hash_head(const hmac_key& key, const scope& s, const timestamp& time);

    // The string to sign: the hash state after the head's whole blocks, and a buffer with the rest
    // of the head and room for the request's hash. OpenSSL copies input that does not begin at a
    // block boundary, so that both are passed at once.
    std::int64_t head_time_ = none;
    hmac_key::message head_;
    std::array<char, block_size + 64> tail_;
    std::size_t head_rest_size_ = 0;

    // The arguments and the result of the last query_head().
    std::int64_t query_time_ = none;
    std::int64_t query_expires_ = 0;
    std::string query_identity_;
    std::string query_token_;
    std::string query_head_;
};

}  // namespace s3sign::sigv4
