#include "sigv4/base64.hpp"

#include <algorithm>

#include <openssl/evp.h>

namespace s3sign::sigv4 {
namespace {

const unsigned char* to_bytes(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}

// The `size` bytes that `text` encodes; nullopt if it is not their canonical base64.
std::optional<std::string> decode(std::string_view text, std::size_t size) {
    if (text.size() != (size + 2) / 3 * 4) return std::nullopt;
    std::string decoded(text.size(), '\0');
    const int whole = EVP_DecodeBlock(reinterpret_cast<unsigned char*>(decoded.data()),
                                      to_bytes(text), static_cast<int>(text.size()));
    if (whole < 0) return std::nullopt;
    decoded.resize(size);  // EVP_DecodeBlock() counts the padding
    // It skips blanks and ignores non-zero padding bits.
    if (base64(decoded) != text) return std::nullopt;
    return decoded;
}

}  // namespace

std::string base64(std::string_view bytes) {
    std::string text(4 * ((bytes.size() + 2) / 3) + 1, '\0');  // with a terminating zero
    const int size = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()), to_bytes(bytes),
                                     static_cast<int>(bytes.size()));
    text.resize(static_cast<std::size_t>(size));
    return text;
}

bool is_base64(std::string_view text, std::size_t size) { return decode(text, size).has_value(); }

std::optional<digest> parse_base64_digest(std::string_view text) {
    digest d;
    const auto decoded = decode(text, d.size());
    if (!decoded) return std::nullopt;
    std::copy(decoded->begin(), decoded->end(), d.begin());
    return d;
}

}  // namespace s3sign::sigv4
