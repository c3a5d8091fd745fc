// What requests have in common that one key signs in the same second, computed once a second.
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

// Writes the encoded value of X-Amz-Credential, `identity/scope`.
char* put_credential(char* out, std::string_view identity, const scope& s);

// A cache of one second. Every call on one object passes the same key and scope.
class second_cache {
   public:
    // HMAC of the string to sign with `key`. The string to sign is the same for all requests of a
    // second up to the hash, so that part of it is hashed once.
    digest sign(const hmac_key& key, const scope& s, const timestamp& time,
                const digest& canonical_request_hash);

    // The beginning of a presigned URL's query, encoded:
    // `X-Amz-Algorithm=...&X-Amz-Credential=...&X-Amz-Date=...&X-Amz-Expires=...`.
    // Valid until the next call.
    std::string_view query_head(const scope& s, std::string_view identity, const timestamp& time,
                                std::int64_t expires);

   private:
    static constexpr std::int64_t none = earliest_time - 1;

    void hash_head(const hmac_key& key, const scope& s, const timestamp& time);

    // The second of the hashed head, or none; the hash of the head's whole blocks; the rest of the
    // head, with room for the request's hash after it: OpenSSL copies input that does not begin at
    // a block boundary, so both are passed to it at once.
    std::int64_t head_time_ = none;
    hmac_key::message head_;
    std::array<char, block_size + 64> tail_;
    std::size_t head_rest_size_ = 0;

    // The arguments of the last query_head(), and its result.
    std::int64_t query_time_ = none;
    std::int64_t query_expires_ = 0;
    std::string query_identity_;
    std::string query_head_;
};

}  // namespace s3sign::sigv4
