// From a presigned URL back to the object of a named server.
#pragma once

#include <optional>
#include <string>

#include "s3/server_options.hpp"
#include "s3/target.hpp"
#include "sigv4/signed_url.hpp"

namespace s3sign::s3 {

// What is signed for a URL that a server's guard-rails cover.
struct resource {
    std::string host;    // «host[:port]»
    std::string path;    // canonical
    std::string region;  // of the server
};

// The resource of a URL without fault that shows the server's endpoint or public_endpoint; nothing
// where host, base path, bucket or key_prefix are others. Where the server has no bucket of its
// own, the URL has to show one: it can't where a public_endpoint hides a bucket in the host.
std::optional<resource> find_resource(const server_options& server, const sigv4::signed_url& u,
                                      target_cache& targets);

}  // namespace s3sign::s3
