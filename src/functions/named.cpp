// s3sign_get, s3sign_put, s3sign_head, s3sign_delete, s3sign_list: presigned URLs by a named
// server, whose secret the caller does not see, within its guard-rails.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "functions/named_call.hpp"
#include "pg/function.hpp"
#include "s3/disposition.hpp"
#include "s3/operation.hpp"

namespace s3sign {
namespace {

std::string_view disposition(std::string_view name) {
    return copy(s3::attachment(not_empty("download_as", utf8("download_as", name))));
}

text* get(std::string_view server, std::string_view file, std::optional<std::int64_t> duration,
          optional_text download_as, optional_text version_id, optional_json query,
          optional_json headers, optional_text bucket, optional_time signed_at) {
    named_call call =
        begin(s3::get_object, server, file, duration, query, headers, bucket, signed_at);
    if (version_id) set_argument(call, "version_id", "versionId", *version_id);
    if (download_as) {
        refuse(call.query, "response-content-disposition", "download_as");
        call.arguments.add("response-content-disposition", disposition(*download_as));
    }
    return sign_named_call(call);
}

template <const s3::operation& op>
text* head_or_delete(std::string_view server, std::string_view file,
                     std::optional<std::int64_t> duration, optional_text version_id,
                     optional_json query, optional_json headers, optional_text bucket,
                     optional_time signed_at) {
    named_call call = begin(op, server, file, duration, query, headers, bucket, signed_at);
    if (version_id) set_argument(call, "version_id", "versionId", *version_id);
    return sign_named_call(call);
}

text* put(std::string_view server, std::string_view file, std::optional<std::int64_t> duration,
          optional_text content_type, optional_json query, optional_json headers,
          optional_text bucket, optional_time signed_at) {
    named_call call =
        begin(s3::put_object, server, file, duration, query, headers, bucket, signed_at);
    set_content_type(call, content_type);
    return sign_named_call(call);
}

text* list(std::string_view server, optional_text prefix, std::optional<std::int64_t> duration,
           optional_text delimiter, std::optional<std::int32_t> max_keys, optional_text start_after,
           optional_text continuation_token, optional_json query, optional_text bucket,
           optional_time signed_at) {
    named_call call{
        .operation = s3::list_objects,
        .server = server,
        .prefix = utf8("prefix", prefix),
        .duration = duration,
        .query = read_query(query),
        .bucket = utf8("bucket", bucket),
        .signed_at = signed_at,
    };
    refuse_own_parameters(call);
    if (delimiter) set_argument(call, "delimiter", "delimiter", *delimiter);
    if (max_keys) {
        check_max_keys("max_keys", *max_keys);
        call.arguments.add("max-keys", decimal(*max_keys));
    }
    if (start_after) set_argument(call, "start_after", "start-after", *start_after);
    if (continuation_token)
        set_argument(call, "continuation_token", "continuation-token", *continuation_token);
    return sign_named_call(call);
}

}  // namespace

PG_FUNCTION(s3sign_get, get)
PG_FUNCTION(s3sign_head, head_or_delete<s3::head_object>)
PG_FUNCTION(s3sign_put, put)
PG_FUNCTION(s3sign_delete, head_or_delete<s3::delete_object>)
PG_FUNCTION(s3sign_list, list)

}  // namespace s3sign
