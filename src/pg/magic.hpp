// The magic block that every module has once; with name and version from PostgreSQL 18 on, where
// pg_get_loaded_modules() shows them.
#pragma once

#include "pg/postgres.hpp"

#if PG_VERSION_NUM >= 180000
#define PG_MODULE(name_, version_)                           \
    extern "C" {                                             \
    PG_MODULE_MAGIC_EXT(.name = name_, .version = version_); \
    }
#else
#define PG_MODULE(name_, version_) \
    extern "C" {                   \
    PG_MODULE_MAGIC;               \
    }
#endif
