#include <cstdint>
#include <limits>

#include "pg/function.hpp"
#include "pg/magic.hpp"

PG_MODULE("s3sign_bench", "1.0")

namespace {

std::int64_t plus_one(std::int64_t number) {
    if (number == std::numeric_limits<std::int64_t>::max())
        s3sign::invalid("there is no larger bigint");
    return number + 1;
}

}  // namespace

PG_FUNCTION(add_one_by_framework, plus_one)
