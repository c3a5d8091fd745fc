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
    // The value that `matches` says yes to, valid until the next add(); null where there is none.
    template <class Matches>
    T* find(Matches matches) {
        for (slot& s : slots_) {
            if (!matches(s.value)) continue;
            s.last_used = ++clock_;
            return &s.value;
        }
        return nullptr;
    }

    // `value` was made before, so an exception on the way leaves the cache as it was.
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

    // How often a value was added. While it is the same, all values are where they were.
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
