#include "sigv4/second_cache.hpp"

#include "base/text.hpp"
#include "sigv4/encode.hpp"
#include "sigv4/signature.hpp"

namespace s3sign::sigv4 {

char* put_credential(char* out, std::string_view identity, const scope& s) {
    return put_scope(put(uri_encode(out, identity), "%2F"), s, "%2F");
}

void second_cache::hash_head(const hmac_key& key, const scope& s, const timestamp& time) {
    const std::string head = write_string(
        string_to_sign_size(s), [&](char* out) { return put_string_to_sign_head(out, time, s); });
    const std::size_t whole_blocks = head.size() / block_size * block_size;
    head_time_ = none;  // in case of an exception
    key.begin(head_, {head.data(), whole_blocks});
    head_rest_size_ = head.copy(tail_.data(), block_size, whole_blocks);
    head_time_ = time.unix_seconds();
}

digest second_cache::sign(const hmac_key& key, const scope& s, const timestamp& time,
                          const digest& canonical_request_hash) {
    if (head_time_ != time.unix_seconds()) hash_head(key, s, time);
    const char* const end = put_hex(tail_.data() + head_rest_size_, canonical_request_hash);
    return key.sign(head_, view(tail_.data(), end));
}

std::string_view second_cache::query_head(const scope& s, std::string_view identity,
                                          std::string_view token, const timestamp& time,
                                          std::int64_t expires) {
    if (query_time_ == time.unix_seconds() && query_expires_ == expires &&
        query_identity_ == identity && query_token_ == token)
        return query_head_;
    query_time_ = none;  // in case of an exception
    // Names, algorithm, time and number are under 200 bytes.
    const std::size_t size =
        200 + encoded_size(identity.size()) + scope_size(s) + encoded_size(token.size());
    query_head_ = write_string(size, [&](char* out) {
        out = put(put(out, "X-Amz-Algorithm="), algorithm);
        out = put_credential(put(out, "&X-Amz-Credential="), identity, s);
        out = put(put(out, "&X-Amz-Date="), time.text());
        out = put_decimal(put(out, "&X-Amz-Expires="), static_cast<std::uint64_t>(expires));
        return token.empty() ? out : uri_encode(put(out, "&X-Amz-Security-Token="), token);
    });
    query_head_.shrink_to_fit();
    query_identity_ = identity;
    query_token_ = token;
    query_expires_ = expires;
    query_time_ = time.unix_seconds();
    return query_head_;
}

}  // namespace s3sign::sigv4
