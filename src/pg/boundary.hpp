// The border between C++ and the server, in both directions.
//
// A server error is a longjmp: it may cross only frames without destructors. A C++ exception may
// not leave a function that the server calls. So:
//
//   call(f)   runs server code in a frame with destructors: a server error becomes an exception
//   entry(f)  runs C++ for the server: an exception becomes a server error
//
// Where a frame and all that it calls hold nothing with a destructor, call server functions
// directly: that is cheaper, and the hot path does so.
#pragma once

#include <exception>
#include <new>
#include <string_view>
#include <type_traits>
#include <utility>

#include "base/error.hpp"
#include "pg/postgres.hpp"

namespace s3sign::pg {

// A server error on its way through C++ frames; null where memory ran out while it was copied. Not
// a std::exception: a handler of those must not swallow a query cancel.
struct server_error {
    ErrorData* data;
};

// Restores where a server error jumps to, and whose context it reports, when the scope ends.
struct handler_scope {
    sigjmp_buf* const handler = PG_exception_stack;
    ErrorContextCallback* const callbacks = error_context_stack;

    ~handler_scope() {
        PG_exception_stack = handler;
        error_context_stack = callbacks;
    }
};

// Runs one server call; `f` itself must hold nothing with a destructor. Throws server_error.
template <class F>
auto call(F&& f) -> std::invoke_result_t<F> {
    static_assert(std::is_void_v<std::invoke_result_t<F>> ||
                  std::is_trivially_destructible_v<std::invoke_result_t<F>>);
    MemoryContext const context = CurrentMemoryContext;
    const handler_scope outer;
    sigjmp_buf here;

    if (sigsetjmp(here, 0) == 0) {
        PG_exception_stack = &here;
        return f();
    }

    // The callbacks that `f` has set belong to frames that are gone. Copying the error fails where
    // memory has run out.
    error_context_stack = outer.callbacks;
    ErrorData* volatile data = nullptr;
    if (sigsetjmp(here, 0) == 0) {
        ::MemoryContextSwitchTo(context);
        data = ::CopyErrorData();
    }
    ::MemoryContextSwitchTo(context);
    ::FlushErrorState();
    throw server_error{data};
}

// Runs server code on behalf of `T...`: guarded where one of them has a destructor to run.
template <class... T, class F>
auto call_for(F&& f) -> std::invoke_result_t<F> {
    if constexpr ((std::is_trivially_destructible_v<T> && ...)) {
        return f();
    } else {
        return call(f);
    }
}

// What an exception says, kept without destructors. The texts are palloc'd.
struct failure {
    ErrorData* server;  // not null: a server error, to be raised again as it was
    int sqlstate;
    const char* message;
    const char* detail;  // may be null
    const char* hint;    // may be null
    source_location thrown_at;
};

// The server's number of a SQLSTATE.
constexpr int to_errcode(sqlstate s) { return MAKE_SQLSTATE(s[0], s[1], s[2], s[3], s[4]); }

// A copy that no server error interrupts: one that is raised in a handler leaks the exception.
// Null where memory has run out.
inline const char* keep(std::string_view text) noexcept {
    auto* copy = static_cast<char*>(::palloc_extended(text.size() + 1, MCXT_ALLOC_NO_OOM));
    if (copy != nullptr) {
        std::memcpy(copy, text.data(), text.size());
        copy[text.size()] = '\0';
    }
    return copy;
}

inline const char* keep_unless_empty(std::string_view text) noexcept {
    return text.empty() ? nullptr : keep(text);
}

// The exception that is being handled. Called in a handler only.
inline failure current_failure() noexcept {
    const auto here = source_location::current();
    const failure out_of_memory{nullptr, ERRCODE_OUT_OF_MEMORY, "out of memory", nullptr, nullptr,
                                here};
    failure result = out_of_memory;
    try {
        // cppcheck-suppress rethrowNoCurrentException
        throw;
    } catch (const server_error& e) {
        result.server = e.data;
        return result;
    } catch (const error& e) {
        result = {nullptr,
                  to_errcode(e.code),
                  keep(e.message),
                  keep_unless_empty(e.detail),
                  keep_unless_empty(e.hint),
                  e.thrown_at};
    } catch (const std::bad_alloc&) {
        return out_of_memory;
    } catch (const std::exception& e) {
        result = {nullptr, ERRCODE_INTERNAL_ERROR, keep(e.what()), nullptr, nullptr, here};
    } catch (...) {
        result = {nullptr, ERRCODE_INTERNAL_ERROR, "unknown C++ exception", nullptr, nullptr, here};
    }
    return result.message != nullptr ? result : out_of_memory;
}

// As ereport(ERROR, ...), with the location of the throw.
[[noreturn]] inline void raise(const failure& what) {
    if (what.server != nullptr) ::ReThrowError(what.server);
    if (::errstart(ERROR, TEXTDOMAIN)) {
        ::errcode(what.sqlstate);
        ::errmsg_internal("%s", what.message);
        if (what.detail != nullptr) ::errdetail_internal("%s", what.detail);
        if (what.hint != nullptr) ::errhint("%s", what.hint);
        ::errfinish(what.thrown_at.file, what.thrown_at.line, what.thrown_at.function);
    }
    pg_unreachable();
}

// The last failure. It is kept and raised outside of the frame of entry(), where -fstack-protector
// would guard each call for it.
inline constinit failure last_failure{};

[[gnu::noinline]] inline void keep_failure() noexcept { last_failure = current_failure(); }
[[noreturn, gnu::noinline]] inline void raise_failure() { raise(last_failure); }

// Runs `f` for the server. The error is raised after the handler: a longjmp out of it leaks the
// exception.
template <class F>
Datum entry(F&& f) {
    try {
        return f();
    } catch (...) {
        keep_failure();
    }
    raise_failure();
}

}  // namespace s3sign::pg
