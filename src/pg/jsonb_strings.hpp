// The strings of a jsonb document: all string values at any depth, without the names of members.
//
//   pg::for_each_string(document, [&](std::string_view s) noexcept { bytes += s.size(); });
//   pg::jsonb upper = pg::replace_strings(document, [&](std::string_view s) noexcept { ... });
//
// The server calls the function, so it may not throw; a server error may leave it.
#pragma once

#include <string_view>
#include <type_traits>

#include "pg/datum.hpp"
#include "pg/postgres.hpp"

namespace s3sign::pg {

inline std::string_view json_string(const char* text, int size) {
    return {text, static_cast<std::size_t>(size)};
}

// Calls visit(string) for each, in the order of the document.
template <class Visit>
void for_each_string(const jsonb& document, Visit visit) {
    static_assert(std::is_nothrow_invocable_v<Visit&, std::string_view>);
    ::iterate_jsonb_values(document.value, jtiString, &visit,
                           [](void* state, char* text, int size) noexcept {
                               (*static_cast<Visit*>(state))(json_string(text, size));
                           });
}

// A document with the text that replace(string) returns in place of each, called in the same order.
template <class Replace>
jsonb replace_strings(const jsonb& document, Replace replace) {
    static_assert(std::is_nothrow_invocable_r_v<text*, Replace&, std::string_view>);
    return {::transform_jsonb_string_values(
        document.value, &replace, [](void* state, char* text, int size) noexcept {
            return (*static_cast<Replace*>(state))(json_string(text, size));
        })};
}

}  // namespace s3sign::pg
