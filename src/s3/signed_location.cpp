#include "s3/signed_location.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "base/ascii.hpp"
#include "base/error.hpp"
#include "s3/endpoint.hpp"
#include "s3/guard.hpp"
#include "s3/operation.hpp"
#include "sigv4/query_value.hpp"
#include "sigv4/verify.hpp"
#include "sigv4/encoded.hpp"

namespace s3sign::s3 {
namespace {

std::string canonical_host(const sigv4::url& u) {
    return sigv4::write_string(u.authority.size(),
                               [&](char* out) { return sigv4::put_canonical_host(out, u); });
}

std::string canonical_path(std::string_view path) {
    return sigv4::write_string(sigv4::canonical_path_size(path), [&](char* out) {
        return sigv4::put_canonical_path(out, path, "s3");
    });
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
        if (rest && !rest->empty())
            add(sigv4::decoded(rest->substr(1, rest->find('/', 1) - 1)).value_or(""));
    }
    const std::string behind_bucket = std::string(".").append(signed_one.authority());
    if (host.ends_with(behind_bucket)) add(host.substr(0, host.size() - behind_bucket.size()));
    add("s3sign-any-bucket");  // where the host is the bucket
    return found;
}

// --- the guard-rails -----------------------------------------------------------------------------

using sigv4::field;

bool stands_once(std::span<const field> query, std::string_view name) {
    return std::count_if(query.begin(), query.end(),
                         [&](const field& f) { return f.name == name; }) == 1;
}

// Of all that may be asked of a bucket, only a list of its objects keeps to a prefix.
void check_list(const server_options& server, std::string_view method,
                std::span<const field> query) {
    if (find_operation(method, true, query) != &list_objects) invalid("no list of objects");
    std::vector<field> others;
    bool has_prefix = false;
    for (const field& f : query) {
        if (sigv4::is_x_amz(f.name)) continue;
        const own_parameter* const own = find_own_parameter(list_objects, f.name);
        if (own == nullptr)
            others.push_back(f);
        else if (f.name != own->name || !stands_once(query, f.name))
            invalid("servers may read it in two ways");
        if (f.name != "prefix") continue;
        choose_prefix(server, f.value);
        has_prefix = true;
    }
    if (!has_prefix) invalid("no prefix");
    check_query(server, list_objects, others);
}

// A request without a key is one for the bucket: all of it is the server's without key_prefix.
bool is_allowed(const server_options& server, const sigv4::signed_url& u, std::string_view method,
                std::string_view encoded_key) {
    try {
        if (!encoded_key.empty())
            check_key_allowed(server, sigv4::decoded(encoded_key).value_or(""));
        else if (!server.key_prefix.empty())
            check_list(server, method, *u.query);
        return true;
    } catch (const error&) {
        return false;
    }
}

// --- the places ----------------------------------------------------------------------------------

struct request_line {
    const sigv4::signed_url& url;
    std::string_view method, host, path;  // host and path canonical
};

void add_matches(std::vector<signed_location>& found, const server_options& server,
                 const request_line& r, const target& t) {
    struct place {
        std::string_view scheme, host, prefix;
    };
    const std::string_view origin = t.origin;
    const std::size_t colon = origin.find("://");
    const std::string scheme = parse_endpoint(server.endpoint).scheme;
    const std::array<place, 2> places{
        {{origin.substr(0, colon), origin.substr(colon + 3), t.shown_prefix},
         {scheme, t.host, t.path_prefix}}};
    for (const place& p : places) {
        if (r.host != p.host || !equal_but_for_case(r.url.parts.scheme, p.scheme)) continue;
        const auto rest = behind(r.path, p.prefix);
        if (!rest || !is_allowed(server, r.url, r.method, rest->empty() ? *rest : rest->substr(1)))
            continue;
        const std::string path = t.path_prefix + std::string(*rest);
        signed_location here{t.host, path.empty() ? "/" : path, t.region};
        if (std::find(found.begin(), found.end(), here) == found.end())
            found.push_back(std::move(here));
    }
}

}  // namespace

std::vector<signed_location> find_signed_locations(const server_options& server,
                                                   const sigv4::signed_url& u,
                                                   std::string_view method, target_cache& targets) {
    std::vector<signed_location> found;
    const std::string host = canonical_host(u.parts);
    const std::string path = canonical_path(u.parts.path);
    for (const std::string& bucket : buckets(server, host, path)) {
        try {
            add_matches(found, server, {u, method, host, path}, targets.get(server.where(bucket)));
        } catch (const error&) {
            continue;  // no name of a bucket
        }
    }
    return found;
}

}  // namespace s3sign::s3
