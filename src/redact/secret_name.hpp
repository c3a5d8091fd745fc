// The names of secrets.
#pragma once

#include <cstddef>
#include <string_view>

namespace s3sign::redact {

enum class kind {
    secret,         // what follows is a secret
    statement,      // the same; SQL statements have it without a sign: session_token 'value'
    list_item,      // the same, but only first in a list item: (TYPE s3, SECRET 'value')
    word,           // also an ordinary word, see is_prose()
    token,          // a secret where it has as many characters as session tokens have
    policy,         // a secret where it is base64 of a JSON object
    element,        // an XML element; the value goes up to the next tag
    authorization,  // a scheme and what belongs to it
    version_2,      // the scheme "AWS" of Signature Version 2, anywhere
    value,          // the word "value": the value of a name that may follow
};

// What may precede the name in the same word.
enum class prefix { any, snake_case, none };

// How the parts of the name are joined.
enum class joint {
    none,      // as in the table
    optional,  // also with one of "-_." between any two letters: secret_key, secretKey
    blank,     // the same, or with a blank: "Secret Key"
};

struct secret_name {
    std::string_view name;  // in lower case
    kind is;
    prefix before = prefix::any;
    joint joined = joint::optional;
};

// Characters of words that names are made of.
constexpr bool is_name_character(char lower_case) {
    return (lower_case >= 'a' && lower_case <= 'z') || (lower_case >= '0' && lower_case <= '9') ||
           lower_case == '-' || lower_case == '_' || lower_case == '.';
}

// The name that `words` ends with: words in lower case with single blanks between them. Null if
// there is none. Reads at most the last `longest_words` characters.
const secret_name* find_name(std::string_view words);

inline constexpr std::size_t longest_words = 64;

// The words read last, as find_name() takes them.
class recent_words {
   public:
    bool empty() const { return size_ == 0; }
    std::string_view view() const { return {buffer_, size_}; }

    void clear() { size_ = 0; }

    void add(char c) {
        if (size_ == sizeof buffer_) drop();
        buffer_[size_++] = c;
    }

    void end_word() {
        if (size_ > 0 && buffer_[size_ - 1] != ' ') add(' ');
    }

   private:
    void drop() {
        std::string_view(buffer_, size_).substr(size_ - longest_words).copy(buffer_, longest_words);
        size_ = longest_words;
    }

    char buffer_[4 * longest_words];
    std::size_t size_ = 0;
};

}  // namespace s3sign::redact
