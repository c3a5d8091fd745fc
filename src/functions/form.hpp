// A POST form with a named server, as s3sign_post and s3sign_upload return it.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "functions/arguments.hpp"
#include "functions/named_call.hpp"
#include "s3/target.hpp"
#include "sigv4/request.hpp"

namespace s3sign {

// An element of the argument `conditions`: well-formed, its meaning not yet checked.
struct condition_argument {
    std::string_view match;   // «eq», «starts-with» or «content-length-range»
    std::string_view first;   // the name of a field, or the least number of bytes
    std::string_view second;  // its value or how it begins, or the greatest number of bytes
};

// The arguments of a form beside those of a named_call, in UTF-8.
struct form_arguments {
    std::optional<std::int64_t> min_bytes = {};
    std::optional<std::int64_t> max_bytes = {};
    optional_text content_type = {};
    std::span<const sigv4::field> fields = {};
    std::span<const condition_argument> conditions = {};
};

// 0A000 if the provider does not accept POST forms.
void check_has_forms(const s3::target& target);

// The URL that a form is sent to. Like form_fields_json(), for frames that call no server function.
std::string form_url(const s3::target& target);

// The form's fields, signed, as a JSON object. 42501 for a field that the server does not allow,
// and the errors of s3::apply_to_form(). The call's headers become fields: 22023 for one that a
// form cannot carry.
std::string form_fields_json(const named_call& call, const form_arguments& arguments,
                             const signing_context& context);

}  // namespace s3sign
