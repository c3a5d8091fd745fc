// Names and values in two members, attributes, elements or parts.
#pragma once

#include <cstddef>
#include <string_view>

#include "base/ascii.hpp"
#include "redact/opening.hpp"
#include "redact/reader.hpp"
#include "redact/secret_name.hpp"

namespace s3sign::redact {

inline bool is_word(char c) { return is_alphanumeric(c) || c == '-' || c == '_'; }

// A word of at most longest_word characters.
class short_word {
   public:
    bool take(reader& r, bool (*is)(char) = is_word) {
        size_ = 0;
        return r.take_while(
                   [&](char c) {
                       if (!is(c)) return false;
                       buffer_[size_++] = c;
                       return true;
                   },
                   longest_word) > 0;
    }
    std::string_view view() const { return {buffer_, size_}; }
    bool is_secret() const {
        const secret_name* name = find_name(view());
        return name != nullptr && name->is != kind::value;
    }

   private:
    char buffer_[longest_word];
    std::size_t size_ = 0;
};

// Each of these reads a bounded number of words. `*` is in none of them: whether they match does
// not depend on what has been redacted. A member whose own name is a secret's ends them.

// Moves from the end of a name to what separates "value" from its value: past
// `" type="hidden" value`, `", "type": "text", "value"`; after a name without quotes past
// `, value` or, in YAML, "value" on the next line.
bool take_to_value(reader& r, bool quoted);

// Moves from the end of a name to its value in the next element: past `</Name><Value>`.
bool take_next_element(reader& r, const secret_name& name);

// Moves past the end of the line and the headers of a part of a multipart form.
bool take_part_headers(reader& r);

// Moves from the closing quote of a value to the name that it is the value of, for HTML and JSON
// that have the value first: `" type="hidden" name="`. Null if there is none.
const secret_name* take_later_name(reader& r, const opening& o);

}  // namespace s3sign::redact
