#include "sigv4/key_cache.hpp"

#include <utility>

#include <openssl/err.h>
#include <openssl/rand.h>

#include "error.hpp"

namespace s3sign::sigv4 {

signing_key& key_cache::get(std::string_view secret, const scope& s) {
    if (clock_ == 0 && RAND_bytes(reinterpret_cast<unsigned char*>(&salt_), sizeof salt_) != 1) {
        ERR_clear_error();
        throw error(code::internal_error, "OpenSSL gives no random bytes");
    }
    clock_++;

    const std::uint64_t fingerprint = siphash(salt_, secret);
    std::optional<entry>* oldest = &entries_[0];
    for (std::optional<entry>& e : entries_) {
        if (e && e->fingerprint == fingerprint && e->key.bound_to() == s) {
            e->last_used = clock_;
            return e->key;
        }
        if (!e || (*oldest && e->last_used < (*oldest)->last_used)) oldest = &e;
    }
    // Made whole before it takes the place of another: an exception leaves the cache as it was.
    *oldest = entry{fingerprint, signing_key(secret, s), clock_};
    return (*oldest)->key;
}

}  // namespace s3sign::sigv4
