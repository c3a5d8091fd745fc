#include "s3/address.hpp"

#include "s3/endpoint.hpp"

namespace s3sign::s3 {

address shown_address(const target& t) {
    const std::string_view origin = t.origin;
    const std::size_t colon = origin.find("://");
    return {origin.substr(0, colon), origin.substr(colon + 3), t.shown_prefix};
}

address direct_address(const server_options& server, const target& t) {
    const bool plain = parse_endpoint(server.endpoint).scheme == "http";
    return {plain ? "http" : "https", t.host, t.path_prefix};
}

}  // namespace s3sign::s3
