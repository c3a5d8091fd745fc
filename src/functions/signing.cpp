#include "functions/signing.hpp"

#include <string>

#include "base/error.hpp"
#include "functions/arguments.hpp"
#include "s3/header.hpp"

namespace s3sign {

s3::target_cache& targets() {
    static auto* const cache = new s3::target_cache;
    return *cache;
}

sigv4::key_cache& signing_keys() {
    static auto* const cache = new sigv4::key_cache;
    return *cache;
}

std::string_view check_key_length(std::string_view key) {
    // AWS: «object key … at most 1,024 bytes» of UTF-8.
    constexpr std::size_t longest = 1024;
    not_empty("file", key);
    if (key.size() > longest)
        invalid("file has " + std::to_string(key.size()) + " bytes in UTF-8, more than 1024");
    return key;
}

optional_text check_token(optional_text token) {
    if (token && token->empty())
        invalid("session_token is empty", "Pass NULL where there is none.");
    return token;
}

std::int64_t unix_seconds(pg::timestamp signed_at) {
    if (!signed_at.is_finite()) throw error(code::datetime_field_overflow, "signed_at is infinite");
    return signed_at.unix_seconds();
}

std::int64_t statement_time() {
    return pg::timestamp{::GetCurrentStatementStartTimestamp()}.unix_seconds();
}

std::int64_t clock_time() { return pg::timestamp{::GetCurrentTimestamp()}.unix_seconds(); }

std::string_view payload_line(std::span<const sigv4::field> headers) {
    for (const sigv4::field& header : headers) {
        if (header.name != "x-amz-content-sha256") continue;
        if (!s3::is_payload_line(header.value))
            invalid("header \"x-amz-content-sha256\" is no SHA-256 in lower-case hex",
                    "\"UNSIGNED-PAYLOAD\" and \"STREAMING-...\" may stand for one.");
        return header.value;
    }
    return sigv4::unsigned_payload;
}

text* presigned_text(const sigv4::presign_request& request, const sigv4::timestamp& time,
                     sigv4::signing_key& key) {
    const std::size_t size = sigv4::presigned_url_size(request, key.bound_to());
    pg::text_builder url(size);
    return url.finish(sigv4::write_presigned_url({url.begin(), size}, request, time, key));
}

}  // namespace s3sign
