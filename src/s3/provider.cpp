#include "s3/provider.hpp"

#include <algorithm>
#include <cstddef>
#include <optional>

#include "base/ascii.hpp"

namespace s3sign::s3 {
namespace {

// Hosts by pattern: `*` stands for one label or the rest of it, `{region}` for one label or the
// rest of it, which is the region; `{aws}` likewise, for an AWS region; `**.` in front for any
// number of labels. The first that matches counts. Sources: the providers' documentation and, for
// AWS, botocore's endpoint rules.
struct row {
    std::string_view pattern;
    provider found;
};

constexpr auto by_path = addressing_rule::path;
constexpr auto aws = addressing_rule::aws;
constexpr auto virtual_only = addressing_rule::virtual_only;
constexpr auto cname = addressing_rule::cname;

constexpr provider unsupported(std::string_view service) { return {{}, by_path, service}; }
constexpr provider without_forms(std::string_view region) { return {region, by_path, {}, false}; }
constexpr provider overwriting(std::string_view region, addressing_rule rule) {
    return {region, rule, {}, true, false};
}

constexpr row rows[] = {
    // Amazon S3
    {"s3.amazonaws.com", {"us-east-1", aws, {}}},
    {"s3-external-1.amazonaws.com", {"us-east-1", aws, {}}},
    {"s3.{aws}.amazonaws.com", {{}, aws, {}}},
    {"s3-{aws}.amazonaws.com", {{}, aws, {}}},
    {"s3.dualstack.{aws}.amazonaws.com", {{}, aws, {}}},
    {"s3-fips.{aws}.amazonaws.com", {{}, aws, {}}},
    {"s3-fips.dualstack.{aws}.amazonaws.com", {{}, aws, {}}},
    {"s3.{aws}.amazonaws.com.cn", {{}, aws, {}}},
    {"s3.dualstack.{aws}.amazonaws.com.cn", {{}, aws, {}}},
    {"*.s3.{aws}.vpce.amazonaws.com", {{}, aws, {}}},
    {"*.*.s3.{aws}.vpce.amazonaws.com", {{}, aws, {}}},
    {"s3-accelerate.amazonaws.com", {{}, virtual_only, {}}},
    {"s3-accelerate.dualstack.amazonaws.com", {{}, virtual_only, {}}},
    {"*.s3-accesspoint.{aws}.amazonaws.com", {{}, cname, {}}},
    {"*.s3-accesspoint.dualstack.{aws}.amazonaws.com", {{}, cname, {}}},
    {"*.s3-accesspoint-fips.{aws}.amazonaws.com", {{}, cname, {}}},
    {"*.s3-accesspoint-fips.dualstack.{aws}.amazonaws.com", {{}, cname, {}}},
    {"*.s3-accesspoint.{aws}.amazonaws.com.cn", {{}, cname, {}}},
    {"*.s3-accesspoint.dualstack.{aws}.amazonaws.com.cn", {{}, cname, {}}},
    {"**.s3express-*.*.amazonaws.com", unsupported("S3 Express")},
    {"**.s3express-*.dualstack.*.amazonaws.com", unsupported("S3 Express")},
    {"**.s3-outposts.*.amazonaws.com", unsupported("S3 on Outposts")},
    {"**.s3-outposts-fips.*.amazonaws.com", unsupported("S3 on Outposts")},
    {"**.s3-object-lambda.*.amazonaws.com", unsupported("S3 Object Lambda")},
    {"**.s3-object-lambda-fips.*.amazonaws.com", unsupported("S3 Object Lambda")},
    {"**.s3-object-lambda.dualstack.*.amazonaws.com", unsupported("S3 Object Lambda")},
    {"**.s3express-*.*.amazonaws.com.cn", unsupported("S3 Express")},
    {"**.s3express-*.dualstack.*.amazonaws.com.cn", unsupported("S3 Express")},
    {"**.s3-outposts.*.amazonaws.com.cn", unsupported("S3 on Outposts")},
    {"**.s3-object-lambda.*.amazonaws.com.cn", unsupported("S3 Object Lambda")},
    {"**.accesspoint.s3-global.amazonaws.com", unsupported("an S3 multi-region access point")},

    // Cloudflare R2
    {"*.r2.cloudflarestorage.com", without_forms("auto")},
    {"*.eu.r2.cloudflarestorage.com", without_forms("auto")},
    {"*.us.r2.cloudflarestorage.com", without_forms("auto")},
    {"*.fedramp.r2.cloudflarestorage.com", without_forms("auto")},

    // Backblaze B2
    {"s3.{region}.backblazeb2.com", {{}, by_path, {}, false, false}},

    // Wasabi, with its aliases
    {"s3.wasabisys.com", {"us-east-1", by_path, {}}},
    {"s3.nl-1.wasabisys.com", {"eu-central-1", by_path, {}}},
    {"s3.de-1.wasabisys.com", {"eu-central-2", by_path, {}}},
    {"s3.uk-1.wasabisys.com", {"eu-west-1", by_path, {}}},
    {"s3.fr-1.wasabisys.com", {"eu-west-2", by_path, {}}},
    {"s3.uk-2.wasabisys.com", {"eu-west-3", by_path, {}}},
    {"s3.it-1.wasabisys.com", {"eu-south-1", by_path, {}}},
    {"s3.{region}.wasabisys.com", {}},

    // DigitalOcean Spaces, Google Cloud Storage, Linode, Scaleway, OVH, Hetzner, IBM
    {"{region}.digitaloceanspaces.com", {}},
    {"storage.googleapis.com", overwriting("auto", by_path)},
    {"{region}.linodeobjects.com", {}},
    {"s3.{region}.scw.cloud", {}},
    {"s3.{region}.io.cloud.ovh.net", {}},
    {"s3.{region}.io.cloud.ovh.us", {}},
    {"{region}.your-objectstorage.com", {}},
    {"s3.{region}.cloud-object-storage.appdomain.cloud", {}},

    // Oracle
    {"*.compat.objectstorage.{region}.oci.customer-oci.com", {}},
    {"*.compat.objectstorage.{region}.oraclecloud.com", {}},
    {"vhcompat.objectstorage.{region}.oci.customer-oci.com", {{}, virtual_only, {}}},

    // Alibaba: documents disagree about the region, so it has to be given where it matters
    {"s3.oss-*.aliyuncs.com", overwriting({}, virtual_only)},

    // Tigris, Yandex
    {"t3.storage.dev", {"auto", virtual_only, {}}},
    {"fly.storage.tigris.dev", {"auto", virtual_only, {}}},
    {"storage.yandexcloud.net", {"ru-central1", by_path, {}}},
};

// eu-west-1, us-gov-east-1, cn-north-1: what `s3-website-us-east-1` and `s3-external-1` are not.
bool is_aws_region(std::string_view region) {
    if (region.size() < 6 || !is_lower(region[0]) || !is_lower(region[1]) || region[2] != '-')
        return false;
    const std::size_t dash = region.rfind('-');
    const std::string_view number = region.substr(dash + 1);
    return dash > 2 && !number.empty() && std::all_of(number.begin(), number.end(), is_digit);
}

std::string_view take_last_label(std::string_view& host) {
    const std::size_t dot = host.rfind('.');
    const std::string_view label = host.substr(dot + 1);
    host = dot == host.npos ? std::string_view{} : host.substr(0, dot);
    return label;
}

// Matches one label; what stands for `{region}` or `{aws}` is left in `region`.
bool match_label(std::string_view pattern, std::string_view label, std::string_view& region) {
    const std::size_t hole = pattern.find_first_of("*{");
    if (hole == pattern.npos) return pattern == label;
    if (!label.starts_with(pattern.substr(0, hole))) return false;
    const std::string_view rest = label.substr(hole);
    if (rest.empty()) return false;
    if (pattern.ends_with("{aws}") && !is_aws_region(rest)) return false;
    if (pattern.ends_with('}')) region = rest;
    return true;
}

// Most rows are told apart by their last characters.
bool ends_alike(std::string_view pattern, std::string_view host) {
    while (!pattern.empty() && pattern.back() != '*' && pattern.back() != '}') {
        if (host.empty()) return pattern == "**.";
        if (pattern.back() != host.back()) return false;
        pattern.remove_suffix(1);
        host.remove_suffix(1);
    }
    return true;
}

std::optional<provider> match(const row& r, std::string_view host) {
    if (!ends_alike(r.pattern, host)) return std::nullopt;
    provider found = r.found;
    std::string_view pattern = r.pattern;
    while (!pattern.empty() && !host.empty()) {
        const std::string_view label = take_last_label(pattern);
        if (label == "**") return found;
        if (!match_label(label, take_last_label(host), found.region)) return std::nullopt;
    }
    if (!host.empty() || (!pattern.empty() && pattern != "**")) return std::nullopt;
    return found;
}

}  // namespace

provider find_provider(std::string_view host, bool bucket_in_front) {
    while (true) {
        for (const row& r : rows)
            if (const auto found = match(r, host)) return *found;
        const std::size_t dot = host.find('.');
        if (!bucket_in_front || dot == host.npos) return {};
        host.remove_prefix(dot + 1);
    }
}

bool is_virtual_hostable(std::string_view bucket, bool dots) {
    if (bucket.size() < 3 || bucket.size() > 63) return false;
    bool digits_and_dots_only = true;
    char before = '.';
    for (char c : bucket) {
        const bool alphanumeric = is_lower(c) || is_digit(c);
        if (c == '.' ? !dots || before == '.' || before == '-'
                     : !alphanumeric && (c != '-' || before == '.'))
            return false;
        digits_and_dots_only &= c == '.' || is_digit(c);
        before = c;
    }
    // 192.168.5.4 is not a bucket's name; neither is 1.2.3, which nobody needs.
    const bool looks_like_ip = digits_and_dots_only && bucket.find('.') != bucket.npos;
    return before != '-' && before != '.' && !looks_like_ip;
}

}  // namespace s3sign::s3
