// s3sign_headers: a request signed in its headers, with a named server and its limits.
#include <algorithm>
#include <charconv>
#include <cstdint>
#include <optional>
#include <string_view>

#include "base/error.hpp"
#include "base/text.hpp"
#include "functions/arguments.hpp"
#include "functions/named_call.hpp"
#include "functions/header_request.hpp"
#include "functions/results.hpp"
#include "functions/signing.hpp"
#include "pg/function.hpp"
#include "s3/limits.hpp"
#include "s3/operation.hpp"
#include "sigv4/encode.hpp"

namespace s3sign {
namespace {

const s3::operation& operation_of(std::string_view method, bool of_bucket,
                                  const field_list& query) {
    const auto* const op = s3::find_operation(method, of_bucket, query.fields());
    if (op == nullptr)
        throw error(code::insufficient_privilege, "request does not match a supported operation",
                    "Supported with a file: GET, HEAD, PUT, DELETE and the requests of multipart "
                    "uploads; without one: GET with \"list-type\": 2.");
    return *op;
}

// A parameter that is an integer argument in the functions of named servers, in decimal.
std::string_view read_number(const s3::own_parameter& own, std::string_view text) {
    std::int32_t number = 0;
    const char* const end = text.data() + text.size();
    const auto [stop, failed] = std::from_chars(text.data(), end, number);
    if (failed != std::errc() || stop != end)
        invalid("query parameter " + quoted(own.name) + " is not a number");
    if (own.argument == "max_keys")
        s3::check_max_keys(own.name, number);
    else
        s3::check_part_number(own.name, number);
    return decimal(number);
}

void set_own_parameter(named_call& call, const s3::own_parameter& own, std::string_view value) {
    if (own.argument.empty()) {  // request_query() adds it
        if (value != own.value)
            invalid("query parameter " + quoted(own.name) + " must be " +
                    (own.value.empty() ? "empty" : quoted(own.value)));
        return;
    }
    if (own.argument == "prefix") {
        call.prefix = value;
        return;
    }
    if (value.empty()) invalid("query parameter " + quoted(own.name) + " is empty");
    const bool number = own.argument == "max_keys" || own.argument == "part_number";
    call.parameters.add(own.name, number ? read_number(own, value) : value);
}

// Sets what the other functions of named servers read from arguments of their own from the
// operation's own parameters in `query`; the rest becomes the call's query.
void split_query(named_call& call, const field_list& query) {
    for (const sigv4::field& f : query.fields()) {
        const s3::own_parameter* const own = s3::find_own_parameter(call.operation, f.name);
        if (own == nullptr) {
            call.query.add(f.name, f.value);
            continue;
        }
        if (own->name != f.name)
            invalid("query parameter " + quoted(f.name) + " must be written " + quoted(own->name));
        const auto same = [&](const sigv4::field& other) { return other.name == f.name; };
        if (std::ranges::count_if(query.fields(), same) > 1)
            invalid("query parameter " + quoted(f.name) + " is given more than once");
        set_own_parameter(call, *own, f.value);
    }
}

// Without public_endpoint: the request goes from the database straight to the storage.
const s3::target& direct_target(const named_call& call, const signing_context& context) {
    const s3::server_options& options = context.server.options;
    s3::destination where = options.where(s3::choose_bucket(options, call.bucket));
    where.public_endpoint = std::nullopt;
    return targets().get(where);
}

// «/bucket/key», encoded.
std::string_view path_of(const named_call& call, const s3::target& target) {
    const std::size_t size = target.path_prefix.size() + 1 + sigv4::encoded_size(call.key.size());
    return write_text(size, [&](char* out) {
        out = put(out, target.path_prefix);
        if (call.operation.of_bucket && target.bucket_in_path) return out;
        return sigv4::uri_encode_path(put(out, '/'), call.key);
    });
}

pg::jsonb sign_headers(std::string_view server, std::string_view method, optional_text file,
                       optional_json query, optional_json headers,
                       std::optional<pg::binary> payload, optional_text bucket,
                       optional_time signed_at) {
    const field_list whole_query = read_query(query);
    const std::string_view http_method = check_http_method(utf8("method", method));
    named_call call{
        .operation = operation_of(http_method, !file, whole_query),
        .server = server,
        .key = file ? s3::check_key_length(utf8("file", *file)) : std::string_view(),
        .headers = read_headers(headers),
        .bucket = utf8("bucket", bucket),
        .signed_at = signed_at,
        .in_headers = true,
    };
    split_query(call, whole_query);
    if (!call.headers.has("x-amz-content-sha256"))
        call.body_bytes = payload ? static_cast<std::int64_t>(payload->bytes.size()) : 0;
    const signing_context context = allow_call(call, call.headers.canonical_headers());
    const auto canonical_query = request_query(call, context);
    const s3::target& target = direct_target(call, context);
    const std::string_view path = path_of(call, target);
    const header_request request{
        .method = http_method,
        .origin = target.origin,
        .host = target.host,
        .path = path,
        .signed_path = path,
        .query = canonical_query,
        .payload = payload ? optional_text(payload->bytes) : std::nullopt,
        .identity = context.server.access_key_id,
        .session_token = context.server.session_token,
    };
    field_list all_headers;
    for (const sigv4::field& f : context.headers) all_headers.add(f.name, f.value);
    const signed_headers made = sign_in_headers(request, all_headers, context.time, context.key);
    log_signed_headers(call, context, made.signature);
    return made.json;
}

}  // namespace

PG_FUNCTION(s3sign_headers, sign_headers)

}  // namespace s3sign
