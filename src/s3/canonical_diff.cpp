#include "s3/canonical_diff.hpp"

#include <algorithm>
#include <cstddef>
#include <vector>

#include "base/ascii.hpp"
#include "base/text.hpp"
#include "sigv4/canonical.hpp"
#include "sigv4/url.hpp"
#include "sigv4/encoded.hpp"

namespace s3sign::s3 {
namespace {

using sigv4::field;

// A canonical request taken apart.
struct parts {
    std::string_view method, path, query;
    std::vector<field> headers;
    std::string_view signed_headers, payload;
};

parts take_apart(std::string_view text) {
    parts p;
    p.method = take_line(text);
    p.path = take_line(text);
    p.query = take_line(text);
    while (!text.empty()) {
        const std::string_view line = take_line(text);
        if (line.empty()) break;
        const std::size_t colon = std::min(line.find(':'), line.size());
        p.headers.push_back({line.substr(0, colon), line.substr(std::min(colon + 1, line.size()))});
    }
    p.signed_headers = take_line(text);
    p.payload = take_line(text);
    return p;
}

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

// Whether a path is what another one ends with, from a `/` on.
bool is_end_of(std::string_view end, std::string_view path) {
    return end.starts_with('/') && path.ends_with(end);
}

diagnosis compare_paths(std::string_view ours, std::string_view theirs) {
    diagnosis d{"other path", std::string(ours), std::string(theirs),
                "The request was for another object: compare the paths, and what a proxy in "
                "between does to them."};
    if (sigv4::decoded(theirs) == ours) {
        d.cause = "key encoded twice";
        d.hint =
            "The URL is percent-encoded already: use it as it is, without encodeURI() or the "
            "like, and sign keys as they are stored.";
    } else if (sigv4::decoded(ours) == theirs) {
        d.cause = "key not encoded";
        d.hint =
            "The client or a proxy decoded the path: it has to pass it on as it is in the "
            "URL.";
    } else if (theirs == with_plus(ours, "+") || theirs == with_plus(ours, "%2B")) {
        d.cause = "key encoded as a form";
        d.hint = "A space in a path is %20; \"+\" means a space in forms only.";
    } else if (sigv4::normalized_path(ours) == theirs) {
        d.cause = "path normalised";
        d.hint =
            "A client or proxy resolved \"//\", \"/./\" or \"/../\": turn that off (nginx: "
            "merge_slashes off; curl: --path-as-is), or avoid such keys.";
    } else if (is_end_of(theirs, ours) || is_end_of(ours, theirs)) {
        d.cause = "base path";
        d.hint =
            "A proxy adds or removes the beginning of the path: what is signed has to be the "
            "path that the storage gets (option \"public_endpoint\" of a named server).";
    }
    return d;
}

std::vector<std::string_view> parameters(std::string_view query) {
    std::vector<std::string_view> list;
    while (!query.empty()) list.push_back(take_item(query, '&'));
    return list;
}

std::string_view name_of(std::string_view parameter) {
    return parameter.substr(0, parameter.find('='));
}

// Signatures are nobody's to see, however their name is written.
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
        return {"query changed", shown(o), shown(t),
                "Somebody changed a parameter of the URL after it was signed."};
    const bool added = o.empty() || (!t.empty() && t < o);
    if (added)
        return {"query added", "", shown(t),
                "Somebody added a parameter to the URL after it was signed: sign it along, by the "
                "argument query."};
    return {"query removed", shown(o), "",
            "Somebody removed a parameter of the URL, or cut the URL off: quote it in the shell, "
            "and escape \"&\" in HTML."};
}

std::string line_of(const field& header) {
    return std::string(header.name) + ":" + std::string(header.value);
}

bool is_before(const field& a, const field& b) { return a.name < b.name; }

std::optional<diagnosis> compare_headers(const parts& ours, const parts& theirs) {
    // Sorted as they should be: nothing says that theirs are.
    std::vector<field> there = theirs.headers;
    std::stable_sort(there.begin(), there.end(), is_before);
    for (const field& mine : ours.headers) {
        const field* const other = sigv4::find_header(there, mine.name);
        const std::string_view value = other != nullptr ? other->value : std::string_view();
        if (value == mine.value) continue;
        const std::string name(mine.name);
        if (mine.name == "host")
            return diagnosis{"other host", line_of(mine), "host:" + std::string(value),
                             "The storage saw another Host than was signed. A proxy in front has "
                             "to pass the signed one on (nginx: proxy_set_header Host), or sign "
                             "for the host that the storage sees and show the proxy's by the "
                             "option \"public_endpoint\"."};
        if (value.empty())
            return diagnosis{
                "header missing", line_of(mine), name + ":",
                "The client has to send the header \"" + name + "\" exactly as it was signed."};
        return diagnosis{
            "header changed", line_of(mine), name + ":" + std::string(value),
            mine.value.empty()
                ? "The header is signed, and not among the argument headers: give "
                  "there what it was signed with."
                : "The client has to send the header \"" + name + "\" exactly as it was signed."};
    }
    return std::nullopt;
}

}  // namespace

std::optional<diagnosis> compare_canonical_requests(std::string_view ours,
                                                    std::string_view theirs) {
    const parts o = take_apart(ours);
    const parts t = take_apart(theirs);
    if (o.method != t.method)
        return diagnosis{"other method", std::string(o.method), std::string(t.method),
                         "A URL is for one method: sign for the one that the client uses (a "
                         "redirect, a preflight or a HEAD before a GET is another request)."};
    if (o.path != t.path) return compare_paths(o.path, t.path);
    if (o.query != t.query) return compare_queries(o.query, t.query);
    if (auto d = compare_headers(o, t)) return d;
    if (o.signed_headers != t.signed_headers)
        return diagnosis{"other signed headers", std::string(o.signed_headers),
                         std::string(t.signed_headers),
                         "The server read another list of signed headers."};
    if (o.payload != t.payload)
        return diagnosis{"other payload", std::string(o.payload), std::string(t.payload),
                         "The hash of the body in x-amz-content-sha256 is another than was "
                         "signed."};
    return std::nullopt;
}

std::optional<diagnosis> compare_strings_to_sign(std::string_view ours, std::string_view theirs) {
    take_line(ours);
    take_line(theirs);
    const std::string_view time = take_line(ours);
    const std::string_view their_time = take_line(theirs);
    if (time != their_time)
        return diagnosis{"other time", std::string(time), std::string(their_time),
                         "The server took the time from elsewhere: a header x-amz-date or date "
                         "that the client sends?"};
    const std::string_view scope = take_line(ours);
    const std::string_view their_scope = take_line(theirs);
    if (scope != their_scope)
        return diagnosis{"other scope", std::string(scope), std::string(their_scope),
                         "Date, region and service have to be the server's: sign with its "
                         "region."};
    return std::nullopt;
}

}  // namespace s3sign::s3
