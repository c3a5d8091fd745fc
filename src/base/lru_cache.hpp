// A 16-entry LRU cache.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace s3sign {

template <class T>
class lru_cache {
   public:
    // The first value for which `matches` is true, valid until the next add(); null if there is
    // none.
    template <class Matches>
    T* find(Matches matches) {
        for (slot& s : slots_) {
            if (!matches(s.value)) continue;
            s.last_used = ++clock_;
            return &s.value;
        }
        return nullptr;
    }

    // Adds a value. A full cache drops the entry that was not used for longest. The caller has
    // already computed `value`, so an exception in that leaves the cache unchanged.
    T& add(T&& value) {
        slot fresh{std::move(value), ++clock_};
        slot* added;
        if (slots_.size() < most)
            added = &slots_.emplace_back(std::move(fresh));
        else
            added = &(oldest() = std::move(fresh));
        additions_++;
        return added->value;
    }

    // The number of values added so far. While it does not change, pointers to values stay valid.
    std::uint64_t additions() const { return additions_; }

   private:
    static constexpr std::size_t most = 16;

    struct slot {
        T value;
        std::uint64_t last_used;
    };

    slot& oldest() { return *std::ranges::min_element(slots_, {}, &slot::last_used); }

    std::vector<slot> slots_;
    std::uint64_t clock_ = 0;
    std::uint64_t additions_ = 0;
};

}  // namespace s3sign
