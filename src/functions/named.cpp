// s3sign_get, s3sign_put, s3sign_head, s3sign_delete, s3sign_list: presigned URLs with a named
// server, whose secret the caller cannot see and whose limits apply to the call.
#include <cstdint>
#include <optional>
#include <string_view>

#include "functions/arguments.hpp"
#include "functions/named_call.hpp"
#include "functions/results.hpp"
#include "pg/function.hpp"
#include "s3/disposition.hpp"
#include "s3/limits.hpp"
#include "s3/operation.hpp"

namespace s3sign {
namespace {

void add_version(named_call& call, optional_text version_id) {
    if (version_id) add_parameter(call, "version_id", "versionId", *version_id);
}

// Apart from add_disposition(), whose frame may hold nothing with a destructor.
std::string_view disposition(std::string_view filename) { return copy(s3::attachment(filename)); }

void add_disposition(named_call& call, optional_text download_as) {
    if (!download_as) return;
    check_not_set_twice(call.query, "response-content-disposition", "download_as");
    const auto filename = check_not_empty("download_as", utf8("download_as", *download_as));
    call.parameters.add("response-content-disposition", disposition(filename));
}

text* get_url(std::string_view server, std::string_view file, std::optional<std::int64_t> duration,
              optional_text download_as, optional_text version_id, optional_json query,
              optional_json headers, optional_text bucket, optional_time signed_at) {
    named_call call =
        read_object_call(s3::get_object, server, file, duration, query, headers, bucket, signed_at);
    add_version(call, version_id);
    add_disposition(call, download_as);
    return sign_named_call(call);
}

template <const s3::operation& op>
text* head_or_delete_url(std::string_view server, std::string_view file,
                         std::optional<std::int64_t> duration, optional_text version_id,
                         optional_json query, optional_json headers, optional_text bucket,
                         optional_time signed_at) {
    named_call call =
        read_object_call(op, server, file, duration, query, headers, bucket, signed_at);
    add_version(call, version_id);
    return sign_named_call(call);
}

text* put_url(std::string_view server, std::string_view file, std::optional<std::int64_t> duration,
              optional_text content_type, optional_json query, optional_json headers,
              optional_text bucket, optional_time signed_at) {
    named_call call =
        read_object_call(s3::put_object, server, file, duration, query, headers, bucket, signed_at);
    add_content_type(call, content_type);
    return sign_named_call(call);
}

text* list_url(std::string_view server, optional_text prefix, std::optional<std::int64_t> duration,
               optional_text delimiter, std::optional<std::int32_t> max_keys,
               optional_text start_after, optional_text continuation_token, optional_json query,
               optional_text bucket, optional_time signed_at) {
    named_call call{
        .operation = s3::list_objects,
        .server = server,
        .prefix = utf8("prefix", prefix),
        .duration = duration,
        .query = read_query(query),
        .bucket = utf8("bucket", bucket),
        .signed_at = signed_at,
    };
    check_no_own_parameters(call);
    if (delimiter) add_parameter(call, "delimiter", "delimiter", *delimiter);
    if (max_keys) {
        s3::check_max_keys("max_keys", *max_keys);
        call.parameters.add("max-keys", decimal(*max_keys));
    }
    if (start_after) add_parameter(call, "start_after", "start-after", *start_after);
    if (continuation_token)
        add_parameter(call, "continuation_token", "continuation-token", *continuation_token);
    return sign_named_call(call);
}

}  // namespace

PG_FUNCTION(s3sign_get, get_url)
PG_FUNCTION(s3sign_head, head_or_delete_url<s3::head_object>)
PG_FUNCTION(s3sign_put, put_url)
PG_FUNCTION(s3sign_delete, head_or_delete_url<s3::delete_object>)
PG_FUNCTION(s3sign_list, list_url)

}  // namespace s3sign
