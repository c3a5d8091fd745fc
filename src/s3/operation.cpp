#include "s3/operation.hpp"

#include <algorithm>

#include "base/ascii.hpp"
#include "base/text.hpp"

namespace s3sign::s3 {
namespace {

struct named_permission {
    std::string_view name;
    permission value;
};

constexpr named_permission names[] = {
    {"get", permission::get},
    {"head", permission::head},
    {"put", permission::put},
    {"delete", permission::delete_},
    {"list", permission::list},
    {"post", permission::post},
    {"multipart", permission::multipart},
    {"version", permission::version},
};

// --- query parameters --------------------------------------------------------------------------

constexpr own_parameter version_id[] = {{"versionId", "version_id"}};
constexpr own_parameter of_list[] = {
    {"list-type", "", true, "2"},   {"prefix", "prefix"},
    {"delimiter", "delimiter"},     {"max-keys", "max_keys"},
    {"start-after", "start_after"}, {"continuation-token", "continuation_token"},
};
constexpr own_parameter uploads[] = {{"uploads", "", true}};
constexpr own_parameter upload_id[] = {{"uploadId", "upload_id", true}};
constexpr own_parameter part[] = {
    {"uploadId", "upload_id", true},
    {"partNumber", "part_number", true},
};

constexpr std::string_view harmless_to_read[] = {
    "partNumber",
    "response-cache-control",
    "response-content-disposition",
    "response-content-encoding",
    "response-content-language",
    "response-content-type",
    "response-expires",
    "x-id",
};
constexpr std::string_view harmless_to_list[] = {"encoding-type", "fetch-owner"};
constexpr std::string_view harmless_to_list_parts[] = {"max-parts", "part-number-marker"};

// --- headers and form fields -------------------------------------------------------------------

constexpr std::string_view headers[] = {
    "cache-control",
    "content-disposition",
    "content-encoding",
    "content-language",
    "content-length",
    "content-md5",
    "content-type",
    "expires",
    "range",
    "x-amz-content-sha256",
    "x-amz-sdk-checksum-algorithm",
};
constexpr std::string_view harmless_to_complete[] = {"x-amz-mp-object-size"};
constexpr std::string_view header_families[] = {"if-", "x-amz-checksum-", "x-amz-meta-"};

constexpr std::string_view form_fields[] = {"cache-control", "expires", "success_action_status"};
constexpr std::string_view form_field_families[] = {"content-", "x-amz-checksum-", "x-amz-meta-"};
constexpr std::string_view own_form_fields[] = {
    "bucket",
    "file",
    "key",
    "policy",
    "x-amz-algorithm",
    "x-amz-credential",
    "x-amz-date",
    "x-amz-security-token",
    "x-amz-signature",
};

bool begins_with_one_of(std::span<const std::string_view> families, std::string_view name) {
    return std::any_of(families.begin(), families.end(),
                       [&](std::string_view family) { return name.starts_with(family); });
}

}  // namespace

constexpr operation get_object{
    .name = "get",
    .method = "GET",
    .needs = permission::get,
    .reads = true,
    .own = version_id,
    .harmless = harmless_to_read,
};
constexpr operation head_object{
    .name = "head",
    .method = "HEAD",
    .needs = permission::head,
    .reads = true,
    .own = version_id,
    .harmless = harmless_to_read,
};
constexpr operation put_object{
    .name = "put",
    .method = "PUT",
    .needs = permission::put,
    .step = upload_step::put,
};
constexpr operation delete_object{
    .name = "delete",
    .method = "DELETE",
    .needs = permission::delete_,
    .own = version_id,
};
constexpr operation list_objects{
    .name = "list",
    .method = "GET",
    .needs = permission::list,
    .of_bucket = true,
    .own = of_list,
    .harmless = harmless_to_list,
};
constexpr operation multipart_create{
    .name = "multipart_create",
    .method = "POST",
    .needs = permission::multipart,
    .own = uploads,
    .step = upload_step::create,
};
constexpr operation multipart_part{
    .name = "multipart_part",
    .method = "PUT",
    .needs = permission::multipart,
    .own = part,
    .step = upload_step::part,
};
constexpr operation multipart_complete{
    .name = "multipart_complete",
    .method = "POST",
    .needs = permission::multipart,
    .own = upload_id,
    .harmless_headers = harmless_to_complete,
    .step = upload_step::complete,
};
constexpr operation multipart_abort{
    .name = "multipart_abort",
    .method = "DELETE",
    .needs = permission::multipart,
    .own = upload_id,
};
constexpr operation multipart_list{
    .name = "multipart_list",
    .method = "GET",
    .needs = permission::multipart,
    .own = upload_id,
    .harmless = harmless_to_list_parts,
};
constexpr operation post_object{
    .name = "post",
    .method = "POST",
    .needs = permission::post,
    .step = upload_step::form,
};

namespace {

// All but post_object, which needs a form. Rows with more `tells_operation` parameters come first.
constexpr const operation* operations[] = {
    &multipart_part, &multipart_create, &multipart_complete, &multipart_abort, &multipart_list,
    &list_objects,   &get_object,       &head_object,        &put_object,      &delete_object,
};

bool has(std::span<const sigv4::field> query, const own_parameter& parameter) {
    return std::any_of(query.begin(), query.end(), [&](const sigv4::field& f) {
        return f.name == parameter.name &&
               (!parameter.argument.empty() || f.value == parameter.value);
    });
}

}  // namespace

std::optional<permission> parse_permission(std::string_view name) {
    for (const named_permission& n : names)
        if (n.name == name) return n.value;
    return std::nullopt;
}

std::string_view name_of(permission p) {
    return std::find_if(std::begin(names), std::end(names),
                        [&](const named_permission& n) { return n.value == p; })
        ->name;
}

std::string names_of(permissions p) {
    std::string list;
    for (const named_permission& n : names)
        if (p.have(n.value)) list.append(list.empty() ? "" : ",").append(n.name);
    return list;
}

const operation* find_operation(std::string_view method, bool of_bucket,
                                std::span<const sigv4::field> query) {
    for (const operation* op : operations) {
        const bool told =
            std::all_of(op->own.begin(), op->own.end(), [&](const own_parameter& parameter) {
                return !parameter.tells_operation || has(query, parameter);
            });
        if (told && op->method == method && op->of_bucket == of_bucket) return op;
    }
    return nullptr;
}

const own_parameter* find_own_parameter(const operation& op, std::string_view name) {
    for (const own_parameter& parameter : op.own)
        if (equal_but_for_case(parameter.name, name)) return &parameter;
    return nullptr;
}

bool tells_operation(std::string_view name) {
    constexpr std::string_view tellers[] = {"list-type", "uploadId", "uploads", "versionId"};
    return std::any_of(std::begin(tellers), std::end(tellers),
                       [&](std::string_view teller) { return equal_but_for_case(teller, name); });
}

bool is_harmless_parameter(const operation& op, std::string_view name) {
    return contains(op.harmless, name);
}

bool is_harmless_header(const operation& op, std::string_view name) {
    return contains(headers, name) || contains(op.harmless_headers, name) ||
           begins_with_one_of(header_families, name);
}

bool is_harmless_form_field(std::string_view name) {
    return contains(form_fields, name) || begins_with_one_of(form_field_families, name);
}

bool is_own_form_field(std::string_view name) { return contains(own_form_fields, name); }

}  // namespace s3sign::s3
