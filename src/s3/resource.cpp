#include "s3/resource.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

#include "error.hpp"
#include "s3/endpoint.hpp"
#include "s3/guard.hpp"
#include "sigv4/encode.hpp"
#include "sigv4/verify.hpp"

namespace s3sign::s3 {
namespace {

std::string canonical_host(const sigv4::url& u) {
    std::string host(u.authority.size(), '\0');
    host.resize(static_cast<std::size_t>(sigv4::put_canonical_host(host.data(), u) - host.data()));
    return host;
}

std::string canonical_path(std::string_view path) {
    std::string result(sigv4::canonical_path_size(path), '\0');
    const char* const end = sigv4::put_canonical_path(result.data(), path, "s3");
    result.resize(static_cast<std::size_t>(end - result.data()));
    return result;
}

std::string decoded(std::string_view text) {
    std::string result(text);
    const char* const end = sigv4::percent_decode(result.data(), text);
    result.resize(end == nullptr ? 0 : static_cast<std::size_t>(end - result.data()));
    return result;
}

// What a canonical path has behind a prefix, from its `/` on.
std::optional<std::string_view> behind(std::string_view path, std::string_view prefix) {
    const std::string canonical = prefix.empty() ? "" : canonical_path(prefix);
    if (!path.starts_with(canonical)) return std::nullopt;
    path.remove_prefix(canonical.size());
    if (!path.empty() && path.front() != '/') return std::nullopt;
    return path;
}

// The buckets that the URL may be of.
std::vector<std::string> buckets(const server_options& server, std::string_view host,
                                 std::string_view path) {
    if (server.bucket) return {*server.bucket};
    std::vector<std::string> found;
    const auto add = [&](std::string_view bucket) {
        if (!bucket.empty()) found.emplace_back(bucket);
    };
    const endpoint signed_one = parse_endpoint(server.endpoint);
    const endpoint shown =
        server.public_endpoint ? parse_endpoint(*server.public_endpoint) : signed_one;
    for (const endpoint& e : {signed_one, shown}) {
        const auto rest = behind(path, e.base_path);
        if (rest && !rest->empty()) add(decoded(rest->substr(1, rest->find('/', 1) - 1)));
    }
    const std::string behind_bucket = std::string(".").append(signed_one.authority());
    if (host.ends_with(behind_bucket)) add(host.substr(0, host.size() - behind_bucket.size()));
    add("s3sign-any-bucket");  // where the host is the bucket
    return found;
}

// The guard-rail on keys. A list of a bucket's objects has a prefix instead.
bool is_allowed_key(const server_options& server, const sigv4::signed_url& u,
                    std::string_view encoded_key) {
    if (server.key_prefix.empty()) return true;
    if (encoded_key.empty()) {
        const auto prefix = std::find_if(u.query->begin(), u.query->end(),
                                         [](const auto& f) { return f.name == "prefix"; });
        return prefix != u.query->end() && prefix->value.starts_with(server.key_prefix);
    }
    try {
        check_key(server, decoded(encoded_key));
        return true;
    } catch (const error&) {
        return false;
    }
}

std::optional<resource> match(const server_options& server, const sigv4::signed_url& u,
                              std::string_view host, std::string_view path, const target& t) {
    struct place {
        std::string_view host, prefix;
    };
    const std::string_view origin = t.origin;
    const std::array<place, 2> places{
        {{t.host, t.path_prefix}, {origin.substr(origin.find("://") + 3), t.shown_prefix}}};
    for (const place& p : places) {
        if (host != p.host) continue;
        const auto rest = behind(path, p.prefix);
        if (!rest || !is_allowed_key(server, u, rest->empty() ? *rest : rest->substr(1))) continue;
        std::string signed_path = t.path_prefix + std::string(*rest);
        return resource{t.host, signed_path.empty() ? "/" : signed_path, t.region};
    }
    return std::nullopt;
}

}  // namespace

std::optional<resource> find_resource(const server_options& server, const sigv4::signed_url& u,
                                      target_cache& targets) {
    const std::string host = canonical_host(u.parts);
    const std::string path = canonical_path(u.parts.path);
    for (const std::string& bucket : buckets(server, host, path)) {
        try {
            if (auto found = match(server, u, host, path, targets.get(server.where(bucket))))
                return found;
        } catch (const error&) {
            continue;  // no name of a bucket
        }
    }
    return std::nullopt;
}

}  // namespace s3sign::s3
