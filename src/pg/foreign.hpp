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

// A moment of the catalog: what is found at it goes together. The server's own caches would not do:
// a change is seen in the tables before its invalidation arrives, so that what is cached and what
// is read may be of the two sides of it. After an error the server releases the snapshot.
Snapshot take_catalog_snapshot();
void release_catalog_snapshot(Snapshot at);

// The server of that name, exact as in the catalog.
std::optional<foreign_server> find_server(Snapshot at, std::string_view name, Oid role);

// The options of `role`'s mapping for the server, else of PUBLIC's; nothing where there is neither.
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

// Counts the changes of servers, mappings, wrappers, roles, memberships and databases that this
// session has heard of; what was read under another number may be stale. Looks for news from
// other sessions.
std::uint64_t catalog_generation();

}  // namespace s3sign::pg
