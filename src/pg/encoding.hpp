// Text between the database's encoding and UTF-8.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>

#include "pg/memory.hpp"
#include "pg/postgres.hpp"

namespace s3sign::pg {

// Every encoding of a database has ASCII as its lower half.
inline bool is_ascii(std::string_view text) {
    unsigned char all = 0;
    for (char c : text) all |= static_cast<unsigned char>(c);
    return all < 0x80;
}

// Converts `text`, of at most 100 MB, to UTF-8; nothing if that is impossible. The server's own
// conversion would show the offending bytes, perhaps of a secret, in its message. Texts of a
// SQL_ASCII database are only verified, because their encoding is not known.
inline std::optional<std::string_view> to_utf8(std::string_view text) {
    const int encoding = ::GetDatabaseEncoding();
    if (encoding == PG_UTF8 || is_ascii(text)) return text;

    const auto size = static_cast<int>(text.size());
    if (encoding == PG_SQL_ASCII) {
        if (!::pg_verify_mbstr(PG_UTF8, text.data(), size, true)) return std::nullopt;
        return text;
    }
    const Oid conversion = ::FindDefaultConversionProc(encoding, PG_UTF8);
    if (!OidIsValid(conversion)) return std::nullopt;
    const auto out = allocate<unsigned char>(text.size() * MAX_CONVERSION_GROWTH + 1);
    auto* in = reinterpret_cast<unsigned char*>(const_cast<char*>(text.data()));
    const int converted = ::pg_do_encoding_conversion_buf(
        conversion, encoding, PG_UTF8, in, size, out.data(), static_cast<int>(out.size()), true);
    if (converted != size) return std::nullopt;
    return reinterpret_cast<const char*>(out.data());
}

// Converts the longest beginning of UTF-8 `text` that the database's encoding can represent, and
// writes a zero byte after it. Returns its size in `text`. `out` has MAX_CONVERSION_GROWTH times
// the size of `text`, and one byte.
inline std::size_t convert_beginning(std::string_view text, std::span<char> out) {
    const int encoding = ::GetDatabaseEncoding();
    const int size = static_cast<int>(text.size());
    int converted = 0;
    out[0] = '\0';
    if (encoding == PG_UTF8 || encoding == PG_SQL_ASCII) {
        converted = ::pg_encoding_verifymbstr(PG_UTF8, text.data(), size);
        out[text.copy(out.data(), static_cast<std::size_t>(converted))] = '\0';
    } else if (const Oid conversion = ::FindDefaultConversionProc(PG_UTF8, encoding);
               OidIsValid(conversion)) {
        auto* in = reinterpret_cast<unsigned char*>(const_cast<char*>(text.data()));
        converted = ::pg_do_encoding_conversion_buf(conversion, PG_UTF8, encoding, in, size,
                                                    reinterpret_cast<unsigned char*>(out.data()),
                                                    static_cast<int>(out.size()), true);
    }
    return static_cast<std::size_t>(converted);
}

// Converts UTF-8, of at most 100 MB, to the database's encoding; nothing if that is impossible: a
// zero byte, invalid UTF-8, or a character that the encoding does not have.
inline std::optional<std::string_view> from_utf8(std::string_view text) {
    const int encoding = ::GetDatabaseEncoding();
    if (!::pg_verify_mbstr(PG_UTF8, text.data(), static_cast<int>(text.size()), true))
        return std::nullopt;
    if (encoding == PG_UTF8 || encoding == PG_SQL_ASCII || is_ascii(text)) return text;
    const auto out = allocate<char>(text.size() * MAX_CONVERSION_GROWTH + 1);
    if (convert_beginning(text, out) != text.size()) return std::nullopt;
    return out.data();
}

// Writes `code` in hex to `out`, and returns the end.
inline char* put_hex(char* out, pg_wchar code, int digits) {
    for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4)
        *out++ = "0123456789abcdef"[code >> shift & 0xf];
    return out;
}

// Removes the first character of `text`, or the first byte if it is not UTF-8, and writes it as in
// an escape string: `\u3042`, `\U0001f600`, `\x00`. Writes at most four bytes for each byte.
inline char* put_escaped(char* out, std::string_view& text) {
    const int valid =
        ::pg_encoding_verifymbchar(PG_UTF8, text.data(), static_cast<int>(text.size()));
    const auto* const bytes = reinterpret_cast<const unsigned char*>(text.data());
    const int size = valid < 1 ? 1 : valid;
    text.remove_prefix(static_cast<std::size_t>(size));
    if (valid == 1) {
        *out++ = static_cast<char>(*bytes);
        return out;
    }
    const pg_wchar code = valid < 1 ? *bytes : ::utf8_to_unicode(bytes);
    const int digits = valid < 1 ? 2 : code > 0xffff ? 8 : 4;
    *out++ = '\\';
    *out++ = digits == 2 ? 'x' : digits == 4 ? 'u' : 'U';
    return put_hex(out, code, digits);
}

// The first characters of a UTF-8 text. The server verifies its whole argument before it reports
// the first invalid byte, so a text of invalid bytes would take quadratic time if it were not
// verified in pieces.
inline std::string_view first_piece(std::string_view text) {
    constexpr std::size_t size = 256;
    if (text.size() <= size) return text;
    std::size_t end = size;
    while (end > size - 4 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80) end--;
    return text.substr(0, end);
}

// The same for messages: characters that the database's encoding cannot represent are escaped, and
// backslashes are not.
inline std::string_view from_utf8_escaped(std::string_view text) {
    if (const auto whole = from_utf8(text)) return *whole;
    const auto out = allocate<char>(text.size() * MAX_CONVERSION_GROWTH + 1);
    char* end = out.data();
    while (!text.empty()) {
        CHECK_FOR_INTERRUPTS();
        const std::string_view piece = first_piece(text);
        const std::size_t converted = convert_beginning(piece, {end, out.data() + out.size()});
        text.remove_prefix(converted);
        end += std::string_view(end).size();
        if (converted < piece.size()) end = put_escaped(end, text);
    }
    return {out.data(), static_cast<std::size_t>(end - out.data())};
}

}  // namespace s3sign::pg
