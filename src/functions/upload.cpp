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
#include "sigv4/base64.hpp"

namespace s3sign {
namespace {

constexpr char pass_bytes[] = "Pass bytes to sign a PUT with the exact size.";

std::string ticket(std::string_view method, std::string_view url, std::string_view headers,
                   std::string_view fields, const signing_context& context) {
    const sigv4::timestamp expiry(context.time.unix_seconds() + context.life.expires);
    return json_object()
        .add("method", method)
        .add("url", url)
        .add_json("headers", headers)
        .add_json("fields", fields)
        .add("expires_at", expiry.iso8601())
        .text();
}

// Apart from sign_form() and upload_by_put(), whose frames may hold nothing with a destructor.
std::string_view form_ticket(const named_call& call, const form_arguments& arguments,
                             const signing_context& context) {
    return copy(ticket("POST", form_url(context.target), "{}",
                       form_fields_json(call, arguments, context), context));
}

std::string_view put_ticket(std::string_view url, std::span<const sigv4::field> headers,
                            const signing_context& context) {
    json_object signed_headers;
    for (const sigv4::field& f : headers) signed_headers.add(f.name, f.value);
    return copy(ticket("PUT", url, signed_headers.text(), "{}", context));
}

pg::jsonb upload_by_form(const named_call& call, const form_arguments& arguments) {
    const signing_context context = allow_call(call, {});
    check_has_forms(context.target);
    return to_jsonb(form_ticket(call, arguments, context));
}

pg::jsonb upload_by_put(named_call& call) {
    const auto headers = call.headers.canonical_headers();
    const signing_context context = allow_call(call, headers);
    if (call.headers.has("if-none-match") && !context.target.can_create_only)
        throw error(code::feature_not_supported, "the server's provider cannot forbid overwriting");
    const text* const url = sign_in_context(call, headers, context);
    return to_jsonb(put_ticket(pg::view(url), headers, context));
}

// Signed twice: as the checksum that S3 checks and stores, and as the payload line, which servers
// check that do not know checksums.
void add_checksum(field_list& headers, std::string_view checksum) {
    const auto hash = sigv4::parse_base64_digest(checksum);
    if (!hash)
        invalid("checksum_sha256 is not a base64-encoded SHA-256",
                "Use encode(sha256(...), 'base64').");
    headers.add("x-amz-checksum-sha256", checksum);
    headers.add("x-amz-content-sha256", hex(*hash));
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
                 std::optional<bool> overwrite, optional_text checksum_sha256, optional_text bucket,
                 optional_time signed_at) {
    check_size(bytes, max_bytes);
    const auto type = utf8("content_type", content_type);
    const auto checksum = utf8("checksum_sha256", checksum_sha256);
    const bool create_only = !overwrite.value_or(true);
    const bool is_form = max_bytes && !bytes;
    named_call call = read_object_call(is_form ? s3::post_object : s3::put_object, server, file,
                                       duration, std::nullopt, std::nullopt, bucket, signed_at);
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
    if (bytes) call.headers.add("content-length", decimal(*bytes));
    if (create_only) call.headers.add("if-none-match", "*");
    if (checksum) add_checksum(call.headers, *checksum);
    return upload_by_put(call);
}

}  // namespace

PG_FUNCTION(s3sign_upload, upload)

}  // namespace s3sign
