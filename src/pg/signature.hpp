// The SQL signature of a C++ function, as text in a section of the library: check_signatures
// compares it with the function's declaration, which the server trusts.
//
//   text* get(std::string_view server, std::optional<std::int64_t> duration)
//   s3sign_get(text, bigint?) text
//
// `?` is a std::optional; a std::tuple is "record(bigint, text)", a set "setof record(...)".
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>
#include <tuple>
#include <utility>

#include "pg/call_site.hpp"
#include "pg/datum.hpp"
#include "pg/record.hpp"
#include "pg/set.hpp"

namespace s3sign::pg {

// Types of arguments and results that no column has.
template <>
inline constexpr Oid type_of<option_array> = TEXTARRAYOID;
template <>
inline constexpr Oid type_of<Oid> = OIDOID;
template <>
inline constexpr Oid type_of<void> = VOIDOID;

// The name as in pg_catalog.format_type; empty for a type that datum.hpp lacks.
constexpr std::string_view type_name(Oid type) {
    switch (type) {
        case BOOLOID:
            return "boolean";
        case BYTEAOID:
            return "bytea";
        case DATEOID:
            return "date";
        case FLOAT4OID:
            return "real";
        case FLOAT8OID:
            return "double precision";
        case INT2OID:
            return "smallint";
        case INT4OID:
            return "integer";
        case INT8OID:
            return "bigint";
        case JSONBOID:
            return "jsonb";
        case OIDOID:
            return "oid";
        case TEXTARRAYOID:
            return "text[]";
        case TEXTOID:
            return "text";
        case TIMESTAMPTZOID:
            return "timestamp with time zone";
        case VOIDOID:
            return "void";
        default:
            return {};
    }
}

// Calls put() with each piece of T's description.
template <class T>
struct described {
    template <class Put>
    static constexpr void write(Put put) {
        if constexpr (row_set<T>) {
            put("setof ");
            described<typename decltype(std::declval<T&>().next())::value_type>::write(put);
        } else {
            static_assert(!type_name(type_of<T>).empty(), "datum.hpp has no such type");
            put(type_name(type_of<T>));
        }
    }
};

template <class T>
struct described<std::optional<T>> {
    template <class Put>
    static constexpr void write(Put put) {
        described<T>::write(put);
        put("?");
    }
};

template <class... T>
struct described<std::tuple<T...>> {
    template <class Put>
    static constexpr void write(Put put) {
        [[maybe_unused]] std::string_view separator = "";
        put("record(");
        ((put(separator), described<T>::write(put), separator = ", "), ...);
        put(")");
    }
};

template <class F>
struct signature;

template <class R, class... A>
struct signature<R (*)(A...)> {
    template <class Put>
    static constexpr void write(std::string_view name, Put put) {
        [[maybe_unused]] std::string_view separator = "";
        put(name);
        put("(");
        ((put(separator), described<A>::write(put), separator = ", "), ...);
        put(") ");
        described<R>::write(put);
    }

    // The text, and the NUL that `name` ends with.
    template <std::size_t name_size>
    static constexpr auto of(const char (&name)[name_size]) {
        constexpr std::size_t size = [] {
            std::size_t sum = 0;
            write("", [&](std::string_view piece) { sum += piece.size(); });
            return sum;
        }();
        std::array<char, size + name_size> result{};
        char* out = result.data();
        write(name, [&](std::string_view piece) {
            for (char c : piece) *out++ = c;
        });
        return result;
    }
};

// SQL has no argument for the call site.
template <class R, class... A>
struct signature<R (*)(call_site, A...)> : signature<R (*)(A...)> {};

}  // namespace s3sign::pg
