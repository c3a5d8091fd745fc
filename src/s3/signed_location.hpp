// Maps a presigned URL back to the bucket and key of a foreign server.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "s3/server_options.hpp"
#include "s3/target.hpp"
#include "sigv4/signed_url.hpp"

namespace s3sign::s3 {

// What the storage checks the signature of a URL for.
struct signed_location {
    std::string host;    // host[:port]
    std::string path;    // canonical
    std::string region;  // of the server

    bool operator==(const signed_location&) const = default;
};

// The locations of a server that a URL without fault may be for. A URL matches by scheme, host and
// base path of public_endpoint or of endpoint; there are several locations if a path of one can be
// read as a path of the other. `key_prefix` is the server's, with its placeholders filled in.
//
// Empty if scheme, host, base path or bucket are not the server's, if the guard-rails do not cover
// the key, and for a request without a key other than a list below key_prefix. If the server has no
// bucket of its own, the URL must show it, which it does not if a public_endpoint hides a bucket in
// the host.
std::vector<signed_location> find_signed_locations(const server_options& server,
                                                   std::string_view key_prefix,
                                                   const sigv4::signed_url& u,
                                                   std::string_view method, target_cache& targets);

}  // namespace s3sign::s3
