// The strings of jsonb documents.
#include <algorithm>
#include <cstddef>
#include <string_view>

#include "pg/array.hpp"
#include "pg/function.hpp"
#include "pg/jsonb_strings.hpp"
#include "pg/list.hpp"
#include "pg/memory.hpp"

namespace s3sign {
namespace {

pg::text_array strings(pg::jsonb document) {
    pg::list<pg::array_element> found;
    pg::for_each_string(document, [&](std::string_view s) noexcept { found.add(pg::copy(s)); });
    const int dimensions[] = {static_cast<int>(found.size())};
    const int lower_bounds[] = {1};
    return pg::to_text_array(found.items(), dimensions, lower_bounds);
}

// Each string in angle brackets, with its number before it. A string «fail» is a server error.
pg::jsonb number_strings(pg::jsonb document) {
    char number = '0';
    return pg::replace_strings(document, [&](std::string_view s) noexcept {
        if (s == "fail") ereport(ERROR, (::errmsg("the server's error in a string")));
        pg::text_builder result(s.size() + 3);
        char* out = result.begin();
        *out++ = ++number;
        *out++ = '<';
        out = std::copy(s.begin(), s.end(), out);
        *out++ = '>';
        return result.finish(out);
    });
}

}  // namespace

PG_FUNCTION(framework_json_strings, strings)
PG_FUNCTION(framework_number_strings, number_strings)

}  // namespace s3sign
