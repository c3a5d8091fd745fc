// s3sign_multipart_…: the requests of a multipart upload, presigned by a named server.
#include <cstdint>
#include <optional>
#include <string_view>
#include <tuple>

#include "functions/named_call.hpp"
#include "pg/function.hpp"
#include "pg/memory.hpp"
#include "s3/operation.hpp"

namespace s3sign {
namespace {

text* create(std::string_view server, std::string_view file, std::optional<std::int64_t> duration,
             optional_text content_type, optional_json headers, optional_text bucket,
             optional_time signed_at) {
    named_call call = begin(s3::multipart_create, server, file, duration, std::nullopt, headers,
                            bucket, signed_at);
    set_content_type(call, content_type);
    return sign_named_call(call);
}

text* part(std::string_view server, std::string_view file, std::string_view upload_id,
           std::int32_t part_number, std::optional<std::int64_t> duration, optional_json headers,
           optional_text bucket, optional_time signed_at) {
    named_call call =
        begin(s3::multipart_part, server, file, duration, std::nullopt, headers, bucket, signed_at);
    check_part("part_number", part_number);
    set_argument(call, "upload_id", "uploadId", upload_id);
    call.arguments.add("partNumber", decimal(part_number));
    return sign_named_call(call);
}

template <const s3::operation& op>
text* of_upload(std::string_view server, std::string_view file, std::string_view upload_id,
                std::optional<std::int64_t> duration, optional_json query, optional_json headers,
                optional_text bucket, optional_time signed_at) {
    named_call call = begin(op, server, file, duration, query, headers, bucket, signed_at);
    set_argument(call, "upload_id", "uploadId", upload_id);
    return sign_named_call(call);
}

// The URLs of parts 1 to `count`.
struct part_urls {
    named_call call;
    std::int32_t count;
    std::int32_t made = 0;

    std::optional<std::tuple<std::int32_t, text*>> next() {
        if (made == count) return std::nullopt;
        named_call of_part = call;
        of_part.arguments.add("partNumber", decimal(++made));
        return std::tuple(made, sign_named_call(of_part));
    }
};

optional_text keep(optional_text text) {
    if (!text) return std::nullopt;
    return pg::copy(*text);
}

part_urls parts(std::string_view server, std::string_view file, std::string_view upload_id,
                std::int32_t count, std::optional<std::int64_t> duration, optional_text bucket,
                optional_time signed_at) {
    check_part("parts", count);
    // The arguments go before the last row is made.
    named_call call = begin(s3::multipart_part, pg::copy(server), pg::copy(file), duration,
                            std::nullopt, std::nullopt, keep(bucket), signed_at);
    set_argument(call, "upload_id", "uploadId", pg::copy(upload_id));
    return {call, count};
}

}  // namespace

PG_FUNCTION(s3sign_multipart_create, create)
PG_FUNCTION(s3sign_multipart_part, part)
PG_FUNCTION(s3sign_multipart_parts, parts)
PG_FUNCTION(s3sign_multipart_complete, of_upload<s3::multipart_complete>)
PG_FUNCTION(s3sign_multipart_abort, of_upload<s3::multipart_abort>)
PG_FUNCTION(s3sign_multipart_list, of_upload<s3::multipart_list>)

}  // namespace s3sign
