// Sets: an SQL function that RETURNS TABLE is a C++ function that returns an object whose next()
// makes one row at a time, and std::nullopt at the end.
//
//   struct countdown {
//       std::int32_t left;
//       std::optional<std::tuple<std::int32_t, std::string_view>> next();
//   };
//   countdown count(std::int32_t from) { return {from}; }
//   PG_FUNCTION(my_count, count)
//
//   CREATE FUNCTION my_count(integer) RETURNS TABLE (left integer, word text) LANGUAGE c ...
//
// The function runs once, in a memory context that lives as long as the set. Its arguments may be
// gone when next() runs: copy what the object keeps of them (memory.hpp). The object itself has no
// destructor; a column may be a std::string. NULL for an argument that is not a std::optional gives
// no rows.
#pragma once

#include <concepts>
#include <new>
#include <optional>
#include <tuple>
#include <type_traits>

#include "pg/boundary.hpp"
#include "pg/postgres.hpp"
#include "pg/record.hpp"

namespace s3sign::pg {

template <class T>
concept row_set = requires(T set) {
    { set.next().has_value() } -> std::same_as<bool>;
};

template <class... T>
std::span<const Oid> columns_of(const std::optional<std::tuple<T...>>*) {
    return types_of<T...>;
}

// Throws if the script does not declare a set: then there is no ReturnSetInfo.
inline ReturnSetInfo& set_info(FunctionCallInfo fcinfo) {
    if (fcinfo->resultinfo == nullptr || !IsA(fcinfo->resultinfo, ReturnSetInfo))
        throw error(code::object_not_in_prerequisite_state,
                    "function returns a set in the library but not in SQL",
                    "The extension's SQL script and library are of different versions: install "
                    "both, reconnect and run ALTER EXTENSION ... UPDATE.");
    return *reinterpret_cast<ReturnSetInfo*>(fcinfo->resultinfo);
}

inline Datum no_more_rows(FunctionCallInfo fcinfo) {
    set_info(fcinfo).isDone = ExprEndResult;
    fcinfo->isnull = true;
    return Datum{0};
}

// The next row of the set that `make()` returns at the first call.
template <class Make>
Datum next_row(FunctionCallInfo fcinfo, Make make) {
    using set = std::invoke_result_t<Make>;
    static_assert(std::is_trivially_destructible_v<set>,
                  "the object lives in the server's memory, which runs no destructor");
    static_assert(alignof(set) <= MAXIMUM_ALIGNOF, "palloc aligns for the server's types only");
    set_info(fcinfo);
    if (fcinfo->flinfo->fn_extra == nullptr) {
        FuncCallContext* const fresh = ::init_MultiFuncCall(fcinfo);
        MemoryContext const outer = ::MemoryContextSwitchTo(fresh->multi_call_memory_ctx);
        using row = decltype(std::declval<set&>().next());
        fresh->tuple_desc = find_row_shape(fcinfo, columns_of(static_cast<const row*>(nullptr)));
        fresh->user_fctx = new (::palloc(sizeof(set))) set(make());
        ::MemoryContextSwitchTo(outer);
    }
    FuncCallContext* const context = ::per_MultiFuncCall(fcinfo);
    const auto row = static_cast<set*>(context->user_fctx)->next();
    if (!row) {
        call_for<decltype(row)>([&] { ::end_MultiFuncCall(fcinfo, context); });
        return no_more_rows(fcinfo);
    }
    set_info(fcinfo).isDone = ExprMultipleResult;
    return to_row(context->tuple_desc, *row);
}

}  // namespace s3sign::pg
