// s3sign_pre_get, s3sign_pre_put, s3sign_pre_head, s3sign_pre_delete: presigned URLs with the
// credentials in the call.
#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "base/error.hpp"
#include "functions/arguments.hpp"
#include "functions/signing.hpp"
#include "pg/function.hpp"
#include "s3/guard.hpp"
#include "s3/operation.hpp"

namespace s3sign {
namespace {

// Server, bucket, secret, region and addressing.
bool is_constant(pg::call_site site) {
    return std::ranges::all_of(std::array{0, 1, 3, 6, 10},
                               [&](int argument) { return site.is_constant(argument); });
}

// In the order in which a caller would look for the fault.
signer find_signer(std::string_view server, std::string_view bucket, optional_text region,
                   optional_text addressing, std::string_view secret, const sigv4::timestamp& time,
                   bool again) {
    const s3::destination where{.endpoint = utf8("server", server),
                                .bucket = utf8("bucket", bucket),
                                .region = utf8("region", region),
                                .addressing = utf8("addressing", addressing)};
    const s3::target& target = targets().get(where);
    const std::string_view utf8_secret = not_empty("secret", utf8("secret", secret));
    return {target, signing_keys().get(utf8_secret, {time.date(), target.region, "s3"}), again};
}

template <const s3::operation& op>
text* presign(pg::call_site site, std::string_view server, std::string_view bucket,
              std::string_view identity, std::string_view secret, std::string_view file,
              std::int64_t duration, optional_text region, optional_text session_token,
              std::optional<pg::jsonb> query, std::optional<pg::jsonb> headers,
              optional_text addressing, std::optional<pg::timestamp> signed_at) {
    s3::check_duration(duration);
    const sigv4::timestamp time(signed_at ? unix_seconds(*signed_at) : statement_time());
    signer& with = site.state<signer>();
    if (!with.is_of(time.date()))
        with = find_signer(server, bucket, region, addressing, secret, time, is_constant(site));
    const s3::target& target = with.target();
    field_list parameters = read_query(query);
    field_list fields = read_headers(headers);
    const auto signed_headers = fields.canonical_headers();
    const std::string_view path = check_key_length(utf8("file", file));
    const auto canonical_query = parameters.canonical_query();
    const std::string_view payload = payload_line(signed_headers);
    const std::string_view id = not_empty("identity", utf8("identity", identity));
    const std::string_view token = check_token(utf8("session_token", session_token)).value_or("");
    return presigned_text(
        {
            .method = op.method,
            .origin = target.origin,
            .host = target.host,
            .shown_prefix = target.shown_prefix,
            .path_prefix = target.path_prefix,
            .path = path,
            .has_path = true,
            .query = canonical_query,
            .headers = signed_headers,
            .payload = payload,
            .identity = id,
            .session_token = token,
            .expires = duration,
        },
        time, with.key());
}

}  // namespace

PG_FUNCTION(s3sign_pre_get, presign<s3::get_object>)
PG_FUNCTION(s3sign_pre_put, presign<s3::put_object>)
PG_FUNCTION(s3sign_pre_head, presign<s3::head_object>)
PG_FUNCTION(s3sign_pre_delete, presign<s3::delete_object>)

}  // namespace s3sign
