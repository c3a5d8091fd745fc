// Functions written in C, with which those of the framework and of s3sign are compared.
#include <ctime>
#include <limits>

#include "pg/postgres.hpp"

extern "C" {

PGDLLEXPORT Datum add_one_by_hand(PG_FUNCTION_ARGS);
PGDLLEXPORT Datum no_url(PG_FUNCTION_ARGS);
PGDLLEXPORT Datum cpu_ns(PG_FUNCTION_ARGS);

PG_FUNCTION_INFO_V1(add_one_by_hand);
Datum add_one_by_hand(PG_FUNCTION_ARGS) {
    const int64 number = PG_GETARG_INT64(0);
    if (number == std::numeric_limits<int64>::max())
        ereport(ERROR,
                (errcode(ERRCODE_INVALID_PARAMETER_VALUE), errmsg("there is no larger bigint")));
    PG_RETURN_INT64(number + 1);
}

// A text of a URL's size that begins with the key: a row's cost without signing.
PG_FUNCTION_INFO_V1(no_url);
Datum no_url(PG_FUNCTION_ARGS) {
    const text* const key = PG_GETARG_TEXT_PP(4);
    const std::size_t key_size = VARSIZE_ANY_EXHDR(key);
    constexpr std::size_t size_of_rest = 300;
    text* const result = static_cast<text*>(palloc(VARHDRSZ + key_size + size_of_rest));
    std::memcpy(VARDATA(result), VARDATA_ANY(key), key_size);
    std::memset(VARDATA(result) + key_size, 'x', size_of_rest);
    SET_VARSIZE(result, VARHDRSZ + key_size + size_of_rest);
    PG_RETURN_TEXT_P(result);
}

PG_FUNCTION_INFO_V1(cpu_ns);
Datum cpu_ns(PG_FUNCTION_ARGS) {
    timespec time;
    if (clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time) != 0) elog(ERROR, "no clock: %m");
    PG_RETURN_INT64(int64{time.tv_sec} * 1000000000 + time.tv_nsec);
}

}  // extern "C"
