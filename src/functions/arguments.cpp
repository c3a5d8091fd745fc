#include "functions/arguments.hpp"

#include <algorithm>
#include <string>

#include "error.hpp"
#include "pg/encoding.hpp"
#include "pg/jsonb.hpp"
#include "pg/memory.hpp"
#include "s3/header.hpp"
#include "sigv4/canonical.hpp"
#include "sigv4/encode.hpp"
#include "sigv4/presign.hpp"

namespace s3sign {
namespace {

using sigv4::field;

// A name for a message: cut, and with everything but visible ASCII escaped.
std::string quoted(std::string_view name) {
    constexpr std::size_t longest = 64;
    constexpr char digits[] = "0123456789abcdef";
    std::string result = "\"";
    for (char c : name.substr(0, longest)) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            result += {'\\', c};
        } else if (byte < ' ' || byte > '~') {
            result += {'\\', 'x', digits[byte >> 4], digits[byte & 15]};
        } else {
            result += c;
        }
    }
    return result + (name.size() > longest ? "...\"" : "\"");
}

void check_object(std::string_view argument, const pg::jsonb& json) {
    if (!pg::is_object(json)) invalid(std::string(argument) + " is not a JSON object");
}

// The flat list of an object's fields: an array's elements are fields of the same name.
struct field_list {
    std::span<field> fields;
    std::size_t names = 0;  // how many different ones there are
    std::size_t bytes = 0;  // of all names and values
};

field_list read_fields(std::string_view argument, const pg::jsonb& object, bool null_is_empty) {
    check_object(argument, object);
    field_list list;
    std::size_t count = 0;
    pg::for_each_value(object, [&](std::string_view, const pg::json_value&, bool) { count++; });
    list.fields = pg::allocate<field>(count);

    std::size_t i = 0;
    pg::for_each_value(object, [&](std::string_view name, const pg::json_value& value, bool) {
        if (value.kind == pg::json_kind::array || value.kind == pg::json_kind::object)
            invalid("value of " + quoted(name) + " in " + std::string(argument) +
                    " is not a scalar or an array of scalars");
        if (value.kind == pg::json_kind::null && !null_is_empty)
            invalid("value of " + quoted(name) + " in " + std::string(argument) + " is null",
                    "Leave out what is not to be sent.");
        const field f{utf8(argument, name), utf8(argument, value.text)};
        if (i == 0 || list.fields[i - 1].name != f.name) list.names++;
        list.bytes += f.name.size() + f.value.size();
        if (list.bytes > longest_argument)
            throw error(code::program_limit_exceeded, std::string(argument) + " is over 1 MiB");
        list.fields[i++] = f;
    });
    return list;
}

void check_parameter(const field& parameter) {
    if (parameter.name.empty()) invalid("query has a parameter without a name");
    if (sigv4::is_signature_parameter(parameter.name))
        invalid("query parameter " + quoted(parameter.name) + " is set by the signature");
}

void check_header(const field& header) {
    using s3::header_rule;
    switch (s3::rule_of_header(header.name)) {
        case header_rule::free:
            break;
        case header_rule::malformed:
            invalid("header name " + quoted(header.name) + " is not a token",
                    "A header's name is letters, digits and any of !#$%&'*+-.^_`|~.");
        case header_rule::of_signature:
            invalid("header " + quoted(header.name) + " is set by the signature");
        case header_rule::unsignable:
            invalid("header " + quoted(header.name) + " can't be signed",
                    "Clients and proxies set or change it.");
    }
    const bool visible = std::all_of(header.value.begin(), header.value.end(),
                                     [](char c) { return c >= ' ' && c <= '~'; });
    if (!visible)
        invalid("value of header " + quoted(header.name) +
                " has a control or a non-ASCII character");
}

}  // namespace

std::string_view utf8(std::string_view argument, std::string_view text) {
    if (text.size() > longest_argument)
        throw error(code::program_limit_exceeded, std::string(argument) + " is over 1 MiB");
    const auto converted = pg::to_utf8(text);
    if (!converted)
        throw error(code::character_not_in_repertoire,
                    std::string(argument) + " can't be converted to UTF-8");
    return *converted;
}

std::string_view not_empty(std::string_view argument, std::string_view text) {
    if (text.empty()) invalid(std::string(argument) + " is empty");
    return text;
}

std::span<const field> read_query(std::optional<pg::jsonb> query) {
    if (!query) return {};
    const field_list list = read_fields("query", *query, true);
    for (const field& parameter : list.fields) check_parameter(parameter);
    const auto encoded = pg::allocate<char>(sigv4::encoded_size(list.bytes));
    sigv4::canonicalize_query(list.fields, encoded.data());
    return list.fields;
}

std::span<const field> read_headers(std::optional<pg::jsonb> headers) {
    if (!headers) return {};
    const field_list list = read_fields("headers", *headers, false);
    for (const field& header : list.fields) check_header(header);
    const auto text = pg::allocate<char>(list.bytes + list.fields.size());
    const std::size_t count = sigv4::canonicalize_headers(list.fields, text.data());
    if (count != list.names) invalid("headers has names that differ only in case");
    return list.fields.first(count);
}

}  // namespace s3sign
