// The one exception of the library: what went wrong, in the words the user reads.
//
// Knows neither PostgreSQL nor OpenSSL. src/pg/boundary.hpp turns it into a server error.
//
// Messages are lower case without a full stop. No message holds the value of a text argument other
// than a named server's name: callers swap arguments, and then the value is a secret.
#pragma once

#include <string>
#include <string_view>
#include <utility>

namespace s3sign {

// Each code is one SQLSTATE, see sqlstate() in src/pg/boundary.hpp.
enum class code {
    invalid_parameter_value,           // 22023
    datetime_field_overflow,           // 22008
    character_not_in_repertoire,       // 22021
    feature_not_supported,             // 0A000
    program_limit_exceeded,            // 54000
    object_not_in_prerequisite_state,  // 55000
    insufficient_privilege,            // 42501
    undefined_object,                  // 42704
    fdw_invalid_option_name,           // HV00D
    io_error,                          // 58030
    internal_error,                    // XX000
};

// Not a std::exception: what catches those must not take it for one of theirs.
struct error {
    enum code code;
    std::string message;
    std::string hint;

    error(enum code c, std::string m, std::string h = {})
        : code(c), message(std::move(m)), hint(std::move(h)) {}
};

[[noreturn]] inline void invalid(std::string message, std::string hint = {}) {
    throw error(code::invalid_parameter_value, std::move(message), std::move(hint));
}

// The same of literals: the strings are made here, and cost the caller no frame where nothing is
// wrong.
[[noreturn, gnu::noinline]] inline void invalid(const char* message, const char* hint = "") {
    throw error(code::invalid_parameter_value, message, hint);
}

// A name for a message, in quotes: cut, and with everything but visible ASCII escaped, so that it
// is right in every encoding and can't pass for another line of the log.
inline std::string quoted(std::string_view name) {
    constexpr std::size_t longest = 64;
    constexpr char digits[] = "0123456789abcdef";
    std::string result = "\"";
    for (char c : name.substr(0, longest)) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            result += {'\\', c};
        } else if (byte < ' ' || byte > '~') {
            result += {'\\', 'x', digits[byte >> 4], digits[byte & 15]};
        } else {
            result += c;
        }
    }
    return result + (name.size() > longest ? "...\"" : "\"");
}

}  // namespace s3sign
