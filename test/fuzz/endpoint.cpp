// Parses an endpoint and resolves it with a bucket and an addressing.
#include "s3/endpoint.hpp"

#include "fuzz.hpp"
#include "s3/provider.hpp"
#include "s3/target.hpp"

namespace s3sign::fuzz {
namespace {

void check_endpoint(const s3::endpoint& e) {
    require(e.scheme == "https" || e.scheme == "http", "a scheme", e.scheme);
    constexpr std::string_view of_hosts = "abcdefghijklmnopqrstuvwxyz0123456789-._";
    constexpr std::string_view of_addresses = "[]:abcdef0123456789";
    const bool ipv6 = e.kind == s3::host_kind::ipv6;
    require(!e.host.empty() &&
                e.host.find_first_not_of(ipv6 ? of_addresses : of_hosts) == std::string::npos,
            "a host", e.host);
    require(e.port.find_first_not_of("0123456789") == std::string::npos && e.port.size() <= 5 &&
                (e.port.empty() || (std::stoi(e.port) >= 1 && std::stoi(e.port) <= 65535)),
            "a port", e.port);
    require(e.base_path.empty() || (e.base_path.front() == '/' && e.base_path.back() != '/'),
            "a base path", e.base_path);
    require(e.base_path.find("//") == std::string::npos &&
                (e.base_path + "/").find("/../") == std::string::npos &&
                (e.base_path + "/").find("/./") == std::string::npos,
            "a base path that is not resolved", e.base_path);
}

}  // namespace

void fuzz(input bytes) {
    const std::string text = bytes.next();
    const std::string bucket = bytes.next();
    const std::string region = bytes.next();
    const std::string addressing = bytes.next();
    const std::string shown = bytes.next();

    if (!accepted([&] {
            const s3::endpoint e = s3::parse_endpoint(text);
            check_endpoint(e);
            // Writing and parsing again changes nothing.
            const s3::endpoint again = s3::parse_endpoint(e.origin() + e.base_path);
            same(again.origin() + again.base_path, e.origin() + e.base_path, "an endpoint again");
        }))
        return;
    accepted([&] {
        s3::destination where{.endpoint = text, .bucket = bucket};
        if (!region.empty()) where.region = region;
        if (!addressing.empty()) where.addressing = addressing;
        if (!shown.empty()) where.public_endpoint = shown;
        const s3::target target = s3::resolve(where);
        // The target's origin is an endpoint again, so no part can break out of a URL.
        const s3::endpoint e = s3::parse_endpoint(target.origin);
        same(e.origin(), target.origin, "the target's origin");
        if (shown.empty()) same(e.authority(), target.host, "the target's host");
        require(target.path_prefix.find_first_of("?#\n ") == std::string::npos, "a path's prefix",
                target.path_prefix);
        require(!target.region.empty(), "a region");

        const s3::known_host known = s3::find_provider(s3::parse_endpoint(text).host);
        require(known.refused == nullptr, "a host that accepts presigned URLs", text);
        if (known.of->has_base_path) return;
        require(target.bucket_in_path != target.path_prefix.empty(), "no base path",
                target.path_prefix);
        require(bucket.find(':') == std::string::npos, "a bucket without a colon", bucket);
    });
}

}  // namespace s3sign::fuzz
