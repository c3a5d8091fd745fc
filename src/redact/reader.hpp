// Reads a text whose characters may be escaped for a URL, JSON, HTML or a log.
#pragma once

#include <cstddef>
#include <string_view>

#include "base/ascii.hpp"
#include "redact/pace.hpp"

namespace s3sign::redact {

// The longest word that a look-ahead reads.
inline constexpr std::size_t longest_word = 64;

// A character without its escapes.
struct character {
    char value;             // in lower case; '\0' at the end of the text
    std::size_t size;       // in bytes of the text; 0 at its end
    std::size_t depth = 0;  // how often it is percent-encoded: %26 is 1, %2526 is 2
};

// Reads forward, a character at a time, without these escapes, each of which may be applied
// several times: percent-encoding (%26, %2526); below it a backslash (\", \\\", \/, \n, \u0026,
// \x26) or an HTML reference (&#38;, &#x26;, &amp;#38;, &quot;).
//
// Reading a text from its beginning is linear: an escape is read as one character, or none of it
// starts another.
class reader {
   public:
    reader(std::string_view text, pace& p) : text_(text), pace_(&p) {}

    std::size_t at = 0;

    bool done() const { return at >= text_.size(); }

    character next() const {
        if (done()) return {'\0', 0};
        const char c = text_[at];
        if (c == '%' || c == '\\' || c == '&') {
            if (escaped_at_ != at) {
                escaped_ = next_escaped();
                escaped_at_ = at;
            }
            pace_->add(1);
            return escaped_;
        }
        pace_->add(1);
        return {to_lower(c), 1};
    }

    // The byte here, as it is written.
    char raw() const { return done() ? '\0' : text_[at]; }

    // Each moves past its argument, or returns false and stays.
    bool take(char c);
    bool take(std::string_view lower_case);
    bool take_one_of(std::string_view any);

    // True if there were some.
    bool take_blanks(std::string_view blanks = " \t\r\n");

    // "\n" or "\r\n".
    bool take_line_end();

    // Moves past the characters for which `is` holds, at most `most` of them. Returns their number.
    template <class Is>
    std::size_t take_while(Is is, std::size_t most) {
        std::size_t count = 0;
        for (; count < most; count++) {
            const character c = next();
            if (c.size == 0 || !is(c.value)) break;
            at += c.size;
        }
        return count;
    }

   private:
    bool is_at(std::size_t i, std::string_view bytes) const {
        return text_.substr(i, bytes.size()) == bytes;
    }
    bool has_hex(std::size_t i) const {
        return i + 1 < text_.size() && is_hex_digit(text_[i]) && is_hex_digit(text_[i + 1]);
    }

    // The byte at `i` without percent-encoding.
    character byte(std::size_t i) const;

    // Reads "26" at `i` into `value`, and moves past it.
    bool take_hex(std::size_t& i, char& value) const;

    character next_escaped() const;
    character next_backslash(const character& first) const;
    character next_reference(const character& first) const;

    std::string_view text_;
    pace* pace_;

    // The escape read last: look-aheads begin where one has been read.
    mutable std::size_t escaped_at_ = static_cast<std::size_t>(-1);
    mutable character escaped_{};
};

}  // namespace s3sign::redact
