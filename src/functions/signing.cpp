#include "functions/signing.hpp"

#include <ctime>

#include "base/error.hpp"

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

void check_not_late(optional_time signed_at, std::int64_t time, std::int64_t expires) {
    // In Linux one load of what the timer interrupt stored, at most 10 ms ago.
    if (signed_at || ::time(nullptr) <= time + expires) return;
    throw error(code::object_not_in_prerequisite_state,
                "the statement has run for longer than the signature is valid",
                "Use signed_at => clock_timestamp() to sign at the time of the call.");
}

text* presigned_text(const sigv4::presign_request& request, const sigv4::timestamp& time,
                     sigv4::signing_key& key) {
    const std::size_t size = sigv4::presigned_url_size(request, key.bound_to());
    pg::text_builder url(size);
    return url.finish(sigv4::write_presigned_url({url.begin(), size}, request, time, key));
}

}  // namespace s3sign
