// Arguments and results of each type.
#include <algorithm>
#include <cstdint>
#include <optional>
#include <string_view>

#include "pg/function.hpp"
#include "pg/jsonb.hpp"
#include "pg/magic.hpp"
#include "pg/memory.hpp"

PG_MODULE("s3sign_framework_test", "1.0")

namespace s3sign {
namespace {

template <class T>
T echo(T value) {
    return value;
}

int calls = 0;

std::int32_t count_call(std::int32_t a, std::optional<std::int32_t>, std::string_view) {
    calls++;
    return a;
}

std::int32_t calls_so_far() { return calls; }

bool is_null(std::optional<std::string_view> value) { return !value.has_value(); }

std::int64_t size_of(std::string_view text) { return static_cast<std::int64_t>(text.size()); }

text* repeat(std::string_view text, std::int32_t times) {
    pg::text_builder result(text.size() * static_cast<std::size_t>(times));
    char* out = result.begin();
    for (int i = 0; i < times; i++) out = std::copy(text.begin(), text.end(), out);
    return result.finish(out);
}

// The bytes in base16.
text* hex(pg::binary value) {
    constexpr char digits[] = "0123456789abcdef";
    pg::text_builder result(2 * value.bytes.size());
    char* out = result.begin();
    for (char c : value.bytes) {
        *out++ = digits[static_cast<unsigned char>(c) >> 4];
        *out++ = digits[static_cast<unsigned char>(c) & 15];
    }
    return result.finish(out);
}

bool is_null_binary(std::optional<pg::binary> value) { return !value.has_value(); }

std::int64_t unix_seconds(pg::timestamp time) { return time.unix_seconds(); }
bool is_finite(pg::timestamp time) { return time.is_finite(); }

std::int64_t add_twelve(std::int64_t a, std::int64_t b, std::int64_t c, std::int64_t d,
                        std::int64_t e, std::int64_t f, std::int64_t g, std::int64_t h,
                        std::int64_t i, std::int64_t j, std::int64_t k, std::int64_t l) {
    return a + 2 * b + 3 * c + 4 * d + 5 * e + 6 * f + 7 * g + 8 * h + 9 * i + 10 * j + 11 * k +
           12 * l;
}

constexpr std::string_view kind_names[] = {"null",  "boolean",      "number", "string",
                                           "array", "nested array", "object"};

// «name: kind text» a line for each value.
std::optional<text*> show_fields(pg::jsonb json) {
    if (!pg::is_object(json)) return std::nullopt;
    pg::text_builder result(100000);
    char* out = result.begin();
    const auto put = [&](std::string_view text) { out = std::copy(text.begin(), text.end(), out); };
    pg::for_each_value(json, [&](std::string_view name, const pg::json_value& value) {
        if (out != result.begin()) put("\n");
        put(name);
        put(": ");
        put(kind_names[static_cast<int>(value.kind)]);
        put(" ");
        put(value.text);
    });
    return result.finish(out);
}

bool allocate(std::int64_t count) {
    return pg::allocate<std::int64_t>(static_cast<std::size_t>(count)).data() != nullptr;
}

}  // namespace

PG_FUNCTION(framework_bool, echo<bool>)
PG_FUNCTION(framework_smallint, echo<std::int16_t>)
PG_FUNCTION(framework_integer, echo<std::int32_t>)
PG_FUNCTION(framework_bigint, echo<std::int64_t>)
PG_FUNCTION(framework_real, echo<float>)
PG_FUNCTION(framework_double, echo<double>)
PG_FUNCTION(framework_bytea, echo<pg::binary>)
PG_FUNCTION(framework_text, echo<std::string_view>)
PG_FUNCTION(framework_timestamptz, echo<pg::timestamp>)
PG_FUNCTION(framework_optional_bool, echo<std::optional<bool>>)
PG_FUNCTION(framework_optional_smallint, echo<std::optional<std::int16_t>>)
PG_FUNCTION(framework_optional_integer, echo<std::optional<std::int32_t>>)
PG_FUNCTION(framework_optional_bigint, echo<std::optional<std::int64_t>>)
PG_FUNCTION(framework_optional_real, echo<std::optional<float>>)
PG_FUNCTION(framework_optional_bytea, echo<std::optional<pg::binary>>)
PG_FUNCTION(framework_optional_double, echo<std::optional<double>>)
PG_FUNCTION(framework_optional_text, echo<std::optional<std::string_view>>)
PG_FUNCTION(framework_optional_timestamptz, echo<std::optional<pg::timestamp>>)
PG_FUNCTION(framework_is_null, is_null)
PG_FUNCTION(framework_count_call, count_call)
PG_FUNCTION(framework_calls, calls_so_far)
PG_FUNCTION(framework_size, size_of)
PG_FUNCTION(framework_repeat, repeat)
PG_FUNCTION(framework_hex, hex)
PG_FUNCTION(framework_is_null_binary, is_null_binary)
PG_FUNCTION(framework_unix_seconds, unix_seconds)
PG_FUNCTION(framework_is_finite, is_finite)
PG_FUNCTION(framework_add_twelve, add_twelve)
PG_FUNCTION(framework_fields, show_fields)
PG_FUNCTION(framework_allocate, allocate)

}  // namespace s3sign
