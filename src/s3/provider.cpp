#include "s3/provider.hpp"

#include <algorithm>
#include <cstddef>
#include <optional>

#include "base/ascii.hpp"
#include "base/error.hpp"
#include "s3/host_table.hpp"

namespace s3sign::s3 {
namespace {

// eu-west-1, us-gov-east-1, us-isob-east-1, eusc-de-east-1; not `external-1` or `website-us-east-1`
bool is_aws_region(std::string_view region) {
    const std::size_t area = region.find('-');
    const std::size_t dash = region.rfind('-');
    if (dash == region.npos || area < 2 || area > 4 || dash < area + 2) return false;
    const std::string_view number = region.substr(dash + 1);
    return is_lower(region[0]) && is_lower(region[1]) && !number.empty() &&
           std::all_of(number.begin(), number.end(), is_digit);
}

std::string_view take_last_label(std::string_view& host) {
    const std::size_t dot = host.rfind('.');
    const std::string_view label = host.substr(dot + 1);
    host = dot == host.npos ? std::string_view{} : host.substr(0, dot);
    return label;
}

// Matches one label, and sets `region` to what matches `{region}` or `{name-1}`.
bool match_label(std::string_view pattern, std::string_view label, std::string_view& region) {
    const std::size_t hole = pattern.find_first_of("*{");
    if (hole == pattern.npos) return pattern == label;
    const std::string_view placeholder =
        pattern[hole] == '*' ? "*" : pattern.substr(hole, pattern.find('}') + 1 - hole);
    const std::string_view tail = pattern.substr(hole + placeholder.size());
    if (label.size() <= hole + tail.size() || !label.starts_with(pattern.substr(0, hole)) ||
        !label.ends_with(tail))
        return false;
    const std::string_view value = label.substr(hole, label.size() - hole - tail.size());
    if (placeholder == "{name-1}" && !is_aws_region(value)) return false;
    if (placeholder != "*") region = value;
    return true;
}

// Takes the domain off a host; false where it has another.
bool take_domain(std::string_view& host, std::string_view domain) {
    if (!host.ends_with(domain) || host.size() == domain.size()) return false;
    const std::string_view rest = host.substr(0, host.size() - domain.size());
    if (!rest.ends_with('.')) return false;
    host = rest.substr(0, rest.size() - 1);
    return true;
}

// Matches a pattern's last label, which may stand for a whole domain.
bool match_domain(std::string_view last, std::string_view& host) {
    const auto matches = [&](std::string_view domain) { return take_domain(host, domain); };
    if (last == "AWS") return std::ranges::any_of(aws_domains, matches);
    if (last == "AWS6") return std::ranges::any_of(aws_ipv6_domains, matches);
    return take_last_label(host) == last;
}

std::optional<known_host> match(const row& r, std::string_view host) {
    known_host found{r.of, r.region, r.refused};
    std::string_view pattern = r.pattern;
    if (!match_domain(take_last_label(pattern), host)) return std::nullopt;
    while (!pattern.empty() && !host.empty()) {
        const std::string_view label = take_last_label(pattern);
        if (label == "**") return found;
        if (!match_label(label, take_last_label(host), found.region)) return std::nullopt;
    }
    if (!host.empty() || (!pattern.empty() && pattern != "**")) return std::nullopt;
    return found;
}

}  // namespace

void refuse(const refusal& why) {
    throw error(code::feature_not_supported, std::string(why.message), std::string(why.hint));
}

known_host find_provider(std::string_view host) {
    for (bool bucket_in_front = false;; bucket_in_front = true) {
        for (const row& r : rows) {
            if (auto found = match(r, host)) {
                found->bucket_in_front = bucket_in_front;
                return *found;
            }
        }
        const std::size_t dot = host.find('.');
        if (dot == host.npos) return {&unknown};
        host.remove_prefix(dot + 1);
    }
}

const refusal* find_reserved_bucket(std::string_view bucket) {
    struct reserved {
        std::string_view suffix;
        const refusal* why;
    };
    constexpr reserved names[] = {
        {"--x-s3", &express},     {"--xa-s3", &express},   {"--op-s3", &outposts},
        {".mrap", &multi_region}, {"--table-s3", &tables},
    };
    for (const reserved& r : names)
        if (bucket.ends_with(r.suffix)) return r.why;
    return nullptr;
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
    // 192.168.5.4 is no bucket name; 1.2.3 is refused too, since browsers read it as an address.
    const bool looks_like_ip = digits_and_dots_only && bucket.find('.') != bucket.npos;
    return before != '-' && before != '.' && !looks_like_ip;
}

}  // namespace s3sign::s3
