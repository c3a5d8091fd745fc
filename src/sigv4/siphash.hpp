// SipHash-2-4 (Aumasson and Bernstein, 2012): a keyed hash of 64 bits for tables whose entries an
// attacker may choose. Who does not know the key can neither find two texts of one hash nor learn
// a text from its hash. It costs a tenth of SHA-256's price for a text of 40 bytes.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace s3sign::sigv4 {

using siphash_key = std::array<std::uint64_t, 2>;

std::uint64_t siphash(const siphash_key& key, std::string_view text);

}  // namespace s3sign::sigv4
