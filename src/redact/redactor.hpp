// One pass over a text that hides the secrets in it.
#pragma once

#include <cstddef>
#include <string_view>

#include "redact/opening.hpp"
#include "redact/pace.hpp"
#include "redact/reader.hpp"
#include "redact/secret_name.hpp"

namespace s3sign::redact {

// Linear, because no character is read more often than a constant allows:
// - the pass reads each once;
// - after a name it looks ahead a bounded number of words (take_separator()), and the words of one
//   look-ahead are within reach of a bounded number of names;
// - it reads a value to its end only if it hides the value, and goes on after it;
// - where what follows a value decides whether it is hidden, the value is a guess: the pass goes on
//   through it, and replaces what it has written if the guess turns out right.
//
// Idempotent, because a redacted value takes the pass through the same states as the value did.
class redactor {
   public:
    // cppcheck-suppress uninitMemberVar
    redactor(char* out, std::string_view text, pace& p)
        : text_(text), reader_(text, p), out_(out) {}

    // Returns the end of what it wrote.
    char* run();

   private:
    // A value that may turn out to be a secret.
    struct guess {
        std::size_t begin = 0;
        char* out = nullptr;  // where it begins in the output; null: there is no guess
        opening how{};
    };

    // Hides the value of the name that the last words end with, and moves to the end of the value.
    // Returns false and stays if there is no name, or no secret after it.
    bool take_secret();
    bool take_value_of(const secret_name& name, reader value, const opening& o);
    bool take_authorization(reader value, const opening& o);
    bool take_version_2();

    // What a character that is not part of a name means for each guess.
    void end_line_guess(const character& c);
    void end_user_guess(const character& c);
    void end_value_guess(const character& c);

    // Follows what may precede a name or user information.
    void follow(const character& c);

    guess begin_guess(std::size_t begin, const opening& o);
    void hide(const guess& g, std::size_t end);
    void confirm(const guess& g);
    void go_on_at(std::size_t position);
    void copy_to(std::size_t end);

    reader at(std::size_t position) const;
    bool is_secret(const secret_name& name, const reader& value, const opening& o) const;

    std::string_view text_;
    reader reader_;
    char* out_;
    std::size_t copied_ = 0;  // what comes before has been written or hidden

    recent_words words_;
    char before_words_ = '\0';
    int scheme_end_ = 0;  // how much of "://" has been read

    guess line_;   // alone on the line after `Signature:`
    guess user_;   // from "://" to "@"
    guess value_;  // `value="…`, before the name
};

}  // namespace s3sign::redact
