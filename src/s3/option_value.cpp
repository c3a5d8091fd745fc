#include "s3/option_value.hpp"

#include <algorithm>
#include <charconv>
#include <limits>
#include <span>

namespace s3sign::s3 {
namespace {

struct unit {
    std::string_view name;
    std::int64_t size;
};

// What the numbers of an option count, in words for its messages.
struct quantity {
    std::string_view noun;   // «no duration»
    std::string_view units;  // «seconds»
    std::string_view hint;
    std::span<const unit> table;
};

std::int64_t parse(std::string_view option, std::string_view text, std::int64_t most,
                   const quantity& q) {
    text = trimmed(text, " ");
    std::int64_t number = 0;
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), number);
    const std::string_view name =
        trimmed(text.substr(static_cast<std::size_t>(end - text.data())), " ");
    const auto u = std::ranges::find(q.table, name, &unit::name);
    const bool too_large = failed == std::errc::result_out_of_range;
    if ((failed != std::errc() && !too_large) || u == q.table.end())
        bad_value(option, "is no " + std::string(q.noun), std::string(q.hint));
    if (too_large || number < 1 || number > most / u->size)
        bad_value(option, "is outside 1 to " + std::to_string(most) + " " + std::string(q.units));
    return number * u->size;
}

}  // namespace

std::string not_empty(std::string_view option, std::string_view value) {
    if (value.empty()) bad_value(option, "is empty", "Leave it out for its default.");
    return std::string(value);
}

std::int64_t parse_duration(std::string_view option, std::string_view text, std::int64_t longest) {
    constexpr unit units[] = {{"", 1}, {"s", 1}, {"min", 60}, {"h", 3600}, {"d", 86400}};
    return parse(option, text, longest,
                 {"duration", "seconds",
                  "A duration is a number of seconds, or a number with one of the units \"s\", "
                  "\"min\", \"h\" and \"d\".",
                  units});
}

std::int64_t parse_size(std::string_view option, std::string_view text) {
    constexpr std::int64_t k = 1024;
    constexpr unit units[] = {{"", 1},       {"B", 1},          {"kB", k},
                              {"MB", k * k}, {"GB", k * k * k}, {"TB", k * k * k * k}};
    return parse(option, text, std::numeric_limits<std::int64_t>::max(),
                 {"size", "bytes",
                  "A size is a number of bytes, or a number with one of the units \"B\", \"kB\", "
                  "\"MB\", \"GB\" and \"TB\".",
                  units});
}

}  // namespace s3sign::s3
