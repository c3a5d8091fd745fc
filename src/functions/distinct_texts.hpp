// A set of texts, numbered in the order in which they were added: a hash table without a
// destructor.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "pg/list.hpp"

namespace s3sign {

class distinct_texts {
   public:
    // The number of `text`, which is copied if it is new. At most 2^31 texts.
    std::size_t add(std::string_view text);

    std::span<const std::string_view> texts() const { return texts_.items(); }

   private:
    std::uint32_t& slot_of(std::string_view text, std::uint64_t hash);
    void grow();

    pg::list<std::string_view> texts_;
    pg::list<std::uint64_t> hashes_;
    std::span<std::uint32_t> slots_;  // numbers of texts from 1 on; 0: empty
};

}  // namespace s3sign
