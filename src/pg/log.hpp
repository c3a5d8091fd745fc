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

}  // namespace s3sign::pg
