#include "redact/redactor.hpp"

#include <algorithm>
#include <iterator>

#include "base/ascii.hpp"
#include "base/text.hpp"
#include "redact/member.hpp"
#include "redact/separator.hpp"
#include "redact/value.hpp"

namespace s3sign::redact {
namespace {

constexpr std::string_view blanks_of_line = " \t";

// Also the masks of other programs; a longer one is replaced like a value.
bool is_masked(std::string_view value) {
    return value.size() <= longest_word && value.find_first_not_of('*') == value.npos;
}

bool is_scheme(std::string_view word) {
    constexpr std::string_view schemes[] = {"AWS",    "GOOG1",     "Basic", "Bearer",
                                            "Digest", "Negotiate", "NTLM",  "Token"};
    return std::any_of(std::begin(schemes), std::end(schemes),
                       [&](std::string_view s) { return equal_but_for_case(s, word); });
}

}  // namespace

char* redactor::run() {
    while (!reader_.done()) {
        const character c = reader_.next();
        if (is_name_character(c.value)) {
            words_.add(c.value);
            scheme_end_ = 0;
        } else if (take_secret()) {
            continue;
        } else {
            if (line_.out != nullptr) end_line_guess(c);
            if (user_.out != nullptr) end_user_guess(c);
            if (value_.out != nullptr) end_value_guess(c);
            follow(c);
        }
        reader_.at += c.size;
    }
    if (line_.out != nullptr && line_.begin < text_.size()) hide(line_, text_.size());
    copy_to(text_.size());
    return out_;
}

void redactor::follow(const character& c) {
    if (c.value == ' ') {
        words_.end_word();
    } else {
        words_.clear();
        if (c.value != '\t' && c.value != '\r' && c.value != '\n') before_words_ = c.value;
    }
    constexpr std::string_view scheme_end = "://";
    const auto matched = static_cast<std::size_t>(scheme_end_);
    scheme_end_ = c.value == scheme_end[matched] ? scheme_end_ + 1 : c.value == ':' ? 1 : 0;
    if (scheme_end_ < std::ssize(scheme_end)) return;
    scheme_end_ = 0;
    opening o;
    o.depth = c.depth;
    user_ = begin_guess(reader_.at + c.size, o);
}

bool redactor::take_secret() {
    const secret_name* name = find_name(words_.view());
    if (name == nullptr) return false;
    if (name->is == kind::version_2) return take_version_2();
    const std::string_view words = words_.view();
    const std::size_t blank = words.rfind(' ');
    const std::string_view word = words.substr(blank == words.npos ? 0 : blank + 1);
    const bool is_first = blank == words.npos;
    const place where = {
        .in_list = is_first && (before_words_ == '(' || before_words_ == ','),
        .in_closing_tag = is_first && before_words_ == '/',
        .is_option = word.starts_with("--"),
    };
    reader value = reader_;
    opening o;
    return take_separator(value, *name, where, o) && take_value_of(*name, value, o);
}

bool redactor::is_secret(const secret_name& name, const reader& value, const opening& o) const {
    if (name.is == kind::policy && !looks_like_policy(value)) return false;
    if (name.is == kind::token && !looks_like_token(value)) return false;
    const bool may_be_prose =
        name.is == kind::word || name.is == kind::list_item || name.joined == joint::blank;
    const bool is_described = value.at >= 2 && text_.substr(value.at - 2, 2) == ": ";
    if (may_be_prose && is_described && is_prose(value, o)) return false;
    // `$A$` may be two variables.
    if (o.is_dollar_quote() && is_variable(at(o.tag_begin), {}) && !looks_random(value, false))
        return false;
    return !is_placeholder(value, o);
}

bool redactor::take_value_of(const secret_name& name, reader value, const opening& o) {
    std::size_t begin = value.at;
    if (name.is == kind::value) {
        if (o.quote == '\0' || o.is_dollar_quote()) return false;
        go_on_at(begin);
        value_ = begin_guess(begin, o);
        return true;
    }
    if (o.line && name.is != kind::policy) {
        go_on_at(begin);
        line_ = begin_guess(begin, o);
        return true;
    }
    if (name.is == kind::authorization) return take_authorization(value, o);
    if (!is_secret(name, value, o)) return false;
    take_value(value, o);
    if (value.at == begin) return false;
    if (o.is_dollar_quote() && !at_tag(value, o)) begin = o.tag_begin;
    hide(begin_guess(begin, o), value.at);
    go_on_at(value.at);
    return true;
}

// The credentials after a scheme; with an unknown scheme, that too. The newer schemes name the
// parts that are secret.
bool redactor::take_authorization(reader value, const opening& o) {
    const std::size_t begin = value.at;
    for (const std::string_view scheme : {"aws4-", "goog4-"})
        if (value.take(scheme)) return false;
    if (is_constant(value, o)) return false;

    opening word;
    word.depth = o.depth;
    reader first = value;
    take_value(first, word);
    reader second = first;
    second.take_blanks(blanks_of_line);

    const bool is_enclosed = (o.quote != '\0' && !o.is_dollar_quote()) || o.element;
    const std::string_view scheme = text_.substr(begin, first.at - begin);
    reader end = is_enclosed ? value : is_masked(scheme) ? first : second;
    take_value(end, is_enclosed ? o : word);
    const bool has_second = end.at > second.at && second.at > first.at;
    if (!is_enclosed && !has_second) end = first;
    if (end.at == begin) return false;
    hide(begin_guess(has_second && is_scheme(scheme) ? second.at : begin, o), end.at);
    go_on_at(end.at);
    return true;
}

// "AWS identity:signature"; the signature is base64 of 20 bytes.
bool redactor::take_version_2() {
    constexpr int longest = 200, signature_size = 28;
    reader r = reader_;
    opening o;
    o.depth = r.next().depth;
    if (!r.take(' ')) return false;
    const std::size_t begin = r.at;
    int colon = 0, size = 0;
    char last = '\0';
    for (; size < longest; size++) {
        const character c = r.next();
        if (c.size == 0 || ends_value(c, o)) break;
        if (c.value == ':') colon = size;
        last = c.value;
        r.at += c.size;
    }
    if (colon == 0 || last != '=' || size - colon - 1 != signature_size) return false;
    hide(begin_guess(begin, o), r.at);
    go_on_at(r.at);
    return true;
}

void redactor::end_line_guess(const character& c) {
    if (!ends_value(c, line_.how)) return;
    reader rest = reader_;
    rest.take_blanks(blanks_of_line);
    const bool is_alone = c.value == '"' || rest.done() || rest.take_line_end();
    if (is_alone && reader_.at > line_.begin) confirm(line_);
    line_.out = nullptr;
}

void redactor::end_user_guess(const character& c) {
    constexpr std::string_view ends = "/?# \t\r\n\"'<>\\";
    if (c.depth > user_.how.depth) return;
    if (c.value == '@') {
        if (reader_.at == user_.begin) return;
        const guess user = user_;  // of "a@b@host" both go
        confirm(user);
        user_ = user;
    } else if (ends.find(c.value) != ends.npos) {
        user_.out = nullptr;
    }
}

void redactor::end_value_guess(const character& c) {
    if (!ends_value(c, value_.how)) return;
    reader rest = reader_;
    const secret_name* name = take_later_name(rest, value_.how);
    const bool is_named = name != nullptr && name->is != kind::value &&
                          name->is != kind::version_2 && reader_.at > value_.begin;
    if (is_named && is_secret(*name, at(value_.begin), value_.how)) confirm(value_);
    value_.out = nullptr;
}

reader redactor::at(std::size_t position) const {
    reader r = reader_;
    r.at = position;
    return r;
}

redactor::guess redactor::begin_guess(std::size_t begin, const opening& o) {
    copy_to(begin);
    return {begin, out_, o};
}

// Hides the text from where the guess begins up to `end`, and what has been hidden in it.
void redactor::hide(const guess& g, std::size_t end) {
    if (is_masked(text_.substr(g.begin, end - g.begin))) return;
    out_ = put(g.out, redacted);
    copied_ = end;
}

// Hides what comes before the current position, and forgets what other guesses saw in it.
void redactor::confirm(const guess& g) {
    hide(g, reader_.at);
    go_on_at(reader_.at);
    value_.out = nullptr;
}

// After a value: the words before it are not those before what follows, and what spans both is no
// line or user information.
void redactor::go_on_at(std::size_t position) {
    reader_.at = position;
    words_.clear();
    before_words_ = '\0';
    scheme_end_ = 0;
    line_.out = nullptr;
    user_.out = nullptr;
}

void redactor::copy_to(std::size_t end) {
    if (end <= copied_) return;
    out_ = put(out_, text_.substr(copied_, end - copied_));
    copied_ = end;
}

}  // namespace s3sign::redact
