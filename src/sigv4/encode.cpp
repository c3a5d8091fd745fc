#include "sigv4/encode.hpp"

#include <array>
#include <charconv>
#include <cstring>

#include "base/ascii.hpp"

namespace s3sign::sigv4 {
namespace {

constexpr std::string_view unreserved =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";

constexpr std::array<bool, 256> table_of(std::string_view kept, bool slash) {
    std::array<bool, 256> table{};
    for (char c : kept) table[static_cast<unsigned char>(c)] = true;
    table['/'] = slash;
    return table;
}

constexpr auto stays = table_of(unreserved, false);
constexpr auto stays_in_path = table_of(unreserved, true);

bool eight_stay(const char* text, const std::array<bool, 256>& keep) {
    bool all = true;
    for (int i = 0; i < 8; i++) all &= keep[static_cast<unsigned char>(text[i])];
    return all;
}

char* encode(char* out, std::string_view text, const std::array<bool, 256>& keep) {
    constexpr char digits[] = "0123456789ABCDEF";
    const char* at = text.data();
    const char* const end = at + text.size();
    // Most keys need no encoding.
    while (end - at >= 8 && eight_stay(at, keep)) {
        std::memcpy(out, at, 8);
        at += 8;
        out += 8;
    }
    for (; at != end; at++) {
        const auto byte = static_cast<unsigned char>(*at);
        if (keep[byte]) {
            *out++ = *at;
        } else {
            *out++ = '%';
            *out++ = digits[byte >> 4];
            *out++ = digits[byte & 15];
        }
    }
    return out;
}

}  // namespace

char* uri_encode(char* out, std::string_view text) { return encode(out, text, stays); }

char* uri_encode_path(char* out, std::string_view path) { return encode(out, path, stays_in_path); }

char* put_hex(char* out, std::span<const unsigned char> bytes) {
    // Compilers vectorize this: hex_digit() has neither a table nor a branch.
    for (unsigned char byte : bytes) {
        for (unsigned digit : {byte >> 4, byte & 15}) *out++ = hex_digit(digit);
    }
    return out;
}

char* put_decimal(char* out, std::uint64_t number) {
    return std::to_chars(out, out + 20, number).ptr;
}

}  // namespace s3sign::sigv4
