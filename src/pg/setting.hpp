// Settings of the session (GUCs).
#pragma once

#include <optional>
#include <string_view>

#include "pg/memory.hpp"
#include "pg/postgres.hpp"

namespace s3sign::pg {

// A copy of the setting's value. Its encoding is not validated: a client may send any bytes when it
// connects. Nothing for a setting that does not exist or that the current role may not see.
inline std::optional<std::string_view> read_setting(const char* name) {
    // GetConfigOption() refuses such a setting with an error.
    if ((::GetConfigOptionFlags(name, true) & GUC_SUPERUSER_ONLY) != 0 &&
        !::has_privs_of_role(::GetUserId(), ROLE_PG_READ_ALL_SETTINGS))
        return std::nullopt;
    const char* const value = ::GetConfigOption(name, true, true);
    if (value == nullptr) return std::nullopt;
    return copy(value);
}

}  // namespace s3sign::pg
