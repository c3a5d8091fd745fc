// Arguments that the functions of the extension share: texts, and the objects `query` and
// `headers`. What they return views the current memory context.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "pg/datum.hpp"
#include "pg/foreign.hpp"
#include "sigv4/request.hpp"

namespace s3sign {

// No server takes a URL or headers of this size; more is refused before work is done on it.
inline constexpr std::size_t longest_argument = 1 << 20;

// Texts in UTF-8; 22021 where one can't be converted. Messages name the argument, never its value.
std::string_view to_utf8(std::string_view argument, std::string_view text);

inline std::string_view utf8(std::string_view argument, std::string_view text) {
    if (text.size() <= longest_argument && ::GetDatabaseEncoding() == PG_UTF8) return text;
    return to_utf8(argument, text);
}

inline std::optional<std::string_view> utf8(std::string_view argument,
                                            std::optional<std::string_view> text) {
    if (!text) return std::nullopt;
    return utf8(argument, *text);
}

// 22023 for an empty text.
std::string_view not_empty(std::string_view argument, std::string_view text);

// Parameters or headers as a caller or an argument gives them: checked, not yet canonicalized.
class field_list {
   public:
    std::span<const sigv4::field> fields() const { return fields_.first(count_); }

    void add(std::string_view name, std::string_view value);

    // Whether a field has the name, whatever its case.
    bool has(std::string_view name) const;

    // Both change the list.
    std::span<const sigv4::field> canonical_query();
    std::span<const sigv4::field> canonical_headers();  // 22023 for names equal but for case

   private:
    std::span<sigv4::field> fields_;
    std::size_t count_ = 0;
    std::size_t bytes_ = 0;  // of all names and values
};

// The parameters of an object. 22023 for what can't be one.
field_list read_query(pg::jsonb query);

// The headers of an object. 22023 for what can't be one or can't be signed.
field_list read_headers(pg::jsonb headers);

// Most calls have neither: 15 ns less for each that is not asked for out of line.
inline field_list read_query(std::optional<pg::jsonb> query) {
    return query ? read_query(*query) : field_list();
}
inline field_list read_headers(std::optional<pg::jsonb> headers) {
    return headers ? read_headers(*headers) : field_list();
}

// The fields of a form. 22023 for what is no object of scalars.
field_list read_form_fields(std::optional<pg::jsonb> fields);

// A number in decimal.
std::string_view decimal(std::int64_t number);

// The headers that came with a request, whoever set them. 22023 for what can't be one.
field_list read_received_headers(std::optional<pg::jsonb> headers);

// Options of a server or a mapping in UTF-8.
std::span<const sigv4::field> to_fields(std::span<const pg::option> options);

// Adds a header of an argument's. 22023 for a value that can't be signed.
void add_header(field_list& headers, std::string_view name, std::string_view value);

}  // namespace s3sign
