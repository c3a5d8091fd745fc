// Datum ⇄ C++. Arguments are views of the server's memory. Results are made in the current memory
// context; std::string (and std::vector, see array.hpp) are the only types with a destructor.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "pg/memory.hpp"
#include "pg/postgres.hpp"

namespace s3sign::pg {

// --- types --------------------------------------------------------------------------------------

// C++               SQL
// bool              boolean
// int16_t           smallint
// int32_t           integer
// int64_t           bigint
// float             real
// double            double precision
// string_view       text (varchar, name as text), in the database's encoding
// string            text, as a result
// text*             text, as a result, see text_builder
// binary            bytea
// text_array        text[], see array.hpp
// vector<string>    text[], as a result, see array.hpp
// timestamp         timestamptz
// date              date, as a result
// jsonb             jsonb, see jsonb.hpp
// option_array      text[] of a validator, see foreign.hpp
// Oid               oid
// void              void, as a result
// optional<T>       any of these, where NULL is a value

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

struct binary {
    std::string_view bytes;
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
struct from_datum<std::int16_t> {
    static std::int16_t get(Datum d) { return DatumGetInt16(d); }
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
struct from_datum<float> {
    static float get(Datum d) { return DatumGetFloat4(d); }
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
        // pg_detoast_datum_packed() checks this first; here it costs no call
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

// A text that is written in place: make it with the largest size, and set the size when done.
class text_builder {
   public:
    explicit text_builder(std::size_t capacity)
        : text_(static_cast<text*>(::palloc(VARHDRSZ + capacity))) {}

    char* begin() { return VARDATA(text_); }

    // `end` is the position after the last byte written.
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

// A text or bytea of the bytes.
inline Datum to_varlena(std::string_view bytes) {
    auto* const made = reinterpret_cast<varlena*>(allocate<char>(VARHDRSZ + bytes.size()).data());
    SET_VARSIZE(made, VARHDRSZ + bytes.size());
    bytes.copy(VARDATA(made), bytes.size());
    return PointerGetDatum(made);
}

inline Datum to_datum(bool v) { return BoolGetDatum(v); }
inline Datum to_datum(std::int16_t v) { return Int16GetDatum(v); }
inline Datum to_datum(std::int32_t v) { return Int32GetDatum(v); }
inline Datum to_datum(std::int64_t v) { return Int64GetDatum(v); }
inline Datum to_datum(float v) { return Float4GetDatum(v); }
inline Datum to_datum(double v) { return Float8GetDatum(v); }
inline Datum to_datum(timestamp v) { return TimestampTzGetDatum(v.value); }
inline Datum to_datum(date v) { return DateADTGetDatum(v.value); }
inline Datum to_datum(jsonb v) { return JsonbPGetDatum(v.value); }
inline Datum to_datum(text* v) { return PointerGetDatum(v); }
inline Datum to_datum(std::string_view v) { return to_varlena(v); }
inline Datum to_datum(const std::string& v) { return to_varlena(v); }
inline Datum to_datum(binary v) { return to_varlena(v.bytes); }

}  // namespace s3sign::pg
