#include "s3/target.hpp"

#include <algorithm>
#include <utility>

#include "base/ascii.hpp"
#include "base/error.hpp"
#include "s3/endpoint.hpp"
#include "s3/provider.hpp"
#include "sigv4/canonical.hpp"
#include "sigv4/encoded.hpp"
#include "sigv4/siphash.hpp"

namespace s3sign::s3 {
namespace {

bool is_control(char c) { return static_cast<unsigned char>(c) < ' ' || c == 0x7f; }

void check_bucket(std::string_view bucket, const provider& at) {
    if (bucket.empty()) invalid("bucket is empty");
    if (bucket.size() > 255) invalid("bucket has over 255 bytes");
    if (bucket == "." || bucket == "..") invalid("bucket is \".\" or \"..\"");
    const bool has_bad_colon =
        bucket.find(':') != bucket.npos && (!at.has_colon_bucket || bucket.starts_with("arn:"));
    if (bucket.find('/') != bucket.npos || has_bad_colon || std::ranges::any_of(bucket, is_control))
        invalid("bucket has a \"/\", a \":\" or a control character",
                "Put a key's folders into the file, and use an access point's host as the "
                "server.");
}

addressing parse_addressing(std::string_view text) {
    if (text == "path") return addressing::path;
    if (text == "virtual") return addressing::virtual_host;
    if (text == "cname") return addressing::cname;
    invalid("addressing is not \"path\", \"virtual\" or \"cname\"");
}

addressing default_addressing(addressing_rule rule, const endpoint& e, std::string_view bucket) {
    switch (rule) {
        case addressing_rule::aws:
            return is_virtual_hostable(bucket, e.scheme == "http") ? addressing::virtual_host
                                                                   : addressing::path;
        case addressing_rule::virtual_only:
            return addressing::virtual_host;
        case addressing_rule::cname:
            return addressing::cname;
        case addressing_rule::path:
            break;
    }
    return addressing::path;
}

void check_virtual(const endpoint& e, std::string_view bucket) {
    if (e.kind != host_kind::name)
        invalid("an IP address cannot be addressed as a virtual host",
                "Use addressing => 'path', or a host name.");
    if (!is_virtual_hostable(bucket, true))
        invalid("bucket cannot be part of a host name",
                "With virtual addressing a bucket has 3 to 63 of a-z, 0-9, \"-\" and \".\"; "
                "addressing => 'path' accepts any.");
}

std::string endpoint_of(const provider& p) {
    return "An endpoint of " + std::string(p.name) + " is " + std::string(p.endpoint) + ".";
}

// The bucket would be in the host twice, or in the host and in the key.
void check_host(const endpoint& e, std::string_view bucket, const known_host& host) {
    const bool known = !host.of->name.empty();
    const bool same = e.host.starts_with(std::string(bucket) + ".");
    if (e.kind != host_kind::name || !(known ? host.bucket_in_front : same)) return;
    invalid(std::string("endpoint begins with ") + (same ? "the" : "a") + " bucket already",
            (known ? endpoint_of(*host.of) + " " : "") +
                "Leave the bucket out of the host, or use addressing => 'cname' where the host is "
                "the bucket, 'path' where it only has the same name.");
}

// True if the first or the last segment of a path is the bucket.
bool has_bucket_segment(std::string_view path, std::string_view bucket) {
    if (path.empty()) return false;
    const std::string_view first = path.substr(1, path.find('/', 1) - 1);
    const std::string_view last = path.substr(path.rfind('/') + 1);
    return sigv4::decoded(first) == bucket || sigv4::decoded(last) == bucket;
}

// The bucket would be in the path twice, or a part of the key. At an unknown host `path` and
// `cname` are obeyed: a proxy may have /media before the bucket, and with `cname` no bucket is
// added.
void check_base_path(const endpoint& e, std::string_view bucket, const provider& at,
                     std::optional<addressing> asked) {
    if (e.base_path.empty()) return;
    if (!at.has_base_path)
        invalid("endpoint has a path",
                endpoint_of(at) + " It has no path: the bucket is given separately.");
    if (asked == addressing::path || asked == addressing::cname) return;
    if (has_bucket_segment(e.base_path, bucket))
        invalid("endpoint has the bucket in its path already",
                "Leave the bucket out of the endpoint: http://host[:port][/base/path]. Use "
                "addressing => 'path' where a path before the bucket has the same name.");
}

std::uint64_t hash_of(const destination& where) {
    return sigv4::index_hash({where.endpoint, where.bucket, where.region.value_or(""),
                              where.addressing.value_or(""), where.public_endpoint.value_or("")});
}

std::optional<std::string> copy(std::optional<std::string_view> text) {
    if (!text) return std::nullopt;
    return std::string(*text);
}

}  // namespace

void check_scope_part(std::string_view what, std::string_view value) {
    const bool good = std::all_of(value.begin(), value.end(), [](char c) {
        return is_alphanumeric(c) || c == '_' || c == '-';
    });
    if (value.empty()) invalid(std::string(what) + " is empty");
    if (value.size() > 64) invalid(std::string(what) + " has over 64 characters");
    if (!good)
        invalid(std::string(what) + " has a character other than letters, digits, \"_\" and \"-\"");
}

target resolve(const destination& where) {
    if (where.region) check_scope_part("region", *where.region);
    std::optional<addressing> asked;
    if (where.addressing) asked = parse_addressing(*where.addressing);
    endpoint e = parse_endpoint(where.endpoint);
    const known_host host = find_provider(e.host);
    const provider& known = *host.of;
    if (host.refused != nullptr) refuse(*host.refused);
    check_bucket(where.bucket, known);
    if (known.rule == addressing_rule::aws)
        if (const refusal* const reserved = find_reserved_bucket(where.bucket)) refuse(*reserved);
    const addressing style = asked ? *asked : default_addressing(known.rule, e, where.bucket);

    // An explicit `path` is obeyed: a host media.example.com may well have a bucket `media`.
    if (asked != addressing::path && style != addressing::cname) check_host(e, where.bucket, host);
    check_base_path(e, where.bucket, known, asked);

    target result;
    result.has_forms = known.has_forms;
    result.can_create_only = known.can_create_only;
    result.enforces_object_size = known.enforces_object_size;
    result.region = where.region ? *where.region : host.region.empty() ? "us-east-1" : host.region;
    result.path_prefix = e.base_path;
    if (style == addressing::virtual_host) {
        check_virtual(e, where.bucket);
        e.host = std::string(where.bucket) + "." + e.host;
    } else if (style == addressing::path) {
        result.path_prefix.append("/").append(sigv4::encoded(where.bucket));
        result.bucket_in_path = true;
    }
    result.host = e.authority();
    result.origin = e.origin();
    result.shown_prefix = result.path_prefix;
    if (where.public_endpoint) {
        const endpoint shown = parse_endpoint(*where.public_endpoint);
        result.origin = shown.origin();
        result.shown_prefix = shown.base_path + result.path_prefix.substr(e.base_path.size());
    }
    return result;
}

void check_can_bind(const target& at, std::span<const sigv4::field> headers) {
    if (at.can_create_only) return;
    if (sigv4::find_header(headers, "if-none-match") != nullptr)
        throw error(code::feature_not_supported, "the server's provider cannot forbid overwriting");
    if (sigv4::find_header(headers, "if-match") != nullptr)
        throw error(code::feature_not_supported,
                    "the server's provider does not check \"if-match\" of a PUT");
}

const target& target_cache::get(const destination& where) {
    const auto hash = [&] { return hash_of(where); };
    const entry* const known = entries_.find(hash, [&](const entry& e) { return e.is_of(where); });
    if (known != nullptr) return known->found;
    entry fresh{std::string(where.endpoint), std::string(where.bucket),   copy(where.region),
                copy(where.addressing),      copy(where.public_endpoint), resolve(where)};
    return entries_.add(hash(), fresh.bytes(), std::move(fresh)).found;
}

}  // namespace s3sign::s3
