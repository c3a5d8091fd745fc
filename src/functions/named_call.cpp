#include "functions/named_call.hpp"

#include "base/error.hpp"
#include "pg/boundary.hpp"
#include "pg/encoding.hpp"
#include "pg/jsonb.hpp"
#include "pg/memory.hpp"

namespace s3sign {
namespace {

bool has_version(const named_call& call) { return call.arguments.has("versionId"); }

void check_guards(const s3::server_options& options, const named_call& call,
                  std::span<const sigv4::field> headers) {
    s3::check_method(options, call.operation.needs);
    if (has_version(call)) s3::check_method(options, s3::permission::version);
    if (call.operation.of_bucket)
        s3::choose_prefix(options, call.prefix);
    else
        s3::check_key_allowed(options, call.key);
    s3::check_query(options, call.operation, call.query.fields());
    s3::check_headers(options, headers);
}

s3::lifetime lifetime_of(const s3::server_options& options, const named_call& call) {
    if (call.signed_at)
        return s3::choose_lifetime(options, call.duration, clock_time(),
                                   unix_seconds(*call.signed_at), false);
    return s3::choose_lifetime(options, call.duration, statement_time(), std::nullopt,
                               call.operation.reads && call.rounded);
}

}  // namespace

void refuse(const field_list& fields, std::string_view name, std::string_view argument) {
    if (fields.has(name))
        invalid(quoted(name) + " is set by the argument " + std::string(argument));
}

void refuse_own_parameters(const named_call& call) {
    for (const s3::own_parameter& own : call.operation.own) {
        if (!own.argument.empty())
            refuse(call.query, own.name, own.argument);
        else if (call.query.has(own.name))
            invalid("query parameter " + quoted(own.name) + " is set by the operation");
    }
}

named_call begin(const s3::operation& op, std::string_view server, std::string_view file,
                 std::optional<std::int64_t> duration, optional_json query, optional_json headers,
                 optional_text bucket, optional_time signed_at) {
    named_call call{
        .operation = op,
        .server = server,
        .key = check_key_length(utf8("file", file)),
        .duration = duration,
        .query = read_query(query),
        .headers = read_headers(headers),
        .bucket = utf8("bucket", bucket),
        .signed_at = signed_at,
    };
    refuse_own_parameters(call);
    return call;
}

void set_argument(named_call& call, std::string_view argument, std::string_view parameter,
                  std::string_view value) {
    call.arguments.add(parameter, not_empty(argument, utf8(argument, value)));
}

// AWS: «Part numbers … from 1 to 10,000, inclusive».
void check_part(std::string_view argument, std::int32_t number) {
    if (number < 1 || number > 10000)
        invalid(std::string(argument) + " " + std::to_string(number) + " is outside 1..10000");
}

void check_max_keys(std::string_view argument, std::int32_t number) {
    // AWS: «returns up to 1,000 key names»
    if (number < 1 || number > 1000)
        invalid(std::string(argument) + " " + std::to_string(number) + " is outside 1..1000");
}

void set_content_type(named_call& call, optional_text content_type) {
    if (!content_type) return;
    refuse(call.headers, "content-type", "content_type");
    add_header(call.headers, "content-type", utf8("content_type", *content_type));
}

signing_context prepare(const named_call& call, std::span<const sigv4::field> headers) {
    named_server* server = &find_named_server(call.server);
    while (true) {
        check_guards(server->options, call, headers);
        const s3::lifetime life = lifetime_of(server->options, call);
        const sigv4::timestamp time(life.signed_at);
        if (!call.bucket && server->with.is_of(time.date()))
            return {*server, server->with.target(), life, time, server->with.key()};
        const s3::target& target =
            targets().get(server->options.where(s3::choose_bucket(server->options, call.bucket)));
        const sigv4::scope scope{time.date(), target.region, "s3"};
        if (sigv4::signing_key* const key = signing_keys().find(server->secret, scope)) {
            server->with = signer(target, *key, !call.bucket);
            return {*server, target, life, time, *key};
        }
        // The secret is not kept, so the server is read again; it may be another one by now.
        server = &load_named_server(call.server, scope);
    }
}

std::span<const sigv4::field> query_of(named_call& call, const signing_context& with) {
    field_list query;
    for (const sigv4::field& f : call.query.fields()) query.add(f.name, f.value);
    for (const sigv4::field& f : call.arguments.fields()) query.add(f.name, f.value);
    for (const s3::own_parameter& own : call.operation.own)
        if (own.argument.empty()) query.add(own.name, own.value);
    if (call.operation.of_bucket) {
        const auto prefix = s3::choose_prefix(with.server.options, call.prefix);
        if (!prefix.empty()) query.add("prefix", prefix);
    }
    return query.canonical_query();
}

text* sign_in_context(named_call& call, std::span<const sigv4::field> headers,
                      const signing_context& with) {
    const auto query = query_of(call, with);
    const std::string_view payload = payload_line(headers);
    return presigned_text(
        {
            .method = call.operation.method,
            .origin = with.target.origin,
            .host = with.target.host,
            .shown_prefix = with.target.shown_prefix,
            .path_prefix = with.target.path_prefix,
            .path = call.key,
            .has_path = !(call.operation.of_bucket && with.target.bucket_in_path),
            .query = query,
            .headers = headers,
            .payload = payload,
            .identity = with.server.access_key_id,
            .session_token = with.server.session_token,
            .expires = with.life.expires,
        },
        with.time, with.key);
}

text* sign_named_call(named_call& call) {
    const auto headers = call.headers.canonical_headers();
    return sign_in_context(call, headers, prepare(call, headers));
}

std::string_view copy(const std::string& text) {
    return pg::call([&] { return pg::copy(text); });
}

pg::jsonb to_jsonb(std::string_view utf8) {
    const auto text = pg::from_utf8(utf8);
    if (!text)
        throw error(code::character_not_in_repertoire,
                    "the result can't be converted to the database's encoding");
    return pg::parse_json(*text);
}

}  // namespace s3sign
