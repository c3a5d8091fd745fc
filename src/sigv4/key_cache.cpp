#include "sigv4/key_cache.hpp"

#include <openssl/err.h>
#include <openssl/rand.h>

#include "error.hpp"

namespace s3sign::sigv4 {

signing_key& key_cache::get(std::string_view secret, const scope& s) {
    if (!salt_) {
        siphash_key random;
        if (RAND_bytes(reinterpret_cast<unsigned char*>(&random), sizeof random) != 1) {
            ERR_clear_error();
            throw error(code::internal_error, "OpenSSL gives no random bytes");
        }
        salt_ = random;
    }
    const std::uint64_t fingerprint = siphash(*salt_, secret);
    entry* const known = entries_.find(
        [&](const entry& e) { return e.fingerprint == fingerprint && e.key.bound_to() == s; });
    if (known != nullptr) return known->key;
    return entries_.add({fingerprint, signing_key(secret, s)}).key;
}

}  // namespace s3sign::sigv4
