#include "sigv4/lane_signer.hpp"

#include <openssl/crypto.h>

#include "base/text.hpp"
#include "sigv4/encode.hpp"
#include "sigv4/lane_count.hpp"
#include "sigv4/signature.hpp"

namespace s3sign::sigv4 {
namespace {

// RFC 2104: the key, xored with the pad's byte, is the first block.
hash_state padded(const digest& key, unsigned char pad) {
    std::array<unsigned char, block_size> block;
    block.fill(pad);
    for (std::size_t i = 0; i < key.size(); i++) block[i] ^= key[i];
    const hash_state state = take_block(initial_hash_state, block.data());
    OPENSSL_cleanse(block.data(), block.size());
    return state;
}

}  // namespace

lane_signer::lane_signer(const digest& key)
    : inner_(padded(key, 0x36)), outer_(padded(key, 0x5c)) {}

lane_signer::~lane_signer() {
    for (hash_state* const secret : {&inner_, &outer_, &head_})
        OPENSSL_cleanse(secret->data(), sizeof *secret);
}

void lane_signer::hash_head(const scope& s, const timestamp& time) {
    const std::string head = write_string(
        string_to_sign_size(s), [&](char* out) { return put_string_to_sign_head(out, time, s); });
    std::string_view rest = head;
    head_ = inner_;
    for (; rest.size() >= block_size; rest.remove_prefix(block_size))
        head_ = take_block(head_, reinterpret_cast<const unsigned char*>(rest.data()));
    head_size_ = block_size + head.size() - rest.size();
    rest_size_ = rest.copy(rest_.data(), block_size);
    head_time_ = time.unix_seconds();
}

void lane_signer::sign(std::size_t lanes, const scope& s, const timestamp& time,
                       std::span<const std::string_view> canonical_requests, digest* signatures) {
    if (head_time_ != time.unix_seconds()) hash_head(s, time);
    const std::size_t count = canonical_requests.size();
    std::array<digest, widest_lanes> hashes;
    std::array<std::string_view, widest_lanes> messages;
    const auto all = std::span<const std::string_view>(messages).first(count);
    sha256_lanes(lanes, initial_hash_state, 0, canonical_requests, hashes.data());

    char ends[widest_lanes][block_size + 2 * sizeof(digest)];
    for (std::size_t i = 0; i < count; i++) {
        char* const hash = put(ends[i], {rest_.data(), rest_size_});
        messages[i] = view(ends[i], put_hex(hash, hashes[i]));
    }
    sha256_lanes(lanes, head_, head_size_, all, hashes.data());

    for (std::size_t i = 0; i < count; i++) messages[i] = bytes(hashes[i]);
    sha256_lanes(lanes, outer_, block_size, all, signatures);
}

}  // namespace s3sign::sigv4
