// s3sign_request: signs each request of an upload client, with a named server. The argument
// `request` is Uppy's, with members of our own.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "base/json.hpp"
#include "functions/arguments.hpp"
#include "functions/upload_client.hpp"
#include "functions/form.hpp"
#include "functions/named_call.hpp"
#include "functions/results.hpp"
#include "pg/function.hpp"
#include "s3/form.hpp"
#include "s3/limits.hpp"
#include "s3/target.hpp"
#include "s3/upload_request.hpp"
#include "sigv4/base64.hpp"

namespace s3sign {
namespace {

using s3::upload_step;

// --- the answer ---------------------------------------------------------------------------------

// Apart from the functions below, whose frames may hold nothing with a destructor.
json_object begin_answer(const named_call& call, std::string_view url) {
    json_object answer;
    answer.add("method", call.operation.method).add("url", url).add("key", call.key);
    return answer;
}

std::string_view finish_answer(json_object& answer, const signing_context& context) {
    const sigv4::timestamp expiry(context.time.unix_seconds() + context.life.expires);
    return copy(answer.add("expires_at", expiry.iso8601()).text());
}

std::string_view form_answer(const named_call& call, const form_arguments& arguments,
                             const signing_context& context) {
    json_object answer = begin_answer(call, form_url(context.target));
    answer.add_json("fields", form_fields_json(call, arguments, context));
    return finish_answer(answer, context);
}

// Without content-length, which clients set themselves and which a page's script may not set.
std::string_view url_answer(const named_call& call, std::string_view url,
                            const signing_context& context) {
    json_object answer = begin_answer(call, url);
    json_object headers;
    bool any = false;
    for (const sigv4::field& f : context.headers) {
        if (f.name == "content-length") continue;
        headers.add(f.name, f.value);
        any = true;
    }
    if (any) answer.add_json("headers", headers.text());
    return finish_answer(answer, context);
}

// --- the requests -------------------------------------------------------------------------------

// Adds the header that a member of `request` sets.
void set_header(named_call& call, std::string_view name, std::string_view member,
                std::string_view value) {
    if (call.headers.has(name))
        invalid("header " + quoted(name) + " is set by " + quoted(member) + " in request");
    add_header(call.headers, name, value);
}

void set_checksum(named_call& call, const upload_client_checksum& c) {
    set_header(call, s3::checksum_header(c.algorithm, c.value), "checksum", c.value);
    // Also as the payload line, because servers without checksums check that.
    if (c.algorithm == "sha256")
        set_header(call, "x-amz-content-sha256", "checksum",
                   hex(*sigv4::parse_base64_digest(c.value)));
}

void set_content_type(named_call& call, std::string_view type) {
    if (type.find('*') != type.npos)
        invalid(
            "\"contentType\" in request has a \"*\"",
            "Only a POST form accepts a range of types: it has \"maxBytes\" without \"bytes\".");
    set_header(call, "content-type", "contentType", check_not_empty("\"contentType\"", type));
}

void set_size(named_call& call, std::int64_t bytes) {
    if (call.operation.step == upload_step::complete)
        return set_header(call, "x-amz-mp-object-size", "bytes", decimal(bytes));
    if (bytes > s3::largest_upload)
        invalid("\"bytes\" in request is over 5 GiB, the limit of one PUT", "Upload it in parts.");
    set_header(call, "content-length", "bytes", decimal(bytes));
}

// 22023 for a member without a place in the request, unless it may come from the row that the
// object belongs to, for each request of its upload.
void check_has_place(const upload_client_request& r, const s3::operation& op) {
    const bool puts = op.step == upload_step::put;
    if (r.checksum && !puts && op.step != upload_step::part)
        invalid("\"checksum\" is not allowed in this request", "A PUT can have one.");
    if (r.headers && !puts && op.step != upload_step::create)
        invalid("\"headers\" is not allowed in this request",
                "The PUT of an object and the creation of a multipart upload can have them.");
}

// S3 checks these only in the request that makes the object.
void check_no_precondition(const field_list& headers) {
    for (const std::string_view name : {"if-match", "if-none-match"})
        if (headers.has(name))
            invalid("header " + quoted(name) + " is not allowed in this request",
                    "With \"overwrite\" false, the request that completes the upload has "
                    "if-none-match.");
}

pg::jsonb answer_with_form(named_call& call, const upload_client_request& r) {
    constexpr char pass_bytes[] = "Pass \"bytes\" to sign a PUT with the exact size.";
    if (r.checksum) invalid("a POST form cannot require a checksum", pass_bytes);
    if (!r.overwrite.value_or(true)) invalid("a POST form cannot forbid overwriting", pass_bytes);
    if (call.key.find(s3::filename_variable) != call.key.npos)
        invalid("\"key\" in request has the variable ${filename}, which a POST form replaces",
                pass_bytes);
    const signing_context context = allow_call(call, call.headers.canonical_headers());
    check_has_forms(context.target);
    const form_arguments arguments{.max_bytes = r.max_bytes, .content_type = r.content_type};
    return to_jsonb(form_answer(call, arguments, context));
}

pg::jsonb answer_with_url(named_call& call, const upload_client_request& r) {
    const upload_step step = call.operation.step;
    const bool puts = step == upload_step::put;
    const bool ends = puts || step == upload_step::complete;  // the object is there after it
    if (r.upload_id) call.parameters.add("uploadId", check_not_empty("\"uploadId\"", *r.upload_id));
    if (r.part_number) call.parameters.add("partNumber", decimal(*r.part_number));
    if (step == upload_step::create) check_no_precondition(call.headers);
    if (r.content_type && (puts || step == upload_step::create))
        set_content_type(call, *r.content_type);
    if (r.bytes && ends) set_size(call, *r.bytes);
    if (!r.overwrite.value_or(true) && ends) set_header(call, "if-none-match", "overwrite", "*");
    if (r.checksum) set_checksum(call, *r.checksum);
    const signing_context context = allow_call(call, call.headers.canonical_headers());
    s3::check_can_bind(context.target, context.headers);
    const text* const url = sign_in_context(call, context);
    return to_jsonb(url_answer(call, pg::view(url), context));
}

pg::jsonb request(std::string_view server, pg::jsonb json, std::optional<std::int64_t> duration,
                  optional_text bucket, optional_time signed_at) {
    const upload_client_request r = read_upload_client_request(json);
    const s3::operation& op =
        s3::choose_upload_operation(r.method, r.upload_id.has_value(), r.part_number.has_value());
    if (r.part_number) s3::check_part_number("\"partNumber\"", *r.part_number);
    if (r.expires_in) s3::check_duration(*r.expires_in, "\"expiresIn\"");
    check_has_place(r, op);
    const bool is_form = op.step == upload_step::put && r.max_bytes && !r.bytes;
    named_call call{
        .operation = is_form ? s3::post_object : op,
        .server = server,
        .key = s3::check_key_length(r.key, "\"key\""),
        .duration = duration,
        .headers = read_headers(r.headers),
        .bucket = utf8("bucket", bucket),
        .signed_at = signed_at,
        .most_seconds = r.expires_in.value_or(sigv4::longest_life),
    };
    return is_form ? answer_with_form(call, r) : answer_with_url(call, r);
}

}  // namespace

PG_FUNCTION(s3sign_request, request)

}  // namespace s3sign
