// s3sign_upload: an upload ticket, with a named server. A ticket is a JSON object with everything a
// client needs to upload one object: a PUT where the exact size is known or not limited, a POST
// form where only the largest size is.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "base/json.hpp"
#include "functions/arguments.hpp"
#include "functions/form.hpp"
#include "functions/named_call.hpp"
#include "functions/results.hpp"
#include "pg/function.hpp"
#include "s3/form.hpp"
#include "s3/operation.hpp"
#include "s3/target.hpp"
#include "sigv4/base64.hpp"

namespace s3sign {
namespace {

constexpr char pass_bytes[] = "Pass bytes to sign a PUT with the exact size.";

json_object ticket(const named_call& call, std::string_view url, std::string_view headers,
                   const signing_context& context) {
    const sigv4::timestamp expiry(context.time.unix_seconds() + context.life.expires);
    json_object object;
    object.add("method", call.operation.method)
        .add("url", url)
        .add("key", call.key)
        .add_json("headers", headers)
        .add("expires_at", expiry.iso8601());
    return object;
}

// Apart from sign_form() and upload_by_put(), whose frames may hold nothing with a destructor.
std::string_view form_ticket(const named_call& call, const form_arguments& arguments,
                             const signing_context& context) {
    return copy(ticket(call, form_url(context.target), "{}", context)
                    .add_json("fields", form_fields_json(call, arguments, context))
                    .text());
}

std::string_view put_ticket(const named_call& call, std::string_view url,
                            const signing_context& context) {
    json_object headers;
    for (const sigv4::field& f : context.headers) headers.add(f.name, f.value);
    return copy(ticket(call, url, headers.text(), context).text());
}

pg::jsonb upload_by_form(named_call& call, const form_arguments& arguments) {
    const signing_context context = allow_call(call, call.headers.canonical_headers());
    check_has_forms(context.target);
    return to_jsonb(form_ticket(call, arguments, context));
}

pg::jsonb upload_by_put(named_call& call) {
    const signing_context context = allow_call(call, call.headers.canonical_headers());
    s3::check_can_bind(context.target, context.headers);
    const text* const url = sign_in_context(call, context);
    return to_jsonb(put_ticket(call, pg::view(url), context));
}

// Adds a header that an argument sets.
void set_header(field_list& headers, std::string_view name, std::string_view argument,
                std::string_view value) {
    check_not_set_twice(headers, name, argument);
    headers.add(name, value);
}

// Signed twice: as the checksum, which S3 checks and stores, and as the payload line, which servers
// without checksums check.
void set_checksum(field_list& headers, std::string_view checksum) {
    const auto hash = sigv4::parse_base64_digest(checksum);
    if (!hash)
        invalid("checksum_sha256 is not a base64-encoded SHA-256",
                "Use encode(sha256(...), 'base64').");
    set_header(headers, "x-amz-checksum-sha256", "checksum_sha256", checksum);
    set_header(headers, "x-amz-content-sha256", "checksum_sha256", hex(*hash));
}

void check_size(std::optional<std::int64_t> bytes, std::optional<std::int64_t> max_bytes) {
    if (bytes && *bytes < 0) invalid("bytes is negative");
    if (max_bytes && *max_bytes < 0) invalid("max_bytes is negative");
    if (bytes && max_bytes && *bytes > *max_bytes) invalid("bytes is more than max_bytes");
    if (bytes && *bytes > s3::largest_upload)
        invalid("bytes is over 5 GiB, the limit of one PUT",
                "Upload it in parts with s3sign_multipart_create and the related functions.");
}

pg::jsonb upload(std::string_view server, std::string_view file,
                 std::optional<std::int64_t> duration, optional_text content_type,
                 std::optional<std::int64_t> bytes, std::optional<std::int64_t> max_bytes,
                 std::optional<bool> overwrite, optional_text checksum_sha256,
                 optional_json headers, optional_text bucket, optional_time signed_at) {
    check_size(bytes, max_bytes);
    const auto type = utf8("content_type", content_type);
    const auto checksum = utf8("checksum_sha256", checksum_sha256);
    const bool create_only = !overwrite.value_or(true);
    const bool is_form = max_bytes && !bytes;
    named_call call = read_object_call(is_form ? s3::post_object : s3::put_object, server, file,
                                       duration, std::nullopt, headers, bucket, signed_at);
    if (is_form) {
        if (checksum) invalid("a POST form cannot require checksum_sha256", pass_bytes);
        if (create_only) invalid("a POST form cannot forbid overwriting", pass_bytes);
        if (call.key.find(s3::filename_variable) != call.key.npos)
            invalid("file has the variable ${filename}, which a POST form replaces", pass_bytes);
        return upload_by_form(call, {.max_bytes = max_bytes, .content_type = type});
    }
    if (type && type->find('*') != type->npos)
        invalid("content_type has a \"*\"",
                "Pass max_bytes without bytes: only a POST form accepts a range of types.");
    add_content_type(call, content_type);
    if (bytes) set_header(call.headers, "content-length", "bytes", decimal(*bytes));
    if (create_only) set_header(call.headers, "if-none-match", "overwrite", "*");
    if (checksum) set_checksum(call.headers, *checksum);
    return upload_by_put(call);
}

}  // namespace

PG_FUNCTION(s3sign_upload, upload)

}  // namespace s3sign
