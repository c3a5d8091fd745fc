// s3sign_get, s3sign_put, s3sign_head, s3sign_delete: presigned URLs by a named server, whose
// secret the caller does not see, within its guard-rails.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "error.hpp"
#include "functions/arguments.hpp"
#include "functions/server.hpp"
#include "functions/signing.hpp"
#include "pg/function.hpp"
#include "pg/memory.hpp"
#include "s3/disposition.hpp"
#include "s3/guard.hpp"
#include "s3/operation.hpp"

namespace s3sign {
namespace {

using optional_time = std::optional<pg::timestamp>;
using optional_json = std::optional<pg::jsonb>;

// What the functions of named servers have in common.
struct named_call {
    const s3::operation& operation;
    std::string_view server;
    std::string_view key;  // checked
    std::optional<std::int64_t> duration;
    field_list query;      // of the caller, for the guard-rails to check
    field_list arguments;  // further parameters, which arguments set
    field_list headers;
    optional_text bucket;
    optional_time signed_at;
    bool of_version = false;
};

// Parameters and headers that arguments set may not be the caller's too, whatever their case.
void refuse(const field_list& fields, std::string_view name, std::string_view argument) {
    if (fields.has(name))
        invalid(quoted(name) + " is set by the argument " + std::string(argument));
}

void check_guards(const s3::server_options& options, const named_call& call,
                  std::span<const sigv4::field> headers) {
    s3::check_method(options, call.operation.needs);
    if (call.of_version) s3::check_method(options, s3::permission::version);
    s3::check_key(options, call.key);
    s3::check_query(options, call.operation, call.query.fields());
    s3::check_headers(options, headers);
}

s3::lifetime lifetime_of(const s3::server_options& options, const named_call& call) {
    if (call.signed_at)
        return s3::choose_lifetime(options, call.duration, clock_time(),
                                   unix_seconds(*call.signed_at), false);
    return s3::choose_lifetime(options, call.duration, statement_time(), std::nullopt,
                               call.operation.reads);
}

text* sign(named_call& call) {
    field_list query;
    for (const sigv4::field& f : call.query.fields()) query.add(f.name, f.value);
    for (const sigv4::field& f : call.arguments.fields()) query.add(f.name, f.value);
    sigv4::presign_request request{
        .method = call.operation.method,
        .path = call.key,
        .query = query.canonical_query(),
        .headers = call.headers.canonical_headers(),
    };

    const named_server* server = &find_named_server(call.server);
    while (true) {
        check_guards(server->options, call, request.headers);
        const s3::lifetime life = lifetime_of(server->options, call);
        const sigv4::timestamp time(life.signed_at);
        const s3::target& target =
            targets().get(server->options.where(s3::choose_bucket(server->options, call.bucket)));
        const sigv4::scope scope{time.date(), target.region, "s3"};
        if (sigv4::signing_key* const key = signing_keys().find(server->secret, scope)) {
            request.identity = server->access_key_id;
            request.session_token = server->session_token;
            request.expires = life.expires;
            return sign_url(request, target, time, *key);
        }
        // The secret is not kept, so the server is read again; it may be another one by now.
        server = &load_named_server(call.server, scope);
    }
}

// `text` in the memory context; the frame above has nothing with a destructor.
std::string_view copy(const std::string& text) {
    const auto kept = pg::call([&] { return pg::allocate<char>(text.size()); });
    text.copy(kept.data(), kept.size());
    return {kept.data(), kept.size()};
}

std::string_view disposition(std::string_view name) {
    return copy(s3::attachment(not_empty("download_as", utf8("download_as", name))));
}

void set_version(named_call& call, optional_text version_id) {
    refuse(call.query, "versionId", "version_id");
    if (!version_id) return;
    call.arguments.add("versionId", not_empty("version_id", utf8("version_id", *version_id)));
    call.of_version = true;
}

named_call begin(const s3::operation& op, std::string_view server, std::string_view file,
                 std::optional<std::int64_t> duration, optional_json query, optional_json headers,
                 optional_text bucket, optional_time signed_at) {
    return {
        .operation = op,
        .server = server,
        .key = check_key(utf8("file", file)),
        .duration = duration,
        .query = read_query(query),
        .arguments = {},
        .headers = read_headers(headers),
        .bucket = utf8("bucket", bucket),
        .signed_at = signed_at,
    };
}

text* get(std::string_view server, std::string_view file, std::optional<std::int64_t> duration,
          optional_text download_as, optional_text version_id, optional_json query,
          optional_json headers, optional_text bucket, optional_time signed_at) {
    named_call call =
        begin(s3::get_object, server, file, duration, query, headers, bucket, signed_at);
    set_version(call, version_id);
    if (download_as) {
        refuse(call.query, "response-content-disposition", "download_as");
        call.arguments.add("response-content-disposition", disposition(*download_as));
    }
    return sign(call);
}

template <const s3::operation& op>
text* head_or_delete(std::string_view server, std::string_view file,
                     std::optional<std::int64_t> duration, optional_text version_id,
                     optional_json query, optional_json headers, optional_text bucket,
                     optional_time signed_at) {
    named_call call = begin(op, server, file, duration, query, headers, bucket, signed_at);
    set_version(call, version_id);
    return sign(call);
}

text* put(std::string_view server, std::string_view file, std::optional<std::int64_t> duration,
          optional_text content_type, optional_json query, optional_json headers,
          optional_text bucket, optional_time signed_at) {
    named_call call =
        begin(s3::put_object, server, file, duration, query, headers, bucket, signed_at);
    if (content_type) {
        refuse(call.headers, "content-type", "content_type");
        add_header(call.headers, "content-type", utf8("content_type", *content_type));
    }
    return sign(call);
}

}  // namespace

PG_FUNCTION(s3sign_get, get)
PG_FUNCTION(s3sign_head, head_or_delete<s3::head_object>)
PG_FUNCTION(s3sign_put, put)
PG_FUNCTION(s3sign_delete, head_or_delete<s3::delete_object>)

}  // namespace s3sign
