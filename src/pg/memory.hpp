// Memory of the current memory context: freed with it, without destructors, so that a server
// error may jump over frames that use it.
#pragma once

#include <memory>
#include <span>
#include <string_view>
#include <type_traits>

#include "pg/postgres.hpp"

namespace s3sign::pg {

// Allocates `count` objects. Numbers and characters are not initialized; a class with a default
// constructor has its initial value. A server error if memory runs out (53200) and for more than
// the server's limit of 1 GB (XX000).
template <class T>
std::span<T> allocate(std::size_t count) {
    static_assert(std::is_trivially_destructible_v<T> && std::is_trivially_copyable_v<T>);
    static_assert(alignof(T) <= MAXIMUM_ALIGNOF, "palloc aligns for the server's types only");
    const bool fits = count <= MaxAllocSize / sizeof(T);
    auto* const first = static_cast<T*>(::palloc(fits ? count * sizeof(T) : MaxAllocSize + 1));
    if constexpr (!std::is_trivially_default_constructible_v<T>)
        std::uninitialized_value_construct_n(first, count);
    return {first, count};
}

inline std::string_view copy(std::string_view text) {
    const auto kept = allocate<char>(text.size());
    text.copy(kept.data(), kept.size());
    return {kept.data(), kept.size()};
}

// A copy with a zero byte after it.
inline const char* terminated(std::string_view text) {
    const auto kept = allocate<char>(text.size() + 1);
    kept[text.copy(kept.data(), text.size())] = '\0';
    return kept.data();
}

// Memory for steps that each need some for themselves: a child of the current context. A server
// error frees it.
class work_memory {
   public:
    work_memory()
        : context_(
              AllocSetContextCreate(CurrentMemoryContext, "s3sign work", ALLOCSET_DEFAULT_SIZES)) {}

    // Runs a step, and frees what it allocates. Memory that was allocated before and grows in the
    // step stays where it is.
    template <class Step>
    void use(Step step) {
        MemoryContext const outer = ::MemoryContextSwitchTo(context_);
        step();
        ::MemoryContextSwitchTo(outer);
        ::MemoryContextReset(context_);
    }

    void free() { ::MemoryContextDelete(context_); }

   private:
    MemoryContext context_;
};

}  // namespace s3sign::pg
