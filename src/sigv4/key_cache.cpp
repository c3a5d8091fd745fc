#include "sigv4/key_cache.hpp"

#include <cstddef>
#include <utility>

namespace s3sign::sigv4 {
namespace {

// With the memory of three states of SHA-256 and the head of a query, about. A session token adds
// up to four times largest_kept_token.
constexpr std::size_t bytes_of_entry = 1536;

std::uint64_t hash_of(key_cache::fingerprint secret, const scope& s) {
    return secret ^ index_hash({s.date, s.region, s.service});
}

}  // namespace

signing_key* key_cache::find(fingerprint secret, const scope& s) {
    entry* const known = entries_.find([&] { return hash_of(secret, s); },
                                       [&](const entry& e) { return e.is_of(secret, s); });
    return known != nullptr ? &known->key : nullptr;
}

signing_key& key_cache::add(std::string_view secret, const scope& s) {
    return add({fingerprint_of(secret), signing_key(secret, s)});
}

signing_key& key_cache::add(entry&& fresh) {
    const std::uint64_t hash = hash_of(fresh.secret, fresh.key.bound_to());
    return entries_.add(hash, bytes_of_entry, std::move(fresh)).key;
}

signing_key& key_cache::lend(std::string_view secret, const scope& s) {
    lent_ = entry{fingerprint_of(secret), signing_key(secret, s)};
    return lent_->key;
}

signing_key* key_cache::find_any(fingerprint secret, const scope& s) {
    if (signing_key* const key = find(secret, s)) return key;
    return lent_ && lent_->is_of(secret, s) ? &lent_->key : nullptr;
}

signing_key& key_cache::keep(signing_key& key) {
    if (!lent_ || &key != &lent_->key) return key;
    signing_key& kept = add(std::move(*lent_));
    lent_.reset();
    return kept;
}

}  // namespace s3sign::sigv4
