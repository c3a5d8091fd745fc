#include "sigv4/hash.hpp"

#include <algorithm>
#include <new>

#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/params.h>
#include <openssl/provider.h>

#include "base/error.hpp"

namespace s3sign::sigv4 {
namespace {

// Empties OpenSSL's error queue: the server's TLS code would report our error as its own.
[[noreturn]] void fail() {
    bool out_of_memory = false;
    while (const unsigned long e = ERR_get_error())
        out_of_memory = out_of_memory || ERR_GET_REASON(e) == ERR_R_MALLOC_FAILURE;
    if (out_of_memory) throw std::bad_alloc();
    throw error(code::internal_error, "OpenSSL cannot compute SHA-256",
                "Check that a provider with SHA-256 is active in OpenSSL's configuration.");
}

void check(int ok) {
    if (ok != 1) fail();
}

digest_context new_context() {
    digest_context context(EVP_MD_CTX_new());
    if (!context) {
        ERR_clear_error();
        throw std::bad_alloc();
    }
    return context;
}

// OpenSSL's error says nothing of why a state could not be copied: memory has run out, or the
// provider has stopped, as a FIPS module does in its error state.
[[noreturn]] void fail_to_copy(const EVP_MD_CTX* from) {
    int running = 1;
    OSSL_PARAM status[] = {OSSL_PARAM_construct_int(OSSL_PROV_PARAM_STATUS, &running),
                           OSSL_PARAM_construct_end()};
    OSSL_PROVIDER_get_params(EVP_MD_get0_provider(EVP_MD_CTX_get0_md(from)), status);
    if (running == 0) fail();
    ERR_clear_error();
    throw std::bad_alloc();
}

void copy(EVP_MD_CTX* to, const EVP_MD_CTX* from) {
    if (EVP_MD_CTX_copy_ex(to, from) != 1) fail_to_copy(from);
}

// The state of SHA-256 before the first byte. Never freed: a static destructor would run while the
// server shuts down.
const EVP_MD_CTX* initial_state() {
    static const EVP_MD_CTX* const state = [] {
        std::unique_ptr<EVP_MD, decltype(&EVP_MD_free)> sha256(
            EVP_MD_fetch(nullptr, "SHA256", nullptr), &EVP_MD_free);
        if (!sha256) fail();
        digest_context context = new_context();
        check(EVP_DigestInit_ex2(context.get(), sha256.get(), nullptr));
        return context.release();
    }();
    return state;
}

EVP_MD_CTX* work_context() {
    static EVP_MD_CTX* const context = new_context().release();
    return context;
}

void absorb(EVP_MD_CTX* context, std::string_view text) {
    check(EVP_DigestUpdate(context, text.data(), text.size()));
}

digest finish(EVP_MD_CTX* context) {
    digest result;
    check(EVP_DigestFinal_ex(context, result.data(), nullptr));
    return result;
}

// A block that is wiped when it is destroyed.
struct secret_block {
    std::array<unsigned char, block_size> bytes{};
    ~secret_block() { OPENSSL_cleanse(bytes.data(), bytes.size()); }
};

digest_context padded(const secret_block& key, unsigned char pad) {
    secret_block block;
    for (std::size_t i = 0; i < block_size; i++) block.bytes[i] = key.bytes[i] ^ pad;
    digest_context context = new_context();
    copy(context.get(), initial_state());
    check(EVP_DigestUpdate(context.get(), block.bytes.data(), block_size));
    return context;
}

}  // namespace

digest sha256(std::initializer_list<std::string_view> parts) {
    EVP_MD_CTX* context = work_context();
    copy(context, initial_state());
    for (std::string_view part : parts) absorb(context, part);
    return finish(context);
}

digest sha256(std::string_view text, void (*between)()) {
    constexpr std::size_t piece = 1 << 16;
    EVP_MD_CTX* context = work_context();
    copy(context, initial_state());
    for (; text.size() > piece; text.remove_prefix(piece)) {
        absorb(context, text.substr(0, piece));
        between();
    }
    absorb(context, text);
    return finish(context);
}

hmac_key::hmac_key(std::initializer_list<std::string_view> parts) {
    std::size_t size = 0;
    for (std::string_view part : parts) size += part.size();

    secret_block key;
    if (size > block_size) {
        digest hashed = sha256(parts);
        std::copy(hashed.begin(), hashed.end(), key.bytes.begin());
        OPENSSL_cleanse(hashed.data(), hashed.size());
    } else {
        auto out = key.bytes.begin();
        for (std::string_view part : parts) out = std::copy(part.begin(), part.end(), out);
    }
    inner_ = padded(key, 0x36);
    outer_ = padded(key, 0x5c);
}

digest hmac_key::sign(std::string_view message) const { return sign(inner_, message); }

void hmac_key::begin(message& m, std::string_view head) const {
    if (!m) m = new_context();
    copy(m.get(), inner_.get());
    absorb(m.get(), head);
}

digest hmac_key::sign(const message& m, std::string_view tail) const {
    EVP_MD_CTX* context = work_context();
    copy(context, m.get());
    absorb(context, tail);
    const digest inner = finish(context);
    copy(context, outer_.get());
    absorb(context, bytes(inner));
    return finish(context);
}

}  // namespace s3sign::sigv4
