#include "sigv4/signature.hpp"

#include <openssl/crypto.h>

#include "base/text.hpp"
#include "sigv4/encode.hpp"

namespace s3sign::sigv4 {
namespace {

// A digest that is wiped when it goes.
struct secret_digest {
    digest value;
    ~secret_digest() { OPENSSL_cleanse(value.data(), value.size()); }
};

secret_digest derive(std::initializer_list<std::string_view> key, std::string_view message) {
    return {hmac_key(key).sign(message)};
}

hmac_key derive_signing_key(std::string_view secret, const scope& s) {
    const secret_digest date = derive({"AWS4", secret}, s.date);
    const secret_digest region = derive({bytes(date.value)}, s.region);
    const secret_digest service = derive({bytes(region.value)}, s.service);
    const secret_digest key = derive({bytes(service.value)}, scope_terminator);
    return hmac_key({bytes(key.value)});
}

// The string to sign up to the canonical request's hash.
char* put_head(char* out, const timestamp& time, const scope& s) {
    out = put(out, algorithm);
    out = put(out, '\n');
    out = put(out, time.text());
    out = put(out, '\n');
    out = put_scope(out, s);
    return put(out, '\n');
}

}  // namespace

char* put_scope(char* out, const scope& s, std::string_view slash) {
    for (std::string_view part : {s.date, s.region, s.service}) {
        out = put(out, part);
        out = put(out, slash);
    }
    return put(out, scope_terminator);
}

char* put_credential(char* out, std::string_view identity, const scope& s) {
    out = put(uri_encode(out, identity), "%2F");
    return put_scope(out, s, "%2F");
}

char* put_string_to_sign(char* out, const timestamp& time, const scope& s,
                         const digest& canonical_request_hash) {
    return put_hex(put_head(out, time, s), canonical_request_hash);
}

signing_key::signing_key(std::string_view secret, const scope& s)
    : date_(s.date), region_(s.region), service_(s.service), key_(derive_signing_key(secret, s)) {}

digest signing_key::sign(const timestamp& time, const digest& canonical_request_hash) {
    if (head_time_ != time.unix_seconds()) {
        std::string head(string_to_sign_size(bound_to()), '\0');
        char* const end = put_head(head.data(), time, bound_to());
        head.resize(static_cast<std::size_t>(end - head.data()));
        const std::size_t whole_blocks = head.size() / block_size * block_size;
        head_time_ = none;
        key_.begin(head_, {head.data(), whole_blocks});
        head_rest_size_ = head.copy(tail_.data(), block_size, whole_blocks);
        head_time_ = time.unix_seconds();
    }
    char* const end = put_hex(tail_.data() + head_rest_size_, canonical_request_hash);
    return key_.sign(head_, {tail_.data(), static_cast<std::size_t>(end - tail_.data())});
}

std::string_view signing_key::query_head(std::string_view identity, const timestamp& time,
                                         std::int64_t expires) {
    if (query_head_time_ != time.unix_seconds() || query_head_expires_ != expires ||
        query_head_identity_ != identity) {
        const scope s = bound_to();
        query_head_time_ = none;
        // The names, the algorithm and the numbers are under 200 bytes.
        query_head_.resize(200 + encoded_size(identity.size()) + scope_size(s));
        char* out = put(query_head_.data(), "X-Amz-Algorithm=");
        out = put(out, algorithm);
        out = put(out, "&X-Amz-Credential=");
        out = put_credential(out, identity, s);
        out = put(out, "&X-Amz-Date=");
        out = put(out, time.text());
        out = put(out, "&X-Amz-Expires=");
        out = put_decimal(out, static_cast<std::uint64_t>(expires));
        query_head_.resize(static_cast<std::size_t>(out - query_head_.data()));
        query_head_identity_ = identity;
        query_head_expires_ = expires;
        query_head_time_ = time.unix_seconds();
    }
    return query_head_;
}

}  // namespace s3sign::sigv4
