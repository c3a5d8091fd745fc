#include "s3/server_options.hpp"

#include <algorithm>

#include "base/ascii.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "s3/expiration.hpp"
#include "s3/header.hpp"
#include "s3/limits.hpp"
#include "s3/option_value.hpp"
#include "sigv4/presign.hpp"

namespace s3sign::s3 {
namespace {

using sigv4::field;

// An option and the function that reads its value.
struct server_option {
    std::string_view name;
    void (*read)(server_options& to, std::string_view name, std::string_view value);
};

void read_methods(server_options& to, std::string_view name, std::string_view value) {
    to.methods = {};
    to.sets_methods = true;
    for_each_name(name, value, [&](std::string_view method) {
        const auto p = parse_permission(method);
        if (!p)
            bad_value(name, "has a name that is no method",
                      "Methods are get, head, put, delete, list, post, multipart and version.");
        to.methods = to.methods.with(*p);
    });
}

void read_allowed_query(server_options& to, std::string_view name, std::string_view value) {
    for_each_name(name, value, [&](std::string_view parameter) {
        if (sigv4::is_signature_parameter(parameter) || tells_operation(parameter))
            bad_value(name, "has a name that the signature or an argument sets");
        to.allow_query.emplace_back(parameter);
    });
}

void read_allowed_headers(server_options& to, std::string_view name, std::string_view value) {
    for_each_name(name, value, [&](std::string_view header) {
        if (rule_of_header(header) != header_rule::free)
            bad_value(name,
                      "has a name that is not a header's, or of a header that cannot be signed");
        to.allow_headers.push_back(to_lower(header));
    });
}

void read_credentials_file(server_options& to, std::string_view name, std::string_view value) {
    if (!value.starts_with('/')) bad_value(name, "is not an absolute path");
    to.credentials_file = value;
}

void read_log(server_options& to, std::string_view name, std::string_view value) {
    if (value != "on" && value != "off") bad_value(name, "is neither \"on\" nor \"off\"");
    to.log = value == "on";
}

// Storage servers ignore parameters that begin with `x-`, except for these.
bool is_storage_parameter(std::string_view name) {
    constexpr std::string_view families[] = {"x-amz-", "x-goog-", "x-oss-", "x-cos-", "x-obs-"};
    return name == "x-id" ||
           std::any_of(std::begin(families), std::end(families),
                       [&](std::string_view family) { return name.starts_with(family); });
}

bool is_user_parameter(std::string_view name) {
    constexpr std::string_view start = "x-";
    return name.starts_with(start) && name.size() > start.size() &&
           std::ranges::all_of(name, [](char c) { return is_lower(c) || is_digit(c) || c == '-'; });
}

void read_log_user(server_options& to, std::string_view name, std::string_view value) {
    const std::string_view parameter = take_until(value, ':');
    const auto source =
        value.empty() ? parse_placeholder("session_user") : parse_placeholder(value.substr(1));
    if (!is_user_parameter(parameter) || !source)
        bad_value(name, "is not a parameter and its source",
                  "It is written x-NAME:session_user, x-NAME:setting:NAME for a custom setting "
                  "such as app.login, or x-NAME:claim:NAME; x-NAME has a-z, 0-9 and \"-\".");
    if (is_storage_parameter(parameter))
        bad_value(name, "has a parameter that storage servers or clients use");
    to.log_user = {std::string(parameter), *source};
}

// In the order of the documentation; the hint lists them in this order too.
constexpr server_option server_table[] = {
    {"endpoint", [](server_options& to, auto, auto v) { to.endpoint = v; }},
    {"region", [](server_options& to, auto n, auto v) { to.region = not_empty(n, v); }},
    {"addressing", [](server_options& to, auto n, auto v) { to.addressing = not_empty(n, v); }},
    {"bucket", [](server_options& to, auto n, auto v) { to.bucket = not_empty(n, v); }},
    {"public_endpoint",
     [](server_options& to, auto n, auto v) { to.public_endpoint = not_empty(n, v); }},
    {"methods", read_methods},
    {"key_prefix",
     [](server_options& to, auto n, auto v) { to.key_prefix = s3::key_prefix(not_empty(n, v)); }},
    {"default_duration",
     [](server_options& to, auto n, auto v) {
         to.default_duration = parse_duration(n, v, sigv4::longest_life);
     }},
    {"max_duration", [](server_options& to, auto n,
                        auto v) { to.max_duration = parse_duration(n, v, sigv4::longest_life); }},
    {"cache_window",
     [](server_options& to, auto n, auto v) {
         to.cache_window = parse_duration(n, v, sigv4::longest_life - 1);
     }},
    {"allow_query", read_allowed_query},
    {"allow_headers", read_allowed_headers},
    {"credentials_file", read_credentials_file},
    {"profile", [](server_options& to, auto n, auto v) { to.profile = not_empty(n, v); }},
    {"upload_headers",
     [](server_options& to, auto n, auto v) { read_upload_headers(to.uploads, n, v); }},
    {"content_types",
     [](server_options& to, auto n, auto v) { read_content_types(to.uploads, n, v); }},
    {"max_bytes", [](server_options& to, auto n, auto v) { read_max_bytes(to.uploads, n, v); }},
    {"log", read_log},
    {"log_user", read_log_user},
};

template <std::string_view credentials::*part, auto check>
void read_part(credentials& to, std::string_view name, std::string_view value) {
    check("option " + quoted(name), value);
    to.*part = value;
}

// With an offset: a time in each session's own zone would be another end in each.
void read_expires_at(credentials& to, std::string_view name, std::string_view value) {
    to.expires_at = parse_expiration(value);
    if (!to.expires_at)
        bad_value(
            name, "is not a time",
            "A time is written as in \"2024-02-29T12:34:56Z\", with any offset, or as seconds "
            "since 1970.");
}

struct mapping_option {
    std::string_view name;
    void (*read)(credentials& to, std::string_view name, std::string_view value);
};

constexpr mapping_option mapping_table[] = {
    {"access_key_id", read_part<&credentials::access_key_id, check_key_part>},
    {"secret_access_key", read_part<&credentials::secret_access_key, check_key_part>},
    {"session_token", read_part<&credentials::session_token, check_session_token>},
    {"expires_at", read_expires_at},
};

template <class Table>
std::string names_of(const Table& table) {
    std::string list;
    for (const auto& row : table) list += (list.empty() ? "" : ", ") + std::string(row.name);
    return list;
}

template <class Table>
const auto* find(const Table& table, std::string_view name) {
    const auto* const row = std::find_if(std::begin(table), std::end(table),
                                         [&](const auto& r) { return r.name == name; });
    return row == std::end(table) ? nullptr : row;
}

// An option's name is not a secret: messages may repeat it.
[[noreturn]] void refuse_name(std::string_view name, std::string hint) {
    throw error(code::fdw_invalid_option_name, "invalid option " + quoted(name), std::move(hint));
}

template <class Table>
[[noreturn]] void refuse_other_than(const Table& table, std::string_view name) {
    refuse_name(name, "Valid options in this context are: " + names_of(table) + ".");
}

// The options must resolve to a target for every bucket.
void check_destination(const server_options& options) {
    if (options.endpoint.empty())
        bad_value("endpoint", "is missing",
                  "A server needs an endpoint, such as "
                  "'https://s3.eu-west-1.amazonaws.com'.");
    static_cast<void>(
        resolve(options.where(options.bucket ? *options.bucket : "s3sign-any-bucket")));
}

void check_upload_headers(const server_options& options) {
    for (const upload_rules::header& h : options.uploads.headers)
        if (contains(options.allow_headers, h.name))
            bad_value("upload_headers", "has a header that \"allow_headers\" has too");
}

// A caller must not set the parameter that says who calls.
void check_log_user(const server_options& options) {
    if (!options.log_user) return;
    for (const std::string& name : options.allow_query)
        if (equal_but_for_case(name, options.log_user->name))
            bad_value("log_user", "has a parameter that \"allow_query\" has too");
}

}  // namespace

destination server_options::where(std::string_view in_bucket) const {
    return {endpoint, in_bucket, region, addressing, public_endpoint};
}

server_options parse_server_options(std::span<const field> options) {
    server_options result;
    for (const field& option : options) {
        const server_option* const row = find(server_table, option.name);
        if (row == nullptr && find(mapping_table, option.name) != nullptr)
            refuse_name(option.name,
                        "Every role can read the options of a server. Credentials belong to "
                        "CREATE USER MAPPING.");
        if (row == nullptr) refuse_other_than(server_table, option.name);
        row->read(result, option.name, option.value);
    }
    check_destination(result);
    check_upload_headers(result);
    check_log_user(result);
    if (result.cache_window >= result.max_duration)
        bad_value("cache_window", "leaves no time within max_duration");
    return result;
}

credentials parse_mapping_options(std::span<const field> options) {
    credentials result;
    for (const field& option : options) {
        const mapping_option* const row = find(mapping_table, option.name);
        if (row == nullptr) refuse_other_than(mapping_table, option.name);
        if (option.value.empty()) bad_value(option.name, "is empty");
        row->read(result, option.name, option.value);
    }
    if (!options.empty() && !result.have_pair())
        invalid("a user mapping needs both access_key_id and secret_access_key");
    return result;
}

void check_no_options(std::span<const field> options) {
    if (!options.empty())
        refuse_name(options.front().name,
                    "There are no valid options here: servers and user mappings have some.");
}

}  // namespace s3sign::s3
