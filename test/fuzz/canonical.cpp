// Query, headers and path of a canonical request, beside the same written slowly.
#include <map>

#include "../unit/reference.hpp"
#include "fuzz.hpp"

namespace s3sign::fuzz {
namespace {

std::string slow_query(reference::pairs query) {
    for (auto& [name, value] : query) {
        name = reference::uri_encode(name);
        value = reference::uri_encode(value);
    }
    std::sort(query.begin(), query.end());
    std::string text;
    for (std::size_t i = 0; i < query.size(); i++)
        text += (i > 0 ? "&" : "") + query[i].first + "=" + query[i].second;
    return text;
}

std::string lower(std::string text) {
    for (char& c : text)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return text;
}

std::string trim_all(const std::string& text) {
    std::string result;
    for (char c : text) {
        const bool blank = std::string(" \t\r\n").find(c) != std::string::npos;
        if (!blank)
            result += c;
        else if (!result.empty() && result.back() != ' ')
            result += ' ';
    }
    if (!result.empty() && result.back() == ' ') result.pop_back();
    return result;
}

std::string slow_headers(const reference::pairs& headers) {
    std::map<std::string, std::string> joined;
    for (const auto& [name, value] : headers) {
        const auto [at, is_new] = joined.try_emplace(lower(name));
        at->second += (is_new ? "" : ",") + trim_all(value);
    }
    std::string text;
    for (const auto& [name, value] : joined) text += name + ":" + value + "\n";
    return text;
}

// RFC 3986 §5.2.4 on a list of segments; an empty one is none.
std::string slow_path(const std::string& path) {
    std::vector<std::string> segments;
    bool folder = true;
    std::size_t begin = 0;
    while (begin <= path.size()) {
        const std::size_t slash = std::min(path.find('/', begin), path.size());
        const std::string segment = path.substr(begin, slash - begin);
        begin = slash + 1;
        folder = segment.empty() || segment == "." || segment == "..";
        if (segment == ".." && !segments.empty()) segments.pop_back();
        if (!folder) segments.push_back(segment);
    }
    std::string result;
    for (const std::string& segment : segments) result += "/" + segment;
    return result + (folder || segments.empty() ? "/" : "");
}

}  // namespace

void fuzz(input bytes) {
    const std::string path = bytes.next();
    reference::pairs pairs;
    while (!bytes.is_empty()) {
        const std::string name = bytes.next();
        pairs.emplace_back(name, bytes.next());
    }

    same(written(path.size() + 1, [&](char* out) { return sigv4::normalize_path(out, path); }),
         slow_path(path), "normalize_path");

    const fields query = canonical_query(view(pairs));
    const std::size_t size = size_of(query.list) + 2 * query.list.size();
    same(written(size, [&](char* out) { return sigv4::put_query(out, query.list); }),
         slow_query(pairs), "canonicalize_query");

    std::string headers;
    const fields canonical = canonical_headers(view(pairs));
    for (const field& f : canonical.list)
        headers += std::string(f.name) + ":" + std::string(f.value) + "\n";
    same(headers, slow_headers(pairs), "canonicalize_headers");
}

}  // namespace s3sign::fuzz
