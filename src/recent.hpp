// A small cache: the values of late, the one that was not asked for longest makes room.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <utility>

namespace s3sign {

template <class T>
class recent {
   public:
    // The value that `matches` says yes to, valid until the next add(); null where there is none.
    template <class Matches>
    T* find(Matches matches) {
        for (slot& s : slots_) {
            if (!s.value || !matches(*s.value)) continue;
            s.last_used = ++clock_;
            return &*s.value;
        }
        return nullptr;
    }

    // `value` was made before, so an exception on the way leaves the cache as it was.
    T& add(T&& value) {
        slot& oldest = *std::min_element(
            slots_.begin(), slots_.end(),
            [](const slot& a, const slot& b) { return a.last_used < b.last_used; });
        oldest.value = std::move(value);
        oldest.last_used = ++clock_;
        return *oldest.value;
    }

   private:
    struct slot {
        std::optional<T> value;
        std::uint64_t last_used = 0;
    };

    std::array<slot, 16> slots_;
    std::uint64_t clock_ = 0;
};

}  // namespace s3sign
