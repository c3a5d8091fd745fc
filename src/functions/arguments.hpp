// Reading the arguments of SQL functions: texts, times, and the objects `query` and `headers`.
//
// Errors name the argument and never show its value. Results are views of the arguments or of
// palloc'd memory. Nothing here has a destructor.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "pg/datum.hpp"
#include "pg/foreign.hpp"
#include "sigv4/request.hpp"
#include "sigv4/signed_url.hpp"

namespace s3sign {

using optional_text = std::optional<std::string_view>;
using optional_json = std::optional<pg::jsonb>;
using optional_time = std::optional<pg::timestamp>;

// --- texts --------------------------------------------------------------------------------------

// In bytes. Larger arguments are an error (22023) before any work is done on them: no storage
// server takes a URL or headers of this size.
inline constexpr std::size_t longest_argument = 1 << 20;

// Converts from the database's encoding; 22021 if that is impossible.
std::string_view to_utf8(std::string_view argument, std::string_view text);

// The same, inline where there is nothing to convert.
inline std::string_view utf8(std::string_view argument, std::string_view text) {
    if (text.size() <= longest_argument && ::GetDatabaseEncoding() == PG_UTF8) return text;
    return to_utf8(argument, text);
}

inline optional_text utf8(std::string_view argument, optional_text text) {
    if (!text) return std::nullopt;
    return utf8(argument, *text);
}

// Returns the text; 22023 if it is empty.
std::string_view check_not_empty(std::string_view argument, std::string_view text);

// Returns an access key id or a secret access key; 22023 if it is empty, over 4 kB or has a control
// character.
std::string_view check_key_part(std::string_view argument, std::string_view text);

// Returns the token; 22023 if it is empty, over 8 kB or has a control character.
optional_text check_session_token(optional_text token);

// Returns the method; 22023 unless it is upper-case letters, digits and hyphens.
std::string_view check_http_method(std::string_view method);

// Returns the time; 22008 if it is infinite.
pg::timestamp check_finite(std::string_view argument, pg::timestamp time);

// --- presigned URLs -----------------------------------------------------------------------------

// Reads any text: what is wrong with it is the result's `fault`. One of over 1 MiB is not a URL.
sigv4::signed_url read_url(std::string_view text);

// --- query parameters and headers ---------------------------------------------------------------

// A list of query parameters or headers. Raw until one of the canonical_… functions is called.
class field_list {
   public:
    std::span<const sigv4::field> fields() const { return fields_.first(count_); }

    void add(std::string_view name, std::string_view value);

    // Ignores case.
    bool has(std::string_view name) const;

    // Both change the list: to canonical form, in canonical order.
    std::span<const sigv4::field> canonical_query();
    std::span<const sigv4::field> canonical_headers();  // 22023 for names that differ only in case

   private:
    std::span<sigv4::field> fields_;
    std::size_t count_ = 0;
    std::size_t bytes_ = 0;  // of all names and values
};

// The read_… functions take a JSON object. A value is a scalar or, except for form fields, an array
// of scalars, whose elements are fields of the same name. 22023 for any other value.

// 22023 for a parameter that the signature sets.
field_list read_query(pg::jsonb query);

// Headers to sign. 22023 for a header that cannot be signed.
field_list read_headers(pg::jsonb headers);

// Headers that a client sends, whether they can be signed or not.
field_list read_client_headers(optional_json headers);

// Fields of a POST form.
field_list read_form_fields(optional_json fields);

// Inline: most calls have neither, and a call costs 15 ns.
inline field_list read_query(optional_json query) {
    return query ? read_query(*query) : field_list();
}
inline field_list read_headers(optional_json headers) {
    return headers ? read_headers(*headers) : field_list();
}

// Adds a header that an argument sets; 22023 if it cannot be signed.
void add_header(field_list& headers, std::string_view name, std::string_view value);

// 22023 if `fields`, from `query` or `headers`, has a field that `argument` sets. Ignores case.
void check_not_set_twice(const field_list& fields, std::string_view name,
                         std::string_view argument);

// Options of a server or a user mapping, in UTF-8.
std::span<const sigv4::field> to_fields(std::span<const pg::option> options);

}  // namespace s3sign
