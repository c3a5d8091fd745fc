// s3sign_parse: what a presigned URL says.
#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "base/ascii.hpp"
#include "functions/named_call.hpp"
#include "functions/rebuilt_request.hpp"
#include "base/json.hpp"
#include "pg/encoding.hpp"
#include "pg/function.hpp"
#include "pg/jsonb.hpp"
#include "pg/memory.hpp"
#include "sigv4/query_value.hpp"
#include "sigv4/presign.hpp"

namespace s3sign {
namespace {

using sigv4::field;

// In the database's encoding.
optional_text shown(optional_text decoded) {
    return decoded ? pg::from_utf8(*decoded) : std::nullopt;
}

std::optional<pg::text_array> names_of(optional_text signed_headers) {
    if (!signed_headers) return std::nullopt;
    const auto count = std::count(signed_headers->begin(), signed_headers->end(), ';');
    const auto names = pg::allocate<std::string_view>(static_cast<std::size_t>(count) + 1);
    std::size_t n = 0;
    for (std::string_view rest = *signed_headers; !rest.empty();)
        names[n++] = sigv4::take_header_name(rest);
    return pg::to_text_array(names.first(n));
}

// An object of the parameters that are not SigV4's own, in UTF-8; the values of equal names are an
// array.
std::string json_of(std::span<const field> query) {
    std::vector<field> others;
    for (const field& f : query)
        if (!sigv4::is_signature_parameter(f.name)) others.push_back(f);
    std::stable_sort(others.begin(), others.end(),
                     [](const field& a, const field& b) { return a.name < b.name; });
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

bool has_zero_byte(const field& f) {
    return f.name.find('\0') != f.name.npos || f.value.find('\0') != f.value.npos;
}

// Nothing with a destructor is left when the server converts it.
std::string_view json_text(std::span<const field> query) { return copy(json_of(query)); }

// Nothing where a parameter can't be read or shown.
std::optional<pg::jsonb> query_of(const sigv4::signed_url& u) {
    if (!u.query || std::any_of(u.query->begin(), u.query->end(), has_zero_byte))
        return std::nullopt;
    const auto json = pg::from_utf8(json_text(*u.query));
    if (!json) return std::nullopt;
    return pg::parse_json(*json);
}

std::string_view lower(std::string_view text) {
    const auto copy = pg::allocate<char>(text.size());
    std::transform(text.begin(), text.end(), copy.begin(), [](char c) { return to_lower(c); });
    return {copy.data(), copy.size()};
}

std::string_view host_of(const sigv4::url& u) {
    const auto copy = pg::allocate<char>(u.authority.size()).data();
    return {copy, static_cast<std::size_t>(sigv4::put_canonical_host(copy, u) - copy)};
}

std::optional<pg::timestamp> expiry_of(const sigv4::signed_url& u) {
    if (!u.signed_at || !u.expires) return std::nullopt;
    return pg::timestamp::from_unix(*u.signed_at + *u.expires);
}

std::optional<pg::date> day_of(optional_text date) {
    if (!date) return std::nullopt;
    return pg::date::from_unix(*sigv4::parse_date(*date));
}

using parsed = std::tuple<optional_text, optional_text, std::optional<pg::date>, optional_text,
                          optional_text, std::optional<pg::timestamp>, std::optional<pg::timestamp>,
                          std::optional<pg::text_array>, optional_text, optional_text,
                          optional_text, optional_text, std::optional<pg::jsonb>>;

parsed parse(std::string_view url) {
    const sigv4::signed_url u = read_url(url);
    if (!u.is_signed) return {};
    const auto signed_at =
        u.signed_at ? std::optional(pg::timestamp::from_unix(*u.signed_at)) : std::nullopt;
    return {shown(u.algorithm), shown(u.identity),
            day_of(u.date),     u.region,
            u.service,          signed_at,
            expiry_of(u),       names_of(shown(u.signed_headers)),
            shown(u.signature), lower(u.parts.scheme),
            host_of(u.parts),   u.parts.path,
            query_of(u)};
}

}  // namespace

PG_FUNCTION(s3sign_parse, parse)

}  // namespace s3sign
