// Text between the database's encoding and UTF-8.
#pragma once

#include <optional>
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

// `text` in UTF-8, or nothing where it can't be converted. The server's own conversion would put
// the offending bytes into its message, and those may be a secret's. Texts of a SQL_ASCII
// database are verified: their encoding is not known. `text` is at most 100 MB long.
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

// UTF-8 in the database's encoding, or nothing where a text of the database can't hold it: a zero
// byte, what is no UTF-8, a character that the encoding does not have. `text` is at most 100 MB
// long.
inline std::optional<std::string_view> from_utf8(std::string_view text) {
    const int encoding = ::GetDatabaseEncoding();
    const int size = static_cast<int>(text.size());
    if (!::pg_verify_mbstr(PG_UTF8, text.data(), size, true)) return std::nullopt;
    if (encoding == PG_UTF8 || encoding == PG_SQL_ASCII || is_ascii(text)) return text;
    const Oid conversion = ::FindDefaultConversionProc(PG_UTF8, encoding);
    if (!OidIsValid(conversion)) return std::nullopt;
    const auto out = allocate<unsigned char>(text.size() * MAX_CONVERSION_GROWTH + 1);
    auto* in = reinterpret_cast<unsigned char*>(const_cast<char*>(text.data()));
    const int converted = ::pg_do_encoding_conversion_buf(
        conversion, PG_UTF8, encoding, in, size, out.data(), static_cast<int>(out.size()), true);
    if (converted != size) return std::nullopt;
    return reinterpret_cast<const char*>(out.data());
}

}  // namespace s3sign::pg
