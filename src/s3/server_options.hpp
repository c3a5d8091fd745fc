// Reads and checks the options of foreign servers and user mappings.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "s3/credentials.hpp"
#include "s3/key_prefix.hpp"
#include "s3/operation.hpp"
#include "s3/target.hpp"
#include "s3/upload_rules.hpp"
#include "sigv4/request.hpp"

namespace s3sign::s3 {

// The option "log_user": a query parameter of every URL, with a value that says who calls.
struct user_parameter {
    std::string name;
    placeholder value;
};

// The options of CREATE SERVER: public settings and limits.
struct server_options {
    std::string endpoint;
    std::optional<std::string> region, addressing, bucket, public_endpoint;
    permissions methods = permissions().with(permission::get).with(permission::head);
    bool sets_methods = false;  // by an option, not by default
    s3::key_prefix key_prefix;
    std::int64_t default_duration = 900;              // seconds
    std::int64_t max_duration = sigv4::longest_life;  // seconds
    std::int64_t cache_window = 0;                    // seconds; 0: off
    std::vector<std::string> allow_query;             // exact names
    std::vector<std::string> allow_headers;           // lower-case names
    std::optional<std::string> credentials_file;
    std::string profile = "default";
    upload_rules uploads;
    bool log = false;
    std::optional<user_parameter> log_user;

    // The destination of a request for the bucket.
    destination where(std::string_view in_bucket) const;
};

// HV00D for an unknown option, 22023 for an invalid value.
server_options parse_server_options(std::span<const sigv4::field> options);

// HV00D for an unknown option; 22023 for half a key pair, for a value that is empty, too long or
// has a control character, and for an `expires_at` that parse_expiration() does not read. A mapping
// without options is valid: pg_dump writes one if the dumping role may not see the options.
credentials parse_mapping_options(std::span<const sigv4::field> options);

// HV00D if there is an option: the wrapper and foreign tables have none.
void check_no_options(std::span<const sigv4::field> options);

}  // namespace s3sign::s3
