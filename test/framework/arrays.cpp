// text[] in and out.
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "pg/array.hpp"
#include "pg/function.hpp"
#include "pg/memory.hpp"

namespace s3sign {
namespace {

pg::text_array echo(pg::text_array given) { return given; }

// A new array with the shape of the argument: each element in angle brackets, NULL for «null», a
// word for NULL.
pg::text_array bracket(pg::text_array given) {
    const auto elements = given.elements();
    const auto results = pg::allocate<pg::array_element>(elements.size());
    for (std::size_t i = 0; i < elements.size(); i++) {
        if (!elements[i]) {
            results[i] = "was NULL";
        } else if (*elements[i] == "null") {
            results[i] = std::nullopt;
        } else {
            pg::text_builder text(elements[i]->size() + 2);
            char* out = text.begin();
            *out++ = '<';
            out += elements[i]->copy(out, elements[i]->size());
            *out++ = '>';
            results[i] = pg::view(text.finish(out));
        }
    }
    return pg::to_text_array(results, given);
}

std::string joined(std::span<const int> numbers) {
    std::string result;
    for (int n : numbers) result += (result.empty() ? "" : " ") + std::to_string(n);
    return result;
}

std::tuple<std::int32_t, std::string, std::string> shape(std::optional<pg::text_array> given) {
    if (!given) return {-1, "", ""};
    return {static_cast<std::int32_t>(given->size()), joined(given->dimensions()),
            joined(given->lower_bounds())};
}

// The sizes of the elements; NULL for NULL.
std::vector<std::optional<std::string>> sizes(pg::text_array given) {
    std::vector<std::optional<std::string>> result;
    for (const pg::array_element& e : given.elements())
        result.push_back(e ? std::optional(std::to_string(e->size())) : std::nullopt);
    return result;
}

// Two dimensions out of nothing.
pg::text_array table(std::int32_t rows, std::int32_t columns) {
    const auto elements = pg::allocate<pg::array_element>(static_cast<std::size_t>(rows * columns));
    for (auto& e : elements) e = "x";
    const int dimensions[] = {rows, columns};
    const int lower_bounds[] = {0, -1};
    return pg::to_text_array(elements, dimensions, lower_bounds);
}

// The same as bracket(), built in place. An element «missing» is left out.
pg::text_array build(pg::text_array given) {
    pg::text_array_builder array(given);
    for (const pg::array_element& e : given.elements()) {
        if (!e) {
            pg::array_element("was NULL")->copy(array.add(8), 8);
        } else if (*e == "null") {
            array.add_null();
        } else if (*e != "missing") {
            char* const out = array.add(e->size() + 2);
            out[0] = '<';
            e->copy(out + 1, e->size());
            out[e->size() + 1] = '>';
        }
    }
    return array.finish();
}

// The first elements with the shape of all.
pg::text_array first(pg::text_array given, std::int32_t count) {
    return pg::to_text_array(given.elements().first(static_cast<std::size_t>(count)), given);
}

std::vector<std::string_view> views(std::string_view a, std::string_view b) { return {a, b}; }

}  // namespace

PG_FUNCTION(framework_text_array, echo)
PG_FUNCTION(framework_bracket, bracket)
PG_FUNCTION(framework_build, build)
PG_FUNCTION(framework_shape, shape)
PG_FUNCTION(framework_sizes, sizes)
PG_FUNCTION(framework_table, table)
PG_FUNCTION(framework_first, first)
PG_FUNCTION(framework_views, views)

}  // namespace s3sign
