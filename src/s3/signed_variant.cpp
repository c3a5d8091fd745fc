#include "s3/signed_variant.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <iterator>
#include <string>
#include <vector>

#include "base/ascii.hpp"
#include "sigv4/encoded.hpp"
#include "sigv4/query_value.hpp"
#include "sigv4/verify.hpp"

namespace s3sign::s3 {
namespace {

constexpr int most_segments = 3;  // of a path or a host, for a base path or a bucket
constexpr std::ptrdiff_t most_parameters = 32;

// --- paths ---------------------------------------------------------------------------------------

std::string replaced(std::string_view text, std::string_view from, std::string_view to) {
    std::string result;
    while (true) {
        const std::size_t end = std::min(text.find(from), text.size());
        result += text.substr(0, end);
        if (end == text.size()) return result;
        result += to;
        text.remove_prefix(end + from.size());
    }
}

struct path_variant {
    const cause& why;
    std::string path;
};

std::vector<path_variant> path_variants(std::string_view path) {
    std::vector<path_variant> list;
    const std::string once = sigv4::decoded(path).value_or(std::string(path));
    // «/a%20b» is «/a%2520b» once less; «/a b» is what a signer that does not encode signs.
    const bool was_encoded = sigv4::encoded_path(sigv4::decoded(once).value_or("")) == once;
    list.push_back({was_encoded ? causes::key_encoded_twice : causes::key_not_encoded, once});
    list.push_back({causes::key_not_encoded, sigv4::encoded_path(path)});
    list.push_back({causes::key_encoded_as_form, replaced(path, "%20", "+")});
    list.push_back({causes::key_encoded_as_form, replaced(path, "%20", "%2B")});
    list.push_back({causes::key_encoded_as_form, replaced(path, "%2B", "%20")});
    list.push_back({causes::path_normalised, sigv4::normalized_path(path)});
    list.push_back({causes::path_normalised, std::string(path) + "/"});
    if (path.ends_with('/') && path.size() > 1)
        list.push_back({causes::path_normalised, std::string(path.substr(0, path.size() - 1))});
    std::size_t slash = 0;
    for (int i = 0; i < most_segments; i++) {
        slash = path.find('/', slash + 1);
        if (slash == path.npos) break;
        list.push_back({causes::base_path, std::string(path.substr(slash))});
    }
    return list;
}

// --- hosts ---------------------------------------------------------------------------------------

struct place {
    const cause& why;
    std::string host, path;
};

// The bucket in the host instead of in the path and the other way round, and other ports.
std::vector<place> place_variants(std::string_view host, std::string_view path) {
    std::vector<place> list;
    const auto add = [&](const cause& c, std::string_view h, std::string p) {
        list.push_back({c, std::string(h), std::move(p)});
    };
    std::size_t dot = 0;
    for (int i = 0; i < most_segments; i++) {
        dot = host.find('.', dot + (i > 0));
        if (dot == host.npos) break;
        std::string below = "/";
        below.append(host.substr(0, dot)).append(path);
        add(causes::other_host, host.substr(dot + 1), below);
        add(causes::base_path, host, below);
    }
    const std::size_t slash = path.find('/', 1);
    if (slash != path.npos)
        add(causes::other_host, std::string(path.substr(1, slash - 1)) + "." + std::string(host),
            std::string(path.substr(slash)));
    const std::string_view name = host.substr(0, host.rfind(':'));
    if (name.size() < host.size()) add(causes::other_host, name, std::string(path));
    for (const std::string_view port : {":443", ":80"})
        add(causes::other_host, std::string(name) + std::string(port), std::string(path));
    return list;
}

// --- queries -------------------------------------------------------------------------------------

// Parameters that S3 gives a meaning to.
bool is_of_s3(std::string_view name) {
    constexpr std::string_view names[] = {
        "continuation-token", "delimiter",  "encoding-type", "list-type",
        "max-keys",           "partNumber", "prefix",        "start-after",
        "uploadId",           "uploads",    "versionId",     "x-id"};
    return name.starts_with("response-") ||
           std::find(std::begin(names), std::end(names), name) != std::end(names);
}

struct query_variant {
    std::string query;
    std::string removed;
};

// Without each parameter that `keep` is false for.
template <class Keep>
query_variant filtered(std::string_view query, Keep keep) {
    query_variant result;
    for (std::size_t i = 0; !query.empty(); i++) {
        const std::size_t end = std::min(query.find('&'), query.size());
        const std::string_view parameter = query.substr(0, end);
        std::string& to =
            keep(i, parameter.substr(0, parameter.find('='))) ? result.query : result.removed;
        if (!to.empty()) to += '&';
        to += parameter;
        query.remove_prefix(std::min(end + 1, query.size()));
    }
    return result;
}

std::vector<query_variant> query_variants(std::string_view query) {
    std::vector<query_variant> list;
    list.push_back(filtered(query, [](std::size_t, std::string_view name) {
        return sigv4::is_x_amz(name) || is_of_s3(name);
    }));
    list.push_back(
        filtered(query, [](std::size_t, std::string_view name) { return sigv4::is_x_amz(name); }));
    const std::ptrdiff_t count = 1 + std::count(query.begin(), query.end(), '&');
    for (std::ptrdiff_t i = 0; i < std::min(count, most_parameters); i++)
        list.push_back(filtered(query, [&](std::size_t at, std::string_view) {
            return at != static_cast<std::size_t>(i);
        }));
    return list;
}

// --- the search ----------------------------------------------------------------------------------

// Shows what was signed beside what was sent.
diagnosis differ(const cause& c, std::string_view ours, std::string_view theirs) {
    return because(c, std::string(ours), std::string(theirs));
}

template <class Matches>
std::optional<diagnosis> try_methods(sigv4::request r, Matches matches) {
    const std::string_view sent = r.method;
    for (const std::string_view method : {"GET", "PUT", "HEAD", "DELETE", "POST"}) {
        r.method = method;
        if (method != sent && matches(r)) return differ(causes::other_method, method, sent);
    }
    return std::nullopt;
}

template <class Matches>
std::optional<diagnosis> try_paths(sigv4::request r, Matches matches) {
    const std::string_view sent = r.path;
    for (const path_variant& v : path_variants(sent)) {
        r.path = v.path;
        if (r.path != sent && matches(r)) return differ(v.why, r.path, sent);
    }
    return std::nullopt;
}

template <class Matches>
std::optional<diagnosis> try_places(sigv4::request r, Matches matches) {
    const std::string_view host = r.host, path = r.path;
    for (const place& v : place_variants(host, path)) {
        r.host = v.host;
        r.path = v.path;
        if (!matches(r)) continue;
        if (r.host == host) return differ(v.why, r.path, path);
        return differ(v.why, std::string("host:").append(v.host),
                      std::string("host:").append(host));
    }
    return std::nullopt;
}

template <class Matches>
std::optional<diagnosis> try_queries(sigv4::request r, Matches matches) {
    for (const query_variant& v : query_variants(r.query)) {
        r.query = v.query;
        if (!v.removed.empty() && matches(r)) return differ(causes::query_added, "", v.removed);
    }
    return std::nullopt;
}

template <class Matches>
std::optional<diagnosis> try_payload(sigv4::request r, Matches matches) {
    const std::string_view sent = r.payload;
    r.payload = sigv4::empty_payload;
    if (sent != r.payload && matches(r)) return differ(causes::other_payload, r.payload, sent);
    return std::nullopt;
}

}  // namespace

bool is_signed(const refused_request& r, const sigv4::request& other, sigv4::signing_key& key) {
    std::string text(sigv4::rebuilt_canonical_request_size(r.url, other), '\0');
    const char* const end = sigv4::put_rebuilt_canonical_request(text.data(), r.url, other);
    const auto hash = sigv4::sha256({{text.data(), static_cast<std::size_t>(end - text.data())}});
    return sigv4::matches(r.url, key.sign(sigv4::timestamp(*r.url.signed_at), hash));
}

std::optional<diagnosis> find_signed_variant(const refused_request& r, sigv4::signing_key& key) {
    if (r.canonical_request.size() > longest_request) return std::nullopt;
    const auto matches = [&](const sigv4::request& other) { return is_signed(r, other, key); };
    if (auto d = try_methods(r.request, matches)) return d;
    if (auto d = try_paths(r.request, matches)) return d;
    if (auto d = try_places(r.request, matches)) return d;
    if (auto d = try_queries(r.request, matches)) return d;
    return try_payload(r.request, matches);
}

}  // namespace s3sign::s3
