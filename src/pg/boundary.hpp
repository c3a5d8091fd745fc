// The border between C++ and the server, in both directions.
//
// A server error is a longjmp: it may cross only frames without destructors. A C++ exception may
// not leave a function that the server calls. So:
//
//   call(f)   runs server code in a frame with destructors: a server error becomes an exception
//   entry(f)  runs C++ for the server: an exception becomes a server error
//
// Where a frame and all that it calls hold nothing with a destructor, server functions may be
// called as they are: that is cheaper, and the hot path is written so.
#pragma once

#include <exception>
#include <new>
#include <string_view>
#include <type_traits>
#include <utility>

#include "base/error.hpp"
#include "pg/postgres.hpp"

namespace s3sign::pg {

// A server error on its way through C++ frames; null where memory ran out while it was kept. Not
// a std::exception: a handler of those must not swallow a query cancel.
struct server_error {
    ErrorData* data;
};

// Where a server error jumps to and whose context it reports: as before, however the scope ends.
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

    // The callbacks that `f` has set are of frames that are gone, and copying the error may fail
    // too, where memory has run out.
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

// What an exception says, kept without destructors. The texts are palloc'd.
struct failure {
    ErrorData* server;  // not null: a server error, to be raised again as it was
    int sqlstate;
    const char* message;
    const char* hint;  // may be null
};

inline int sqlstate(enum code c) {
    switch (c) {
        case code::invalid_parameter_value:
            return ERRCODE_INVALID_PARAMETER_VALUE;
        case code::datetime_field_overflow:
            return ERRCODE_DATETIME_FIELD_OVERFLOW;
        case code::character_not_in_repertoire:
            return ERRCODE_CHARACTER_NOT_IN_REPERTOIRE;
        case code::feature_not_supported:
            return ERRCODE_FEATURE_NOT_SUPPORTED;
        case code::program_limit_exceeded:
            return ERRCODE_PROGRAM_LIMIT_EXCEEDED;
        case code::object_not_in_prerequisite_state:
            return ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE;
        case code::insufficient_privilege:
            return ERRCODE_INSUFFICIENT_PRIVILEGE;
        case code::undefined_object:
            return ERRCODE_UNDEFINED_OBJECT;
        case code::fdw_invalid_option_name:
            return ERRCODE_FDW_INVALID_OPTION_NAME;
        case code::io_error:
            return ERRCODE_IO_ERROR;
        case code::internal_error:
            break;
    }
    return ERRCODE_INTERNAL_ERROR;
}

// A copy that a server error can't interrupt: an error raised in a handler would leak the
// exception. Null where memory has run out.
inline const char* keep(std::string_view text) noexcept {
    auto* copy = static_cast<char*>(::palloc_extended(text.size() + 1, MCXT_ALLOC_NO_OOM));
    if (copy != nullptr) {
        std::memcpy(copy, text.data(), text.size());
        copy[text.size()] = '\0';
    }
    return copy;
}

// The exception that is being handled. Called in a handler only.
inline failure current_failure() noexcept {
    const failure out_of_memory{nullptr, ERRCODE_OUT_OF_MEMORY, "out of memory", nullptr};
    failure result = out_of_memory;
    try {
        // cppcheck-suppress rethrowNoCurrentException
        throw;
    } catch (const server_error& e) {
        result.server = e.data;
        return result;
    } catch (const error& e) {
        result = {nullptr, sqlstate(e.code), keep(e.message),
                  e.hint.empty() ? nullptr : keep(e.hint)};
    } catch (const std::bad_alloc&) {
        return out_of_memory;
    } catch (const std::exception& e) {
        result = {nullptr, ERRCODE_INTERNAL_ERROR, keep(e.what()), nullptr};
    } catch (...) {
        result = {nullptr, ERRCODE_INTERNAL_ERROR, "unknown C++ exception", nullptr};
    }
    return result.message != nullptr ? result : out_of_memory;
}

[[noreturn]] inline void raise(const failure& what) {
    if (what.server != nullptr) ::ReThrowError(what.server);
    ereport(ERROR, (::errcode(what.sqlstate), ::errmsg_internal("%s", what.message),
                    what.hint != nullptr ? ::errhint("%s", what.hint) : 0));
    pg_unreachable();
}

// The last failure: kept and raised outside of the frame below, where -fstack-protector would guard
// each call for it.
inline constinit failure last_failure{};

[[gnu::noinline]] inline void keep_failure() noexcept { last_failure = current_failure(); }
[[noreturn, gnu::noinline]] inline void raise_failure() { raise(last_failure); }

// Runs `f` for the server. The error is raised when the handler has been left: a longjmp out of
// it would leak the exception.
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
