#include "s3/link_reader.hpp"

#include <algorithm>
#include <span>

#include "base/ascii.hpp"
#include "base/text.hpp"
#include "base/utf8.hpp"
#include "s3/address.hpp"
#include "s3/character_reference.hpp"
#include "s3/guard.hpp"
#include "s3/limits.hpp"
#include "sigv4/encode.hpp"
#include "sigv4/presign.hpp"
#include "sigv4/url.hpp"

namespace s3sign::s3 {
namespace {

constexpr std::size_t longest_user_parameter = 4096;

// The reference to `&` that `text` begins with; 0 if there is none.
std::size_t ampersand_size(std::string_view text) {
    const auto reference = read_reference(text);
    return reference && reference->character == '&' ? reference->size : 0;
}

// Decodes what a link has of text that may be part of HTML. Null if that is more than `capacity`
// bytes.
char* decode(char* out, std::size_t capacity, std::string_view text) {
    for (; !text.empty(); capacity--) {
        if (capacity == 0) return nullptr;
        std::size_t size = 1;
        char c = text[0];
        if (c == '&') {
            size = std::max<std::size_t>(ampersand_size(text), 1);
        } else if (c == '%' && sigv4::begins_with_escape(text)) {
            size = 3;
            sigv4::percent_decode(&c, text.substr(0, size));
        }
        out = put(out, c);
        text.remove_prefix(size);
    }
    return out;
}

struct parts {
    std::string_view whole;                           // without the fragment
    std::string_view scheme, authority, path, query;  // the path begins with `/`, or is empty
    bool has_query = false;
    bool has_reference = false;  // also in the fragment
};

// `link` has a scheme and `://`.
parts split(std::string_view link) {
    parts p;
    p.whole = link;
    for (std::size_t i = 0; i < link.size(); i++) {
        if (link[i] == '#') {
            // In the fragment each `&#38;` is found by its `&`, which is before.
            if (p.whole.size() == link.size()) p.whole = link.substr(0, i);
        } else if (link[i] == '&') {
            const std::size_t size = ampersand_size(link.substr(i));
            if (size == 0) continue;
            p.has_reference = true;
            i += size - 1;
        }
    }
    std::string_view rest = p.whole;
    p.scheme = take_until(rest, ':');
    rest.remove_prefix(3);
    std::string_view before_query = take_until(rest, '?');
    p.authority = take_until(before_query, '/');
    p.path = before_query;
    p.has_query = !rest.empty();
    if (p.has_query) p.query = rest.substr(1);
    return p;
}

// Removes the first parameter of a query, and `&` or the reference to it.
std::string_view take_parameter(std::string_view& query) {
    const std::string_view parameter = take_until(query, '&');
    if (!query.empty()) query.remove_prefix(std::max<std::size_t>(ampersand_size(query), 1));
    return parameter;
}

}  // namespace

std::size_t link_reader::memory_size(const target& t, std::string_view bucket) {
    return t.shown_prefix.size() + t.path_prefix.size() + bucket.size() + 4;
}

link_reader::link_reader(const server_options& server, const target& t, std::string_view bucket,
                         std::string_view key_prefix, char* memory)
    : user_parameter_(server.log_user ? std::string_view(server.log_user->name) : ""),
      key_prefix_(key_prefix) {
    char* const end = put(put(put(memory, '/'), bucket), '/');
    addresses_[0] = {"s3", "", view(memory, end)};
    memory = end;
    // A path that is one of both is the public_endpoint's, which is in the URLs that are signed.
    const address urls[] = {shown_address(t), direct_address(server, t)};
    for (std::size_t i = 0; i < std::size(urls); i++) {
        char* const prefix_end = put(sigv4::percent_decode(memory, urls[i].prefix), '/');
        addresses_[i + 1] = {urls[i].scheme, urls[i].host, view(memory, prefix_end)};
        memory = prefix_end;
    }
}

std::size_t link_reader::work_size() const {
    std::size_t prefix = 0;
    for (const entry& a : addresses_) prefix = std::max(prefix, a.prefix.size());
    return std::max(prefix + longest_key, longest_user_parameter);
}

std::optional<addressed_link> link_reader::find(std::string_view link, char* work) const {
    const parts p = split(link);
    addressed_link found{p.path, p.whole.size(), p.has_reference, 0};
    if (equal_but_for_case(p.scheme, "s3")) {
        if (p.has_query) return std::nullopt;
        // «/BUCKET/KEY»
        found.path = p.whole.substr(p.scheme.size() + 2);
        found.addresses = 1;
        return found;
    }
    const std::string_view host = sigv4::without_default_port(p.authority, p.scheme);
    for (std::size_t i = 1; i < addresses_.size(); i++)
        if (equal_but_for_case(p.scheme, addresses_[i].scheme) &&
            equal_but_for_case(host, addresses_[i].host))
            found.addresses |= 1u << i;
    if (found.addresses == 0 || !is_query_of_download(p.query, work)) return std::nullopt;
    return found;
}

bool link_reader::is_query_of_download(std::string_view query, char* work) const {
    while (!query.empty()) {
        std::string_view parameter = take_parameter(query);
        if (parameter.empty()) continue;
        const char* const end = decode(work, work_size(), take_until(parameter, '='));
        if (end == nullptr) return false;
        const std::string_view name = view(work, end);
        if (!sigv4::is_signature_parameter(name) && name != "x-id" &&
            !name.starts_with("response-") && (name.empty() || name != user_parameter_))
            return false;
    }
    return true;
}

std::optional<std::string_view> link_reader::key_of(const addressed_link& link,
                                                    std::string_view path, char* work) const {
    const char* const end = decode(work, work_size(), path);
    if (end == nullptr) return std::nullopt;
    const std::string_view decoded = view(work, end);
    for (std::size_t i = 0; i < addresses_.size(); i++) {
        if ((link.addresses >> i & 1) == 0 || !decoded.starts_with(addresses_[i].prefix)) continue;
        const std::string_view key = decoded.substr(addresses_[i].prefix.size());
        if (is_valid_key(key)) return key;
    }
    return std::nullopt;
}

bool link_reader::is_valid_key(std::string_view key) const {
    return !key.empty() && key.size() <= longest_key && key.find('\0') == key.npos &&
           is_utf8(key) && is_key_allowed(key_prefix_, key);
}

std::size_t object_link_size(std::string_view bucket, std::string_view key) {
    return 6 + sigv4::encoded_size(bucket.size() + key.size());
}

char* put_object_link(char* out, std::string_view bucket, std::string_view key) {
    constexpr std::string_view punctuation = "._~";
    out = put(sigv4::uri_encode(put(out, "s3://"), bucket), '/');
    const bool encodes_last = punctuation.find(key.back()) != punctuation.npos;
    out = sigv4::uri_encode_path(out, key.substr(0, key.size() - (encodes_last ? 1 : 0)));
    if (!encodes_last) return out;
    return put(out, key.back() == '.' ? "%2E" : key.back() == '_' ? "%5F" : "%7E");
}

}  // namespace s3sign::s3
