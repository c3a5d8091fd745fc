#include "s3/signed_location.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/ascii.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "s3/address.hpp"
#include "s3/endpoint.hpp"
#include "s3/guard.hpp"
#include "s3/operation.hpp"
#include "sigv4/encoded.hpp"
#include "sigv4/query_value.hpp"
#include "sigv4/url.hpp"
#include "sigv4/verify.hpp"

namespace s3sign::s3 {
namespace {

using allocator = char* (*)(std::size_t);

// The output of the writer `write`, which writes at most `size` bytes.
template <class Write>
std::string_view write_in(allocator allocate, std::size_t size, Write write) {
    char* const begin = allocate(size);
    return view(begin, write(begin));
}

std::string_view copy_in(allocator allocate, std::string_view text) {
    return write_in(allocate, text.size(), [&](char* out) { return put(out, text); });
}

// The rest of a canonical path after a prefix: empty, or from its `/` on. Nothing if the path does
// not begin with the prefix.
std::optional<std::string_view> path_after(std::string_view path, std::string_view prefix) {
    if (!prefix.empty()) {
        const std::string canonical =
            write_string(sigv4::canonical_path_size(prefix),
                         [&](char* out) { return sigv4::put_canonical_path(out, prefix, "s3"); });
        if (!path.starts_with(canonical)) return std::nullopt;
        path.remove_prefix(canonical.size());
    }
    if (!path.empty() && path.front() != '/') return std::nullopt;
    return path;
}

// The buckets that the URL of a server without one may name.
std::vector<std::string> possible_buckets(const server_options& server, std::string_view host,
                                          std::string_view path) {
    std::vector<std::string> found;
    const auto add = [&](std::string_view bucket) {
        if (!bucket.empty()) found.emplace_back(bucket);
    };
    const endpoint direct = parse_endpoint(server.endpoint);
    const endpoint shown =
        server.public_endpoint ? parse_endpoint(*server.public_endpoint) : direct;
    for (const endpoint& e : {direct, shown}) {
        const auto rest = path_after(path, e.base_path);
        if (rest && !rest->empty())
            add(sigv4::decoded(rest->substr(1, rest->find('/', 1) - 1)).value_or(""));
    }
    const std::string suffix = std::string(".").append(direct.authority());
    if (host.ends_with(suffix)) add(host.substr(0, host.size() - suffix.size()));
    add("s3sign-any-bucket");  // addressing «cname»: the host is the bucket, whatever its name
    return found;
}

// --- limits --------------------------------------------------------------------------------------

using sigv4::field;

struct request_line {
    const sigv4::signed_url& url;
    std::string_view method;
    std::string_view host, path;  // canonical
    std::string_view key_prefix;
    allocator allocate;
};

bool is_given_once(std::span<const field> query, std::string_view name) {
    return std::count_if(query.begin(), query.end(),
                         [&](const field& f) { return f.name == name; }) == 1;
}

// Throws unless a request for the bucket is a list below key_prefix: no other operation on a bucket
// can be limited to a prefix.
void check_list(const server_options& server, std::string_view key_prefix, std::string_view method,
                std::span<const field> query) {
    if (find_operation(method, true, query) != &list_objects) invalid("not a list of objects");
    std::vector<field> others;
    bool has_prefix = false;
    for (const field& f : query) {
        if (sigv4::is_x_amz(f.name)) continue;
        if (server.log_user && f.name == server.log_user->name) continue;
        const own_parameter* const own = find_own_parameter(list_objects, f.name);
        if (own == nullptr)
            others.push_back(f);
        else if (f.name != own->name || !is_given_once(query, f.name))
            invalid("servers may read it in two ways");
        if (f.name != "prefix") continue;
        choose_prefix(key_prefix, f.value);
        has_prefix = true;
    }
    if (!has_prefix) invalid("no prefix");
    check_query(server, list_objects, others);
}

// The key of a canonical path.
std::string_view decode_key(const request_line& r, std::string_view encoded_key) {
    if (encoded_key.find('%') == encoded_key.npos) return encoded_key;
    return write_in(r.allocate, encoded_key.size(), [&](char* out) {
        return sigv4::percent_decode(out, encoded_key);  // our own encoding
    });
}

// A request without a key is for the whole bucket, which is the server's if it has no key_prefix.
bool is_allowed(const server_options& server, const request_line& r, std::string_view encoded_key) {
    if (!encoded_key.empty()) return is_key_allowed(r.key_prefix, decode_key(r, encoded_key));
    try {
        if (!r.key_prefix.empty()) check_list(server, r.key_prefix, r.method, *r.url.query);
        return true;
    } catch (const error&) {
        return false;
    }
}

// --- the locations -------------------------------------------------------------------------------

// The canonical path of the target: that of the URL, where both have the same prefix.
std::string_view path_at(const request_line& r, const target& t, std::string_view rest) {
    if (r.path.size() == t.path_prefix.size() + rest.size() && r.path.starts_with(t.path_prefix))
        return r.path.empty() ? "/" : r.path;
    if (t.path_prefix.empty() && rest.empty()) return "/";
    return write_in(r.allocate, t.path_prefix.size() + rest.size(),
                    [&](char* out) { return put(put(out, t.path_prefix), rest); });
}

void add_location(signed_locations& found, const server_options& server, const request_line& r,
                  const target& t, const address& a) {
    if (r.host != a.host || !equal_but_for_case(r.url.parts.scheme, a.scheme)) return;
    const auto rest = path_after(r.path, a.prefix);
    if (!rest || !is_allowed(server, r, rest->empty() ? *rest : rest->substr(1))) return;
    // Copies, because the next look-up may drop the target.
    const std::string_view region = *r.url.region;
    const signed_location l{t.host == r.host ? r.host : copy_in(r.allocate, t.host),
                            path_at(r, t, *rest),
                            t.region == region ? region : copy_in(r.allocate, t.region)};
    if (std::find(found.begin(), found.end(), l) == found.end()) found.add(l);
}

void add_locations(signed_locations& found, const server_options& server, const request_line& r,
                   std::string_view bucket, target_cache& targets) {
    try {
        const target& t = targets.get(server.where(bucket));
        add_location(found, server, r, t, shown_address(t));
        // Without public_endpoint both addresses are the same.
        if (!server.public_endpoint) return;
        add_location(found, server, r, t, direct_address(server, t));
    } catch (const error&) {
        // Part of a URL that is not a valid bucket name.
    }
}

}  // namespace

signed_locations find_signed_locations(const server_options& server, std::string_view key_prefix,
                                       const sigv4::signed_url& u, std::string_view method,
                                       target_cache& targets, allocator allocate) {
    char* const host =
        allocate(u.parts.authority.size() + sigv4::canonical_path_size(u.parts.path));
    char* const path = sigv4::put_canonical_host(host, u.parts);
    const char* const path_end = sigv4::put_canonical_path(path, u.parts.path, "s3");
    const request_line line{u,          method,  view(host, path), view(path, path_end),
                            key_prefix, allocate};
    signed_locations found;
    if (server.bucket) {
        add_locations(found, server, line, *server.bucket, targets);
    } else {
        for (const std::string& bucket : possible_buckets(server, line.host, line.path))
            add_locations(found, server, line, bucket, targets);
    }
    return found;
}

}  // namespace s3sign::s3
