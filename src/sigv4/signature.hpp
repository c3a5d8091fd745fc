// Steps 2 to 4 of SigV4: string to sign, signing key, signature.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "sigv4/hash.hpp"
#include "sigv4/lane_signer.hpp"
#include "sigv4/request.hpp"
#include "sigv4/second_cache.hpp"
#include "sigv4/time.hpp"

namespace s3sign::sigv4 {

// --- step 2: string to sign --------------------------------------------------------------------

// Writes `date/region/service/aws4_request`, with `slash` for each `/` (in a URL: %2F).
char* put_scope(char* out, const scope& s, std::string_view slash = "/");

// At least as many bytes as put_scope() writes, with any slash of up to three bytes.
constexpr std::size_t scope_size(const scope& s) {
    return s.date.size() + s.region.size() + s.service.size() + 3 * 3 + scope_terminator.size();
}

// Writes the string to sign up to the hash of the canonical request.
char* put_string_to_sign_head(char* out, const timestamp& time, const scope& s);

char* put_string_to_sign(char* out, const timestamp& time, const scope& s,
                         const digest& canonical_request_hash);

// At least as many bytes as put_string_to_sign() writes.
constexpr std::size_t string_to_sign_size(const scope& s) {
    return algorithm.size() + 16 + scope_size(s) + 64 + 3;
}

// --- steps 3 and 4: signing key, signature -----------------------------------------------------

// HMAC(HMAC(HMAC(HMAC("AWS4" + secret, date), region), service), "aws4_request"), with the scope
// that the key is bound to.
class signing_key {
   public:
    signing_key(std::string_view secret, const scope& s);

    scope bound_to() const { return {date_, region_, service_}; }

    // The signature of a text: the string to sign, or a POST policy in base64.
    digest sign(std::string_view text) const { return key_.sign(text); }

    // The signature of a request. Equal to sign() of its string to sign, with less work if the
    // previous request has the same time.
    digest sign(const timestamp& time, const digest& canonical_request_hash) {
        return second_.sign(key_, bound_to(), time, canonical_request_hash);
    }

    // The same for several canonical requests, hashed side by side where lane_count() is not 0.
    // `signatures` has room for as many. XX000 if the vectors compute another signature than
    // OpenSSL, which the first ones of a process are compared with; no others use vectors then.
    void sign(const timestamp& time, std::span<const std::string_view> canonical_requests,
              digest* signatures);

    // The beginning of a presigned URL's query, see second_cache.
    std::string_view query_head(std::string_view identity, std::string_view token,
                                const timestamp& time, std::int64_t expires) {
        return second_.query_head(bound_to(), identity, token, time, expires);
    }

   private:
    struct secret_digest;
    signing_key(const secret_digest& key, const scope& s);
    static secret_digest derive(std::string_view secret, const scope& s);

    // Compares the first signatures of the process that vectors have computed.
    void check_lanes(const timestamp& time, std::span<const std::string_view> canonical_requests,
                     const digest* signatures);

    std::string date_, region_, service_;
    hmac_key key_;
    second_cache second_;
    std::optional<lane_signer> lanes_;  // where lane_count() was not 0
};

}  // namespace s3sign::sigv4
