// SipHash-2-4 (Aumasson and Bernstein, 2012): a keyed 64-bit hash for tables whose entries an
// attacker may choose. Without the key, nobody can find two texts with the same hash or learn a
// text from its hash. For 40 bytes it costs a tenth of SHA-256.
#pragma once

#include <array>
#include <cstdint>
#include <initializer_list>
#include <string_view>

namespace s3sign::sigv4 {

using siphash_key = std::array<std::uint64_t, 2>;

std::uint64_t siphash(const siphash_key& key, std::string_view text);

// The hash with a random key of this process. XX000 if the kernel gives no bytes.
std::uint64_t process_hash(std::string_view text);

// A hash of a list of texts for the index of a cache, where equal hashes cost time only:
// SipHash-1-3, with the same key.
std::uint64_t index_hash(std::initializer_list<std::string_view> texts);

}  // namespace s3sign::sigv4
