#include "s3/link_scanner.hpp"

#include <algorithm>
#include <array>

#include "base/ascii.hpp"
#include "s3/character_reference.hpp"

namespace s3sign::s3 {
namespace {

// What a character means within a run.
enum class meaning : unsigned char { part, end, open, close, reference, fragment };

constexpr std::array<meaning, 256> meanings = [] {
    std::array<meaning, 256> table{};
    for (unsigned c = 0; c <= ' '; c++) table[c] = meaning::end;
    for (const unsigned char c : std::string_view("\"<>\\^`{|}'\x7f")) table[c] = meaning::end;
    table['('] = table['['] = meaning::open;
    table[')'] = table[']'] = meaning::close;
    table['&'] = meaning::reference;
    table['#'] = meaning::fragment;
    return table;
}();

// RFC 3986 §3.1
constexpr bool is_scheme_character(char c) {
    return is_alphanumeric(c) || c == '+' || c == '-' || c == '.';
}

bool is_link_scheme(std::string_view scheme) {
    return equal_but_for_case(scheme, "s3") || equal_but_for_case(scheme, "https") ||
           equal_but_for_case(scheme, "http");
}

std::string_view without_punctuation(std::string_view run) {
    constexpr std::string_view punctuation = ".,:;!?*_~";
    while (punctuation.find(run.back()) != punctuation.npos && !ends_with_ampersand_reference(run))
        run.remove_suffix(1);
    return run;
}

}  // namespace

link_scanner::event link_scanner::next() {
    limit_ = std::min(position_ + stride, text_.size());
    while (in_run_ || find_run()) {
        if (!read_run()) break;
        in_run_ = false;
        if (!is_link_) continue;
        link_ = without_punctuation(text_.substr(begin_, position_ - begin_));
        return event::link;
    }
    return position_ < text_.size() ? event::pause : event::end;
}

// Moves after the next `://` that a scheme is before, or to the limit.
bool link_scanner::find_run() {
    constexpr std::string_view separator = "://";
    constexpr std::size_t longest_scheme = 5;  // https
    const std::string_view text = text_.substr(0, limit_ + separator.size() - 1);
    while (position_ < limit_) {
        const std::size_t colon = text.find(separator, position_);
        if (colon == text.npos) {
            position_ = limit_;
            return false;
        }
        begin_ = colon;
        while (begin_ > 0 && colon - begin_ <= longest_scheme &&
               is_scheme_character(text_[begin_ - 1]))
            begin_--;
        position_ = colon + separator.size();
        if (begin_ == colon) continue;
        in_run_ = true;
        is_link_ = is_link_scheme(text_.substr(begin_, colon - begin_));
        open_parentheses_ = open_brackets_ = 0;
        return true;
    }
    return false;
}

// Moves to the end of the run, or to the limit.
bool link_scanner::read_run() {
    while (position_ < limit_) {
        switch (const char c = text_[position_]; meanings[static_cast<unsigned char>(c)]) {
            case meaning::part:
                break;
            case meaning::end:
                return true;
            case meaning::open:
                (c == '(' ? open_parentheses_ : open_brackets_)++;
                break;
            case meaning::close: {
                std::size_t& open = c == ')' ? open_parentheses_ : open_brackets_;
                if (open == 0) return true;
                open--;
                break;
            }
            case meaning::reference:
                if (const auto reference = read_reference(text_.substr(position_))) {
                    if (reference->character != '&') return true;
                    position_ += reference->size - 1;
                }
                break;
            case meaning::fragment:
                open_parentheses_ = open_brackets_ = 0;
                break;
        }
        position_++;
    }
    return position_ == text_.size();
}

}  // namespace s3sign::s3
