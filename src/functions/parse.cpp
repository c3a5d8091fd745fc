// s3sign_parse: the parts of a presigned URL.
#include <algorithm>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "base/ascii.hpp"
#include "base/json.hpp"
#include "functions/arguments.hpp"
#include "functions/results.hpp"
#include "pg/array.hpp"
#include "pg/encoding.hpp"
#include "pg/function.hpp"
#include "pg/jsonb.hpp"
#include "sigv4/presign.hpp"
#include "sigv4/query_value.hpp"
#include "sigv4/signed_url.hpp"
#include "sigv4/verify.hpp"

namespace s3sign {
namespace {

using sigv4::field;

// NULL for an absent text, or one that the database's encoding cannot hold.
optional_text column(optional_text decoded) {
    return decoded ? pg::from_utf8(*decoded) : std::nullopt;
}

std::optional<pg::text_array> names_of(optional_text signed_headers) {
    if (!signed_headers) return std::nullopt;
    const std::string_view list = *signed_headers;
    const auto ended = static_cast<std::size_t>(std::ranges::count(list, ';'));
    const std::size_t unended = list.empty() || list.ends_with(';') ? 0 : 1;
    pg::text_array_builder names(ended + unended);
    for (std::string_view rest = list; !rest.empty();) {
        const std::string_view name = sigv4::take_header_name(rest);
        name.copy(names.add(name.size()), name.size());
    }
    return names.finish();
}

// A JSON object of the parameters that are not SigV4's own, in UTF-8. Several values of one name
// are an array.
std::string json_of(std::span<const field> query) {
    std::vector<field> others;
    for (const field& f : query)
        if (!sigv4::is_signature_parameter(f.name)) others.push_back(f);
    std::ranges::stable_sort(others, {}, &field::name);
    json_object object;
    for (std::size_t i = 0; i < others.size();) {
        const std::string_view name = others[i].name;
        std::string values = json_string(others[i].value, json_charset::utf8);
        const std::size_t first = i;
        while (++i < others.size() && others[i].name == name)
            values.append(", ").append(json_string(others[i].value, json_charset::utf8));
        object.add_json(name, i - first > 1 ? "[" + values + "]" : values);
    }
    return object.text();
}

// Apart from query_column(), whose frame may hold nothing with a destructor.
std::string_view json_text(std::span<const field> query) { return copy(json_of(query)); }

// jsonb cannot hold it.
bool has_zero_byte(const field& f) {
    return f.name.find('\0') != f.name.npos || f.value.find('\0') != f.value.npos;
}

// NULL if a parameter cannot be decoded, if jsonb cannot hold it, or if there are too many.
std::optional<pg::jsonb> query_column(const sigv4::signed_url& u) {
    if (!u.query || std::ranges::any_of(*u.query, has_zero_byte)) return std::nullopt;
    const auto json = pg::from_utf8(json_text(*u.query));
    if (!json) return std::nullopt;
    return pg::parse_json(*json);
}

std::string_view scheme_of(const sigv4::url& u) {
    return write_text(u.scheme.size(), [&](char* out) {
        for (char c : u.scheme) out = put(out, to_lower(c));
        return out;
    });
}

std::string_view host_of(const sigv4::url& u) {
    return write_text(u.authority.size(),
                      [&](char* out) { return sigv4::put_canonical_host(out, u); });
}

std::optional<pg::date> scope_date(const sigv4::signed_url& u) {
    if (!u.date) return std::nullopt;
    return pg::date::from_unix(*sigv4::parse_date(*u.date));
}

std::optional<pg::timestamp> signing_time_of(const sigv4::signed_url& u) {
    if (!u.signed_at) return std::nullopt;
    return pg::timestamp::from_unix(*u.signed_at);
}

std::optional<pg::timestamp> expiry_of(const sigv4::signed_url& u) {
    if (!u.signed_at || !u.expires) return std::nullopt;
    return pg::timestamp::from_unix(*u.signed_at + *u.expires);
}

using parsed_url =
    std::tuple<optional_text, optional_text, std::optional<pg::date>, optional_text, optional_text,
               optional_time, optional_time, std::optional<pg::text_array>, optional_text,
               optional_text, optional_text, optional_text, optional_json>;

parsed_url parse(std::string_view url) {
    const sigv4::signed_url u = read_url(url);
    if (!u.is_signed) return {};
    return {column(u.algorithm), column(u.identity),
            scope_date(u),       u.region,
            u.service,           signing_time_of(u),
            expiry_of(u),        names_of(column(u.signed_headers)),
            column(u.signature), scheme_of(u.parts),
            host_of(u.parts),    u.parts.path,
            query_column(u)};
}

}  // namespace

PG_FUNCTION(s3sign_parse, parse)

}  // namespace s3sign
