// Finds links in a text by where they begin and end. What they link to is link_reader's.
//
// A link is `scheme://` and what follows it, of the schemes s3, http and https in any case.
// - It begins where the character before is not a letter, a digit, `+`, `-` or `.`.
// - It ends before white space, a control character, an ASCII character that RFC 3986 does not
//   allow in a URI (`" < > \ ^ backtick { | }`), `'`, an HTML reference to a quote or an angle
//   bracket, and a `)` or `]` that has no partner before it in the link. A `#` begins the count of
//   partners anew: a fragment ends where it does after any URL.
// - `. , : ; ! ? * _ ~` at its end are not part of it. A reference to `&` is: it is one character.
// - Other schemes are read in the same way, so that a URL inside a URL is not a link.
//
// Bytes from 0x80 on are part of a link. The text may be in any encoding of a database: there each
// byte of a multibyte character is one of those (PostgreSQL manual, "Supported Character Sets":
// encodings that are not so, as SJIS and GB18030, are for clients only).
#pragma once

#include <cstddef>
#include <string_view>

namespace s3sign::s3 {

// Reads each byte once. Has no destructor: a PostgreSQL error may jump over it.
class link_scanner {
   public:
    // About the most bytes that one next() reads: the caller may look for a cancel between two.
    static constexpr std::size_t stride = 65536;

    enum class event { link, pause, end };

    explicit link_scanner(std::string_view text) : text_(text) {}

    // Reads on up to the end of the next link, for `stride` bytes, or to the end of the text.
    event next();

    // The link that next() has found, a part of the text.
    std::string_view link() const { return link_; }

   private:
    bool find_run();
    bool read_run();

    std::string_view text_;
    std::size_t position_ = 0;
    std::size_t limit_ = 0;  // of this next()
    std::string_view link_;

    // A run is a link, or the same with another scheme, with the characters at its end.
    bool in_run_ = false;
    bool is_link_ = false;  // by its scheme
    std::size_t begin_ = 0;
    std::size_t open_parentheses_ = 0, open_brackets_ = 0;
};

}  // namespace s3sign::s3
