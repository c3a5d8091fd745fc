// The one exception of the library: what went wrong, in the words the user reads.
//
// Knows neither PostgreSQL nor OpenSSL. src/pg/boundary.hpp turns it into a server error.
//
// Messages are lower case without a full stop; detail and hint are sentences. No message holds the
// value of a text argument other than a named server's name: callers mix arguments up, and then
// the value is a secret.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace s3sign {

// Five digits or capital letters; any other text is a compile-time error.
// Source: PostgreSQL's manual, appendix A.
class sqlstate {
   public:
    consteval sqlstate(const char (&text)[6]) {
        for (std::size_t i = 0; i < sizeof(characters_); i++) {
            const char c = text[i];
            if (!(c >= '0' && c <= '9') && !(c >= 'A' && c <= 'Z'))
                throw "a SQLSTATE is five digits or capital letters";
            characters_[i] = c;
        }
    }

    constexpr char operator[](std::size_t i) const { return characters_[i]; }
    bool operator==(const sqlstate&) const = default;

   private:
    char characters_[5]{};
};

// The names of PostgreSQL's manual. For a code without a constant, write its SQLSTATE:
// error("22012", "division by zero").
namespace code {
inline constexpr sqlstate invalid_parameter_value = "22023";
inline constexpr sqlstate datetime_field_overflow = "22008";
inline constexpr sqlstate character_not_in_repertoire = "22021";
inline constexpr sqlstate feature_not_supported = "0A000";
inline constexpr sqlstate program_limit_exceeded = "54000";
inline constexpr sqlstate object_not_in_prerequisite_state = "55000";
inline constexpr sqlstate insufficient_privilege = "42501";
inline constexpr sqlstate undefined_object = "42704";
inline constexpr sqlstate fdw_invalid_option_name = "HV00D";
inline constexpr sqlstate io_error = "58030";
inline constexpr sqlstate internal_error = "XX000";
}  // namespace code

// The position of a call, when current() is the default argument of what is called. Clang 14 has
// no std::source_location; its function_name() is a whole signature, where PostgreSQL shows a name.
struct source_location {
    const char* file;
    const char* function;
    int line;

    static constexpr source_location current(const char* file = __builtin_FILE(),
                                             const char* function = __builtin_FUNCTION(),
                                             int line = __builtin_LINE()) {
        return {file, function, line};
    }
};

// Not a std::exception, so that handlers of those do not catch it.
struct error {
    sqlstate code;
    std::string message;
    std::string detail{};  // empty: none
    std::string hint;      // empty: none
    source_location thrown_at;

    error(sqlstate c, std::string m, std::string h = {},
          const source_location& where = source_location::current())
        : code(c), message(std::move(m)), hint(std::move(h)), thrown_at(where) {}

    // throw error(code::io_error, "cannot read the file").with_detail("It is empty.");
    error&& with_detail(std::string text) && {
        detail = std::move(text);
        return std::move(*this);
    }
};

[[noreturn]] inline void invalid(std::string message, std::string hint = {},
                                 const source_location& where = source_location::current()) {
    throw error(code::invalid_parameter_value, std::move(message), std::move(hint), where);
}

// The overload for literals. It makes the strings, and takes the location in registers, so that a
// caller needs no frame where nothing is wrong.
[[noreturn, gnu::noinline]] inline void invalid(const char* message, const char* hint = "",
                                                const char* file = __builtin_FILE(),
                                                const char* function = __builtin_FUNCTION(),
                                                int line = __builtin_LINE()) {
    throw error(code::invalid_parameter_value, message, hint, {file, function, line});
}

// A name for a message, in quotes: cut to 64 bytes, with everything but visible ASCII escaped, so
// that it is valid in every encoding and cannot imitate another line of the log.
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
