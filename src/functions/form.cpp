#include "functions/form.hpp"

#include <charconv>
#include <vector>

#include "base/error.hpp"
#include "base/json.hpp"
#include "pg/boundary.hpp"
#include "s3/form.hpp"
#include "s3/upload_rules.hpp"

namespace s3sign {
namespace {

using sigv4::condition_kind;

std::int64_t parse_bytes(std::string_view text) {
    std::int64_t number = 0;
    const char* const end = text.data() + text.size();
    const auto [stop, failed] = std::from_chars(text.data(), end, number);
    if (failed != std::errc() || stop != end)
        invalid("a condition \"content-length-range\" must have two whole numbers");
    return number;
}

sigv4::condition to_condition(const condition_argument& c) {
    if (c.match == "content-length-range")
        return {condition_kind::content_length_range,
                {},
                {},
                parse_bytes(c.first),
                parse_bytes(c.second)};
    return {c.match == "eq" ? condition_kind::equal : condition_kind::starts_with,
            std::string(c.first), std::string(c.second)};
}

s3::form_request to_form_request(const named_call& call, const form_arguments& arguments,
                                 const signing_context& context) {
    s3::form_request form(call.key);
    form.limit_size(arguments.min_bytes, arguments.max_bytes);
    if (arguments.content_type) form.set_content_type(*arguments.content_type);
    for (const sigv4::field& f : arguments.fields) form.add_field(f.name, f.value);
    for (const sigv4::field& h : context.headers) form.add_header(h.name, h.value);
    for (const condition_argument& c : arguments.conditions) form.add_condition(to_condition(c));
    const s3::server_options& options = context.server.options;
    s3::apply_to_form(options.uploads, form);
    s3::check_form_fields(options, form.names());
    return form;
}

}  // namespace

void check_has_forms(const s3::target& target) {
    if (!target.has_forms)
        throw error(code::feature_not_supported, "the server's provider has no POST forms",
                    "Use s3sign_upload with bytes to sign a PUT with the exact size.");
}

std::string form_url(const s3::target& target) {
    return target.origin + target.shown_prefix + (target.bucket_in_path ? "" : "/");
}

std::string form_fields_json(const named_call& call, const form_arguments& arguments,
                             const signing_context& context) {
    const s3::form_request form = to_form_request(call, arguments, context);
    if (form.has_variable() && !context.key_prefix.empty())
        throw error(code::insufficient_privilege,
                    "the server's option \"key_prefix\" does not allow a file with ${filename}",
                    "The name of the user's file cannot be checked.");
    const s3::form_signer signer{s3::choose_bucket(context.server.options, call.bucket),
                                 context.server.access_key_id, context.server.session_token,
                                 context.time, context.life.expires};
    json_object fields;
    const std::vector<s3::form_field> signed_fields = s3::sign_form(form, signer, context.key);
    for (const s3::form_field& f : signed_fields) fields.add(f.name, f.value);
    const std::string_view signature = signed_fields.back().value;
    pg::call([&] { log_signed(call, context, signature); });
    return fields.text();
}

}  // namespace s3sign
