// What the functions of named servers share. A call takes three steps: read the arguments into a
// named_call; find the server and check the call against its limits; sign.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "functions/arguments.hpp"
#include "functions/server.hpp"
#include "pg/datum.hpp"
#include "s3/guard.hpp"
#include "s3/operation.hpp"
#include "s3/target.hpp"
#include "sigv4/presign.hpp"
#include "sigv4/signature.hpp"
#include "sigv4/time.hpp"

namespace s3sign {

// --- the arguments ------------------------------------------------------------------------------

// The server's name is in the database's encoding, all other texts are in UTF-8.
struct named_call {
    const s3::operation& operation;
    std::string_view server;
    // Of valid length; empty for an operation on the bucket, and for many keys, see check_key().
    std::string_view key = {};
    optional_text prefix = {};  // of a list
    std::optional<std::int64_t> duration = {};
    field_list query = {};       // from the argument `query`: the limits check it
    field_list parameters = {};  // set by other arguments
    field_list headers = {};     // from `headers` and other arguments
    optional_text bucket = {};
    optional_time signed_at = {};
    std::int64_t most_seconds = sigv4::longest_life;  // shortens the lifetime, never lengthens it
    bool in_headers = false;  // without cache_window, for sigv4::authorization_life
    std::optional<std::int64_t> body_bytes = {};  // of a body whose hash is signed
};

// Reads the arguments that most functions on an object have. 22023 if `query` has a parameter of
// the operation's own.
named_call read_object_call(const s3::operation& op, std::string_view server, std::string_view file,
                            std::optional<std::int64_t> duration, optional_json query,
                            optional_json headers, optional_text bucket, optional_time signed_at);

// The same for a call on many objects, whose keys are read with check_key().
named_call read_call(const s3::operation& op, std::string_view server,
                     std::optional<std::int64_t> duration, optional_json query,
                     optional_json headers, optional_text bucket, optional_time signed_at);

// 22023 if `query` has a parameter of the operation's own.
void check_no_own_parameters(const named_call& call);

// Adds the query parameter that `argument` sets; 22023 if `value`, in the database's encoding, is
// empty.
void add_parameter(named_call& call, std::string_view argument, std::string_view parameter,
                   std::string_view value);

// Adds the header content-type if the argument is given.
void add_content_type(named_call& call, optional_text content_type);

// --- the server ---------------------------------------------------------------------------------

// What a call that its server allows is signed with. Valid until the next call.
struct signing_context {
    const named_server& server;
    const s3::target& target;
    std::string_view key_prefix;  // its placeholders filled in
    std::string_view user;        // log_user's value; empty without the option
    s3::lifetime life;
    sigv4::timestamp time;
    sigv4::signing_key& key;
    std::span<const sigv4::field> headers;  // to sign: the call's and those that the server adds
};

// Finds the server and checks the call against its limits (42501), among them what it demands
// of uploads. `headers` are the call's in canonical form.
signing_context allow_call(const named_call& call, std::span<const sigv4::field> headers);

// Reads one of many keys from `file`, in the database's encoding, and checks it against the
// limits of the server.
std::string_view check_key(const signing_context& context, std::string_view file);

// --- the signature ------------------------------------------------------------------------------

// All query parameters of the request in canonical form.
std::span<const sigv4::field> request_query(const named_call& call, const signing_context& context);

// The request of a call that was allowed.
sigv4::presign_request signed_request(const named_call& call, const signing_context& context);

// The presigned URL of a call that was allowed.
text* sign_in_context(const named_call& call, const signing_context& context);

// Writes the line of the server's option "log" for a URL, if that is on. sign_in_context() does it;
// code that signs URLs in another way calls it before it returns them.
void log_signed_url(const named_call& call, const signing_context& context, std::string_view url);

// The same for a form or a ticket, by its signature in base16.
void log_signed(const named_call& call, const signing_context& context, std::string_view signature);

// The same for a request that is signed in its headers, which have no end of their own.
void log_signed_headers(const named_call& call, const signing_context& context,
                        std::string_view signature);

// Both steps at once.
text* sign_named_call(named_call& call);

}  // namespace s3sign
