#include "functions/distinct_texts.hpp"

#include <algorithm>

#include "pg/memory.hpp"
#include "sigv4/siphash.hpp"

namespace s3sign {

// Linear probing; at most half of the slots are used.
std::uint32_t& distinct_texts::slot_of(std::string_view text, std::uint64_t hash) {
    std::size_t i = hash;
    while (true) {
        std::uint32_t& slot = slots_[i++ % slots_.size()];
        if (slot == 0) return slot;
        if (hashes_.items()[slot - 1] == hash && texts_.items()[slot - 1] == text) return slot;
    }
}

void distinct_texts::grow() {
    if (2 * (texts_.size() + 1) <= slots_.size()) return;
    if (!slots_.empty()) ::pfree(slots_.data());
    slots_ = pg::allocate<std::uint32_t>(4 * texts_.size() + 64);
    std::ranges::fill(slots_, 0);
    for (std::size_t i = 0; i < texts_.size(); i++)
        slot_of(texts_.items()[i], hashes_.items()[i]) = static_cast<std::uint32_t>(i + 1);
}

std::size_t distinct_texts::add(std::string_view text) {
    grow();
    // A keyed hash: the author of the texts cannot choose equal ones.
    const std::uint64_t hash = sigv4::index_hash({text});
    std::uint32_t& slot = slot_of(text, hash);
    if (slot == 0) {
        texts_.add(pg::copy(text));
        hashes_.add(hash);
        slot = static_cast<std::uint32_t>(texts_.size());
    }
    return slot - 1;
}

}  // namespace s3sign
