// s3sign_post: an HTML form that uploads an object, with a named server.
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
#include "pg/jsonb.hpp"
#include "pg/memory.hpp"
#include "s3/operation.hpp"

namespace s3sign {
namespace {

using pg::json_kind;

// Of `fields` and of `conditions`. AWS: «The total size of form data that precedes the file content
// is limited to 20 KB».
constexpr std::size_t most_elements = 100;

void check_count(std::string_view argument, std::size_t count) {
    if (count > most_elements)
        invalid(std::string(argument) + " has over " + std::to_string(most_elements) + " elements");
}

[[noreturn]] void throw_not_a_condition() {
    invalid("conditions has an element that is not a condition",
            "A condition is {\"field\": \"value\"}, [\"eq\", \"$field\", \"value\"], "
            "[\"starts-with\", \"$field\", \"value\"] or [\"content-length-range\", 0, 1048576].");
}

std::string_view text_of(const pg::json_value& value, json_kind expected) {
    if (value.kind != expected) throw_not_a_condition();
    return utf8("conditions", value.text);
}

condition_argument read_condition(json_kind kind, std::span<const pg::json_member> members) {
    if (kind == json_kind::object && members.size() == 1)
        return {"eq", utf8("conditions", members[0].name),
                text_of(members[0].value, json_kind::string)};
    if (kind != json_kind::array || members.size() != 3) throw_not_a_condition();
    const std::string_view match = text_of(members[0].value, json_kind::string);
    if (match == "content-length-range")
        return {match, text_of(members[1].value, json_kind::number),
                text_of(members[2].value, json_kind::number)};
    const std::string_view field = text_of(members[1].value, json_kind::string);
    if ((match != "eq" && match != "starts-with") || !field.starts_with('$'))
        throw_not_a_condition();
    return {match, field.substr(1), text_of(members[2].value, json_kind::string)};
}

std::span<const condition_argument> read_conditions(optional_json conditions) {
    if (!conditions) return {};
    if (!pg::is_array(*conditions)) invalid("conditions is not a JSON array");
    check_count("conditions", pg::size_of_array(*conditions));
    const auto list = pg::allocate<condition_argument>(pg::size_of_array(*conditions));
    std::size_t count = 0, bytes = 0;
    pg::for_each_element(*conditions, [&](json_kind kind, std::span<const pg::json_member> m) {
        const condition_argument c = read_condition(kind, m);
        bytes += c.first.size() + c.second.size();
        if (bytes > longest_argument) invalid("conditions is over 1 MiB");
        list[count++] = c;
    });
    return list;
}

// Apart from post(), whose frame may hold nothing with a destructor.
std::string_view form_json(const named_call& call, const form_arguments& arguments,
                           const signing_context& context) {
    return copy(json_object()
                    .add("url", form_url(context.target))
                    .add_json("fields", form_fields_json(call, arguments, context))
                    .text());
}

pg::jsonb post(std::string_view server, std::string_view file, std::optional<std::int64_t> duration,
               std::optional<std::int64_t> min_bytes, std::optional<std::int64_t> max_bytes,
               optional_text content_type, optional_json fields, optional_json conditions,
               optional_text bucket, optional_time signed_at) {
    const field_list form_fields = read_form_fields(fields);
    check_count("fields", form_fields.fields().size());
    const form_arguments arguments{
        .min_bytes = min_bytes,
        .max_bytes = max_bytes,
        .content_type = utf8("content_type", content_type),
        .fields = form_fields.fields(),
        .conditions = read_conditions(conditions),
    };
    const named_call call = read_object_call(s3::post_object, server, file, duration, std::nullopt,
                                             std::nullopt, bucket, signed_at);
    const signing_context context = allow_call(call, {});
    check_has_forms(context.target);
    return to_jsonb(form_json(call, arguments, context));
}

}  // namespace

PG_FUNCTION(s3sign_post, post)

}  // namespace s3sign
