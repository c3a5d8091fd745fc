#include "functions/named_call.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "functions/audit_log.hpp"
#include "functions/caller.hpp"
#include "functions/signing.hpp"
#include "pg/memory.hpp"
#include "s3/limits.hpp"
#include "s3/upload_rules.hpp"
#include "sigv4/authorization.hpp"

namespace s3sign {
namespace {

[[noreturn, gnu::noinline]] void refuse_form() {
    throw error(code::feature_not_supported,
                "a POST form cannot carry the parameter of the server's option \"log_user\"",
                "Use s3sign_upload with bytes to sign a PUT with the exact size.");
}

// The value of the parameter that names the person. 22023 if the caller sets it.
std::string_view choose_user(const s3::server_options& options, const named_call& call) {
    if (!options.log_user) return {};
    if (&call.operation == &s3::post_object) refuse_form();
    const std::string& name = options.log_user->name;
    if (call.query.has(name))
        invalid("query parameter " + quoted(name) + " is set by the server's option \"log_user\"");
    return read_user(options.log_user->value);
}

// What the placeholders of a server's options stand for in a call.
struct caller_values {
    std::string_view key_prefix;
    std::string_view user;
};

caller_values check_guards(const s3::server_options& options, const named_call& call,
                           std::span<const sigv4::field> headers) {
    s3::check_preconditions(call.operation, headers);
    s3::check_sizes(headers);
    s3::check_method(options, call.operation.needs);
    if (call.parameters.has("versionId")) s3::check_method(options, s3::permission::version);
    const caller_values values{read_prefix(options.key_prefix), choose_user(options, call)};
    if (call.operation.of_bucket)
        s3::choose_prefix(values.key_prefix, call.prefix);
    else if (!call.key.empty())
        s3::check_key_allowed(values.key_prefix, call.key);
    s3::check_own_headers(options.uploads, call.operation, call.query.fields(), headers);
    s3::check_query(options, call.operation, call.query.fields());
    s3::check_headers(options, call.operation, headers);
    return values;
}

// The headers to sign, in canonical form: the call's and those that the server adds.
std::span<const sigv4::field> with_upload_rules(const s3::server_options& options,
                                                const named_call& call,
                                                std::span<const sigv4::field> headers,
                                                const s3::target& target) {
    if (!options.uploads.any()) return headers;
    s3::check_upload(options.uploads, {call.operation, call.query.fields(), headers,
                                       call.body_bytes, target.enforces_object_size});
    const auto added = s3::added_headers(options.uploads, call.operation);
    if (added.empty()) return headers;
    const auto all = pg::allocate<sigv4::field>(headers.size() + added.size());
    const auto end = std::ranges::copy(headers, all.begin()).out;
    std::ranges::transform(added, end, [](const auto& header) {
        return sigv4::field{header.name, header.value};
    });
    std::ranges::sort(all, {}, &sigv4::field::name);
    return all;
}

std::int64_t clock_time() { return pg::timestamp{::GetCurrentTimestamp()}.unix_seconds(); }

// 55000 unless the credentials end after both the signing time and the clock.
void check_not_expired(const named_server& server, const named_call& call) {
    if (!server.expires_at) return;
    if (!s3::have_expired(*server.expires_at, signing_time(call.signed_at), clock_time())) return;
    throw error(code::object_not_in_prerequisite_state,
                "the credentials of server " + quoted(server.name) + " have expired",
                server.options.credentials_file
                    ? "Have new ones written to the credentials file; see docs/credentials.md."
                    : "Give the user mapping new ones; see docs/credentials.md.")
        .with_detail("They expired at " + sigv4::timestamp(*server.expires_at).iso8601() + ".");
}

s3::lifetime choose_lifetime(const s3::server_options& options, const named_call& call) {
    if (!call.signed_at)
        return s3::choose_lifetime(options, call.duration, statement_time(), std::nullopt,
                                   call.operation.reads && !call.in_headers);
    // The clock, not the statement: signed_at may be clock_timestamp().
    return s3::choose_lifetime(options, call.duration, clock_time(), signing_time(call.signed_at),
                               false);
}

// Ends no later than the credentials.
s3::lifetime lifetime_of(const named_server& server, const named_call& call) {
    s3::lifetime life = choose_lifetime(server.options, call);
    life.expires = std::min(life.expires, call.most_seconds);
    return server.expires_at ? s3::within_credentials(life, *server.expires_at) : life;
}

// The signature is a URL's last parameter.
std::string_view signature_of_url(std::string_view url) {
    constexpr std::size_t digits = 64;
    return url.substr(url.size() - digits);
}

}  // namespace

void check_no_own_parameters(const named_call& call) {
    for (const s3::own_parameter& own : call.operation.own) {
        if (!own.argument.empty())
            check_not_set_twice(call.query, own.name, own.argument);
        else if (call.query.has(own.name))
            invalid("query parameter " + quoted(own.name) + " is set by the operation");
    }
}

named_call read_object_call(const s3::operation& op, std::string_view server, std::string_view file,
                            std::optional<std::int64_t> duration, optional_json query,
                            optional_json headers, optional_text bucket, optional_time signed_at) {
    const std::string_view key = s3::check_key_length(utf8("file", file));
    named_call call = read_call(op, server, duration, query, headers, bucket, signed_at);
    call.key = key;
    return call;
}

named_call read_call(const s3::operation& op, std::string_view server,
                     std::optional<std::int64_t> duration, optional_json query,
                     optional_json headers, optional_text bucket, optional_time signed_at) {
    named_call call{
        .operation = op,
        .server = server,
        .duration = duration,
        .query = read_query(query),
        .headers = read_headers(headers),
        .bucket = utf8("bucket", bucket),
        .signed_at = signed_at,
    };
    check_no_own_parameters(call);
    return call;
}

void add_parameter(named_call& call, std::string_view argument, std::string_view parameter,
                   std::string_view value) {
    call.parameters.add(parameter, check_not_empty(argument, utf8(argument, value)));
}

void add_content_type(named_call& call, optional_text content_type) {
    if (!content_type) return;
    check_not_set_twice(call.headers, "content-type", "content_type");
    add_header(call.headers, "content-type", utf8("content_type", *content_type));
}

signing_context allow_call(const named_call& call, std::span<const sigv4::field> headers) {
    file_wait wait;
    named_server* server = &find_named_server(call.server, wait);
    while (true) {
        check_not_expired(*server, call);
        const auto [key_prefix, user] = check_guards(server->options, call, headers);
        const s3::lifetime life = lifetime_of(*server, call);
        check_not_late(call.signed_at, life.signed_at,
                       call.in_headers ? sigv4::authorization_life : life.expires);
        const sigv4::timestamp time(life.signed_at);
        const signer& cached = server->own_bucket_signer;
        if (!call.bucket && cached.can_sign_on(time.date())) {
            const auto all = with_upload_rules(server->options, call, headers, cached.target());
            return {*server, cached.target(), key_prefix, user, life, time, cached.key(), all};
        }
        const s3::target& target =
            targets().get(server->options.where(s3::choose_bucket(server->options, call.bucket)));
        const sigv4::scope scope{time.date(), target.region, "s3"};
        if (sigv4::signing_key* const key = signing_keys().find(server->secret, scope)) {
            server->own_bucket_signer = signer(target, *key, !call.bucket);
            const auto all = with_upload_rules(server->options, call, headers, target);
            return {*server, target, key_prefix, user, life, time, *key, all};
        }
        // A new key needs the secret, which is not kept. The server that is loaded with it may
        // have changed, so the checks start again.
        server = &load_named_server(call.server, wait, {scope});
    }
}

std::string_view check_key(const signing_context& context, std::string_view file) {
    const std::string_view key = s3::check_key_length(utf8("file", file));
    s3::check_key_allowed(context.key_prefix, key);
    return key;
}

std::span<const sigv4::field> request_query(const named_call& call,
                                            const signing_context& context) {
    field_list query;
    for (const sigv4::field& f : call.query.fields()) query.add(f.name, f.value);
    for (const sigv4::field& f : call.parameters.fields()) query.add(f.name, f.value);
    for (const s3::own_parameter& own : call.operation.own)
        if (own.argument.empty()) query.add(own.name, own.value);
    if (call.operation.of_bucket) {
        const auto prefix = s3::choose_prefix(context.key_prefix, call.prefix);
        if (!prefix.empty()) query.add("prefix", prefix);
    }
    if (const auto& user = context.server.options.log_user) query.add(user->name, context.user);
    return query.canonical_query();
}

sigv4::presign_request signed_request(const named_call& call, const signing_context& context) {
    const auto query = request_query(call, context);
    const std::string_view payload = s3::find_payload_line(context.headers);
    return {
        .method = call.operation.method,
        .origin = context.target.origin,
        .host = context.target.host,
        .shown_prefix = context.target.shown_prefix,
        .path_prefix = context.target.path_prefix,
        .path = call.key,
        .has_path = !(call.operation.of_bucket && context.target.bucket_in_path),
        .query = query,
        .headers = context.headers,
        .payload = payload,
        .identity = context.server.access_key_id,
        .session_token = context.server.session_token,
        .expires = context.life.expires,
    };
}

text* sign_in_context(const named_call& call, const signing_context& context) {
    text* const url = presigned_text(signed_request(call, context), context.time, context.key);
    log_signed_url(call, context, pg::view(url));
    return url;
}

void log_signed_url(const named_call& call, const signing_context& context, std::string_view url) {
    log_signed(call, context, signature_of_url(url));
}

void log_signed(const named_call& call, const signing_context& context,
                std::string_view signature) {
    if (context.server.options.log)
        write_log_line(call, context, signature,
                       context.time.unix_seconds() + context.life.expires);
}

void log_signed_headers(const named_call& call, const signing_context& context,
                        std::string_view signature) {
    if (context.server.options.log) write_log_line(call, context, signature, std::nullopt);
}

text* sign_named_call(named_call& call) {
    return sign_in_context(call, allow_call(call, call.headers.canonical_headers()));
}

}  // namespace s3sign
