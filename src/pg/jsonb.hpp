// Reading jsonb.
#pragma once

#include <string_view>

#include "pg/datum.hpp"
#include "pg/postgres.hpp"

namespace s3sign::pg {

enum class json_kind { null, boolean, number, string, array, object };

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

// Calls visit(name, value, element) for each value of an object; for a value that is an array,
// for each of its elements, with `element` set.
template <class Visit>
void for_each_value(const jsonb& object, Visit visit) {
    JsonbIterator* outer = ::JsonbIteratorInit(&object.value->root);
    JsonbValue key, value, element;
    JsonbIteratorToken token = ::JsonbIteratorNext(&outer, &key, true);  // the object begins
    while ((token = ::JsonbIteratorNext(&outer, &key, true)) == WJB_KEY) {
        const std::string_view name(key.val.string.val,
                                    static_cast<std::size_t>(key.val.string.len));
        ::JsonbIteratorNext(&outer, &value, true);
        if (to_json_value(value).kind != json_kind::array) {
            visit(name, to_json_value(value), false);
            continue;
        }
        JsonbIterator* inner = ::JsonbIteratorInit(value.val.binary.data);
        token = ::JsonbIteratorNext(&inner, &element, true);  // the array begins
        while ((token = ::JsonbIteratorNext(&inner, &element, true)) == WJB_ELEM)
            visit(name, to_json_value(element), true);
    }
}

}  // namespace s3sign::pg
