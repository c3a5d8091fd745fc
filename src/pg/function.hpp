// An SQL function is a C++ function and one line:
//
//   std::int64_t add_one(std::int64_t number) { return number + 1; }
//   PG_FUNCTION(my_add_one, add_one)
//
//   CREATE FUNCTION my_add_one(bigint) RETURNS bigint LANGUAGE c AS 'MODULE_PATHNAME';
//
// Types as in datum.hpp. NULL for an argument that is not a std::optional gives NULL without a
// call, so the SQL function need not be STRICT; a std::optional result may be NULL; a std::tuple is
// a row (record.hpp), an object with next() a set of them (set.hpp). C++ exceptions become server
// errors (boundary.hpp).
//
// Arguments are read in a frame without destructors, and results are made in one unless they own
// memory: no guard is paid for. In the function itself, call a server function directly only where
// nothing with a destructor is alive; elsewhere use pg::call.
#pragma once

#include <optional>
#include <string>
#include <tuple>
#include <type_traits>
#include <utility>

#include "pg/boundary.hpp"
#include "pg/call_site.hpp"
#include "pg/datum.hpp"
#include "pg/postgres.hpp"
#include "pg/record.hpp"
#include "pg/set.hpp"
#include "pg/signature.hpp"

namespace s3sign::pg {

template <class T>
inline constexpr bool is_optional = false;
template <class T>
inline constexpr bool is_optional<std::optional<T>> = true;
template <class T>
inline constexpr bool is_tuple = false;
template <class... T>
inline constexpr bool is_tuple<std::tuple<T...>> = true;
// also true for a row that may be NULL
template <class T>
inline constexpr bool is_row = is_tuple<T>;
template <class T>
inline constexpr bool is_row<std::optional<T>> = is_tuple<T>;

template <class T>
T argument(FunctionCallInfo fcinfo, std::size_t i) {
    static_assert(std::is_trivially_destructible_v<T>,
                  "an argument is a view: take std::string_view for std::string");
    if constexpr (is_optional<T>) {
        if (fcinfo->args[i].isnull) return std::nullopt;
        return from_datum<typename T::value_type>::get(fcinfo->args[i].value);
    } else {
        return from_datum<T>::get(fcinfo->args[i].value);
    }
}

template <class T>
Datum result(FunctionCallInfo fcinfo, const T& value) {
    if constexpr (is_optional<T>) {
        fcinfo->isnull = !value.has_value();
        return value ? result(fcinfo, *value) : Datum{0};
    } else if constexpr (is_tuple<T>) {
        return to_row(fcinfo, value);
    } else {
        return call_for<T>([&] { return to_datum(value); });
    }
}

// The SQL script is of another version than the library, which would read arguments that do not
// exist.
[[noreturn, gnu::cold, gnu::noinline]] inline void refuse_arity(FunctionCallInfo fcinfo,
                                                                std::size_t expected,
                                                                const char* name) {
    throw error(code::object_not_in_prerequisite_state,
                "function \"" + std::string(name) + "\" has " + std::to_string(fcinfo->nargs) +
                    " arguments in SQL and " + std::to_string(expected) + " in the library",
                "The extension's SQL script and library are of different versions: install "
                "both, reconnect and run ALTER EXTENSION ... UPDATE.");
}

// `function` takes A... and returns R.
template <class R, class... A, class F>
Datum run(FunctionCallInfo fcinfo, const char* name, F function) {
    return entry([=] {
        if (static_cast<std::size_t>(fcinfo->nargs) != sizeof...(A))
            refuse_arity(fcinfo, sizeof...(A), name);
        return [=]<std::size_t... I>(std::index_sequence<I...>) {
            const bool has_null = ((!is_optional<A> && fcinfo->args[I].isnull) || ...);
            if constexpr (row_set<R>) {
                if (has_null) return no_more_rows(fcinfo);
                return next_row(fcinfo, [&] { return function(argument<A>(fcinfo, I)...); });
            }
            if (has_null) {
                fcinfo->isnull = true;
                return Datum{0};
            }
            if constexpr (std::is_void_v<R>) {
                function(argument<A>(fcinfo, I)...);
                return Datum{0};
            } else if constexpr (!row_set<R>) {
                return result(fcinfo, function(argument<A>(fcinfo, I)...));
            }
        }
        (std::index_sequence_for<A...>{});
    });
}

template <auto function, class R, class... A>
Datum invoke(FunctionCallInfo fcinfo, R (*)(A...), const char* name) {
    // a lambda, not the pointer: the compiler can inline the function
    return run<R, A...>(fcinfo, name, [](A... arguments) { return function(arguments...); });
}

template <auto function, class R, class... A>
Datum invoke(FunctionCallInfo fcinfo, R (*)(call_site, A...), const char* name) {
    static_assert(!row_set<R> && !is_row<R>, "a set or row keeps its own state at the call site");
    return run<R, A...>(fcinfo, name,
                        [=](A... arguments) { return function(call_site(fcinfo), arguments...); });
}

}  // namespace s3sign::pg

// Exports `name` to SQL: finfo record, C linkage, visibility; and its signature for
// check_signatures. The C++ function may have the same name: it is looked up before the SQL
// function is declared.
#define PG_FUNCTION(name, ...)                                                             \
    [[gnu::section(".pg_signatures"), gnu::used]] static constexpr auto name##_signature = \
        ::s3sign::pg::signature<decltype(&__VA_ARGS__)>::of(#name);                        \
    static constexpr auto name##_function = &__VA_ARGS__;                                  \
    extern "C" {                                                                           \
    PGDLLEXPORT Datum name(PG_FUNCTION_ARGS);                                              \
    PG_FUNCTION_INFO_V1(name);                                                             \
    Datum name(PG_FUNCTION_ARGS) {                                                         \
        return ::s3sign::pg::invoke<name##_function>(fcinfo, name##_function, #name);      \
    }                                                                                      \
    }
