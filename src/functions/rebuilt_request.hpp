// Checking a presigned URL as a storage server does: the request is rebuilt from the URL, signed
// again and compared. Used by s3sign_verify, s3sign_explain and s3sign_diagnose.
//
// Results are views of the arguments or of palloc'd memory.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "functions/arguments.hpp"
#include "functions/server.hpp"
#include "s3/signed_location.hpp"
#include "sigv4/hash.hpp"
#include "sigv4/request.hpp"
#include "sigv4/signature.hpp"
#include "sigv4/signed_url.hpp"

namespace s3sign {

// What a client sends beside the URL.
struct client_request {
    std::string_view method;
    std::span<const sigv4::field> headers;  // canonical
};

// The method is GET by default.
client_request read_client_request(optional_text method, optional_json headers);

// What a URL is checked with: a named server, a secret, or nothing. Valid until the next verifier.
struct verifier {
    // Set by find_verifier().
    const named_server* server = nullptr;
    optional_text server_name = {};
    optional_text secret = {};
    file_wait wait = {};  // of the server's credentials file

    // Set by bind_to_url(). No locations: the URL is not for the server.
    s3::signed_locations locations = {};
    sigv4::signing_key* key = nullptr;
};

// Finds the server. 22023 for both a server and a secret, and for neither if one is required.
verifier find_verifier(optional_text server, optional_text secret, bool required);

// Finds the key for the URL's scope and the server's locations for the URL, which has no fault. A
// key that is not cached is lent. To derive a key the server is read again: server, locations and
// key are then of that later state.
void bind_to_url(verifier& v, const sigv4::signed_url& u, std::string_view method);

// A URL's request and its signature.
struct rebuilt_request {
    sigv4::request request;
    std::string_view canonical_request;
    std::string_view string_to_sign;
    std::optional<sigv4::digest> signature = {};  // absent without a key
    bool matches = false;                         // the URL has this signature
};

// `v` is bound to `u`, which has no fault. Encodes the query of `u` in place. Caches the key of a
// URL that matches and was signed on a day next to today.
rebuilt_request rebuild_request(verifier& v, sigv4::signed_url& u, const client_request& c);

}  // namespace s3sign
