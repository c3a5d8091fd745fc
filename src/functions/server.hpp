// Named servers: what the catalog says of one, remembered until it changes.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "functions/credentials_file.hpp"
#include "functions/signing.hpp"
#include "pg/postgres.hpp"
#include "s3/server_options.hpp"
#include "sigv4/key_cache.hpp"
#include "sigv4/request.hpp"

namespace s3sign {

// A server that a role may use, with the credentials that the role signs by.
struct named_server {
    std::string name;  // in the database's encoding
    Oid role = InvalidOid;
    s3::server_options options;
    std::string access_key_id;
    std::string session_token;
    sigv4::key_cache::fingerprint secret = 0;

    signer with;  // in its own bucket

    std::uint64_t generation = 0;  // of the catalog, see pg::catalog_generation()
    file_state file;               // of options.credentials_file
    std::int64_t statement = 0;    // that last looked at the file, by its start
    std::int64_t looked_at = 0;    // when it did, in microseconds
};

// The server for the effective role, valid until the next call. Errors: 42704 where there is no
// such server of ours, no mapping or no credentials; 42501 without USAGE.
named_server& find_named_server(std::string_view name);

// The same, read anew, with the signing key of `s` derived while the secret is at hand.
named_server& load_named_server(std::string_view name, const sigv4::scope& s);

}  // namespace s3sign
