#include "sigv4/signed_url.hpp"

#include <algorithm>
#include <charconv>
#include <chrono>

#include "ascii.hpp"
#include "sigv4/presign.hpp"
#include "sigv4/time.hpp"

namespace s3sign::sigv4 {
namespace {

// A parameter of SigV4's own, as it stands in the query.
struct own_parameter {
    std::string_view name;
    bool required;
    std::size_t times = 0;  // in whatever case: some servers look for one, some for the other
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

    template <class Visit>
    void for_each(Visit visit) {
        for (own_parameter* p : {&algorithm, &credential, &date, &expires, &signed_headers,
                                 &security_token, &content_sha256, &signature})
            visit(*p);
    }
};

std::optional<unsigned> parse_digits(std::string_view text) {
    unsigned number = 0;
    const bool digits = std::all_of(text.begin(), text.end(), is_digit);
    if (text.empty() || !digits) return std::nullopt;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

std::optional<std::int64_t> parse_time(std::string_view text) {
    if (text.size() != 16 || text[8] != 'T' || text[15] != 'Z') return std::nullopt;
    const auto day = parse_date(text.substr(0, 8));
    const auto hour = parse_digits(text.substr(9, 2));
    const auto minute = parse_digits(text.substr(11, 2));
    const auto second = parse_digits(text.substr(13, 2));
    if (!day || !hour || !minute || !second || *hour > 23 || *minute > 59 || *second > 59)
        return std::nullopt;
    return *day + std::int64_t{*hour} * 3600 + std::int64_t{*minute} * 60 + *second;
}

std::optional<std::int64_t> parse_expires(std::string_view text) {
    // ten digits have room for more than any provider allows, and overflow nothing
    std::int64_t number = 0;
    if (text.empty() || text.size() > 10 || !std::all_of(text.begin(), text.end(), is_digit))
        return std::nullopt;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

// A part of a scope that we would sign with ourselves.
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

// «identity/date/region/service/aws4_request»; an identity may have slashes itself.
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

bool is_header_name(std::string_view name) {
    static constexpr std::string_view others = "!#$%&'*+-.^_`|~";
    return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
        return is_lower(c) || is_digit(c) || others.find(c) != others.npos;
    });
}

// Lower case, sorted, none twice.
bool are_signed_headers(std::string_view list) {
    if (list.ends_with(';')) return false;
    std::string_view before;
    while (!list.empty()) {
        const std::string_view name = take_header_name(list);
        if (!is_header_name(name) || name <= before) return false;
        before = name;
    }
    return !before.empty();
}

bool is_signature(std::string_view text) {
    return text.size() == 64 && std::all_of(text.begin(), text.end(), [](char c) {
               return is_digit(c) || (c >= 'a' && c <= 'f');
           });
}

// Decodes the parameters and counts SigV4's own among them.
std::optional<std::span<field>> read_query(own_parameters& own, std::string_view query,
                                           std::span<field> fields, char* memory) {
    std::size_t count = 0;
    bool readable = true;
    // A raw `+` is a space, to S3, MinIO, Swift and radosgw; aws4fetch writes and signs it so.
    const auto decode = [&](std::string_view text) -> std::optional<std::string_view> {
        char* end = memory;
        while (true) {
            const std::size_t plus = std::min(text.find('+'), text.size());
            end = percent_decode(end, text.substr(0, plus));
            if (end == nullptr) return std::nullopt;
            if (plus == text.size()) break;
            *end++ = ' ';
            text.remove_prefix(plus + 1);
        }
        const std::string_view decoded(memory, static_cast<std::size_t>(end - memory));
        memory = end;
        return decoded;
    };
    while (!query.empty()) {
        const field raw = take_parameter(query);
        // Servers skip what is empty between two `&`.
        if (raw.name.empty() && raw.value.empty()) continue;
        const auto name = decode(raw.name);
        const auto value = decode(raw.value);
        readable = readable && name && value;
        if (!name) continue;
        own.for_each([&](own_parameter& p) {
            if (!equal_but_for_case(*name, p.name)) return;
            p.times++;
            if (*name == p.name) p.value = value;
            p.readable = p.readable && value;
        });
        if (value && *name != own.signature.name) fields[count++] = {*name, *value};
    }
    own.for_each([](own_parameter& p) {
        if (p.times != 1) p.value.reset();
    });
    if (!readable) return std::nullopt;
    return fields.first(count);
}

fault find_fault_of_query(own_parameters& own) {
    fault found;
    own.for_each([&](own_parameter& p) {
        if (found) return;
        if (p.times > 1)
            found = {p.name, "stands more than once"};
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
    if (!u.signed_at) return {"X-Amz-Date", "is no time"};
    if (u.time->substr(0, 8) != *u.date) return {"X-Amz-Credential", "is of another date"};
    if (!u.expires || *u.expires < shortest_life || *u.expires > longest_life)
        return {"X-Amz-Expires", "is outside 1..604800"};
    if (!are_signed_headers(*u.signed_headers))
        return {"X-Amz-SignedHeaders", "is no sorted list of lower-case names"};
    if (!is_signature(*u.signature))
        return {"X-Amz-Signature", "is not 64 digits of lower-case hex"};
    return {};
}

bool is_http(std::string_view scheme) {
    return equal_but_for_case(scheme, "https") || equal_but_for_case(scheme, "http");
}

bool is_decodable(std::string_view path) {
    for (std::size_t i = 0; i < path.size(); i++)
        if (path[i] == '%' &&
            (path.size() - i < 3 || !is_hex_digit(path[i + 1]) || !is_hex_digit(path[i + 2])))
            return false;
    return true;
}

fault find_fault(const signed_url& u, own_parameters& own) {
    if (u.parts.authority.find('@') != std::string_view::npos)
        return {"URL", "has user information"};
    if (u.parts.has_fragment) return {"URL", "has a fragment"};
    if (!is_decodable(u.parts.path)) return {"path", "has a bad percent-encoding"};
    if (const fault f = find_fault_of_query(own)) return f;
    if (!u.query) return {"query", "has a bad percent-encoding"};
    return find_fault_of_values(u);
}

}  // namespace

std::optional<std::int64_t> parse_date(std::string_view text) {
    using namespace std::chrono;
    if (text.size() != 8) return std::nullopt;
    const auto y = parse_digits(text.substr(0, 4));
    const auto m = parse_digits(text.substr(4, 2));
    const auto d = parse_digits(text.substr(6, 2));
    if (!y || !m || !d || *y == 0) return std::nullopt;
    const year_month_day date{year{static_cast<int>(*y)}, month{*m}, day{*d}};
    if (!date.ok()) return std::nullopt;
    return sys_days{date}.time_since_epoch() / days{1} * std::int64_t{86400};
}

std::string_view take_header_name(std::string_view& signed_headers) {
    const std::size_t end = std::min(signed_headers.find(';'), signed_headers.size());
    const std::string_view name = signed_headers.substr(0, end);
    signed_headers.remove_prefix(std::min(end + 1, signed_headers.size()));
    return name;
}

std::size_t count_parameters(std::string_view url) {
    return 1 + static_cast<std::size_t>(std::count(url.begin(), url.end(), '&'));
}

signed_url read_signed_url(std::string_view text, std::span<field> fields, char* memory) {
    signed_url u;
    const auto parts = split_url(text);
    if (!parts || !is_visible_ascii(text) || !is_http(parts->scheme)) {
        u.fault = {"URL", "is none of http or https"};
        return u;
    }
    u.parts = *parts;

    own_parameters own;
    u.query = read_query(own, u.parts.query, fields, memory);
    own.for_each([&](const own_parameter& p) { u.is_signed = u.is_signed || p.times > 0; });
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
