#include "s3/canonical_diff.hpp"

#include <algorithm>
#include <cstddef>
#include <string>
#include <vector>

#include "base/ascii.hpp"
#include "s3/canonical_parts.hpp"
#include "sigv4/encoded.hpp"
#include "sigv4/url.hpp"

namespace s3sign::s3 {
namespace {

using sigv4::field;

// --- paths ---------------------------------------------------------------------------------------

std::string with_plus(std::string_view path, std::string_view plus) {
    constexpr std::string_view space = "%20";
    std::string result;
    while (true) {
        const std::size_t end = std::min(path.find(space), path.size());
        result += path.substr(0, end);
        if (end == path.size()) return result;
        result += plus;
        path.remove_prefix(end + space.size());
    }
}

// True where `longer` is the other path with a slash at its end.
bool has_slash_more(std::string_view longer, std::string_view path) {
    return longer.size() == path.size() + 1 && longer.ends_with('/') && longer.starts_with(path);
}

// True where a path is the end of the other one, from a `/` on.
bool is_end_of(std::string_view end, std::string_view path) {
    return end.starts_with('/') && path.ends_with(end);
}

const cause& cause_of_paths(std::string_view ours, std::string_view theirs) {
    if (sigv4::decoded(theirs) == ours) return causes::key_encoded_twice;
    if (const auto plain = sigv4::decoded(ours); plain && equal_but_for_space(*plain, theirs))
        return causes::key_not_encoded;
    if (theirs == with_plus(ours, "+") || theirs == with_plus(ours, "%2B"))
        return causes::key_encoded_as_form;
    if (sigv4::normalized_path(ours) == theirs || has_slash_more(ours, theirs) ||
        has_slash_more(theirs, ours))
        return causes::path_normalised;
    if (is_end_of(theirs, ours) || is_end_of(ours, theirs)) return causes::base_path;
    return causes::other_path;
}

// --- queries -------------------------------------------------------------------------------------

std::vector<std::string_view> parameters(std::string_view query) {
    std::vector<std::string_view> list;
    while (!query.empty()) {
        const std::size_t end = std::min(query.find('&'), query.size());
        list.push_back(query.substr(0, end));
        query.remove_prefix(std::min(end + 1, query.size()));
    }
    return list;
}

std::string_view name_of(std::string_view parameter) {
    return parameter.substr(0, parameter.find('='));
}

// A signature is never shown, however its name is written.
std::string shown(std::string_view parameter) {
    const std::string_view name = name_of(parameter);
    return std::string(equal_but_for_case(sigv4::decoded(name).value_or(""), "X-Amz-Signature")
                           ? name
                           : parameter);
}

diagnosis compare_queries(std::string_view ours, std::string_view theirs) {
    const auto here = parameters(ours);
    const auto there = parameters(theirs);
    // Both are sorted.
    const auto [mine, other] = std::mismatch(here.begin(), here.end(), there.begin(), there.end());
    const std::string_view o = mine == here.end() ? std::string_view() : *mine;
    const std::string_view t = other == there.end() ? std::string_view() : *other;
    if (!o.empty() && name_of(o) == name_of(t))
        return because(causes::query_changed, shown(o), shown(t));
    const bool is_added = o.empty() || (!t.empty() && t < o);
    return is_added ? because(causes::query_added, "", shown(t))
                    : because(causes::query_removed, shown(o), "");
}

// --- headers -------------------------------------------------------------------------------------

bool is_before(const field& a, const field& b) { return a.name < b.name; }

std::string_view value_of(const std::vector<field>& sorted, std::string_view name) {
    const auto found = std::lower_bound(sorted.begin(), sorted.end(), field{name, {}}, is_before);
    return found == sorted.end() || found->name != name ? std::string_view() : found->value;
}

diagnosis compare_header(const field& ours, std::string_view theirs) {
    const std::string name(ours.name);
    const std::string mine = name + ":" + std::string(ours.value);
    const std::string other = name + ":" + std::string(theirs);
    if (name == "host") return because(causes::other_host, mine, other);
    if (theirs.empty()) return because(causes::header_missing, mine, other);
    diagnosis d = because(causes::header_changed, mine, other);
    if (ours.value.empty())
        d.hint =
            "The header is signed, but the argument headers does not contain it: give the "
            "value that was signed.";
    return d;
}

std::optional<diagnosis> compare_headers(const canonical_parts& ours,
                                         const canonical_parts& theirs) {
    // Nothing says that theirs are sorted.
    std::vector<field> there = theirs.headers;
    std::stable_sort(there.begin(), there.end(), is_before);
    for (const field& mine : ours.headers) {
        const std::string_view value = value_of(there, mine.name);
        if (!equal_but_for_space(value, mine.value)) return compare_header(mine, value);
    }
    return std::nullopt;
}

std::optional<diagnosis> compare_parts(const canonical_parts& ours, const canonical_parts& theirs) {
    const auto differ = [](const cause& c, std::string_view o, std::string_view t) {
        return because(c, std::string(o), std::string(t));
    };
    if (ours.method != theirs.method)
        return differ(causes::other_method, ours.method, theirs.method);
    if (ours.path != theirs.path)
        return differ(cause_of_paths(ours.path, theirs.path), ours.path, theirs.path);
    if (ours.query != theirs.query) return compare_queries(ours.query, theirs.query);
    if (auto d = compare_headers(ours, theirs)) return d;
    if (ours.signed_headers != theirs.signed_headers)
        return differ(causes::other_signed_headers, ours.signed_headers, theirs.signed_headers);
    if (ours.payload != theirs.payload)
        return differ(causes::other_payload, ours.payload, theirs.payload);
    return std::nullopt;
}

}  // namespace

std::optional<diagnosis> compare_canonical_requests(std::string_view ours,
                                                    std::string_view theirs) {
    if (equal_but_for_space(ours, theirs)) return std::nullopt;
    const canonical_parts o = split_lines(ours);
    const canonical_parts lines = split_lines(theirs);
    if (are_whole(lines)) return compare_parts(o, lines);
    const std::string joined = without_space(theirs);
    return compare_parts(o, split_like(o, joined));
}

std::optional<diagnosis> compare_strings_to_sign(std::string_view ours, std::string_view theirs) {
    constexpr std::size_t size_of_time = 16, size_of_hash = 64;
    const std::string joined[] = {without_space(ours), without_space(theirs)};
    std::string_view o = joined[0], t = joined[1];
    // «AWS4-HMAC-SHA256», time, scope and hash; another algorithm's are not compared.
    const std::string_view algorithm = sigv4::algorithm;
    const std::size_t least = algorithm.size() + size_of_time + size_of_hash;
    if (!t.starts_with(algorithm) || t.size() < least || o.size() < least) return std::nullopt;
    for (std::string_view* const text : {&o, &t}) {
        text->remove_prefix(algorithm.size());
        text->remove_suffix(size_of_hash);
    }
    if (o == t) return std::nullopt;
    const bool is_time = o.substr(0, size_of_time) != t.substr(0, size_of_time);
    const auto part = [&](std::string_view text) {
        return std::string(is_time ? text.substr(0, size_of_time) : text.substr(size_of_time));
    };
    return because(is_time ? causes::other_time : causes::other_scope, part(o), part(t));
}

}  // namespace s3sign::s3
