// What the functions of named servers have in common: a call is read from the arguments, then the
// server is found, its guard-rails are asked, and the call is signed.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "functions/arguments.hpp"
#include "functions/server.hpp"
#include "functions/signing.hpp"
#include "pg/datum.hpp"
#include "s3/guard.hpp"
#include "s3/operation.hpp"
#include "sigv4/time.hpp"

namespace s3sign {

using optional_time = std::optional<pg::timestamp>;
using optional_json = std::optional<pg::jsonb>;

struct named_call {
    const s3::operation& operation;
    std::string_view server;
    std::string_view key = {};  // checked; empty for an operation of the bucket
    optional_text prefix = {};  // of a list
    std::optional<std::int64_t> duration = {};
    field_list query = {};      // of the caller, for the guard-rails to check
    field_list arguments = {};  // further parameters, which arguments set
    field_list headers = {};    // likewise of the caller
    optional_text bucket = {};
    optional_time signed_at = {};
    bool rounded = true;  // by cache_window, where the operation reads
};

// Reads what most functions have. 22023 for a parameter in `query` that is the operation's own.
named_call begin(const s3::operation& op, std::string_view server, std::string_view file,
                 std::optional<std::int64_t> duration, optional_json query, optional_json headers,
                 optional_text bucket, optional_time signed_at);

// 22023 where the caller's fields have one that an argument sets, whatever its case.
void refuse(const field_list& fields, std::string_view name, std::string_view argument);

// 22023 where the caller's parameters have one of the operation's own.
void refuse_own_parameters(const named_call& call);

// Sets the parameter that an argument stands for. 22023 where it is empty.
void set_argument(named_call& call, std::string_view argument, std::string_view parameter,
                  std::string_view value);

// 1 to 10000, else 22023.
void check_part(std::string_view argument, std::int32_t number);

// 1 to 1000, else 22023.
void check_max_keys(std::string_view argument, std::int32_t number);

// Sets the header content-type by the argument.
void set_content_type(named_call& call, optional_text content_type);

// The server that a call is allowed on, and all that it is signed with. The references are valid
// until the next call.
struct signing_context {
    const named_server& server;
    const s3::target& target;
    s3::lifetime life;
    sigv4::timestamp time;
    sigv4::signing_key& key;
};

// Finds the server and asks its guard-rails; `headers` are the caller's in canonical form.
signing_context prepare(const named_call& call, std::span<const sigv4::field> headers);

// The parameters of the caller and of the arguments in canonical form.
std::span<const sigv4::field> query_of(named_call& call, const signing_context& with);

// The presigned URL of a call, all at once or after prepare().
text* sign_named_call(named_call& call);
text* sign_in_context(named_call& call, std::span<const sigv4::field> headers,
                      const signing_context& with);

// `text` in the memory context; the caller's frame may have destructors.
std::string_view copy(const std::string& text);

// JSON in UTF-8 as jsonb.
pg::jsonb to_jsonb(std::string_view utf8);

}  // namespace s3sign
