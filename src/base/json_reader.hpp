// Reading JSON (RFC 8259) from a buffer, value by value.
//
// Strict and linear: fails at the first byte that is not JSON in UTF-8. Strings are unescaped in
// place, which changes the buffer, so the reader keeps no copy of a secret.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

namespace s3sign {

class json_reader {
   public:
    enum class kind { object, array, string, number, boolean, null };

    // `fail` is called where the text is not JSON, and throws.
    json_reader(std::span<char> text, void (*fail)())
        : at_(text.data()), end_(text.data() + text.size()), fail_(fail) {}

    // The kind of the value that comes next.
    kind next_kind();

    // The value that comes next, which is of that kind. A number is as it is written.
    std::string_view read_string();
    std::string_view read_number();
    std::string_view read_boolean();  // «true» or «false»
    void read_null() { read_literal("null"); }

    // Calls visit(name) for each member of the object that comes next; it reads or skips the value.
    template <class Visit>
    void read_object(Visit visit) {
        expect('{');
        if (take('}')) return;
        do {
            visit(read_name());
        } while (take(','));
        expect('}');
    }

    // Skips a value of any kind, with at most 64 containers one in another.
    void skip_value();

    // Only white space is left.
    void expect_end();

   private:
    [[noreturn]] void fail() const {
        fail_();
        __builtin_unreachable();
    }

    void skip_blanks();
    bool take(char c);
    void expect(char c);
    std::string_view read_name();
    void read_literal(std::string_view literal);
    void read_digits();
    char read_escape_letter();
    unsigned read_hex_unit();
    char32_t read_escaped_character();

    char* at_;
    char* end_;
    void (*fail_)();
};

}  // namespace s3sign
