// Percent-encoding, base16, base64, and back.
#include <openssl/evp.h>

#include "../unit/reference.hpp"
#include "fuzz.hpp"
#include "sigv4/base64.hpp"
#include "sigv4/url.hpp"

namespace s3sign::fuzz {
namespace {

std::string decoded(const std::string& text) {
    return written(text.size(), [&](char* out) { return sigv4::percent_decode(out, text); });
}

std::string openssl_base64(const std::string& bytes) {
    std::string text(4 * ((bytes.size() + 2) / 3) + 1, '\0');
    const int size = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()),
                                     reinterpret_cast<const unsigned char*>(bytes.data()),
                                     static_cast<int>(bytes.size()));
    text.resize(static_cast<std::size_t>(size));
    return text;
}

}  // namespace

void fuzz(input bytes) {
    const std::string text = bytes.rest();
    const std::size_t room = sigv4::encoded_size(text.size());
    const std::string encoded =
        written(room, [&](char* out) { return sigv4::uri_encode(out, text); });
    const std::string path =
        written(room, [&](char* out) { return sigv4::uri_encode_path(out, text); });
    same(encoded, reference::uri_encode(text), "uri_encode");
    same(path, reference::uri_encode(text, false), "uri_encode_path");
    same(decoded(encoded), text, "percent_decode of uri_encode");
    same(decoded(path), text, "percent_decode of uri_encode_path");
    const auto* const data = reinterpret_cast<const unsigned char*>(text.data());
    same(written(2 * text.size(),
                 [&](char* out) {
                     return sigv4::put_hex(out, {data, text.size()});
                 }),
         reference::base16(text), "put_hex");
    same(sigv4::base64(text), openssl_base64(text), "base64");

    // What can be decoded, and encoded by the rules, is the same when it is decoded again.
    const std::unique_ptr<char[]> raw(new char[text.size()]);
    if (const char* const end = sigv4::percent_decode(raw.get(), text)) {
        const std::string once(raw.get(), static_cast<std::size_t>(end - raw.get()));
        same(decoded(reference::uri_encode(once)), once, "decoded, encoded, decoded");
    }
    if (const auto digest = sigv4::parse_base64_digest(text))
        same(openssl_base64(std::string(sigv4::bytes(*digest))), text, "a digest in base64");
}

}  // namespace s3sign::fuzz
