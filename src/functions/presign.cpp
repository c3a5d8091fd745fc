// s3sign_pre_get, s3sign_pre_put, s3sign_pre_head, s3sign_pre_delete: presigned URLs with the
// credentials in the call.
#include <cstdint>
#include <optional>
#include <string_view>

#include "error.hpp"
#include "functions/arguments.hpp"
#include "pg/function.hpp"
#include "s3/header.hpp"
#include "s3/target.hpp"
#include "sigv4/key_cache.hpp"
#include "sigv4/presign.hpp"

namespace s3sign {
namespace {

using optional_text = std::optional<std::string_view>;

// AWS: «object key … at most 1,024 bytes» of UTF-8.
constexpr std::size_t longest_key = 1024;

// Never freed: their destructors would run while the server shuts down.
s3::target_cache& targets() {
    static auto* const cache = new s3::target_cache;
    return *cache;
}

sigv4::key_cache& signing_keys() {
    static auto* const cache = new sigv4::key_cache;
    return *cache;
}

void check_duration(std::int64_t seconds) {
    if (seconds < sigv4::shortest_life || seconds > sigv4::longest_life)
        invalid("duration " + std::to_string(seconds) + " is outside 1..604800 seconds");
}

std::string_view check_key(std::string_view key) {
    not_empty("file", key);
    if (key.size() > longest_key)
        invalid("file has " + std::to_string(key.size()) + " bytes in UTF-8, more than 1024");
    return key;
}

optional_text check_token(optional_text token) {
    if (token && token->empty())
        invalid("session_token is empty", "Pass NULL where there is none.");
    return token;
}

// The start of the client's statement: one page, one time. Not rounded further.
sigv4::timestamp signing_time(std::optional<pg::timestamp> signed_at) {
    const pg::timestamp time =
        signed_at ? *signed_at : pg::timestamp{::GetCurrentStatementStartTimestamp()};
    if (!time.is_finite()) throw error(code::datetime_field_overflow, "signed_at is infinite");
    return sigv4::timestamp(time.unix_seconds());
}

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

template <const char* method>
text* presign(std::string_view server, std::string_view bucket, std::string_view identity,
              std::string_view secret, std::string_view file, std::int64_t duration,
              optional_text region, optional_text session_token, std::optional<pg::jsonb> query,
              std::optional<pg::jsonb> headers, optional_text addressing,
              std::optional<pg::timestamp> signed_at) {
    check_duration(duration);
    const sigv4::timestamp time = signing_time(signed_at);
    const s3::target& target = targets().get({.endpoint = utf8("server", server),
                                              .bucket = utf8("bucket", bucket),
                                              .region = utf8("region", region),
                                              .addressing = utf8("addressing", addressing)});

    field_list parameters = read_query(query);
    field_list fields = read_headers(headers);
    sigv4::presign_request request{
        .method = method,
        .origin = target.origin,
        .host = target.host,
        .path_prefix = target.path_prefix,
        .path = check_key(utf8("file", file)),
        .query = parameters.canonical_query(),
        .headers = fields.canonical_headers(),
        .payload = {},
        .identity = not_empty("identity", utf8("identity", identity)),
        .session_token = check_token(utf8("session_token", session_token)).value_or(""),
        .expires = duration,
    };
    request.payload = payload_line(request.headers);
    const sigv4::scope scope{time.date(), target.region, "s3"};
    sigv4::signing_key& key =
        signing_keys().get(not_empty("secret", utf8("secret", secret)), scope);

    pg::text_builder url(sigv4::presign_buffer_size(request, scope));
    return url.finish(sigv4::presign(url.begin(), request, time, key));
}

constexpr char get[] = "GET";
constexpr char put[] = "PUT";
constexpr char head[] = "HEAD";
constexpr char delete_[] = "DELETE";

}  // namespace

PG_FUNCTION(s3sign_pre_get, presign<get>)
PG_FUNCTION(s3sign_pre_put, presign<put>)
PG_FUNCTION(s3sign_pre_head, presign<head>)
PG_FUNCTION(s3sign_pre_delete, presign<delete_>)

}  // namespace s3sign
