// An extension in C++ on src/pg: see docs/framework.md.
#include <cstdint>
#include <limits>

#include "pg/function.hpp"
#include "pg/magic.hpp"

PG_MODULE("add_one", "1.0")

namespace {

std::int64_t plus_one(std::int64_t number) {
    if (number == std::numeric_limits<std::int64_t>::max())
        s3sign::invalid("there is no larger bigint");
    return number + 1;
}

}  // namespace

PG_FUNCTION(add_one, plus_one)
