// A POST form of a named server, as s3sign_post and s3sign_upload return it.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "functions/named_call.hpp"
#include "sigv4/request.hpp"

namespace s3sign {

// A condition of the caller's, read but not yet checked.
struct asked_condition {
    std::string_view match;  // «eq», «starts-with» or «content-length-range»
    std::string_view first;  // a field's name, or the least number of bytes
    std::string_view second;
};

// What a form may upload. Texts in UTF-8.
struct asked_form {
    std::optional<std::int64_t> min_bytes = {};
    std::optional<std::int64_t> max_bytes = {};
    optional_text content_type = {};
    std::span<const sigv4::field> fields = {};
    std::span<const asked_condition> conditions = {};
};

// 0A000 where the provider has no forms.
void check_forms(const s3::target& target);

// The URL that a form is sent to.
std::string form_url(const s3::target& target);

// The form's fields as a JSON object.
std::string form_fields(const named_call& call, const asked_form& asked,
                        const signing_context& with);

}  // namespace s3sign
