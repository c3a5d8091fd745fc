#include "functions/server.hpp"

#include <algorithm>
#include <span>
#include <utility>

#include "base/error.hpp"
#include "functions/arguments.hpp"
#include "functions/signing.hpp"
#include "pg/foreign.hpp"
#include "pg/memory.hpp"
#include "base/lru_cache.hpp"
#include "s3/profile.hpp"

namespace s3sign {
namespace {

constexpr char wrapper[] = "s3sign";

lru_cache<named_server>& servers() {
    static auto* const cache = new lru_cache<named_server>;
    return *cache;
}

std::int64_t statement() { return ::GetCurrentStatementStartTimestamp(); }

// What the catalog holds, before it is understood; nothing in it has a destructor.
struct catalog_entry {
    std::uint64_t generation;
    std::span<const sigv4::field> server;   // UTF-8
    std::span<const sigv4::field> mapping;  // UTF-8
    std::span<const pg::option> raw_mapping;
    bool mapped;
};

void wipe(const catalog_entry& entry) noexcept {
    pg::wipe(entry.raw_mapping);
    for (const sigv4::field& f : entry.mapping) pg::wipe(f.value);
}

// Overwrites the secrets of a catalog entry when it goes.
struct mapping_wiper {
    const catalog_entry& entry;
    ~mapping_wiper() { wipe(entry); }
};

bool has_option(std::span<const pg::option> options, std::string_view name) {
    return std::any_of(options.begin(), options.end(),
                       [&](const pg::option& o) { return o.name == name; });
}

void check_server(std::string_view name, const std::optional<pg::foreign_server>& server) {
    if (!server)
        throw error(code::undefined_object, "server " + quoted(name) + " does not exist",
                    "CREATE SERVER ... FOREIGN DATA WRAPPER s3sign makes one.");
    if (!pg::is_wrapper_named(server->wrapper, wrapper))
        throw error(code::undefined_object,
                    "server " + quoted(name) + " is not of the foreign-data wrapper \"s3sign\"");
    if (!server->usable) pg::refuse_usage(name);
}

// Server functions are called here as they are: no frame from the entry to here has a destructor.
// Server and mapping are of one moment: halves of a change would put one mapping's key behind
// another's guard-rails. The mapping of a server that is refused is not read.
catalog_entry read_catalog(std::string_view name) {
    catalog_entry entry{};
    entry.generation = pg::catalog_generation();
    Snapshot const now = pg::take_catalog_snapshot();
    const auto server = pg::find_server(now, name, ::GetUserId());
    check_server(name, server);
    std::optional<std::span<const pg::option>> mapping;
    if (!has_option(server->options, "credentials_file"))
        mapping = pg::find_user_mapping(now, ::GetUserId(), server->oid);
    pg::release_catalog_snapshot(now);
    entry.server = to_fields(server->options);
    entry.mapped = mapping.has_value();
    entry.raw_mapping = mapping.value_or(std::span<const pg::option>{});
    entry.mapping = to_fields(entry.raw_mapping);
    return entry;
}

void take_credentials(named_server& to, const s3::credentials& from, const sigv4::scope* s) {
    to.access_key_id = from.access_key_id;
    to.session_token = from.session_token;
    to.secret = signing_keys().fingerprint_of(from.secret_access_key);
    if (s != nullptr) signing_keys().add(from.secret_access_key, *s);
}

void read_credentials_file(named_server& to, const sigv4::scope* s) {
    const secret_file file(*to.options.credentials_file);
    to.file = file.state();
    take_credentials(to, s3::find_profile(file.content(), to.options.profile), s);
}

void read_mapping(named_server& to, const catalog_entry& entry, const sigv4::scope* s) {
    if (!entry.mapped)
        throw error(code::undefined_object, "server " + quoted(to.name) + " has no user mapping",
                    "CREATE USER MAPPING for the role or for PUBLIC gives it credentials.");
    if (entry.mapping.empty())
        throw error(code::undefined_object,
                    "the user mapping of server " + quoted(to.name) + " has no credentials",
                    "ALTER USER MAPPING gives it access_key_id and secret_access_key.");
    take_credentials(to, s3::parse_mapping_options(entry.mapping), s);
}

// Nothing of the server's is called here: what has a destructor may live.
named_server& understand(std::string_view name, Oid role, const catalog_entry& entry,
                         const sigv4::scope* s) {
    const mapping_wiper wiper{entry};
    named_server fresh;
    fresh.name = name;
    fresh.role = role;
    fresh.generation = entry.generation;
    fresh.statement = statement();
    fresh.looked_at = ::GetCurrentTimestamp();
    fresh.options = s3::parse_server_options(entry.server);
    if (fresh.options.credentials_file)
        read_credentials_file(fresh, s);
    else
        read_mapping(fresh, entry, s);
    named_server* const old = servers().find(
        [&](const named_server& known) { return known.role == role && known.name == name; });
    if (old == nullptr) return servers().add(std::move(fresh));
    *old = std::move(fresh);
    return *old;
}

// Whether the credentials file is as it was: looked at once a statement, and every five seconds
// where the client's statement is a procedure that runs for days.
bool file_is_fresh(named_server& s) {
    constexpr std::int64_t longest_unseen = 5 * USECS_PER_SEC;
    if (!s.options.credentials_file) return true;
    const std::int64_t now = ::GetCurrentTimestamp();
    if (s.statement == statement() && now - s.looked_at < longest_unseen) return true;
    if (look_at_file(*s.options.credentials_file) == s.file) {
        s.statement = statement();
        s.looked_at = now;
        return true;
    }
    s.generation = 0;  // not to be found again
    return false;
}

named_server& load(std::string_view name, const sigv4::scope* s) {
    const catalog_entry entry = read_catalog(name);
    return understand(name, ::GetUserId(), entry, s);
}

}  // namespace

named_server& find_named_server(std::string_view name) {
    const std::uint64_t generation = pg::catalog_generation();
    const Oid role = ::GetUserId();
    named_server* const known = servers().find([&](const named_server& s) {
        return s.generation == generation && s.role == role && s.name == name;
    });
    if (known != nullptr && file_is_fresh(*known)) return *known;
    return load(name, nullptr);
}

named_server& load_named_server(std::string_view name, const sigv4::scope& s) {
    return load(name, &s);
}

}  // namespace s3sign
