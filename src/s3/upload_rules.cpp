#include "s3/upload_rules.hpp"

#include <algorithm>
#include <charconv>
#include <limits>
#include <utility>

#include "base/ascii.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "s3/header.hpp"
#include "sigv4/canonical.hpp"

namespace s3sign::s3 {
namespace {

using sigv4::condition_kind;
using sigv4::field;

constexpr char sign_put[] = "Use s3sign_upload with bytes to sign a PUT with the exact size.";

[[noreturn]] void deny(const char* message, const char* hint) {
    throw error(code::insufficient_privilege, message, hint);
}

bool is_server_header(const upload_rules& rules, std::string_view name) {
    return std::ranges::any_of(rules.headers, [&](const upload_rules::header& h) {
        return equal_but_for_case(h.name, name);
    });
}

[[noreturn]] void refuse_server_header(const char* kind, std::string_view name) {
    invalid(std::string(kind) + " " + quoted(name) +
            " is set by the server's option \"upload_headers\"");
}

bool is_copy_source(std::string_view name) { return contains(to_lower(name), "copy-source"); }

// --- the content type ----------------------------------------------------------------------------

// «type/name» in lower case, without parameters; empty if the text is not a single media type: a
// browser reads `image/png,text/html` as HTML.
std::string media_type(std::string_view text) {
    if (!is_header_value(text) || contains(text, ",")) return {};
    std::string_view rest = trimmed(take_until(text, ';'), " ");
    const std::string type = to_lower(rest);
    const auto is_token = [](std::string_view token) {
        return !token.empty() && std::ranges::all_of(token, is_token_character);
    };
    const std::string_view before = take_item(rest, '/');
    return is_token(before) && is_token(rest) && !contains(type, "*") ? type : std::string();
}

void check_type(const upload_rules& rules, std::string_view text) {
    const std::string type = media_type(text);
    if (!type.empty() && (contains(rules.content_types, type) ||
                          contains(rules.content_types, type.substr(0, type.find('/')) + "/*")))
        return;
    deny("the server's option \"content_types\" does not allow this content type",
         type.empty()
             ? "A content type is a single \"type/name\", perhaps with parameters after a \";\"."
             : "The server's owner can allow it with ALTER SERVER.");
}

[[noreturn]] void deny_missing_type() {
    deny("the server's option \"content_types\" needs the content type of an upload",
         "Pass content_type or the header content-type.");
}

// --- the size ------------------------------------------------------------------------------------

// The header's value is digits only. One that is too large for any storage is the largest number.
std::int64_t parse_size_header(std::string_view value) {
    std::int64_t number = 0;
    const auto [stop, failed] = std::from_chars(value.data(), value.data() + value.size(), number);
    return failed == std::errc() ? number : std::numeric_limits<std::int64_t>::max();
}

void check_bytes(const upload_rules& rules, std::int64_t bytes) {
    if (bytes > *rules.max_bytes)
        deny("the upload is larger than the server's option \"max_bytes\" allows",
             "The server's owner can raise it with ALTER SERVER.");
}

void check_size(const upload_rules& rules, const upload_parts& upload) {
    const bool completes = upload.op.step == upload_step::complete;
    const field* const size =
        sigv4::find_header(upload.headers, completes ? "x-amz-mp-object-size" : "content-length");
    if (size != nullptr) check_bytes(rules, parse_size_header(size->value));
    if (!completes && upload.body_bytes) return check_bytes(rules, *upload.body_bytes);
    if (size != nullptr) return;
    if (completes)
        deny("the server's option \"max_bytes\" needs the size of a multipart upload",
             "Pass the header x-amz-mp-object-size; s3sign_request makes it from \"bytes\".");
    deny("the server's option \"max_bytes\" needs the size of an upload",
         "Pass bytes or the header content-length, or max_bytes for a form.");
}

void check_multipart(const upload_rules& rules, const upload_parts& upload) {
    if (!rules.max_bytes || upload.enforces_object_size) return;
    throw error(code::feature_not_supported,
                "the server's option \"max_bytes\" does not allow a multipart upload",
                "Use s3sign_put with the header content-length, or s3sign_post.")
        .with_detail("The server's provider does not check the size of one.");
}

}  // namespace

std::span<const upload_rules::header> added_headers(const upload_rules& rules,
                                                    const operation& op) {
    if (op.step != upload_step::put && op.step != upload_step::create) return {};
    return rules.headers;
}

void check_own_headers(const upload_rules& rules, const operation& op, std::span<const field> query,
                       std::span<const field> headers) {
    if (op.step == upload_step::none) return;
    for (const field& header : headers)
        if (is_server_header(rules, header.name)) refuse_server_header("header", header.name);
    for (const field& parameter : query)
        if (is_server_header(rules, parameter.name))
            refuse_server_header("query parameter", parameter.name);
}

void check_upload(const upload_rules& rules, const upload_parts& upload) {
    const upload_step step = upload.op.step;
    if (step == upload_step::none || !rules.any()) return;
    if (std::ranges::any_of(upload.headers, is_copy_source, &field::name) ||
        std::ranges::any_of(upload.query, is_copy_source, &field::name))
        deny("the server's options for uploads do not allow a copy",
             "They are upload_headers, content_types and max_bytes.");
    const bool has_type = step == upload_step::put || step == upload_step::create;
    if (has_type && !rules.content_types.empty()) {
        const field* const type = sigv4::find_header(upload.headers, "content-type");
        if (type == nullptr) deny_missing_type();
        check_type(rules, type->value);
    }
    const bool in_parts =
        step == upload_step::create || step == upload_step::part || step == upload_step::complete;
    if (in_parts) check_multipart(rules, upload);
    if (rules.max_bytes && (step == upload_step::put || step == upload_step::complete))
        check_size(rules, upload);
}

void apply_to_form(const upload_rules& rules, form_request& form) {
    for (const std::string& name : form.names())
        if (is_server_header(rules, name) ||
            (name == "acl" && is_server_header(rules, "x-amz-acl")))
            refuse_server_header("field", name);
    for (const upload_rules::header& h : rules.headers) {
        const std::string_view name = form_field_of_header(h.name);
        if (name.empty())
            throw error(code::feature_not_supported,
                        "a POST form cannot carry the header " + quoted(h.name) +
                            " of the server's option \"upload_headers\"",
                        sign_put);
        form.add_fixed(name, h.value);
    }
    if (!rules.content_types.empty()) {
        bool fixed = false;
        for (const sigv4::condition& c : form.conditions()) {
            if (!equal_but_for_case(c.field, "content-type")) continue;
            if (c.kind != condition_kind::equal)
                deny("the server's option \"content_types\" does not allow a range of types",
                     "Pass a content type without \"*\".");
            check_type(rules, c.value);
            fixed = true;
        }
        if (!fixed) deny_missing_type();
    }
    if (rules.max_bytes) {
        const auto most = form.most_bytes();
        if (!most)
            deny("the server's option \"max_bytes\" needs the size of an upload",
                 "Pass max_bytes for a form, or bytes for a PUT.");
        check_bytes(rules, *most);
    }
}

}  // namespace s3sign::s3
