// Errors on their way over the border, in both directions.
#include <malloc.h>

#include <cstdint>
#include <new>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "pg/boundary.hpp"
#include "pg/function.hpp"

namespace s3sign {
namespace {

// Counts those of its kind that are alive, and owns memory that a longjmp would leak.
struct witness {
    static inline std::int32_t alive = 0;
    std::string owned = std::string(100, 'x');

    witness() { alive++; }
    witness(const witness&) = delete;
    ~witness() { alive--; }
};

std::int32_t alive() { return witness::alive; }

// What malloc has given out, in its heap and as mappings: the server's memory contexts and what C++
// owns.
std::int64_t heap() {
    const auto m = ::mallinfo2();
    return static_cast<std::int64_t>(m.uordblks + m.hblkhd);
}

// An error with everything that a server error can tell.
void raise_server_error() {
    ereport(
        ERROR,
        (::errcode(ERRCODE_CHECK_VIOLATION), ::errmsg("the message"), ::errdetail("the detail"),
         ::errhint("the hint"), ::err_generic_string(PG_DIAG_SCHEMA_NAME, "a_schema"),
         ::err_generic_string(PG_DIAG_TABLE_NAME, "a_table"),
         ::err_generic_string(PG_DIAG_CONSTRAINT_NAME, "a_constraint"), errcontext("the context")));
}

struct named_code {
    std::string_view name;
    sqlstate code;
};

constexpr named_code codes[] = {
    {"invalid_parameter_value", code::invalid_parameter_value},
    {"datetime_field_overflow", code::datetime_field_overflow},
    {"character_not_in_repertoire", code::character_not_in_repertoire},
    {"feature_not_supported", code::feature_not_supported},
    {"program_limit_exceeded", code::program_limit_exceeded},
    {"object_not_in_prerequisite_state", code::object_not_in_prerequisite_state},
    {"insufficient_privilege", code::insufficient_privilege},
    {"undefined_object", code::undefined_object},
    {"fdw_invalid_option_name", code::fdw_invalid_option_name},
    {"io_error", code::io_error},
    {"internal_error", code::internal_error},
    {"division_by_zero", "22012"},
    {"all digits", "99999"},
    {"all letters", "ZZZZZ"},
};

// Throws the exception of that name: a code of s3sign::error, or another.
bool throw_exception(std::string_view kind, std::optional<std::string_view> hint) {
    const witness here;
    for (const named_code& c : codes)
        if (kind == c.name)
            throw error(c.code, "100% of " + std::string(kind), std::string(hint.value_or("")));
    if (kind == "detail")
        throw error("22012", "100% message", std::string(hint.value_or("")))
            .with_detail("100% detail");
    if (kind == "bad_alloc") throw std::bad_alloc();
    if (kind == "runtime_error") throw std::runtime_error("a 100% runtime error");
    if (kind == "int") throw 42;
    if (kind == "server_error") pg::call(raise_server_error);
    return false;
}

// A server error below frames that own something.
bool deep(std::int32_t frames) {
    const witness here;
    if (frames > 0) return deep(frames - 1);
    pg::call(raise_server_error);
    return false;
}

// A handler of std::exception on the way must not see it.
std::string_view not_swallowed() {
    try {
        deep(2);
    } catch (const std::exception&) {
        return "swallowed";
    }
    return "no error";
}

// Sleeps, and would take a cancel for nothing if it could.
std::string_view sleep_on() {
    const witness here;
    try {
        pg::call([] { ::DirectFunctionCall1(::pg_sleep, Float8GetDatum(60)); });
    } catch (const std::exception&) {
        return "swallowed";
    }
    return "slept";
}

// What a server error may change, to be compared and put back.
struct server_state {
    MemoryContext context = CurrentMemoryContext;
    sigjmp_buf* handler = PG_exception_stack;
    ErrorContextCallback* callbacks = error_context_stack;

    bool operator==(const server_state&) const = default;

    void restore() const {
        ::MemoryContextSwitchTo(context);
        PG_exception_stack = handler;
        error_context_stack = callbacks;
    }
};

// Catches a server error, and says whether all is as it was before.
std::string_view recover() {
    const witness here;
    const server_state before;
    try {
        pg::call([] {
            ErrorContextCallback callback{error_context_stack, [](void*) {}, nullptr};
            error_context_stack = &callback;
            ::MemoryContextSwitchTo(TopMemoryContext);
            raise_server_error();
        });
    } catch (const pg::server_error& e) {
        if (e.data == nullptr || std::string_view(e.data->message) != "the message")
            return "another error";
    }
    const server_state after;
    before.restore();
    return before == after ? "recovered" : "changed";
}

// A C++ exception may leave a guarded call too, as from a call in it.
std::string_view leave_by_exception() {
    const witness here;
    const server_state before;
    try {
        pg::call([] {
            ErrorContextCallback callback{error_context_stack, [](void*) {}, nullptr};
            error_context_stack = &callback;
            pg::call(raise_server_error);
        });
    } catch (const pg::server_error&) {
    }
    const server_state after;
    before.restore();
    return before == after ? "recovered" : "changed";
}

std::int64_t call_result() {
    const witness here;
    sigjmp_buf* const handler = PG_exception_stack;
    const auto sum = pg::call([] {
        return DatumGetInt64(::DirectFunctionCall2(::int8pl, Int64GetDatum(40), Int64GetDatum(2)));
    });
    return PG_exception_stack == handler ? sum : -1;
}

bool over_borders(std::int32_t levels);

}  // namespace

PG_FUNCTION(framework_over_borders, over_borders)

namespace {

// The server calls us and we call the server, `levels` times; then an exception.
bool over_borders(std::int32_t levels) {
    const witness here;
    if (levels == 0) invalid("the innermost message", "The innermost hint.");
    return pg::call([=] {
        return DatumGetBool(
            ::DirectFunctionCall1(framework_over_borders, Int32GetDatum(levels - 1)));
    });
}

}  // namespace

PG_FUNCTION(framework_alive, alive)
PG_FUNCTION(framework_heap, heap)
PG_FUNCTION(framework_throw, throw_exception)
PG_FUNCTION(framework_deep, deep)
PG_FUNCTION(framework_not_swallowed, not_swallowed)
PG_FUNCTION(framework_sleep_on, sleep_on)
PG_FUNCTION(framework_recover, recover)
PG_FUNCTION(framework_leave_by_exception, leave_by_exception)
PG_FUNCTION(framework_call_result, call_result)

}  // namespace s3sign
