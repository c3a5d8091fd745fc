// SHA-256 and HMAC-SHA256 with OpenSSL's EVP interface, which FIPS providers support too.
//
// The digest is fetched once a process. Contexts are copied and reused, not initialized: in OpenSSL
// 3.0 a copy costs 45 ns, EVP_DigestInit_ex2() 58 ns, a block of 64 bytes 40 ns.
// Not thread-safe: a PostgreSQL backend has one thread.
#pragma once

#include <array>
#include <initializer_list>
#include <memory>
#include <string_view>

#include <openssl/evp.h>

namespace s3sign::sigv4 {

using digest = std::array<unsigned char, 32>;

inline constexpr std::size_t block_size = 64;  // of SHA-256, in bytes

inline std::string_view bytes(const digest& d) {
    return {reinterpret_cast<const char*>(d.data()), d.size()};
}

// The digest of the concatenated parts. XX000 if OpenSSL cannot compute SHA-256.
digest sha256(std::initializer_list<std::string_view> parts);

inline digest sha256(std::string_view text) { return sha256({text}); }

// The same of a long text; calls `between` after every piece of 64 kB. It may leave by longjmp.
digest sha256(std::string_view text, void (*between)());

struct digest_context_free {
    void operator()(EVP_MD_CTX* context) const noexcept { EVP_MD_CTX_free(context); }
};
using digest_context = std::unique_ptr<EVP_MD_CTX, digest_context_free>;

// A key of HMAC-SHA256 (RFC 2104), kept as the two states of SHA-256 after the inner and the outer
// pad: signing costs the message's blocks and one more, not four more. OpenSSL wipes the states
// when the key is destroyed.
class hmac_key {
   public:
    // The key is the concatenated parts.
    explicit hmac_key(std::initializer_list<std::string_view> parts);

    digest sign(std::string_view message) const;

    // A message whose beginning has been hashed.
    using message = digest_context;

    // Makes `m` a message of this key that begins with `head`.
    void begin(message& m, std::string_view head) const;

    // Signs the message that begins as `m` and ends with `tail`. `m` can be used again.
    digest sign(const message& m, std::string_view tail) const;

   private:
    digest_context inner_;
    digest_context outer_;
};

}  // namespace s3sign::sigv4
