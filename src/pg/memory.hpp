// Memory of the current memory context: freed with it, without destructors, so that a server
// error may jump over it.
#pragma once

#include <span>
#include <string_view>
#include <type_traits>

#include "pg/postgres.hpp"

namespace s3sign::pg {

// Room for `count` objects, not initialised. A server error where there is no memory (53200) or
// where it would be over the server's limit of 1 GB.
template <class T>
std::span<T> allocate(std::size_t count) {
    static_assert(std::is_trivially_destructible_v<T> && std::is_trivially_copyable_v<T>);
    static_assert(alignof(T) <= MAXIMUM_ALIGNOF, "palloc aligns for the server's types only");
    const bool fits = count <= MaxAllocSize / sizeof(T);
    return {static_cast<T*>(::palloc(fits ? count * sizeof(T) : MaxAllocSize + 1)), count};
}

inline std::string_view copy(std::string_view text) {
    const auto kept = allocate<char>(text.size());
    text.copy(kept.data(), kept.size());
    return {kept.data(), kept.size()};
}

}  // namespace s3sign::pg
