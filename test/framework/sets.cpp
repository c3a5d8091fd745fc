// Sets: rows one by one, and what ends them.
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string_view>
#include <tuple>

#include "pg/function.hpp"
#include "pg/memory.hpp"

namespace s3sign {
namespace {

using namespace std::string_view_literals;

struct countdown {
    std::int32_t left;
    std::string_view word;

    std::optional<std::tuple<std::int32_t, std::optional<std::string_view>>> next() {
        if (left <= 0) return std::nullopt;
        if (word == "throw"sv && left == 1) throw std::runtime_error("the last row");
        if (word == "server"sv && left == 1) ereport(ERROR, (::errmsg("the server's last row")));
        const std::int32_t now = left--;
        return std::tuple(now, now % 2 == 0 ? std::optional(word) : std::nullopt);
    }
};

countdown count_down(std::int32_t from, std::optional<std::string_view> word) {
    if (from > 1000000000) throw error(code::invalid_parameter_value, "too many rows");
    return {from, pg::copy(word.value_or("none"))};
}

}  // namespace

PG_FUNCTION(framework_count_down, count_down)

}  // namespace s3sign
