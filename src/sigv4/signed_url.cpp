#include "sigv4/signed_url.hpp"

#include <algorithm>
#include <functional>
#include <utility>

#include "base/ascii.hpp"
#include "base/text.hpp"
#include "sigv4/other_scheme.hpp"
#include "sigv4/query_value.hpp"

namespace s3sign::sigv4 {
namespace {

// A parameter that SigV4 defines, as found in the query.
struct own_parameter {
    std::string_view name;
    bool required;
    std::size_t times = 0;  // in any case
    std::optional<std::string_view> value = {};
    bool readable = true;
};

struct own_parameters {
    own_parameter algorithm{"X-Amz-Algorithm", true};
    own_parameter credential{"X-Amz-Credential", true};
    own_parameter date{"X-Amz-Date", true};
    own_parameter expires{"X-Amz-Expires", true};
    own_parameter signed_headers{"X-Amz-SignedHeaders", true};
    own_parameter security_token{"X-Amz-Security-Token", false};
    own_parameter content_sha256{"X-Amz-Content-Sha256", false};
    own_parameter signature{"X-Amz-Signature", true};
    bool has_nameless = false;  // there is a parameter `=value`
    std::size_t others = 0;     // parameters x-amz-... that are none of these
    bool are_too_many = false;  // there are over most_fields parameters, of any name

    template <class Visit>
    void for_each(Visit visit) {
        for (own_parameter* p : {&algorithm, &credential, &date, &expires, &signed_headers,
                                 &security_token, &content_sha256, &signature})
            visit(*p);
    }

    // Null if SigV4 does not define the parameter.
    own_parameter* find(std::string_view name) {
        own_parameter* found = nullptr;
        for_each([&](own_parameter& p) {
            if (name.size() == p.name.size() &&
                (name == p.name || equal_but_for_case(name, p.name)))
                found = &p;
        });
        return found;
    }
};

// What s3sign accepts as a region or service when it signs.
bool is_scope_part(std::string_view text) {
    return !text.empty() && text.size() <= 64 && std::all_of(text.begin(), text.end(), [](char c) {
        return is_alphanumeric(c) || c == '-' || c == '_';
    });
}

std::string_view take_last_part(std::string_view& credential) {
    const std::size_t slash = credential.rfind('/');
    const std::string_view part = credential.substr(slash + 1);
    credential = slash == credential.npos ? std::string_view{} : credential.substr(0, slash);
    return part;
}

// Reads `identity/date/region/service/aws4_request`. The identity may contain slashes.
bool read_credential(signed_url& to, std::string_view credential) {
    if (take_last_part(credential) != scope_terminator) return false;
    const std::string_view service = take_last_part(credential);
    const std::string_view region = take_last_part(credential);
    const std::string_view date = take_last_part(credential);
    if (credential.empty() || !is_scope_part(service) || !is_scope_part(region) ||
        !parse_date(date))
        return false;
    to.identity = credential;
    to.date = date;
    to.region = region;
    to.service = service;
    return true;
}

bool is_before_but_for_case(std::string_view a, std::string_view b) {
    return std::lexicographical_compare(a.begin(), a.end(), b.begin(), b.end(),
                                        [](char x, char y) { return to_lower(x) < to_lower(y); });
}

// True if a parameter x-amz-... appears twice. Sorts `fields` by name, then by address again: the
// names are in memory in the order of the URL.
bool has_x_amz_twice(std::span<field> fields) {
    std::sort(fields.begin(), fields.end(), [](const field& a, const field& b) {
        return is_before_but_for_case(a.name, b.name);
    });
    const bool twice =
        std::adjacent_find(fields.begin(), fields.end(), [](const field& a, const field& b) {
            return is_x_amz(a.name) && equal_but_for_case(a.name, b.name);
        }) != fields.end();
    std::sort(fields.begin(), fields.end(), [](const field& a, const field& b) {
        return std::less<>()(a.name.data(), b.name.data());
    });
    return twice;
}

// Decodes the parameters and notes those that SigV4 defines. Skips those without a name.
std::optional<std::span<field>> read_query(own_parameters& own, std::string_view query,
                                           std::span<field> fields, char* memory) {
    std::size_t count = 0;
    bool readable = true;
    // A raw `+` is a space for S3, MinIO, Swift and radosgw; aws4fetch writes and signs it so.
    const bool has_space = query.find('+') != query.npos;
    const auto decode = [&](std::string_view text) -> std::optional<std::string_view> {
        char* end = memory;
        while (true) {
            end = percent_decode(end, has_space ? take_until(text, '+') : std::exchange(text, {}));
            if (end == nullptr) return std::nullopt;
            if (text.empty()) break;
            end = put(end, ' ');
            text.remove_prefix(1);
        }
        const std::string_view decoded = view(memory, end);
        memory = end;
        return decoded;
    };
    while (!query.empty()) {
        // Servers skip an empty parameter.
        if (query.starts_with('&')) {
            query.remove_prefix(1);
            continue;
        }
        const field raw = take_parameter(query);
        if (raw.name.empty()) {
            own.has_nameless = true;
            continue;
        }
        const auto name = decode(raw.name);
        const auto value = decode(raw.value);
        readable = readable && name && value;
        if (!name) continue;
        own_parameter* const p = own.find(*name);
        if (p != nullptr) {
            p->times++;
            p->value = value;
            p->readable = p->readable && value;
        } else if (is_x_amz(*name)) {
            own.others++;
        }
        if (!value || p == &own.signature) continue;
        own.are_too_many = count == fields.size();
        if (!own.are_too_many) fields[count++] = {*name, *value};
    }
    own.for_each([](own_parameter& p) {
        if (p.times != 1) p.value.reset();
    });
    if (!readable || own.are_too_many) return std::nullopt;
    return fields.first(count);
}

fault find_fault_of_query(own_parameters& own) {
    fault found;
    own.for_each([&](own_parameter& p) {
        if (found) return;
        if (p.times > 1)
            found = {p.name, "appears more than once"};
        else if (!p.readable)
            found = {p.name, "has a bad percent-encoding"};
        else if (!p.value && (p.required || p.times > 0))
            found = {p.name, "is missing"};
    });
    return found;
}

fault find_fault_of_values(const signed_url& u) {
    if (!u.identity)
        return {"X-Amz-Credential", "is not identity/date/region/service/aws4_request"};
    if (!u.signed_at) return {"X-Amz-Date", "is not a time"};
    if (u.time->substr(0, 8) != *u.date) return {"X-Amz-Credential", "is of another date"};
    if (!u.expires || *u.expires < shortest_life || *u.expires > longest_life)
        return {"X-Amz-Expires", "is outside 1..604800"};
    if (!are_signed_headers(*u.signed_headers))
        return {"X-Amz-SignedHeaders", "is not a sorted list of lower-case names"};
    if (u.payload && !is_payload(*u.payload))
        return {"X-Amz-Content-Sha256", "is not of letters, digits and \"-\""};
    if (!is_hex_digest(*u.signature))
        return {"X-Amz-Signature", "is not 64 digits of lower-case hex"};
    return {};
}

bool is_http(std::string_view scheme) {
    return equal_but_for_case(scheme, "https") || equal_but_for_case(scheme, "http");
}

fault find_fault(const signed_url& u, own_parameters& own) {
    if (u.parts.authority.find('@') != std::string_view::npos)
        return {"URL", "has user information"};
    if (u.parts.has_fragment) return {"URL", "has a fragment"};
    if (!is_decodable(u.parts.path)) return {"path", "has a bad percent-encoding"};
    static_assert(most_fields == 10000);
    if (own.are_too_many) return {"query", "has over 10000 parameters"};
    if (const fault f = find_fault_of_query(own)) return f;
    if (!u.query) return {"query", "has a bad percent-encoding"};
    if (own.has_nameless) return {"query", "has a parameter without a name"};
    // Those that SigV4 defines have been counted.
    if (own.others > 1 && has_x_amz_twice(*u.query))
        return {"query", "has an x-amz parameter twice"};
    return find_fault_of_values(u);
}

}  // namespace

std::size_t count_parameters(std::string_view url) {
    std::size_t count = 1;
    for (take_until(url, '&'); !url.empty(); take_until(url, '&')) {
        url.remove_prefix(1);
        count++;
    }
    return std::min(count, most_fields);
}

signed_url read_signed_url(std::string_view text, std::span<field> fields, char* memory) {
    signed_url u;
    const auto parts = split_url(text);
    if (!parts || !is_visible_ascii(text) || !is_http(parts->scheme)) {
        u.fault = {"URL", "is neither http nor https"};
        return u;
    }
    u.parts = *parts;

    own_parameters own;
    u.query = read_query(own, u.parts.query, fields, memory);
    own.for_each([&](const own_parameter& p) { u.is_signed = u.is_signed || p.times > 0; });
    // SigV2 has a parameter x-amz-security-token too.
    if (u.query && own.algorithm.times + own.credential.times + own.signature.times == 0)
        u.other_scheme = find_other_scheme(*u.query);
    if (!u.other_scheme.empty()) u.is_signed = false;
    u.algorithm = own.algorithm.value;
    if (own.credential.value) read_credential(u, *own.credential.value);
    u.time = own.date.value;
    if (u.time) u.signed_at = parse_time(*u.time);
    if (own.expires.value) u.expires = parse_expires(*own.expires.value);
    u.signed_headers = own.signed_headers.value;
    u.session_token = own.security_token.value;
    u.payload = own.content_sha256.value;
    u.signature = own.signature.value;
    u.fault = find_fault(u, own);
    return u;
}

}  // namespace s3sign::sigv4
