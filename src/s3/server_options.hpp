// The options of a named server and of a user's mapping, read and checked.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "s3/operation.hpp"
#include "s3/target.hpp"
#include "sigv4/request.hpp"

namespace s3sign::s3 {

// The options of CREATE SERVER: what is public, and the guard-rails.
struct server_options {
    std::string endpoint;
    std::optional<std::string> region, addressing, bucket, public_endpoint;
    permissions methods = permissions().with(permission::get).with(permission::head);
    bool sets_methods = false;  // by an option, not by default
    std::string key_prefix;
    std::int64_t default_duration = 900;  // these three in seconds
    std::int64_t max_duration = sigv4::longest_life;
    std::int64_t cache_window = 0;           // 0: off
    std::vector<std::string> allow_query;    // names as they are
    std::vector<std::string> allow_headers;  // names in lower case
    std::optional<std::string> credentials_file;
    std::string profile = "default";

    // Where a request for `in_bucket` goes.
    destination where(std::string_view in_bucket) const;
};

// HV00D for an option that a server does not have, 22023 for a value that is none.
server_options parse_server_options(std::span<const sigv4::field> options);

// The key pair of a user mapping or of a profile in a credentials file. Views what it was read
// from; empty where absent.
struct credentials {
    std::string_view access_key_id;
    std::string_view secret_access_key;
    std::string_view session_token;
};

// HV00D for an option that a mapping does not have; 22023 for half a key pair and empty values.
// No option at all is accepted: so a mapping comes out of a dump by a role that can't see it.
credentials parse_mapping_options(std::span<const sigv4::field> options);

// HV00D for any: neither the wrapper nor foreign tables have options.
void check_no_options(std::span<const sigv4::field> options);

}  // namespace s3sign::s3
