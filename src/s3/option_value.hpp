// Reads the values of a foreign server's options: lists, durations and sizes. 22023 with the
// option's name for an invalid value; messages never have the value.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "base/error.hpp"
#include "base/text.hpp"

namespace s3sign::s3 {

[[noreturn]] inline void bad_value(std::string_view option, std::string reason,
                                   std::string hint = {}) {
    invalid("option \"" + std::string(option) + "\" " + std::move(reason), std::move(hint));
}

std::string not_empty(std::string_view option, std::string_view value);

// Calls visit(name) for each name of a comma-separated list.
template <class Visit>
void for_each_name(std::string_view option, std::string_view list, Visit visit) {
    // Bounds the cost of a call: each of its parameters is looked up in the list.
    if (list.size() > 4096) bad_value(option, "is over 4096 bytes");
    while (true) {
        const std::size_t comma = std::min(list.find(','), list.size());
        const std::string_view name = trimmed(list.substr(0, comma), " ");
        if (name.empty()) bad_value(option, "has an empty name", "Names are separated by commas.");
        visit(name);
        if (comma == list.size()) return;
        list.remove_prefix(comma + 1);
    }
}

// Whole seconds, or with a unit as in postgresql.conf; 1 to `longest`.
std::int64_t parse_duration(std::string_view option, std::string_view text, std::int64_t longest);

// Bytes, or with a unit as in postgresql.conf, of which each is 1024 times the one before. At least
// one byte.
std::int64_t parse_size(std::string_view option, std::string_view text);

}  // namespace s3sign::s3
