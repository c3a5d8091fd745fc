// s3sign_multipart_…: presigned URLs of a multipart upload's requests, with a named server.
#include <cstdint>
#include <optional>
#include <string_view>
#include <tuple>

#include "functions/arguments.hpp"
#include "functions/named_call.hpp"
#include "functions/results.hpp"
#include "pg/function.hpp"
#include "pg/memory.hpp"
#include "s3/limits.hpp"
#include "s3/operation.hpp"

namespace s3sign {
namespace {

void add_upload(named_call& call, std::string_view upload_id) {
    add_parameter(call, "upload_id", "uploadId", upload_id);
}

text* create_url(std::string_view server, std::string_view file,
                 std::optional<std::int64_t> duration, optional_text content_type,
                 optional_json headers, optional_text bucket, optional_time signed_at) {
    named_call call = read_object_call(s3::multipart_create, server, file, duration, std::nullopt,
                                       headers, bucket, signed_at);
    add_content_type(call, content_type);
    return sign_named_call(call);
}

text* part_url(std::string_view server, std::string_view file, std::string_view upload_id,
               std::int32_t part_number, std::optional<std::int64_t> duration,
               optional_json headers, optional_text bucket, optional_time signed_at) {
    named_call call = read_object_call(s3::multipart_part, server, file, duration, std::nullopt,
                                       headers, bucket, signed_at);
    s3::check_part_number("part_number", part_number);
    add_upload(call, upload_id);
    call.parameters.add("partNumber", decimal(part_number));
    return sign_named_call(call);
}

// Complete, abort and list: operations on an upload as a whole.
template <const s3::operation& op>
text* whole_upload_url(std::string_view server, std::string_view file, std::string_view upload_id,
                       std::optional<std::int64_t> duration, optional_json query,
                       optional_json headers, optional_text bucket, optional_time signed_at) {
    named_call call =
        read_object_call(op, server, file, duration, query, headers, bucket, signed_at);
    add_upload(call, upload_id);
    return sign_named_call(call);
}

// The rows (part number, URL) for parts 1 to `count`.
struct part_urls {
    named_call upload;
    std::int32_t count;
    std::int32_t last_part = 0;

    std::optional<std::tuple<std::int32_t, text*>> next() {
        if (last_part == count) return std::nullopt;
        last_part++;
        named_call call = upload;
        call.parameters.add("partNumber", decimal(last_part));
        return std::tuple(last_part, sign_named_call(call));
    }
};

part_urls parts(std::string_view server, std::string_view file, std::string_view upload_id,
                std::int32_t count, std::optional<std::int64_t> duration, optional_text bucket,
                optional_time signed_at) {
    s3::check_part_number("parts", count);
    // Copies, because the arguments are freed before the last row is made.
    if (bucket) bucket = pg::copy(*bucket);
    named_call upload = read_object_call(s3::multipart_part, pg::copy(server), pg::copy(file),
                                         duration, std::nullopt, std::nullopt, bucket, signed_at);
    add_upload(upload, pg::copy(upload_id));
    return {upload, count};
}

}  // namespace

PG_FUNCTION(s3sign_multipart_create, create_url)
PG_FUNCTION(s3sign_multipart_part, part_url)
PG_FUNCTION(s3sign_multipart_parts, parts)
PG_FUNCTION(s3sign_multipart_complete, whole_upload_url<s3::multipart_complete>)
PG_FUNCTION(s3sign_multipart_abort, whole_upload_url<s3::multipart_abort>)
PG_FUNCTION(s3sign_multipart_list, whole_upload_url<s3::multipart_list>)

}  // namespace s3sign
