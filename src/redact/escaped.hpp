// Reading a text whose characters may be escaped for a URL, JSON, HTML or a log.
#pragma once

#include <cstddef>
#include <string_view>

namespace s3sign::redact {

// Reads forward, a character at a time, in lower case and free of these, each of which may have
// been put on itself again: percent-encoding (%26, %2526), a backslash (\", \\\", \/, \n, \u0026,
// \x26), a reference of HTML (&#38;, &#x26;, &amp;#38;, &quot;).
class escaped_reader {
   public:
    escaped_reader(std::string_view text, std::size_t begin) : at(begin), text_(text) {}

    std::size_t at;

    bool done() const { return at >= text_.size(); }
    char raw() const { return done() ? '\0' : text_[at]; }
    std::string_view between(std::size_t begin, std::size_t end) const {
        return text_.substr(begin, end - begin);
    }

    // The character here, and how many bytes it is written with: 0 at the end.
    char next(std::size_t& size) const;

    char next() const {
        std::size_t size;
        return next(size);
    }

    // Each moves behind what it names, or stays and says false.
    bool take(char c);
    bool take(std::string_view name);
    bool take_one_of(std::string_view any);

    bool take_blanks(std::string_view blanks = " \t\r\n") {
        const std::size_t begin = at;
        while (take_one_of(blanks)) continue;
        return at > begin;
    }

    bool take_line_end() {
        take('\r');
        return take('\n');
    }

   private:
    bool is_at(std::size_t i, std::string_view bytes) const {
        return text_.substr(i, bytes.size()) == bytes;
    }
    bool has_hex(std::size_t i, std::size_t digits) const;
    char hex(std::size_t i) const;

    char next_percent(std::size_t& size) const;
    char next_backslash(std::size_t& size) const;
    char next_reference(std::size_t& size) const;

    std::string_view text_;
};

}  // namespace s3sign::redact
