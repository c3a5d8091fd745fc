// Rows of OUT parameters, with columns of each type.
#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "pg/encoding.hpp"
#include "pg/function.hpp"
#include "pg/memory.hpp"

namespace s3sign {
namespace {

using all_types =
    std::tuple<bool, std::int32_t, std::int64_t, double, std::string_view, pg::date, pg::timestamp,
               std::optional<pg::text_array>, std::optional<pg::jsonb>, std::int16_t, float,
               pg::binary, std::optional<std::string>, std::vector<std::string>>;

// Days and times from seconds since 1970; the list is the text cut at its commas.
all_types row(std::int64_t seconds, std::string_view list, std::optional<pg::jsonb> json) {
    const auto elements = pg::allocate<std::string_view>(list.size() + 1);
    std::size_t count = 0;
    for (std::string_view rest = list;; count++) {
        const std::size_t comma = std::min(rest.find(','), rest.size());
        elements[count] = rest.substr(0, comma);
        if (comma == rest.size()) break;
        rest.remove_prefix(comma + 1);
    }
    return {true,
            -1,
            seconds,
            0.5,
            list,
            pg::date::from_unix(seconds),
            pg::timestamp::from_unix(seconds),
            pg::to_text_array(elements.first(list.empty() ? 0 : count + 1)),
            json,
            std::int16_t{-2},
            0.25F,
            pg::binary{std::string_view("\0\xff", 2)},
            list.empty() ? std::nullopt : std::optional(std::string(list)),
            std::vector<std::string>(elements.begin(), elements.begin() + count)};
}

std::tuple<std::optional<std::string_view>, std::optional<bool>> nulls(
    std::optional<std::string_view> text) {
    return {text, text ? std::optional(true) : std::nullopt};
}

std::optional<std::tuple<std::string_view, bool>> perhaps(bool is_row) {
    if (!is_row) return std::nullopt;
    return std::tuple<std::string_view, bool>("text", true);
}

// Bytes in base16, as UTF-8 in the database's encoding; NULL where it can't hold them.
std::optional<std::string_view> from_utf8(std::string_view hex) {
    const auto digit = [](char c) { return c <= '9' ? c - '0' : c - 'a' + 10; };
    const auto bytes = pg::allocate<char>(hex.size() / 2);
    for (std::size_t i = 0; i < bytes.size(); i++)
        bytes[i] = static_cast<char>(digit(hex[2 * i]) << 4 | digit(hex[2 * i + 1]));
    return pg::from_utf8({bytes.data(), bytes.size()});
}

}  // namespace

PG_FUNCTION(framework_row, row)
PG_FUNCTION(framework_nulls, nulls)
PG_FUNCTION(framework_perhaps, perhaps)
PG_FUNCTION(framework_from_utf8, from_utf8)

}  // namespace s3sign
