#include "functions/results.hpp"

#include "base/error.hpp"
#include "pg/boundary.hpp"
#include "pg/encoding.hpp"
#include "pg/jsonb.hpp"
#include "sigv4/encode.hpp"

namespace s3sign {

std::string_view decimal(std::int64_t number) {
    constexpr std::size_t most_digits = 20;  // of 64 bits
    return write_text(most_digits, [&](char* out) {
        return sigv4::put_decimal(out, static_cast<std::uint64_t>(number));
    });
}

std::string_view hex(const sigv4::digest& d) {
    return write_text(2 * d.size(), [&](char* out) { return sigv4::put_hex(out, d); });
}

std::string_view copy(const std::string& text) {
    return pg::call([&] { return pg::copy(text); });
}

pg::jsonb to_jsonb(std::string_view json) {
    const auto text = pg::from_utf8(json);
    if (!text)
        throw error(code::character_not_in_repertoire,
                    "the result cannot be converted to the database's encoding");
    return pg::parse_json(*text);
}

}  // namespace s3sign
