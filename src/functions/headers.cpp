// s3sign_headers: a request to a named server, signed in its headers, within the guard-rails.
#include <algorithm>
#include <charconv>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "functions/named_call.hpp"
#include "functions/header_request.hpp"
#include "pg/function.hpp"
#include "pg/memory.hpp"
#include "s3/operation.hpp"
#include "sigv4/encode.hpp"

namespace s3sign {
namespace {

const s3::operation& operation_of(std::string_view method, bool of_bucket,
                                  const field_list& query) {
    const auto* const op = s3::find_operation(method, of_bucket, query.fields());
    if (op == nullptr)
        throw error(code::insufficient_privilege,
                    "the request is no operation that a named server signs",
                    "Of a file: GET, HEAD, PUT, DELETE and the requests of multipart uploads; "
                    "without one: GET with \"list-type\": 2.");
    return *op;
}

// A number that an argument of the named functions is, in decimal.
std::string_view read_number(const s3::own_parameter& own, std::string_view text) {
    std::int32_t number = 0;
    const char* const end = text.data() + text.size();
    const auto [stop, failed] = std::from_chars(text.data(), end, number);
    if (failed != std::errc() || stop != end)
        invalid("query parameter " + quoted(own.name) + " is no number");
    own.argument == "max_keys" ? check_max_keys(own.name, number) : check_part(own.name, number);
    return decimal(number);
}

void take(named_call& call, const s3::own_parameter& own, std::string_view value) {
    if (own.argument.empty()) {
        if (value != own.value)
            invalid("query parameter " + quoted(own.name) + " has another value than it has to");
        return;  // which the operation sets
    }
    if (own.argument == "prefix") {
        call.prefix = value;
        return;
    }
    if (value.empty()) invalid("query parameter " + quoted(own.name) + " is empty");
    const bool number = own.argument == "max_keys" || own.argument == "part_number";
    call.arguments.add(own.name, number ? read_number(own, value) : value);
}

// Takes the operation's own parameters from the others, as arguments of the named functions do.
void take_own_parameters(named_call& call, const field_list& query) {
    for (const sigv4::field& f : query.fields()) {
        const s3::own_parameter* const own = s3::find_own_parameter(call.operation, f.name);
        if (own == nullptr) {
            call.query.add(f.name, f.value);
            continue;
        }
        if (own->name != f.name)
            invalid("query parameter " + quoted(f.name) + " is written " + quoted(own->name));
        const auto same = [&](const sigv4::field& other) { return other.name == f.name; };
        if (std::ranges::count_if(query.fields(), same) > 1)
            invalid("query parameter " + quoted(f.name) + " stands twice");
        take(call, *own, f.value);
    }
}

// As it is signed, without public_endpoint.
const s3::target& direct_target(const named_call& call, const signing_context& with) {
    s3::destination where =
        with.server.options.where(s3::choose_bucket(with.server.options, call.bucket));
    where.public_endpoint = std::nullopt;
    return targets().get(where);
}

// «/bucket/key», encoded.
std::string_view path_of(const named_call& call, const s3::target& target) {
    const auto path =
        pg::allocate<char>(target.path_prefix.size() + 1 + sigv4::encoded_size(call.key.size()));
    char* end = put(path.data(), target.path_prefix);
    if (!call.operation.of_bucket || !target.bucket_in_path)
        end = sigv4::uri_encode_path(put(end, '/'), call.key);
    return {path.data(), static_cast<std::size_t>(end - path.data())};
}

pg::jsonb headers(std::string_view server, std::string_view method, optional_text file,
                  optional_json query, optional_json headers, std::optional<pg::binary> payload,
                  optional_text bucket, optional_time signed_at) {
    const field_list all = read_query(query);
    const std::string_view verb = check_http_method(utf8("method", method));
    named_call call{
        .operation = operation_of(verb, !file, all),
        .server = server,
        .key = file ? check_key_length(utf8("file", *file)) : std::string_view(),
        .headers = read_headers(headers),
        .bucket = utf8("bucket", bucket),
        .signed_at = signed_at,
        .rounded = false,
    };
    take_own_parameters(call, all);
    const signing_context with = prepare(call, call.headers.canonical_headers());
    const auto parameters = query_of(call, with);
    const s3::target& target = direct_target(call, with);
    const std::string_view path = path_of(call, target);
    const header_request request{
        .method = verb,
        .origin = target.origin,
        .host = target.host,
        .path = path,
        .signed_path = path,
        .query = parameters,
        .payload = payload ? optional_text(payload->bytes) : std::nullopt,
        .identity = with.server.access_key_id,
        .session_token = with.server.session_token,
    };
    return authorize(request, call.headers, with.time, with.key);
}

}  // namespace

PG_FUNCTION(s3sign_headers, headers)

}  // namespace s3sign
