// s3sign_post: an HTML form that uploads an object, signed by a named server.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "functions/form.hpp"
#include "functions/named_call.hpp"
#include "base/json.hpp"
#include "pg/function.hpp"
#include "pg/jsonb.hpp"
#include "pg/memory.hpp"
#include "s3/operation.hpp"

namespace s3sign {
namespace {

using pg::json_kind;

// AWS: «The total size of form data that precedes the file content is limited to 20 KB».
constexpr std::size_t most_fields = 100;

void check_count(std::string_view argument, std::size_t count) {
    if (count > most_fields)
        throw error(code::program_limit_exceeded, std::string(argument) + " has over " +
                                                      std::to_string(most_fields) + " elements");
}

[[noreturn]] void bad_condition() {
    invalid("conditions has an element that is no condition",
            "A condition is {\"field\": \"value\"}, [\"eq\", \"$field\", \"value\"], "
            "[\"starts-with\", \"$field\", \"value\"] or [\"content-length-range\", 0, 1048576].");
}

std::string_view text_of(const pg::json_value& value, json_kind expected) {
    if (value.kind != expected) bad_condition();
    return utf8("conditions", value.text);
}

asked_condition read_condition(json_kind kind, std::span<const pg::json_member> members) {
    if (kind == json_kind::object && members.size() == 1)
        return {"eq", utf8("conditions", members[0].name),
                text_of(members[0].value, json_kind::string)};
    if (kind != json_kind::array || members.size() != 3) bad_condition();
    const std::string_view match = text_of(members[0].value, json_kind::string);
    if (match == "content-length-range")
        return {match, text_of(members[1].value, json_kind::number),
                text_of(members[2].value, json_kind::number)};
    std::string_view field = text_of(members[1].value, json_kind::string);
    if ((match != "eq" && match != "starts-with") || !field.starts_with('$')) bad_condition();
    field.remove_prefix(1);
    return {match, field, text_of(members[2].value, json_kind::string)};
}

std::span<const asked_condition> read_conditions(optional_json conditions) {
    if (!conditions) return {};
    if (!pg::is_array(*conditions)) invalid("conditions is not a JSON array");
    check_count("conditions", pg::size_of_array(*conditions));
    const auto list = pg::allocate<asked_condition>(pg::size_of_array(*conditions));
    std::size_t count = 0, bytes = 0;
    pg::for_each_element(*conditions, [&](json_kind kind, std::span<const pg::json_member> m) {
        const asked_condition read = read_condition(kind, m);
        bytes += read.first.size() + read.second.size();
        if (bytes > longest_argument)
            throw error(code::program_limit_exceeded, "conditions is over 1 MiB");
        list[count++] = read;
    });
    return list;
}

// The frame of post() has nothing with a destructor.
std::string_view form_json(const named_call& call, const asked_form& asked,
                           const signing_context& with) {
    json_object form;
    form.add("url", form_url(with.target)).add_json("fields", form_fields(call, asked, with));
    return copy(form.text());
}

pg::jsonb post(std::string_view server, std::string_view file, std::optional<std::int64_t> duration,
               std::optional<std::int64_t> min_bytes, std::optional<std::int64_t> max_bytes,
               optional_text content_type, optional_json fields, optional_json conditions,
               optional_text bucket, optional_time signed_at) {
    const field_list own = read_form_fields(fields);
    check_count("fields", own.fields().size());
    const asked_form asked{
        .min_bytes = min_bytes,
        .max_bytes = max_bytes,
        .content_type = utf8("content_type", content_type),
        .fields = own.fields(),
        .conditions = read_conditions(conditions),
    };
    const named_call call = begin(s3::post_object, server, file, duration, std::nullopt,
                                  std::nullopt, bucket, signed_at);
    const signing_context with = prepare(call, {});
    check_forms(with.target);
    return to_jsonb(form_json(call, asked, with));
}

}  // namespace

PG_FUNCTION(s3sign_post, post)

}  // namespace s3sign
