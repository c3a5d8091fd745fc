// Messages to the client and the server's log.
#pragma once

#include "pg/boundary.hpp"
#include "pg/postgres.hpp"

namespace s3sign::pg {

// The server's levels, least urgent first; errors are exceptions.
enum class level {
    debug5 = DEBUG5,
    debug4 = DEBUG4,
    debug3 = DEBUG3,
    debug2 = DEBUG2,
    debug1 = DEBUG1,
    log = LOG,
    info = INFO,
    notice = NOTICE,
    warning = WARNING,
};

// Detail and hint may be null. Throws server_error: sending a message looks for a query cancel.
inline void report(level at, const char* message, const char* detail = nullptr,
                   const char* hint = nullptr) {
    call([=] {
        ereport(static_cast<int>(at), (::errmsg_internal("%s", message),
                                       detail != nullptr ? ::errdetail_internal("%s", detail) : 0,
                                       hint != nullptr ? ::errhint("%s", hint) : 0));
    });
}

// A line of the server's log alone, whatever the session's client_min_messages, without the
// statement and its context. Not guarded: may be called only where nothing with a destructor is
// alive.
inline void report_to_server(const char* message) {
    ereport(LOG_SERVER_ONLY,
            (::errmsg_internal("%s", message), ::errhidestmt(true), ::errhidecontext(true)));
}

}  // namespace s3sign::pg
