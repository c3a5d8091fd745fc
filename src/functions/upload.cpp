// s3sign_upload: what an application has to do to upload one object, with all that it may be
// bound by the signature.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "functions/form.hpp"
#include "functions/named_call.hpp"
#include "base/json.hpp"
#include "pg/function.hpp"
#include "pg/memory.hpp"
#include "s3/operation.hpp"
#include "sigv4/base64.hpp"
#include "sigv4/encode.hpp"

namespace s3sign {
namespace {

constexpr char exact_hint[] = "Give bytes: then a PUT binds it, with the exact size.";

// «method», «url», «headers», «fields», «expires_at».
std::string ticket(std::string_view method, std::string_view url, std::string_view headers,
                   std::string_view fields, const signing_context& with) {
    const sigv4::timestamp expiry(with.time.unix_seconds() + with.life.expires);
    return json_object()
        .add("method", method)
        .add("url", url)
        .add_json("headers", headers)
        .add_json("fields", fields)
        .add("expires_at", expiry.iso8601())
        .text();
}

// The frames of form() and put() have nothing with a destructor.
std::string_view form_ticket(const named_call& call, const asked_form& asked,
                             const signing_context& with) {
    return copy(ticket("POST", form_url(with.target), "{}", form_fields(call, asked, with), with));
}

std::string_view put_ticket(std::string_view url, std::span<const sigv4::field> headers,
                            const signing_context& with) {
    json_object signed_headers;
    for (const sigv4::field& f : headers) signed_headers.add(f.name, f.value);
    return copy(ticket("PUT", url, signed_headers.text(), "{}", with));
}

pg::jsonb form(const named_call& call, const asked_form& asked) {
    const signing_context with = prepare(call, {});
    check_forms(with.target);
    return to_jsonb(form_ticket(call, asked, with));
}

pg::jsonb put(named_call& call) {
    const auto headers = call.headers.canonical_headers();
    const signing_context with = prepare(call, headers);
    if (call.headers.has("if-none-match") && !with.target.can_create_only)
        throw error(code::feature_not_supported,
                    "overwrite can't be refused at the server's provider");
    const text* const url = sign_in_context(call, headers, with);
    return to_jsonb(put_ticket(pg::view(url), headers, with));
}

// Bound twice: as the checksum that S3 stores and checks, and as the payload line, which servers
// check that know nothing of checksums.
void add_checksum(field_list& headers, std::string_view checksum) {
    const auto hash = sigv4::parse_base64_digest(checksum);
    if (!hash) invalid("checksum_sha256 is no SHA-256 in base64", "encode(sha256(...), 'base64').");
    headers.add("x-amz-checksum-sha256", checksum);
    const auto hex = pg::allocate<char>(64);
    sigv4::put_hex(hex.data(), *hash);
    headers.add("x-amz-content-sha256", {hex.data(), hex.size()});
}

void check_size(std::optional<std::int64_t> bytes, std::optional<std::int64_t> max_bytes) {
    if (bytes && *bytes < 0) invalid("bytes is negative");
    if (max_bytes && *max_bytes < 0) invalid("max_bytes is negative");
    if (bytes && max_bytes && *bytes > *max_bytes) invalid("bytes is more than max_bytes");
}

pg::jsonb upload(std::string_view server, std::string_view file,
                 std::optional<std::int64_t> duration, optional_text content_type,
                 std::optional<std::int64_t> bytes, std::optional<std::int64_t> max_bytes,
                 std::optional<bool> overwrite, optional_text checksum_sha256, optional_text bucket,
                 optional_time signed_at) {
    check_size(bytes, max_bytes);
    const auto type = utf8("content_type", content_type);
    const auto checksum = utf8("checksum_sha256", checksum_sha256);
    const bool is_form = max_bytes && !bytes;
    named_call call = begin(is_form ? s3::post_object : s3::put_object, server, file, duration,
                            std::nullopt, std::nullopt, bucket, signed_at);
    if (is_form) {
        if (checksum) invalid("checksum_sha256 can't be bound in a form", exact_hint);
        if (!overwrite.value_or(true)) invalid("overwrite can't be refused in a form", exact_hint);
        if (call.key.find("${filename}") != call.key.npos)
            invalid("file has the variable ${filename}, which a form would replace", exact_hint);
        return form(call, {.max_bytes = max_bytes, .content_type = type});
    }
    if (type && type->find('*') != type->npos)
        invalid("content_type has a \"*\"", "Only a form binds a range of types: give max_bytes.");
    set_content_type(call, content_type);
    if (bytes) call.headers.add("content-length", decimal(*bytes));
    if (!overwrite.value_or(true)) call.headers.add("if-none-match", "*");
    if (checksum) add_checksum(call.headers, *checksum);
    return put(call);
}

}  // namespace

PG_FUNCTION(s3sign_upload, upload)

}  // namespace s3sign
