// Rows: an SQL function with OUT parameters is a C++ function that returns a std::tuple with the
// same columns in the same order.
//
//   std::tuple<bool, std::optional<std::string_view>> check(std::string_view text);
//   PG_FUNCTION(my_check, check)
//
//   CREATE FUNCTION my_check(text, OUT good boolean, OUT reason text) LANGUAGE c ...
#pragma once

#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "base/error.hpp"
#include "pg/array.hpp"
#include "pg/boundary.hpp"
#include "pg/datum.hpp"
#include "pg/postgres.hpp"

namespace s3sign::pg {

// The SQL type of a C++ type.
template <class T>
inline constexpr Oid type_of = InvalidOid;
template <class T>
inline constexpr Oid type_of<std::optional<T>> = type_of<T>;
template <>
inline constexpr Oid type_of<bool> = BOOLOID;
template <>
inline constexpr Oid type_of<std::int16_t> = INT2OID;
template <>
inline constexpr Oid type_of<std::int32_t> = INT4OID;
template <>
inline constexpr Oid type_of<std::int64_t> = INT8OID;
template <>
inline constexpr Oid type_of<float> = FLOAT4OID;
template <>
inline constexpr Oid type_of<double> = FLOAT8OID;
template <>
inline constexpr Oid type_of<text*> = TEXTOID;
template <>
inline constexpr Oid type_of<std::string_view> = TEXTOID;
template <>
inline constexpr Oid type_of<std::string> = TEXTOID;
template <>
inline constexpr Oid type_of<binary> = BYTEAOID;
template <>
inline constexpr Oid type_of<date> = DATEOID;
template <>
inline constexpr Oid type_of<timestamp> = TIMESTAMPTZOID;
template <>
inline constexpr Oid type_of<text_array> = TEXTARRAYOID;
template <text_element T>
inline constexpr Oid type_of<std::vector<T>> = TEXTARRAYOID;
template <>
inline constexpr Oid type_of<jsonb> = JSONBOID;

// The shape of the function's rows, in the current memory context. Throws where the columns are not
// `types`: the SQL script is of another version than the library.
inline TupleDesc find_row_shape(FunctionCallInfo fcinfo, std::span<const Oid> types) {
    TupleDesc shape = nullptr;
    bool same = ::get_call_result_type(fcinfo, nullptr, &shape) == TYPEFUNC_COMPOSITE &&
                shape->natts == static_cast<int>(types.size());
    for (int i = 0; same && i < shape->natts; i++)
        same = TupleDescAttr(shape, i)->atttypid == types[static_cast<std::size_t>(i)];
    if (!same)
        throw error(code::object_not_in_prerequisite_state,
                    "function's result has different columns in SQL and in the library",
                    "The extension's SQL script and library are of different versions: install "
                    "both, reconnect and run ALTER EXTENSION ... UPDATE.");
    return ::BlessTupleDesc(shape);
}

// The same, found once for all calls of a query.
inline TupleDesc row_shape(FunctionCallInfo fcinfo, std::span<const Oid> types) {
    void*& known = fcinfo->flinfo->fn_extra;
    if (known == nullptr) {
        MemoryContext const outer = ::MemoryContextSwitchTo(fcinfo->flinfo->fn_mcxt);
        known = find_row_shape(fcinfo, types);
        ::MemoryContextSwitchTo(outer);
    }
    return static_cast<TupleDesc>(known);
}

template <class T>
Datum column(const T& value, bool&) {
    return to_datum(value);
}

template <class T>
Datum column(const std::optional<T>& value, bool& is_null) {
    is_null = !value.has_value();
    return value ? to_datum(*value) : Datum{0};
}

template <class... T>
inline constexpr std::array<Oid, sizeof...(T)> types_of{type_of<T>...};

template <class... T>
Datum form_row(TupleDesc shape, const std::tuple<T...>& columns) {
    return [&]<std::size_t... I>(std::index_sequence<I...>) {
        bool nulls[sizeof...(T)] = {};
        Datum values[] = {column(std::get<I>(columns), nulls[I])...};
        return HeapTupleGetDatum(::heap_form_tuple(shape, values, nulls));
    }
    (std::index_sequence_for<T...>{});
}

template <class... T>
Datum to_row(TupleDesc shape, const std::tuple<T...>& columns) {
    return call_for<T...>([&] { return form_row(shape, columns); });
}

template <class... T>
Datum to_row(FunctionCallInfo fcinfo, const std::tuple<T...>& columns) {
    static_assert(((type_of<T> != InvalidOid) && ...), "a column has a type that datum.hpp lacks");
    return call_for<T...>([&] { return form_row(row_shape(fcinfo, types_of<T...>), columns); });
}

}  // namespace s3sign::pg
