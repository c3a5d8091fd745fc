// Where URLs show a target: scheme, host and path prefix.
#pragma once

#include <string_view>

#include "s3/server_options.hpp"
#include "s3/target.hpp"

namespace s3sign::s3 {

// Views of the target.
struct address {
    std::string_view scheme;  // "http" or "https"
    std::string_view host;    // host[:port], lower case, without a default port
    std::string_view prefix;  // encoded, before "/key"; empty or begins with `/`
};

// Of public_endpoint; of endpoint if the server has no public_endpoint.
address shown_address(const target& t);

// Of endpoint.
address direct_address(const server_options& server, const target& t);

}  // namespace s3sign::s3
