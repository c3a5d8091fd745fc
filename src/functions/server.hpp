// Named servers: options and credentials from the catalog, cached until the catalog changes.
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

// A server that a role may use, with the credentials that the role signs with. The secret itself is
// not kept: only its fingerprint, by which signing_keys() finds the keys derived from it.
struct named_server {
    std::string name;  // in the database's encoding
    Oid role = InvalidOid;
    s3::server_options options;
    std::string access_key_id;
    std::string session_token;
    sigv4::key_cache::fingerprint secret = 0;
    std::optional<std::int64_t> expires_at;  // of the credentials, in seconds since 1970
    bool has_credentials = true;             // false: find_public_server() has read it

    signer own_bucket_signer;  // of the last call without the argument `bucket`

    std::uint64_t generation = 0;  // pg::catalog_generation() when it was read; 0: read it again
    file_state file;               // options.credentials_file when it was read
    std::int64_t checked_in = 0;   // start of the statement that last checked the file
    std::int64_t checked_at = 0;   // when it did, in microseconds since 2000
};

// The server as the effective role may use it. Valid until the next call of either function.
// 42704 if there is no such server of wrapper s3sign, no user mapping or no credentials; 42501
// without USAGE; those of secret_file and s3::read_credentials(). Waits for a credentials file that
// is being written: a call has one `wait`, so that it waits once, however often the server is read.
named_server& find_named_server(std::string_view name, file_wait& wait);

// The same without credentials: what is public of the server, for a function that does not sign.
// They may be missing, or their file.
named_server& find_public_server(std::string_view name);

// A signing key to derive: to be cached, or to be lent because a stranger chose the scope.
struct key_request {
    const sigv4::scope& scope;
    bool lent = false;
};

// The same, always read from the catalog, because only then the secret is at hand: also derives a
// signing key in signing_keys().
named_server& load_named_server(std::string_view name, file_wait& wait, const key_request& key);

}  // namespace s3sign
