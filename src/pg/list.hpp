// A list that grows, in the memory context that is current while it does. Has no destructor.
#pragma once

#include <algorithm>
#include <cstddef>
#include <span>

#include "pg/memory.hpp"

namespace s3sign::pg {

template <class T>
class list {
   public:
    void add(const T& item) {
        if (count_ == room_.size()) {
            const auto more = allocate<T>(2 * count_ + 16);
            std::copy(room_.begin(), room_.end(), more.begin());
            if (count_ > 0) ::pfree(room_.data());
            room_ = more;
        }
        room_[count_++] = item;
    }

    std::size_t size() const { return count_; }

    std::span<const T> items() const { return room_.first(count_); }

   private:
    std::span<T> room_;
    std::size_t count_ = 0;
};

}  // namespace s3sign::pg
