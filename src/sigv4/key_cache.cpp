#include "sigv4/key_cache.hpp"

#include <openssl/err.h>
#include <openssl/rand.h>

#include "error.hpp"
#include "sigv4/signature.hpp"

namespace s3sign::sigv4 {

const hmac_key& key_cache::get(std::string_view secret, const scope& s) {
    if (clock_ == 0 && RAND_bytes(salt_.data(), static_cast<int>(salt_.size())) != 1) {
        ERR_clear_error();
        throw error(code::internal_error, "OpenSSL gives no random bytes");
    }
    clock_++;

    const std::string_view salt(reinterpret_cast<const char*>(salt_.data()), salt_.size());
    const digest fingerprint = sha256({salt, secret});
    std::optional<entry>* oldest = &entries_[0];
    for (std::optional<entry>& e : entries_) {
        if (e && e->fingerprint == fingerprint && e->date == s.date && e->region == s.region &&
            e->service == s.service) {
            e->last_used = clock_;
            return e->key;
        }
        if (!e || (*oldest && e->last_used < (*oldest)->last_used)) oldest = &e;
    }
    // Made whole before it takes the place of another: an exception leaves the cache as it was.
    entry fresh{fingerprint,
                std::string(s.date),
                std::string(s.region),
                std::string(s.service),
                signing_key(secret, s),
                clock_};
    *oldest = std::move(fresh);
    return (*oldest)->key;
}

}  // namespace s3sign::sigv4
