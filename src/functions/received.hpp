// What the functions that look into a URL share: reading it, and the key to check it by.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "functions/server.hpp"
#include "functions/signing.hpp"
#include "pg/datum.hpp"
#include "sigv4/signed_url.hpp"
#include "sigv4/verify.hpp"

namespace s3sign {

// In memory of the current context, as all below. A text of over 1 MiB is no URL.
sigv4::signed_url read_url(std::string_view text);

// The request that a client sends: what is beside the URL.
struct sent {
    std::string_view method;
    std::span<const sigv4::field> headers;  // canonical
};

// 22023 for a method that is no token; GET where there is none.
sent read_sent(optional_text method, std::optional<pg::jsonb> headers);

// Who checks a signature: a named server or a secret. Neither where `may_be_none`, else 22023.
struct checker {
    optional_text server;
    optional_text secret;

    bool is_none() const { return !server && !secret; }
};
checker read_checker(optional_text server, optional_text secret, bool may_be_none);

// The request as the storage of the server may sign it, behind the proxy of a public_endpoint;
// nothing where the URL is not of the server.
struct place {
    std::string_view host, path, region;
};
std::span<const place> find_places(const named_server& server, const sigv4::signed_url& u,
                                   std::string_view method);

// The key of the URL's scope. `u` has no fault, `c` is not none.
sigv4::signing_key& key_of(const checker& c, const sigv4::signed_url& u);

// The request as the storage gets it, and what it makes of it.
struct received {
    sigv4::request request;
    std::string_view canonical_request;
    std::string_view string_to_sign;
    std::optional<sigv4::digest> signature = {};  // absent where the checker is none
    bool matches = false;
};

// Changes the query of `u`, which has no fault.
received receive(const checker& c, sigv4::signed_url& u, const sent& s);

}  // namespace s3sign
