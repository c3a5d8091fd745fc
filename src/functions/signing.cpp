#include "functions/signing.hpp"

namespace s3sign {

s3::target_cache& targets() {
    static auto* const cache = new s3::target_cache;
    return *cache;
}

sigv4::key_cache& signing_keys() {
    static auto* const cache = new sigv4::key_cache;
    return *cache;
}

std::int64_t statement_time() {
    return pg::timestamp{::GetCurrentStatementStartTimestamp()}.unix_seconds();
}

std::int64_t signing_time(optional_time signed_at) {
    return signed_at ? check_finite("signed_at", *signed_at).unix_seconds() : statement_time();
}

text* presigned_text(const sigv4::presign_request& request, const sigv4::timestamp& time,
                     sigv4::signing_key& key) {
    const std::size_t size = sigv4::presigned_url_size(request, key.bound_to());
    pg::text_builder url(size);
    return url.finish(sigv4::write_presigned_url({url.begin(), size}, request, time, key));
}

}  // namespace s3sign
