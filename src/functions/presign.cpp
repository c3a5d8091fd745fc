// s3sign_pre_get, s3sign_pre_put, s3sign_pre_head, s3sign_pre_delete: presigned URLs with the
// credentials in the call.
#include <algorithm>
#include <array>
#include <cstdint>
#include <string_view>

#include "functions/arguments.hpp"
#include "functions/signing.hpp"
#include "pg/function.hpp"
#include "s3/limits.hpp"
#include "s3/operation.hpp"

namespace s3sign {
namespace {

// The arguments that a signer is made from: server, bucket, secret, region and addressing.
bool has_constant_signer(pg::call_site site) {
    return std::ranges::all_of(std::array{0, 1, 3, 6, 10},
                               [&](int argument) { return site.is_constant(argument); });
}

signer find_signer(std::string_view server, std::string_view bucket, optional_text region,
                   optional_text addressing, std::string_view secret, const sigv4::timestamp& time,
                   bool reusable) {
    const s3::target& target = targets().get({.endpoint = utf8("server", server),
                                              .bucket = utf8("bucket", bucket),
                                              .region = utf8("region", region),
                                              .addressing = utf8("addressing", addressing)});
    sigv4::signing_key& key = signing_keys().get(check_key_part("secret", utf8("secret", secret)),
                                                 {time.date(), target.region, "s3"});
    return {target, key, reusable};
}

template <const s3::operation& op>
text* presign(pg::call_site site, std::string_view server, std::string_view bucket,
              std::string_view identity, std::string_view secret, std::string_view file,
              std::int64_t duration, optional_text region, optional_text session_token,
              optional_json query, optional_json headers, optional_text addressing,
              optional_time signed_at) {
    s3::check_duration(duration);
    const sigv4::timestamp time(signing_time(signed_at));
    check_not_late(signed_at, time.unix_seconds(), duration);
    signer& site_signer = site.state<signer>();
    if (!site_signer.can_sign_on(time.date()))
        site_signer = find_signer(server, bucket, region, addressing, secret, time,
                                  has_constant_signer(site));
    const s3::target& target = site_signer.target();
    field_list parameters = read_query(query);
    field_list header_list = read_headers(headers);
    const auto canonical_headers = header_list.canonical_headers();
    s3::check_preconditions(op, canonical_headers);
    s3::check_sizes(canonical_headers);
    const std::string_view object_key = s3::check_key_length(utf8("file", file));
    const auto canonical_query = parameters.canonical_query();
    const std::string_view payload = s3::find_payload_line(canonical_headers);
    const std::string_view id = check_key_part("identity", utf8("identity", identity));
    const std::string_view token =
        check_session_token(utf8("session_token", session_token)).value_or("");
    return presigned_text(
        {
            .method = op.method,
            .origin = target.origin,
            .host = target.host,
            .shown_prefix = target.shown_prefix,
            .path_prefix = target.path_prefix,
            .path = object_key,
            .has_path = true,
            .query = canonical_query,
            .headers = canonical_headers,
            .payload = payload,
            .identity = id,
            .session_token = token,
            .expires = duration,
        },
        time, site_signer.key());
}

}  // namespace

PG_FUNCTION(s3sign_pre_get, presign<s3::get_object>)
PG_FUNCTION(s3sign_pre_put, presign<s3::put_object>)
PG_FUNCTION(s3sign_pre_head, presign<s3::head_object>)
PG_FUNCTION(s3sign_pre_delete, presign<s3::delete_object>)

}  // namespace s3sign
