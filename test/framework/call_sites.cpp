// What a function keeps at the place that calls it.
#include <cstdint>
#include <optional>
#include <string_view>
#include <tuple>

#include "pg/function.hpp"

namespace s3sign {
namespace {

// what keeps something at its place itself
static_assert(pg::is_row<std::tuple<bool>> && pg::is_row<std::optional<std::tuple<bool>>>);
static_assert(!pg::is_row<bool> && !pg::is_row<std::optional<bool>>);

struct counted {
    std::int32_t calls = 0;
};

std::int32_t calls_here(pg::call_site site, std::optional<std::string_view>) {
    return ++site.state<counted>().calls;
}

// Which of the arguments are constants, as «tf».
text* constants(pg::call_site site, std::optional<std::string_view>, std::optional<std::int32_t>) {
    pg::text_builder result(2);
    char* out = result.begin();
    for (int i : {0, 1}) *out++ = site.is_constant(i) ? 't' : 'f';
    return result.finish(out);
}

bool is_constant(pg::call_site site, std::int32_t argument) { return site.is_constant(argument); }

}  // namespace

PG_FUNCTION(framework_calls_here, calls_here)
PG_FUNCTION(framework_constants, constants)
PG_FUNCTION(framework_is_constant, is_constant)

namespace {

// As another extension's C calls a function: at no place.
std::int32_t direct_calls() {
    const Datum argument = PointerGetDatum(::cstring_to_text("text"));
    std::int32_t calls = 0;
    for (int i = 0; i < 3; i++)
        calls += DatumGetInt32(DirectFunctionCall1(framework_calls_here, argument));
    if (DatumGetBool(DirectFunctionCall1(framework_is_constant, Int32GetDatum(0)))) return -1;
    return calls;
}

}  // namespace

PG_FUNCTION(framework_direct_calls, direct_calls)

}  // namespace s3sign
