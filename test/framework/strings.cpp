// Results that own memory: std::string and std::vector, alone, in rows and in sets.
#include <algorithm>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "pg/boundary.hpp"
#include "pg/function.hpp"
#include "pg/memory.hpp"

namespace s3sign {
namespace {

// Longer than what a std::string holds without malloc, so that a leak is seen.
std::string long_text(std::string_view word) {
    std::string result(word);
    result.resize(200, '.');
    return result;
}

std::string greet(std::string_view name) { return "hello, " + std::string(name); }

std::optional<std::string> perhaps(std::optional<std::string_view> name) {
    if (!name) return std::nullopt;
    return greet(*name);
}

std::string repeat_string(std::string_view text, std::int32_t times) {
    std::string result;
    result.reserve(text.size() * static_cast<std::size_t>(times));
    for (std::int32_t i = 0; i < times; i++) result += text;
    return result;
}

// One column of each: a string, one that may be NULL, a number.
std::tuple<std::string, std::optional<std::string>, std::int32_t> row(std::string_view name,
                                                                      bool is_null) {
    return {greet(name), is_null ? std::nullopt : std::optional(long_text(name)),
            static_cast<std::int32_t>(name.size())};
}

std::optional<std::tuple<std::string, std::string>> row_or_null(std::string_view name) {
    if (name.empty()) return std::nullopt;
    return std::tuple(greet(name), long_text(name));
}

void fail() { ereport(ERROR, (::errmsg("the server's error in a row"))); }

// Rows of strings; `word` decides how the third one fails.
struct lines {
    std::int32_t number;
    std::int32_t count;
    std::string_view word;

    std::optional<std::tuple<std::int32_t, std::string, std::optional<std::string>>> next() {
        if (number == count) return std::nullopt;
        std::string line = long_text(word);
        if (++number == 3) {
            if (word == "invalid") invalid("the third row of " + line.substr(0, 7), "A hint.");
            if (word == "throw") throw std::runtime_error(line.substr(0, 5));
            if (word == "server") pg::call(fail);
        }
        return std::tuple(number, line,
                          number % 2 == 0 ? std::nullopt : std::optional(std::to_string(number)));
    }
};

lines make_lines(std::string_view word, std::int32_t count) { return {0, count, pg::copy(word)}; }

// The words of a text, NULL for «null».
std::vector<std::optional<std::string>> words(std::string_view text) {
    std::vector<std::optional<std::string>> result;
    for (std::string_view rest = text; !rest.empty();) {
        const std::size_t blank = std::min(rest.find(' '), rest.size());
        const std::string_view word = rest.substr(0, blank);
        result.push_back(word == "null" ? std::nullopt : std::optional(std::string(word)));
        rest.remove_prefix(std::min(blank + 1, rest.size()));
    }
    return result;
}

}  // namespace

// a C++ function with the name of the SQL function
std::string framework_same_name(std::string_view name) { return greet(name); }

namespace {
std::int32_t framework_same_name_too(std::int32_t n) { return n + 1; }
}  // namespace

PG_FUNCTION(framework_greet, greet)
PG_FUNCTION(framework_perhaps_greet, perhaps)
PG_FUNCTION(framework_repeat_string, repeat_string)
PG_FUNCTION(framework_string_row, row)
PG_FUNCTION(framework_string_row_or_null, row_or_null)
PG_FUNCTION(framework_lines, make_lines)
PG_FUNCTION(framework_words, words)
PG_FUNCTION(framework_same_name, framework_same_name)
PG_FUNCTION(framework_same_name_too, framework_same_name_too)

}  // namespace s3sign
