// A request whose signature is in its headers, to be sent by an HTTP client.
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
    std::string_view origin;                   // «scheme://host[:port]»
    std::string_view host;                     // «host[:port]»
    std::string_view path;                     // encoded, for the URL
    std::string_view signed_path;              // encoded, for the canonical request
    std::span<const sigv4::field> query = {};  // canonical
    bool signs_as_s3 = true;                   // adds the header x-amz-content-sha256
    optional_text payload = {};                // absent: no body
    std::string_view identity;                 // access key id
    std::string_view session_token;            // empty: none
};

struct signed_headers {
    pg::jsonb json;              // {"url": …, "headers": {…}}: all that the client must send
    std::string_view signature;  // in hex
};

// Signs the request. Adds the headers that the signature needs to `headers`, the caller's.
signed_headers sign_in_headers(const header_request& request, field_list& headers,
                               const sigv4::timestamp& time, sigv4::signing_key& key);

}  // namespace s3sign
