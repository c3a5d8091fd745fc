#include "s3/form.hpp"

#include <algorithm>

#include "base/ascii.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "s3/header.hpp"
#include "s3/operation.hpp"
#include "sigv4/base64.hpp"
#include "sigv4/encode.hpp"
#include "sigv4/request.hpp"

namespace s3sign::s3 {
namespace {

using sigv4::condition;
using sigv4::condition_kind;

void check_value(std::string_view value) {
    if (contains(value, filename_variable))
        invalid("a field has the variable ${filename}",
                "It may only end the key; a condition \"starts-with\" leaves a field open.");
}

std::string hex(const sigv4::digest& d) {
    return write_string(2 * d.size(), [&](char* out) { return sigv4::put_hex(out, d); });
}

std::string credential(std::string_view identity, const sigv4::scope& s) {
    return std::string(identity) + "/" +
           write_string(sigv4::scope_size(s), [&](char* out) { return sigv4::put_scope(out, s); });
}

}  // namespace

std::string_view form_field_of_header(std::string_view name) {
    constexpr std::string_view same[] = {
        "cache-control",
        "content-disposition",
        "content-encoding",
        "expires",
        "x-amz-server-side-encryption",
        "x-amz-server-side-encryption-aws-kms-key-id",
        "x-amz-server-side-encryption-bucket-key-enabled",
        "x-amz-server-side-encryption-context",
        "x-amz-storage-class",
        "x-amz-website-redirect-location",
    };
    if (name == "x-amz-acl") return "acl";
    return contains(same, name) || name.starts_with("x-amz-meta-") ? name : std::string_view();
}

form_request::form_request(std::string_view key) : key_(key) {
    std::string_view rest = key;
    if (has_variable()) rest.remove_suffix(filename_variable.size());
    if (contains(rest, filename_variable))
        invalid("file has the variable ${filename} before its end",
                "In a form the server replaces it with the name of the user's file.");
}

void form_request::limit_size(std::optional<std::int64_t> least, std::optional<std::int64_t> most) {
    if (!least && !most) return;
    if (least && *least < 0) invalid("min_bytes is negative");
    if (most && *most < 0) invalid("max_bytes is negative");
    const std::int64_t from = least.value_or(0);
    const std::int64_t to = most.value_or(std::max(from, largest_upload));
    if (from > to) invalid("min_bytes is more than max_bytes");
    conditions_.push_back({condition_kind::content_length_range, {}, {}, from, to});
    sized_ = true;
}

void form_request::set_content_type(std::string_view type) {
    const std::size_t star = type.find('*');
    if (type.empty()) invalid("content_type is empty");
    if (star < type.size() - 1)
        invalid("content_type has a \"*\" before its end", "\"image/*\" is any type of image.");
    if (!is_header_value(type)) invalid("content_type has a control or a non-ASCII character");
    check_value(type);
    if (star == type.npos) {
        fields_.push_back({"Content-Type", std::string(type)});
        conditions_.push_back({condition_kind::equal, "Content-Type", std::string(type)});
    } else {
        conditions_.push_back(
            {condition_kind::starts_with, "Content-Type", std::string(type.substr(0, star))});
    }
    typed_ = true;
}

void form_request::check_name(std::string_view name) {
    const std::string lowered = to_lower(name);
    if (rule_of_header(name) == header_rule::malformed)
        invalid("field name " + quoted(name) + " is not a token",
                "A field's name is letters, digits and any of !#$%&'*+-.^_`|~.");
    if (lowered == "content-length-range")
        invalid("\"content-length-range\" is not a field",
                "A condition is [\"content-length-range\", 0, 1048576].");
    if (is_own_form_field(lowered)) invalid("field " + quoted(name) + " is set by the form");
    if (typed_ && lowered == "content-type")
        invalid("field " + quoted(name) + " is set by the argument content_type");
    names_.push_back(lowered);
}

void form_request::add_field(std::string_view name, std::string_view value) {
    check_name(name);
    for (const form_field& f : fields_)
        if (equal_but_for_case(f.name, name)) invalid("fields has names that differ only in case");
    add_fixed(name, value);
}

void form_request::add_header(std::string_view name, std::string_view value) {
    const std::string_view field = name == "content-language" ? name : form_field_of_header(name);
    if (field.empty())
        invalid("a POST form cannot carry the header " + quoted(name),
                name == "content-type"
                    ? "Pass the type as content_type, or to s3sign_request as \"contentType\"."
                    : "Pass bytes to sign a PUT with the exact size.");
    add_fixed(field, value);
}

void form_request::add_fixed(std::string_view name, std::string_view value) {
    check_value(value);
    fields_.push_back({std::string(name), std::string(value)});
    conditions_.push_back({condition_kind::equal, std::string(name), std::string(value)});
}

void form_request::add_condition(condition c) {
    if (c.kind != condition_kind::content_length_range) {
        check_name(c.field);
    } else {
        // Some servers apply only the last range.
        if (sized_)
            invalid("the range of bytes is set twice",
                    "min_bytes and max_bytes set it, or one condition.");
        if (c.least < 0 || c.least > c.most)
            invalid("a condition \"content-length-range\" is not a range");
        sized_ = true;
    }
    conditions_.push_back(std::move(c));
}

std::optional<std::int64_t> form_request::most_bytes() const {
    for (const condition& c : conditions_)
        if (c.kind == condition_kind::content_length_range) return c.most;
    return std::nullopt;
}

std::vector<form_field> sign_form(const form_request& request, const form_signer& signer,
                                  sigv4::signing_key& key) {
    std::vector<condition> conditions = request.conditions();
    std::vector<form_field> fields = request.fields();

    // Of `tenant:bucket` in the URL, Ceph compares only the bucket.
    const std::string_view bucket = signer.bucket.substr(signer.bucket.find(':') + 1);
    conditions.push_back({condition_kind::equal, "bucket", std::string(bucket)});
    std::string_view fixed = request.key();
    if (request.has_variable()) fixed.remove_suffix(filename_variable.size());
    conditions.push_back(
        {request.has_variable() ? condition_kind::starts_with : condition_kind::equal, "key",
         std::string(fixed)});
    fields.push_back({"key", std::string(request.key())});

    const auto add = [&](std::string_view name, std::string value) {
        conditions.push_back({condition_kind::equal, std::string(name), value});
        fields.push_back({std::string(name), std::move(value)});
    };
    add("x-amz-algorithm", std::string(sigv4::algorithm));
    add("x-amz-credential", credential(signer.identity, key.bound_to()));
    add("x-amz-date", std::string(signer.time.text()));
    if (!signer.session_token.empty())
        add("x-amz-security-token", std::string(signer.session_token));

    const sigv4::timestamp expiration(signer.time.unix_seconds() + signer.expires);
    std::string policy = sigv4::base64(sigv4::policy_text(expiration, conditions));
    std::string signature = hex(key.sign(policy));
    fields.push_back({"policy", std::move(policy)});
    fields.push_back({"x-amz-signature", std::move(signature)});
    return fields;
}

}  // namespace s3sign::s3
