// Steps 2 to 4 of SigV4: the string to sign, the signing key, the signature.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "sigv4/hash.hpp"
#include "sigv4/request.hpp"
#include "sigv4/time.hpp"

namespace s3sign::sigv4 {

// «date/region/service/aws4_request», each `/` written as `slash` (in a URL: «%2F»).
char* put_scope(char* out, const scope& s, std::string_view slash = "/");

// At least as many bytes as put_scope() writes, whatever the slash.
constexpr std::size_t scope_size(const scope& s) {
    return s.date.size() + s.region.size() + s.service.size() + 3 * 3 + 12;
}

// At least as many bytes as put_string_to_sign() writes.
constexpr std::size_t string_to_sign_size(const scope& s) {
    return algorithm.size() + 16 + scope_size(s) + 64 + 3;
}

// «identity/scope» as the parameter X-Amz-Credential has it, encoded.
char* put_credential(char* out, std::string_view identity, const scope& s);

char* put_string_to_sign(char* out, const timestamp& time, const scope& s,
                         const digest& canonical_request_hash);

// HMAC(HMAC(HMAC(HMAC("AWS4" + secret, date), region), service), "aws4_request"), with the scope
// that it is bound to.
class signing_key {
   public:
    signing_key(std::string_view secret, const scope& s);

    scope bound_to() const { return {date_, region_, service_}; }

    // The HMAC of the string to sign. What stands in it before the canonical request's hash is
    // the same for all requests of a second, and is taken in once a second.
    digest sign(const timestamp& time, const digest& canonical_request_hash);

    // The HMAC of another text: of a POST policy in base64.
    digest sign(std::string_view text) const { return key_.sign(text); }

    // «X-Amz-Algorithm=…&X-Amz-Credential=…&X-Amz-Date=…&X-Amz-Expires=…»: how the query of a
    // presigned URL begins, encoded; likewise made once a second. Valid until the next call.
    std::string_view query_head(std::string_view identity, const timestamp& time,
                                std::int64_t expires);

   private:
    std::string date_, region_, service_;
    hmac_key key_;

    // What is made once a second, and the time that it is of.
    static constexpr std::int64_t none = earliest_time - 1;
    std::int64_t head_time_ = none;
    hmac_key::message head_;  // the string to sign up to the hash, as far as it fills blocks
    // The rest of it, with room for the hash: OpenSSL copies what does not begin at a block.
    std::array<char, block_size + 64> tail_;
    std::size_t head_rest_size_ = 0;
    std::int64_t query_head_time_ = none;
    std::int64_t query_head_expires_ = 0;
    std::string query_head_identity_;
    std::string query_head_;
};

}  // namespace s3sign::sigv4
