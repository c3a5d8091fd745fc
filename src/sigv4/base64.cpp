#include "sigv4/base64.hpp"

#include <algorithm>

#include <openssl/evp.h>

namespace s3sign::sigv4 {
namespace {

const unsigned char* to_bytes(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}

}  // namespace

std::string base64(std::string_view bytes) {
    std::string text(4 * ((bytes.size() + 2) / 3) + 1, '\0');  // with a terminating zero
    const int size = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()), to_bytes(bytes),
                                     static_cast<int>(bytes.size()));
    text.resize(static_cast<std::size_t>(size));
    return text;
}

std::optional<digest> parse_base64_digest(std::string_view text) {
    constexpr std::size_t size = 44;  // of 32 bytes and one byte of padding
    std::array<unsigned char, 33> decoded;
    if (text.size() != size || EVP_DecodeBlock(decoded.data(), to_bytes(text), size) != 33)
        return std::nullopt;
    digest d;
    std::copy_n(decoded.begin(), d.size(), d.begin());
    // EVP_DecodeBlock() skips blanks and ignores non-zero padding bits.
    if (base64(bytes(d)) != text) return std::nullopt;
    return d;
}

}  // namespace s3sign::sigv4
