#include "functions/server.hpp"

#include <algorithm>
#include <optional>
#include <span>
#include <string>
#include <utility>

#include "base/error.hpp"
#include "base/lru_cache.hpp"
#include "functions/arguments.hpp"
#include "pg/foreign.hpp"
#include "s3/credentials.hpp"
#include "sigv4/siphash.hpp"

namespace s3sign {
namespace {

constexpr char wrapper[] = "s3sign";

lru_cache<named_server>& servers() {
    static auto* const cache = new lru_cache<named_server>;
    return *cache;
}

// Tells statements apart; in microseconds since 2000.
std::int64_t statement_start() { return ::GetCurrentStatementStartTimestamp(); }

// --- the catalog: server functions, no destructors ----------------------------------------------

struct catalog_entry {
    std::uint64_t generation;
    std::span<const sigv4::field> server;     // options, in UTF-8
    std::span<const sigv4::field> mapping;    // options, in UTF-8
    std::span<const pg::option> raw_mapping;  // the same in the database's encoding
    bool has_mapping;
};

bool has_option(std::span<const pg::option> options, std::string_view name) {
    return std::ranges::any_of(options, [&](const pg::option& o) { return o.name == name; });
}

void check_usable(std::string_view name, const std::optional<pg::foreign_server>& server) {
    if (!server)
        throw error(code::undefined_object, "server " + quoted(name) + " does not exist",
                    "CREATE SERVER ... FOREIGN DATA WRAPPER s3sign makes one.");
    if (!pg::is_wrapper_named(server->wrapper, wrapper))
        throw error(code::undefined_object,
                    "server " + quoted(name) + " is not of the foreign-data wrapper \"s3sign\"");
    if (!server->usable) pg::refuse_usage(name);
}

// Server and mapping are read in one snapshot. Otherwise a change between the two could combine
// the old server's limits with the new mapping's key.
catalog_entry read_catalog(std::string_view name) {
    catalog_entry entry{};
    entry.generation = pg::catalog_generation();
    Snapshot const snapshot = pg::take_catalog_snapshot();
    const auto server = pg::find_server(snapshot, name, ::GetUserId());
    check_usable(name, server);
    std::optional<std::span<const pg::option>> mapping;
    if (!has_option(server->options, "credentials_file"))
        mapping = pg::find_user_mapping(snapshot, ::GetUserId(), server->oid);
    pg::release_catalog_snapshot(snapshot);
    entry.server = to_fields(server->options);
    entry.has_mapping = mapping.has_value();
    entry.raw_mapping = mapping.value_or(std::span<const pg::option>{});
    entry.mapping = to_fields(entry.raw_mapping);
    return entry;
}

// --- the named server: destructors, no server functions that can fail ---------------------------

// Overwrites the secrets in a catalog entry at the end of its scope.
struct secret_wiper {
    const catalog_entry& entry;
    ~secret_wiper() {
        pg::wipe(entry.raw_mapping);
        for (const sigv4::field& f : entry.mapping) pg::wipe(f.value);
    }
};

// `key`: null, or the key to derive.
void set_credentials(named_server& server, const s3::credentials& c, const key_request* key) {
    server.access_key_id = c.access_key_id;
    server.session_token = c.session_token;
    server.expires_at = c.expires_at;
    server.secret = sigv4::key_cache::fingerprint_of(c.secret_access_key);
    if (key == nullptr) return;
    if (key->lent)
        signing_keys().lend(c.secret_access_key, key->scope);
    else
        signing_keys().add(c.secret_access_key, key->scope);
}

// Nothing if the file is being written and has to be read again. A part of it may look complete: an
// INI file without its last line end, or one without the token.
std::optional<s3::credentials> read_complete(secret_file& file, const std::string& profile,
                                             file_wait& wait) {
    const bool may_continue = wait.may_continue(file);
    try {
        file.check_unchanged();
        const std::span<char> content = file.content();
        const bool cut_off = s3::may_be_cut_off({content.data(), content.size()});
        const s3::credentials found = s3::read_credentials(content, profile);
        if (may_continue && (found.lack_token() || (cut_off && !wait.is_settled(file))))
            return std::nullopt;
        return found;
    } catch (const error&) {
        if (!may_continue) throw;
        return std::nullopt;
    }
}

// False if the file is being written and has to be read again.
bool read_credentials_file(named_server& server, file_wait& wait, const key_request* key) {
    secret_file file(*server.options.credentials_file);
    const auto found = read_complete(file, server.options.profile, wait);
    if (!found) return false;
    server.file = file.lasting_state();
    set_credentials(server, *found, key);
    return true;
}

void read_mapping(named_server& server, const catalog_entry& entry, const key_request* key) {
    if (!entry.has_mapping)
        throw error(code::undefined_object,
                    "server " + quoted(server.name) + " has no user mapping",
                    "CREATE USER MAPPING for the role or for PUBLIC gives it credentials.");
    if (entry.mapping.empty())
        throw error(code::undefined_object,
                    "the user mapping of server " + quoted(server.name) + " has no credentials",
                    "ALTER USER MAPPING gives it access_key_id and secret_access_key.");
    set_credentials(server, s3::parse_mapping_options(entry.mapping), key);
}

std::uint64_t hash_of(std::string_view name, Oid role) { return sigv4::index_hash({name}) ^ role; }

named_server* find_cached(std::string_view name, Oid role) {
    return servers().find([&] { return hash_of(name, role); },
                          [&](const named_server& s) { return s.role == role && s.name == name; });
}

// The approximate size in memory: an option's value is kept as text, a list as strings.
std::size_t bytes_of(const named_server& server, const catalog_entry& entry) {
    std::size_t bytes = sizeof server + server.name.size() + server.access_key_id.size() +
                        server.session_token.size();
    for (const sigv4::field& option : entry.server) bytes += option.value.size();
    const s3::server_options& options = server.options;
    return bytes + sizeof(std::string) *
                       (options.allow_query.size() + options.allow_headers.size() +
                        2 * options.uploads.headers.size() + options.uploads.content_types.size());
}

// Replaces the role's cached entry for the server, if there is one.
named_server& add_to_cache(named_server&& fresh, std::size_t bytes) {
    if (find_cached(fresh.name, fresh.role) != nullptr)
        return servers().replace_newest(bytes, std::move(fresh));
    const std::uint64_t hash = hash_of(fresh.name, fresh.role);
    return servers().add(hash, bytes, std::move(fresh));
}

enum class part { all, public_options };

// Null if the credentials file is being written and has to be read again.
named_server* parse_entry(std::string_view name, Oid role, const catalog_entry& entry,
                          file_wait& wait, part wanted, const key_request* key) {
    const secret_wiper wiper{entry};
    named_server fresh;
    fresh.name = name;
    fresh.role = role;
    fresh.generation = entry.generation;
    fresh.checked_in = statement_start();
    fresh.checked_at = ::GetCurrentTimestamp();
    fresh.options = s3::parse_server_options(entry.server);
    fresh.has_credentials = wanted == part::all;
    if (!fresh.has_credentials) return &add_to_cache(std::move(fresh), bytes_of(fresh, entry));
    if (!fresh.options.credentials_file)
        read_mapping(fresh, entry, key);
    else if (!read_credentials_file(fresh, wait, key))
        return nullptr;
    const std::size_t bytes = bytes_of(fresh, entry);
    return &add_to_cache(std::move(fresh), bytes);
}

// Waits without a snapshot and without a destructor, and reads the catalog again too.
named_server& load(std::string_view name, file_wait& wait, part wanted, const key_request* key) {
    while (true) {
        const catalog_entry entry = read_catalog(name);
        named_server* const server = parse_entry(name, ::GetUserId(), entry, wait, wanted, key);
        if (server != nullptr) return *server;
        file_wait::sleep();
    }
}

// --- the cache ----------------------------------------------------------------------------------

// True if there is no credentials file, or if it has not changed. Checks once a statement, and
// every five seconds within one, as a procedure may run for days.
bool is_file_unchanged(named_server& server) {
    constexpr std::int64_t check_interval = 5 * USECS_PER_SEC;
    if (!server.options.credentials_file) return true;
    const std::int64_t now = ::GetCurrentTimestamp();
    if (server.checked_in == statement_start() && now - server.checked_at < check_interval)
        return true;
    if (stat_file(*server.options.credentials_file) == server.file) {
        server.checked_in = statement_start();
        server.checked_at = now;
        return true;
    }
    server.generation = 0;
    return false;
}

}  // namespace

named_server& find_named_server(std::string_view name, file_wait& wait) {
    const std::uint64_t generation = pg::catalog_generation();
    named_server* const known = find_cached(name, ::GetUserId());
    if (known != nullptr && known->generation == generation && known->has_credentials &&
        is_file_unchanged(*known))
        return *known;
    return load(name, wait, part::all, nullptr);
}

named_server& find_public_server(std::string_view name) {
    const std::uint64_t generation = pg::catalog_generation();
    named_server* const known = find_cached(name, ::GetUserId());
    if (known != nullptr && known->generation == generation) return *known;
    file_wait wait;
    return load(name, wait, part::public_options, nullptr);
}

named_server& load_named_server(std::string_view name, file_wait& wait, const key_request& key) {
    return load(name, wait, part::all, &key);
}

}  // namespace s3sign
