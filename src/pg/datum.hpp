// Datum ⇄ C++. Arguments are views into the server's memory, results are made in the current
// memory context: nothing here has a destructor.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "pg/memory.hpp"
#include "pg/postgres.hpp"

namespace s3sign::pg {

// --- types --------------------------------------------------------------------------------------

// C++        SQL
// bool       boolean
// int32_t    integer
// int64_t    bigint
// double     double precision
// string_view  text (varchar, name as text), in the database's encoding
// timestamp  timestamptz
// date       date, as a result
// text_array text[], as a result
// binary     bytea, as an argument
// jsonb      jsonb, see jsonb.hpp
// option_array text[] of a validator, see foreign.hpp
// Oid        oid
// void       void, as a result
// optional<T>  any of these, where NULL is a value

// Microseconds since 2000-01-01T00:00:00Z; infinities are the two ends of the range.
struct timestamp {
    // 2000-01-01T00:00:00Z in seconds since 1970.
    static constexpr std::int64_t epoch =
        static_cast<std::int64_t>((POSTGRES_EPOCH_JDATE - UNIX_EPOCH_JDATE) * SECS_PER_DAY);

    TimestampTz value;

    bool is_finite() const { return !TIMESTAMP_NOT_FINITE(value); }

    // Seconds since 1970-01-01T00:00:00Z, rounded down. Only for a finite time.
    std::int64_t unix_seconds() const {
        const std::int64_t seconds = value / USECS_PER_SEC;
        return seconds - (value % USECS_PER_SEC < 0 ? 1 : 0) + epoch;
    }

    // What unix_seconds() rounds off, 0 to 999999.
    std::int64_t microseconds() const {
        const std::int64_t rest = value % USECS_PER_SEC;
        return rest < 0 ? rest + USECS_PER_SEC : rest;
    }

    // `seconds` within the years 1 to 9999.
    static timestamp from_unix(std::int64_t seconds) { return {(seconds - epoch) * USECS_PER_SEC}; }
};

// Days since 2000-01-01.
struct date {
    DateADT value;

    // The day, in UTC, of a time within the years 1 to 9999.
    static date from_unix(std::int64_t seconds) {
        const std::int64_t days = seconds / SECS_PER_DAY - (seconds % SECS_PER_DAY < 0 ? 1 : 0);
        return {static_cast<DateADT>(days - (POSTGRES_EPOCH_JDATE - UNIX_EPOCH_JDATE))};
    }
};

// bytea, as an argument.
struct binary {
    std::string_view bytes;
};

struct text_array {
    ArrayType* value;
};

struct jsonb {
    Jsonb* value;
};

struct option_array {
    Datum value;
};

// --- arguments ----------------------------------------------------------------------------------

template <class T>
struct from_datum;

template <>
struct from_datum<bool> {
    static bool get(Datum d) { return DatumGetBool(d); }
};
template <>
struct from_datum<std::int32_t> {
    static std::int32_t get(Datum d) { return DatumGetInt32(d); }
};
template <>
struct from_datum<std::int64_t> {
    static std::int64_t get(Datum d) { return DatumGetInt64(d); }
};
template <>
struct from_datum<double> {
    static double get(Datum d) { return DatumGetFloat8(d); }
};
template <>
struct from_datum<timestamp> {
    static timestamp get(Datum d) { return {DatumGetTimestampTz(d)}; }
};
template <>
struct from_datum<std::string_view> {
    // Packed: a short text that is stored in a row has a header of one byte.
    static std::string_view get(Datum d) {
        const auto* t = reinterpret_cast<const text*>(DatumGetPointer(d));
        // pg_detoast_datum_packed() asks this first; here it costs no call
        if (VARATT_IS_COMPRESSED(t) || VARATT_IS_EXTERNAL(t)) t = DatumGetTextPP(d);
        return {VARDATA_ANY(t), static_cast<std::size_t>(VARSIZE_ANY_EXHDR(t))};
    }
};
template <>
struct from_datum<binary> {
    static binary get(Datum d) {
        const bytea* b = DatumGetByteaPP(d);
        return {{VARDATA_ANY(b), static_cast<std::size_t>(VARSIZE_ANY_EXHDR(b))}};
    }
};
template <>
struct from_datum<Oid> {
    static Oid get(Datum d) { return DatumGetObjectId(d); }
};
template <>
struct from_datum<option_array> {
    static option_array get(Datum d) { return {d}; }
};
template <>
struct from_datum<jsonb> {
    static jsonb get(Datum d) { return {DatumGetJsonbP(d)}; }
};

// --- results ------------------------------------------------------------------------------------

// A text that is written in place: room for it is made first, its size is set when it is done.
class text_builder {
   public:
    explicit text_builder(std::size_t capacity)
        : text_(static_cast<text*>(::palloc(VARHDRSZ + capacity))) {}

    char* begin() { return VARDATA(text_); }

    // `end` is the position behind the last byte written.
    text* finish(const char* end) {
        SET_VARSIZE(text_, end - reinterpret_cast<char*>(text_));
        return text_;
    }

   private:
    text* text_;
};

inline std::string_view view(const text* t) {
    return {VARDATA_ANY(t), static_cast<std::size_t>(VARSIZE_ANY_EXHDR(t))};
}

inline Datum to_datum(bool v) { return BoolGetDatum(v); }
inline Datum to_datum(std::int32_t v) { return Int32GetDatum(v); }
inline Datum to_datum(std::int64_t v) { return Int64GetDatum(v); }
inline Datum to_datum(double v) { return Float8GetDatum(v); }
inline Datum to_datum(timestamp v) { return TimestampTzGetDatum(v.value); }
inline Datum to_datum(date v) { return DateADTGetDatum(v.value); }
inline Datum to_datum(text_array v) { return PointerGetDatum(v.value); }
inline Datum to_datum(jsonb v) { return JsonbPGetDatum(v.value); }
inline Datum to_datum(text* v) { return PointerGetDatum(v); }
inline Datum to_datum(std::string_view v) {
    return PointerGetDatum(::cstring_to_text_with_len(v.data(), static_cast<int>(v.size())));
}

// A text[] of one dimension, each element in the database's encoding.
inline text_array to_text_array(std::span<const std::string_view> elements) {
    const auto texts = allocate<Datum>(elements.size());
    for (std::size_t i = 0; i < elements.size(); i++) texts[i] = to_datum(elements[i]);
    return {::construct_array(texts.data(), static_cast<int>(texts.size()), TEXTOID, -1, false,
                              TYPALIGN_INT)};
}

}  // namespace s3sign::pg
