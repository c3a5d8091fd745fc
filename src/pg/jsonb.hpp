// Reading jsonb, and making it.
#pragma once

#include <iterator>
#include <optional>
#include <span>
#include <string_view>

#include "pg/boundary.hpp"
#include "pg/datum.hpp"
#include "pg/memory.hpp"
#include "pg/postgres.hpp"

namespace s3sign::pg {

enum class json_kind { null, boolean, number, string, array, nested_array, object };

// A value of an object. `text` is what jsonb shows, a string without its quotes, and empty for
// null, an array and an object.
struct json_value {
    json_kind kind;
    std::string_view text;
    bool in_array = false;
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
            v.in_array = true;
            visit(name, v);
        }
    }
}

inline bool is_array(const jsonb& json) {
    return JB_ROOT_IS_ARRAY(json.value) && !JB_ROOT_IS_SCALAR(json.value);
}

inline std::size_t size_of_array(const jsonb& array) {
    return static_cast<std::size_t>(JB_ROOT_COUNT(array.value));
}

// A value in an element of an array, with its name where the element is an object.
struct json_member {
    std::string_view name;
    json_value value;
};

// Calls visit(kind, members) for each element of an array: `members` are those of an object or an
// array of at most three, and none of a scalar. A larger one has the kind `nested_array` and no
// members: its size is known without reading it.
template <class Visit>
void for_each_element(const jsonb& array, Visit visit) {
    JsonbIterator* outer = ::JsonbIteratorInit(&array.value->root);
    JsonbValue value, inner_value;
    ::JsonbIteratorNext(&outer, &value, true);  // the array begins
    while (::JsonbIteratorNext(&outer, &value, true) == WJB_ELEM) {
        json_value element = to_json_value(value);
        json_member members[3];
        std::size_t count = 0;
        if (value.type == jbvBinary &&
            JsonContainerSize(value.val.binary.data) > std::size(members)) {
            element.kind = json_kind::nested_array;
        } else if (value.type == jbvBinary) {
            JsonbIterator* inner = ::JsonbIteratorInit(value.val.binary.data);
            JsonbIteratorToken token = ::JsonbIteratorNext(&inner, &inner_value, true);
            std::string_view name;
            while ((token = ::JsonbIteratorNext(&inner, &inner_value, true)) == WJB_KEY ||
                   token == WJB_ELEM || token == WJB_VALUE) {
                const json_value read = to_json_value(inner_value);
                if (token == WJB_KEY)
                    name = read.text;
                else
                    members[count++] = {name, read};
            }
        }
        visit(element.kind, std::span<const json_member>(members, count));
    }
}

// Converts JSON, in the database's encoding, to jsonb. A server error if it is not JSON.
inline jsonb parse_json(std::string_view text) {
    return {DatumGetJsonbP(::DirectFunctionCall1(::jsonb_in, CStringGetDatum(terminated(text))))};
}

// The same; nothing if it is not JSON or too large for jsonb.
inline std::optional<jsonb> try_parse_json(std::string_view text) {
    try {
        return call([&] { return parse_json(text); });
    } catch (const server_error& e) {
        if (e.data == nullptr) throw;
        const int category = ERRCODE_TO_CATEGORY(e.data->sqlerrcode);
        if (category != ERRCODE_DATA_EXCEPTION && category != ERRCODE_PROGRAM_LIMIT_EXCEEDED) throw;
        ::FreeErrorData(e.data);
    }
    return std::nullopt;
}

inline jsonb copy(const jsonb& json) {
    const auto kept = allocate<char>(VARSIZE(json.value));
    std::memcpy(kept.data(), json.value, kept.size());
    return {reinterpret_cast<Jsonb*>(kept.data())};
}

// The member of an object; nothing if there is none, or if it is not an object.
inline std::optional<JsonbValue> find_member(JsonbContainer* object, std::string_view name) {
    JsonbValue found;
    if (!JsonContainerIsObject(object) ||
        ::getKeyJsonValueFromContainer(object, name.data(), static_cast<int>(name.size()),
                                       &found) == nullptr)
        return std::nullopt;
    return found;
}

}  // namespace s3sign::pg
