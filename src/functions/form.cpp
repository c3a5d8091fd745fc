#include "functions/form.hpp"

#include <charconv>
#include <string>

#include "base/error.hpp"
#include "base/json.hpp"
#include "s3/form.hpp"

namespace s3sign {
namespace {

std::int64_t parse_bytes(std::string_view text) {
    std::int64_t number = 0;
    const char* const end = text.data() + text.size();
    const auto [stop, failed] = std::from_chars(text.data(), end, number);
    if (failed != std::errc() || stop != end)
        invalid("a condition \"content-length-range\" has no whole numbers");
    return number;
}

void add(s3::form_request& form, const asked_condition& asked) {
    using sigv4::condition_kind;
    if (asked.match == "content-length-range") {
        form.add_condition({condition_kind::content_length_range,
                            {},
                            {},
                            parse_bytes(asked.first),
                            parse_bytes(asked.second)});
        return;
    }
    form.add_condition({asked.match == "eq" ? condition_kind::equal : condition_kind::starts_with,
                        std::string(asked.first), std::string(asked.second)});
}

s3::form_request read(const named_call& call, const asked_form& asked) {
    s3::form_request form(call.key);
    form.limit_size(asked.min_bytes, asked.max_bytes);
    if (asked.content_type) form.set_content_type(*asked.content_type);
    for (const sigv4::field& f : asked.fields) form.add_field(f.name, f.value);
    for (const asked_condition& c : asked.conditions) add(form, c);
    return form;
}

}  // namespace

void check_forms(const s3::target& target) {
    if (!target.has_forms)
        throw error(code::feature_not_supported, "the server's provider has no POST forms",
                    "s3sign_upload with bytes binds the exact size in a PUT.");
}

std::string form_url(const s3::target& target) {
    return target.origin + target.shown_prefix + (target.bucket_in_path ? "" : "/");
}

std::string form_fields(const named_call& call, const asked_form& asked,
                        const signing_context& with) {
    const s3::form_request form = read(call, asked);
    const s3::server_options& options = with.server.options;
    s3::check_form_fields(options, form.names());
    if (form.has_variable() && !options.key_prefix.empty())
        throw error(code::insufficient_privilege,
                    "the server's option \"key_prefix\" does not allow a file with ${filename}",
                    "What the user's file is called can't be checked.");
    json_object fields;
    const s3::form_signer signer{s3::choose_bucket(options, call.bucket), with.server.access_key_id,
                                 with.server.session_token, with.time, with.life.expires};
    for (const s3::form_field& f : s3::sign_form(form, signer, with.key))
        fields.add(f.name, f.value);
    return fields.text();
}

}  // namespace s3sign
