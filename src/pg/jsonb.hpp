// Reading jsonb.
#pragma once

#include <string_view>

#include "pg/datum.hpp"
#include "pg/postgres.hpp"

namespace s3sign::pg {

enum class json_kind { null, boolean, number, string, array, nested_array, object };

// A value of an object. `text` is what jsonb shows, a string without its quotes, and empty for
// null, an array and an object.
struct json_value {
    json_kind kind;
    std::string_view text;
};

inline bool is_object(const jsonb& json) { return JB_ROOT_IS_OBJECT(json.value); }

inline json_value to_json_value(const JsonbValue& v) {
    switch (v.type) {
        case jbvNull:
            return {json_kind::null, {}};
        case jbvBool:
            return {json_kind::boolean, v.val.boolean ? "true" : "false"};
        case jbvNumeric:
            return {json_kind::number, DatumGetCString(::DirectFunctionCall1(
                                           ::numeric_out, NumericGetDatum(v.val.numeric)))};
        case jbvString:
            return {json_kind::string,
                    {v.val.string.val, static_cast<std::size_t>(v.val.string.len)}};
        case jbvBinary:
            return {JsonContainerIsArray(v.val.binary.data) ? json_kind::array : json_kind::object,
                    {}};
        default:
            return {json_kind::object, {}};
    }
}

// Calls visit(name, value) for each value of an object; for an array, for each of its elements, or
// once with the array where it is empty. An array in an array has the kind `nested_array`.
template <class Visit>
void for_each_value(const jsonb& object, Visit visit) {
    JsonbIterator* outer = ::JsonbIteratorInit(&object.value->root);
    JsonbValue key, value, element;
    JsonbIteratorToken token = ::JsonbIteratorNext(&outer, &key, true);  // the object begins
    while ((token = ::JsonbIteratorNext(&outer, &key, true)) == WJB_KEY) {
        const std::string_view name(key.val.string.val,
                                    static_cast<std::size_t>(key.val.string.len));
        ::JsonbIteratorNext(&outer, &value, true);
        const json_value single = to_json_value(value);
        if (single.kind != json_kind::array || JsonContainerSize(value.val.binary.data) == 0) {
            visit(name, single);
            continue;
        }
        JsonbIterator* inner = ::JsonbIteratorInit(value.val.binary.data);
        token = ::JsonbIteratorNext(&inner, &element, true);  // the array begins
        while ((token = ::JsonbIteratorNext(&inner, &element, true)) == WJB_ELEM) {
            json_value v = to_json_value(element);
            if (v.kind == json_kind::array) v.kind = json_kind::nested_array;
            visit(name, v);
        }
    }
}

}  // namespace s3sign::pg
