// Writes JSON (RFC 8259).
#pragma once

#include <string>
#include <string_view>

#include "base/ascii.hpp"
#include "base/utf8.hpp"

namespace s3sign {

enum class json_charset {
    // U+0080 to U+FFFF as \uXXXX: Google's conformance tests expect it of a policy. Others as they
    // are: Ceph decodes each half of a surrogate pair alone.
    escaped,
    utf8,  // all characters as they are
};

// Writes \uXXXX for a UTF-16 code unit, six bytes.
inline char* put_unicode_escape(char* out, char32_t unit) {
    *out++ = '\\';
    *out++ = 'u';
    for (int shift = 12; shift >= 0; shift -= 4) *out++ = hex_digit(unit >> shift & 15u);
    return out;
}

// UTF-8 text as a JSON string, with its quotes.
inline std::string json_string(std::string_view text, json_charset charset) {
    std::string out = "\"";
    while (!text.empty()) {
        const std::string_view rest = text;
        const char32_t c = take_character(text);
        if (c == '"' || c == '\\') {
            out += {'\\', static_cast<char>(c)};
        } else if (c == '\n') {
            out += "\\n";
        } else if (c == '\r') {
            out += "\\r";
        } else if (c == '\t') {
            out += "\\t";
        } else if (c == '\b') {
            out += "\\b";
        } else if (c == '\f') {
            out += "\\f";
        } else if (c < ' ' || (c >= 0x80 && c < 0x10000 && charset == json_charset::escaped)) {
            char escape[6];
            put_unicode_escape(escape, c);
            out.append(escape, sizeof escape);
        } else {
            out += rest.substr(0, rest.size() - text.size());
        }
    }
    return out + "\"";
}

// Writes text as a JSON string in ASCII, with its quotes, control characters and all else that is
// not visible ASCII escaped; at most six bytes for a byte of the text, and two. A byte that is not
// UTF-8 becomes U+FFFD.
inline char* put_ascii_json(char* out, std::string_view text) {
    *out++ = '"';
    while (!text.empty()) {
        const char32_t c = take_character(text);
        if (c == '"' || c == '\\') *out++ = '\\';
        if (c >= ' ' && c < 0x7f) {
            *out++ = static_cast<char>(c);
        } else if (c < 0x10000) {
            out = put_unicode_escape(out, c);
        } else {
            out = put_unicode_escape(out, 0xd7c0 + (c >> 10));
            out = put_unicode_escape(out, 0xdc00 + (c & 0x3ff));
        }
    }
    *out++ = '"';
    return out;
}

// Writes an object member by member: `{"name": value, ...}`. Names and values are UTF-8.
class json_object {
   public:
    explicit json_object(json_charset charset = json_charset::utf8) : charset_(charset) {}

    json_object& add(std::string_view name, std::string_view value) {
        return add_json(name, json_string(value, charset_));
    }

    // Adds a member whose value is JSON already.
    json_object& add_json(std::string_view name, std::string_view value) {
        if (text_.size() > 1) text_ += ", ";
        text_.append(json_string(name, charset_)).append(": ").append(value);
        return *this;
    }

    std::string text() const { return text_ + "}"; }

   private:
    json_charset charset_;
    std::string text_ = "{";
};

}  // namespace s3sign
