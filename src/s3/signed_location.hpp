// From a presigned URL back to the object of a named server.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "s3/server_options.hpp"
#include "s3/target.hpp"
#include "sigv4/signed_url.hpp"

namespace s3sign::s3 {

// What is signed for a URL that a server's guard-rails cover.
struct signed_location {
    std::string host;    // «host[:port]»
    std::string path;    // canonical
    std::string region;  // of the server, the same for all

    bool operator==(const signed_location&) const = default;
};

// What a URL without fault may be for, by the scheme, host and base path of the server's
// public_endpoint, then of its endpoint: more than one thing where a path of the one can be read
// as one of the other. Nothing where these, the bucket or the key are others, and for a request
// without a key but a list below key_prefix. Where the server has no bucket of its own, the URL
// has to show one: it can't where a public_endpoint hides a bucket in the host.
std::vector<signed_location> find_signed_locations(const server_options& server,
                                                   const sigv4::signed_url& u,
                                                   std::string_view method, target_cache& targets);

}  // namespace s3sign::s3
