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
struct client_request {
    std::string_view method;
    std::span<const sigv4::field> headers;  // canonical
};

// 22023 for a method that is no token; GET where there is none.
client_request read_client_request(optional_text method, std::optional<pg::jsonb> headers);

// Who checks a signature: a named server or a secret. Neither where `may_be_none`, else 22023.
struct verifier {
    optional_text server;
    optional_text secret;

    bool is_none() const { return !server && !secret; }
};
verifier read_verifier(optional_text server, optional_text secret, bool may_be_none);

// The request as the storage of the server may sign it, behind the proxy of a public_endpoint;
// nothing where the URL is not of the server.
struct location {
    std::string_view host, path, region;
};
std::span<const location> find_locations(const named_server& server, const sigv4::signed_url& u,
                                         std::string_view method);

// The key of the URL's scope. `u` has no fault, `c` is not none.
sigv4::signing_key& key_of(const verifier& c, const sigv4::signed_url& u);

// The request as the storage gets it, and what it makes of it.
struct rebuilt_request {
    sigv4::request request;
    std::string_view canonical_request;
    std::string_view string_to_sign;
    std::optional<sigv4::digest> signature = {};  // absent where the verifier is none
    bool matches = false;
};

// Changes the query of `u`, which has no fault.
rebuilt_request rebuild_request(const verifier& c, sigv4::signed_url& u, const client_request& s);

}  // namespace s3sign
