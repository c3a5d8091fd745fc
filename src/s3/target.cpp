#include "s3/target.hpp"

#include <algorithm>

#include "base/ascii.hpp"
#include "base/error.hpp"
#include "s3/endpoint.hpp"
#include "s3/provider.hpp"
#include "sigv4/encoded.hpp"

namespace s3sign::s3 {
namespace {

[[noreturn]] void unsupported(std::string_view service) {
    throw error(code::feature_not_supported,
                std::string(service) + " needs a signer that s3sign does not have",
                "s3sign signs for general purpose buckets and access points.");
}

void check_bucket(std::string_view bucket) {
    if (bucket.empty()) invalid("bucket is empty");
    if (bucket.size() > 255) invalid("bucket has over 255 bytes");
    if (bucket == "." || bucket == "..") invalid("bucket is \".\" or \"..\"");
    const bool bad = std::any_of(bucket.begin(), bucket.end(), [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte < ' ' || byte == 0x7f || c == '/' || c == ':';
    });
    if (bad)
        invalid("bucket has a \"/\", a \":\" or a control character",
                "A key's folders belong to the file, an access point's host to the server.");
}

// Name endings that AWS reserves for buckets of other services.
void check_bucket_kind(std::string_view bucket) {
    if (bucket.ends_with("--x-s3") || bucket.ends_with("--xa-s3")) unsupported("S3 Express");
    if (bucket.ends_with("--op-s3")) unsupported("S3 on Outposts");
    if (bucket.ends_with(".mrap")) unsupported("an S3 multi-region access point");
}

addressing parse_addressing(std::string_view text) {
    if (text == "path") return addressing::path;
    if (text == "virtual") return addressing::virtual_host;
    if (text == "cname") return addressing::cname;
    invalid("addressing is none of \"path\", \"virtual\" and \"cname\"");
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
        invalid("an IP address can't be addressed as a virtual host",
                "Use addressing => 'path', or a host name.");
    if (!is_virtual_hostable(bucket, true))
        invalid("bucket can't be part of a host name",
                "With virtual addressing a bucket has 3 to 63 of a-z, 0-9, \"-\" and \".\"; "
                "addressing => 'path' takes any.");
}

// A host that contains the bucket already would contain it twice. If an AWS host contains another
// bucket, `bucket` would become a part of the key.
void check_host(const endpoint& e, std::string_view bucket, const provider& known) {
    if (e.kind != host_kind::name) return;
    const bool same = e.host.starts_with(std::string(bucket) + ".");
    const bool other = known.rule == addressing_rule::path &&
                       find_provider(e.host, true).rule == addressing_rule::aws;
    if (same || other)
        invalid(std::string("endpoint begins with ") + (same ? "the" : "a") + " bucket already",
                "Leave the bucket out of the host, or use addressing => 'cname' where the host is "
                "the bucket, 'path' where it only has the same name.");
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
    check_bucket(where.bucket);

    const provider known = find_provider(e.host, asked == addressing::cname);
    if (!known.unsupported.empty()) unsupported(known.unsupported);
    if (known.rule == addressing_rule::aws) check_bucket_kind(where.bucket);
    const addressing style = asked ? *asked : default_addressing(known.rule, e, where.bucket);

    // An explicit `path` is obeyed: the host media.example.com can have a bucket "media".
    if (asked != addressing::path && style != addressing::cname) check_host(e, where.bucket, known);

    target result;
    result.has_forms = known.has_forms;
    result.can_create_only = known.can_create_only;
    result.region = where.region           ? *where.region
                    : known.region.empty() ? "us-east-1"
                                           : known.region;
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

const target& target_cache::get(const destination& where) {
    const entry* const known = entries_.find([&](const entry& e) { return e.is_of(where); });
    if (known != nullptr) return known->found;
    return entries_
        .add({std::string(where.endpoint), std::string(where.bucket), copy(where.region),
              copy(where.addressing), copy(where.public_endpoint), resolve(where)})
        .found;
}

}  // namespace s3sign::s3
