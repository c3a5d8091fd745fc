#include "s3/canonical_parts.hpp"

#include <algorithm>
#include <cstddef>
#include <iterator>

#include "base/ascii.hpp"
#include "base/text.hpp"

namespace s3sign::s3 {
namespace {

constexpr bool is_space(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

std::string_view take_trimmed_line(std::string_view& text) { return trimmed(take_line(text)); }

std::string_view take(std::string_view& text, std::size_t size) {
    const std::string_view taken = text.substr(0, size);
    text.remove_prefix(taken.size());
    return taken;
}

// Removes `end` from the end of `text`, or the last `size` bytes if `text` does not end with it.
std::string_view take_end(std::string_view& text, std::string_view end, std::size_t size) {
    const std::size_t length = text.ends_with(end) ? end.size() : std::min(size, text.size());
    const std::string_view taken = text.substr(text.size() - length);
    text.remove_suffix(length);
    return taken;
}

// How many bytes at the end of `text` can be a list of signed headers.
std::size_t size_of_list(std::string_view text) {
    const auto is_of_list = [](char c) {
        return is_lower(c) || is_digit(c) || c == '-' || c == ';';
    };
    return static_cast<std::size_t>(std::find_if_not(text.rbegin(), text.rend(), is_of_list) -
                                    text.rbegin());
}

// Where `line` of ours begins in `text`, by its first bytes.
std::size_t find_line(std::string_view text, std::string_view line) {
    constexpr std::size_t enough = 64;
    return line.empty() ? text.npos : text.find(line.substr(0, enough));
}

std::string_view take_path(std::string_view& text, const canonical_parts& ours) {
    const std::size_t query = find_line(text, ours.query);
    if (query != text.npos) return take(text, query);
    if (text.starts_with(ours.path)) return take(text, ours.path.size());
    return take(text, std::min(text.find("X-Amz-"), text.size()));
}

// No real name is longer than this; the search for a long one would not be linear.
constexpr std::size_t longest_name = 256;

// Where the header `name` begins in `text`.
std::size_t find_header(std::string_view text, std::string_view name) {
    return name.size() > longest_name ? text.npos : text.find(std::string(name) + ":");
}

// A few headers may be missing: each is looked for to the end.
constexpr std::size_t most_missing = 16;

// Removes the list of signed headers, which follows the value of the last header, from the end.
std::string_view take_signed_headers(std::string_view& text, const canonical_parts& ours) {
    std::size_t size = size_of_list(text);
    const std::string_view list = text.substr(text.size() - size);
    for (std::size_t i = 0; i < std::min(ours.headers.size(), most_missing); i++) {
        const std::size_t begin = list.find(ours.headers[i].name.substr(0, longest_name));
        if (begin == list.npos) continue;
        size -= begin;
        break;
    }
    return take_end(text, ours.signed_headers, size);
}

// Takes the query and the headers.
void take_headers(canonical_parts& p, std::string_view text, const canonical_parts& ours) {
    std::string_view name;
    std::size_t missing = 0;
    const auto add = [&](std::string_view value) {
        if (name.empty())
            p.query = value;
        else
            p.headers.push_back({name, value});
    };
    for (const sigv4::field& header : ours.headers) {
        const std::size_t begin = find_header(text, header.name);
        if (begin == text.npos && ++missing > most_missing) break;
        if (begin == text.npos) continue;
        add(take(text, begin));
        name = take(text, header.name.size());
        text.remove_prefix(1);
    }
    add(text);
}

}  // namespace

bool equal_but_for_space(std::string_view a, std::string_view b) {
    while (true) {
        while (!a.empty() && is_space(a.front())) a.remove_prefix(1);
        while (!b.empty() && is_space(b.front())) b.remove_prefix(1);
        if (a.empty() || b.empty()) return a.empty() && b.empty();
        if (a.front() != b.front()) return false;
        a.remove_prefix(1);
        b.remove_prefix(1);
    }
}

std::string without_space(std::string_view text) {
    std::string result;
    std::copy_if(text.begin(), text.end(), std::back_inserter(result),
                 [](char c) { return !is_space(c); });
    return result;
}

canonical_parts split_lines(std::string_view text) {
    text = trimmed(text);
    canonical_parts p;
    p.method = take_trimmed_line(text);
    p.path = take_trimmed_line(text);
    p.query = take_trimmed_line(text);
    while (!text.empty()) {
        const std::string_view line = take_trimmed_line(text);
        if (line.empty()) break;
        const std::size_t colon = std::min(line.find(':'), line.size());
        p.headers.push_back(
            {line.substr(0, colon), trimmed(line.substr(std::min(colon + 1, line.size())))});
    }
    p.signed_headers = take_trimmed_line(text);
    p.payload = take_trimmed_line(text);
    // More than the last line: one before it was wrapped.
    if (!text.empty()) p.payload = {};
    return p;
}

bool are_whole(const canonical_parts& parts) {
    // In a path, a query or a value, the text after a break is not «name:value».
    const auto is_header = [](const sigv4::field& h) {
        const bool has_colon = h.value.data() != h.name.data() + h.name.size();
        return has_colon && size_of_list(h.name) == h.name.size();
    };
    return !parts.payload.empty() && !parts.headers.empty() &&
           std::all_of(parts.headers.begin(), parts.headers.end(), is_header);
}

canonical_parts split_like(const canonical_parts& ours, std::string_view text) {
    constexpr std::size_t size_of_hash = 64;
    canonical_parts p;
    p.payload = take_end(
        text, text.ends_with(sigv4::unsigned_payload) ? sigv4::unsigned_payload : ours.payload,
        size_of_hash);
    p.signed_headers = take_signed_headers(text, ours);
    p.method = take(text, std::min(text.find('/'), text.size()));
    p.path = take_path(text, ours);

    take_headers(p, text, ours);
    return p;
}

}  // namespace s3sign::s3
