#include "functions/arguments.hpp"

#include <algorithm>
#include <string>

#include "base/ascii.hpp"
#include "base/error.hpp"
#include "pg/encoding.hpp"
#include "pg/jsonb.hpp"
#include "pg/memory.hpp"
#include "s3/header.hpp"
#include "s3/limits.hpp"
#include "sigv4/canonical.hpp"
#include "sigv4/encode.hpp"
#include "sigv4/presign.hpp"

namespace s3sign {
namespace {

using sigv4::field;

// The throw_… functions stay out of functions that run for each argument of each row: their
// strings would cost those a stack frame, 3 ns.
[[noreturn, gnu::noinline]] void throw_too_long(std::string_view argument) {
    invalid(std::string(argument) + " is over 1 MiB");
}

[[noreturn, gnu::noinline]] void throw_too_many(std::string_view argument) {
    invalid(std::string(argument) + " has over " + std::to_string(sigv4::most_fields) + " values");
}

[[noreturn, gnu::noinline]] void throw_empty(std::string_view argument) {
    invalid(std::string(argument) + " is empty");
}

void check_object(std::string_view argument, const pg::jsonb& json) {
    if (!pg::is_object(json)) invalid(std::string(argument) + " is not a JSON object");
}

void check_parameter(const field& parameter) {
    if (parameter.name.empty()) invalid("query has a parameter without a name");
    if (sigv4::is_signature_parameter(parameter.name))
        invalid("query parameter " + quoted(parameter.name) + " is set by the signature");
}

void check_client_header(const field& header) {
    if (s3::rule_of_header(header.name) == s3::header_rule::malformed)
        invalid("header name " + quoted(header.name) + " is not a token",
                "A header's name is letters, digits and any of !#$%&'*+-.^_`|~.");
    if (!s3::is_header_value(header.value))
        invalid("value of header " + quoted(header.name) +
                " has a control or a non-ASCII character");
}

void check_signable_header(const field& header) {
    using s3::header_rule;
    switch (s3::rule_of_header(header.name)) {
        case header_rule::free:
        case header_rule::malformed:
            break;
        case header_rule::of_signature:
            invalid("header " + quoted(header.name) + " is set by the signature");
        case header_rule::unsignable:
            invalid("header " + quoted(header.name) + " cannot be signed",
                    "Clients and proxies set or change it.");
    }
    check_client_header(header);
}

enum class field_kind { parameter, header, client_header, form_field };

void check_value_kind(std::string_view argument, std::string_view name, const pg::json_value& value,
                      field_kind kind) {
    using pg::json_kind;
    const auto throw_invalid = [&](const char* what, const char* hint = "") {
        invalid("value of " + quoted(name) + " in " + std::string(argument) + what, hint);
    };
    const bool nested = value.kind == json_kind::object || value.kind == json_kind::nested_array;
    const bool array = value.kind == json_kind::array || value.in_array;
    if (kind == field_kind::form_field && (nested || array)) throw_invalid(" is not a scalar");
    if (nested) throw_invalid(" is not a scalar or an array of scalars");
    if (kind == field_kind::parameter) return;
    if (value.kind == json_kind::null)
        throw_invalid(" is null", "Leave out what is not to be sent.");
    if (value.kind == json_kind::array)
        throw_invalid(" is an empty array", "Leave out what is not to be sent.");
}

void check_field(const field& f, field_kind kind) {
    switch (kind) {
        case field_kind::parameter:
            return check_parameter(f);
        case field_kind::header:
            return check_signable_header(f);
        case field_kind::client_header:
            return check_client_header(f);
        case field_kind::form_field:
            return;  // s3::form_request checks it
    }
}

field_list read_fields(std::string_view argument, pg::jsonb object, field_kind kind) {
    field_list list;
    check_object(argument, object);
    std::size_t bytes = 0;
    pg::for_each_value(object, [&](std::string_view name, const pg::json_value& value) {
        check_value_kind(argument, name, value, kind);
        const field f{utf8(argument, name), utf8(argument, value.text)};
        bytes += f.name.size() + f.value.size();
        if (bytes > longest_argument) throw_too_long(argument);
        check_field(f, kind);
        // An empty array, which only `query` may have, adds no parameter.
        if (value.kind == pg::json_kind::array) return;
        // A form has a lower limit, which s3sign_post checks.
        if (list.fields().size() == sigv4::most_fields && kind != field_kind::form_field)
            throw_too_many(argument);
        list.add(f.name, f.value);
    });
    return list;
}

}  // namespace

std::string_view to_utf8(std::string_view argument, std::string_view text) {
    if (text.size() > longest_argument) throw_too_long(argument);
    const auto converted = pg::to_utf8(text);
    if (!converted)
        throw error(code::character_not_in_repertoire,
                    std::string(argument) + " cannot be converted to UTF-8");
    return *converted;
}

std::string_view check_not_empty(std::string_view argument, std::string_view text) {
    if (text.empty()) throw_empty(argument);
    return text;
}

std::string_view check_key_part(std::string_view argument, std::string_view text) {
    s3::check_key_part(argument, check_not_empty(argument, text));
    return text;
}

optional_text check_session_token(optional_text token) {
    if (!token) return token;
    if (token->empty()) invalid("session_token is empty", "Pass NULL where there is none.");
    s3::check_session_token("session_token", *token);
    return token;
}

std::string_view check_http_method(std::string_view method) {
    const bool good = std::ranges::all_of(
        method, [](char c) { return (c >= 'A' && c <= 'Z') || is_digit(c) || c == '-'; });
    if (method.empty() || !good)
        invalid("method is not an HTTP method", "It is written in upper case, as in 'GET'.");
    return method;
}

pg::timestamp check_finite(std::string_view argument, pg::timestamp time) {
    if (!time.is_finite())
        throw error(code::datetime_field_overflow, std::string(argument) + " is infinite");
    return time;
}

sigv4::signed_url read_url(std::string_view text) {
    if (text.size() > longest_argument) text = {};
    return sigv4::read_signed_url(text, pg::allocate<field>(sigv4::count_parameters(text)),
                                  pg::allocate<char>(text.size()).data());
}

void field_list::add(std::string_view name, std::string_view value) {
    if (count_ == fields_.size()) {
        const auto more = pg::allocate<field>(2 * count_ + 4);
        std::ranges::copy(fields_, more.begin());
        fields_ = more;
    }
    fields_[count_++] = {name, value};
    bytes_ += name.size() + value.size();
}

bool field_list::has(std::string_view name) const {
    return std::ranges::any_of(fields(),
                               [&](const field& f) { return equal_but_for_case(f.name, name); });
}

std::span<const field> field_list::canonical_query() {
    if (count_ == 0) return {};
    const auto text = pg::allocate<char>(sigv4::encoded_size(bytes_));
    sigv4::canonicalize_query(fields_.first(count_), text.data());
    return fields();
}

std::span<const field> field_list::canonical_headers() {
    if (count_ == 0) return {};
    std::size_t names = 0;  // the elements of an array, of one name, are neighbours
    for (std::size_t i = 0; i < count_; i++)
        if (i == 0 || fields_[i - 1].name != fields_[i].name) names++;
    const auto text = pg::allocate<char>(bytes_ + count_);
    count_ = sigv4::canonicalize_headers(fields_.first(count_), text.data());
    if (count_ != names) invalid("headers has names that differ only in case");
    return fields();
}

field_list read_query(pg::jsonb query) {
    return read_fields("query", query, field_kind::parameter);
}

field_list read_headers(pg::jsonb headers) {
    return read_fields("headers", headers, field_kind::header);
}

field_list read_client_headers(optional_json headers) {
    return headers ? read_fields("headers", *headers, field_kind::client_header) : field_list();
}

field_list read_form_fields(optional_json fields) {
    return fields ? read_fields("fields", *fields, field_kind::form_field) : field_list();
}

void add_header(field_list& headers, std::string_view name, std::string_view value) {
    check_signable_header({name, value});
    headers.add(name, value);
}

void check_not_set_twice(const field_list& fields, std::string_view name,
                         std::string_view argument) {
    if (fields.has(name))
        invalid(quoted(name) + " is set by the argument " + std::string(argument));
}

std::span<const field> to_fields(std::span<const pg::option> options) {
    const auto fields = pg::allocate<field>(options.size());
    for (std::size_t i = 0; i < options.size(); i++)
        fields[i] = {utf8("option", options[i].name), utf8("option", options[i].value)};
    return fields;
}

}  // namespace s3sign
