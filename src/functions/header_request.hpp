// A request that is signed in its headers, to be sent from inside the database.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "functions/arguments.hpp"
#include "pg/datum.hpp"
#include "sigv4/request.hpp"
#include "sigv4/signature.hpp"
#include "sigv4/time.hpp"

namespace s3sign {

struct header_request {
    std::string_view method;
    std::string_view origin;                       // «scheme://host[:port]»
    std::string_view host;                         // «host[:port]»
    std::string_view path;                         // encoded, as the URL shows it
    std::string_view signed_path;                  // likewise, as it is signed
    std::span<const sigv4::field> query = {};      // canonicalized
    bool of_s3 = true;                             // the payload's hash is a header
    std::optional<std::string_view> payload = {};  // absent: no body
    std::string_view identity;
    std::string_view session_token;  // empty: none
};

// Upper-case letters, digits and hyphens, else 22023.
std::string_view check_http_method(std::string_view method);

// {"url": …, "headers": {…}}: all that the client has to send. `headers` are the caller's.
pg::jsonb authorize(const header_request& request, field_list& headers,
                    const sigv4::timestamp& time, sigv4::signing_key& key);

}  // namespace s3sign
