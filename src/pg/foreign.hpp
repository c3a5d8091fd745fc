// Foreign servers and user mappings: who may use which, and their options.
//
// What is returned is palloc'd in the current memory context; nothing has a destructor.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "pg/postgres.hpp"

namespace s3sign::pg {

// An option of CREATE SERVER or CREATE USER MAPPING, in the database's encoding.
struct option {
    std::string_view name;
    std::string_view value;
};

struct foreign_server {
    Oid oid;
    Oid wrapper;
    bool usable;  // the role has USAGE
    std::span<const option> options;
};

// A snapshot of the catalog: everything found with it is consistent. The server's own caches are
// not: a change is visible in the tables before its invalidation arrives, so a cached row may be
// older than one that is read. After an error the server releases the snapshot.
Snapshot take_catalog_snapshot();
void release_catalog_snapshot(Snapshot at);

// The server with exactly this name.
std::optional<foreign_server> find_server(Snapshot at, std::string_view name, Oid role);

// The options of `role`'s mapping for the server, else of PUBLIC's; nothing if there is neither.
std::optional<std::span<const option>> find_user_mapping(Snapshot at, Oid role, Oid server);

bool is_wrapper_named(Oid wrapper, const char* name);

// The server error «permission denied for foreign server» (42501).
[[noreturn]] void refuse_usage(std::string_view name);

// The options that a validator is given.
std::span<const option> to_options(Datum array);

// Overwrites palloc'd text that held a secret.
void wipe(std::string_view text) noexcept;

// Overwrites the values of options.
void wipe(std::span<const option> options) noexcept;

// The number of invalidations of servers, mappings, wrappers, roles, memberships and databases that
// this session has received. What was read with another number may be stale. Receives pending
// invalidations first.
std::uint64_t catalog_generation();

}  // namespace s3sign::pg
