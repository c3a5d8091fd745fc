#include "sigv4/key_cache.hpp"

#include <sys/random.h>  // getentropy() on macOS
#include <unistd.h>      // getentropy() on Linux and the BSDs

#include "base/error.hpp"

namespace s3sign::sigv4 {

key_cache::fingerprint key_cache::fingerprint_of(std::string_view secret) {
    if (!salt_) {
        siphash_key random;
        if (getentropy(&random, sizeof random) != 0)
            throw error(code::internal_error, "the kernel gives no random bytes");
        salt_ = random;
    }
    return siphash(*salt_, secret);
}

signing_key* key_cache::find(fingerprint secret, const scope& s) {
    entry* const known =
        entries_.find([&](const entry& e) { return e.secret == secret && e.key.bound_to() == s; });
    return known != nullptr ? &known->key : nullptr;
}

signing_key& key_cache::add(std::string_view secret, const scope& s) {
    return entries_.add({fingerprint_of(secret), signing_key(secret, s)}).key;
}

}  // namespace s3sign::sigv4
