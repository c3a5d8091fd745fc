// An LRU cache with a hash index: up to 1,024 values and 3 MiB, not counting the last value.
//
// The caller computes hashes, with a keyed hash if others choose what is cached.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <type_traits>
#include <utility>
#include <vector>

namespace s3sign {

template <class T>
class lru_cache {
   public:
    static constexpr std::size_t most_values = 1024;
    static constexpr std::size_t most_bytes = 3 << 20;

    lru_cache() = default;
    lru_cache(const lru_cache&) = delete;
    lru_cache& operator=(const lru_cache&) = delete;
    ~lru_cache() {
        while (oldest_ != nullptr) drop(oldest_);
    }

    // The value for which `matches` is true, valid until the next add() or replace(); null if there
    // is none. `hash()` is the hash that it was added with; it is not called if the value was found
    // last.
    template <class Hash, class Matches>
    T* find(Hash hash, Matches matches) {
        if (newest_ == nullptr) return nullptr;
        if (matches(static_cast<const T&>(*newest_))) return newest_;
        const std::uint64_t wanted = hash();
        for (node* n = chain(wanted); n != nullptr; n = n->next) {
            if (n->hash != wanted || !matches(static_cast<const T&>(*n))) continue;
            unlink_age(n);
            make_newest(n);
            return n;
        }
        return nullptr;
    }

    // Adds a value that takes `bytes` and is not in the cache, and drops those that were not used
    // for longest. An exception leaves the cache and `value` unchanged.
    T& add(std::uint64_t hash, std::size_t bytes, T&& value) {
        if (count_ == chains_.size()) grow();
        node* const added = std::make_unique<node>(std::move(value), hash, bytes).release();
        if (count_ == most_values) drop(oldest_);
        added->next = chain(hash);
        chain(hash) = added;
        make_newest(added);
        count_++;
        bytes_ += bytes;
        shrink();
        additions_++;
        return *added;
    }

    // Replaces the value that was found last by one with the same hash.
    T& replace_newest(std::size_t bytes, T&& value) noexcept {
        static_cast<T&>(*newest_) = std::move(value);
        bytes_ += bytes - newest_->bytes;
        newest_->bytes = bytes;
        shrink();
        return *newest_;
    }

    // The number of values added so far. While it does not change, pointers to values stay valid.
    std::uint64_t additions() const { return additions_; }

   private:
    static_assert(std::is_nothrow_move_constructible_v<T> && std::is_nothrow_move_assignable_v<T>);

    struct node : T {
        node(T&& value, std::uint64_t hash_of_value, std::size_t bytes_of_value) noexcept
            : T(std::move(value)), hash(hash_of_value), bytes(bytes_of_value) {}

        std::uint64_t hash;
        std::size_t bytes;
        node* next = nullptr;  // in the chain
        node* older = nullptr;
        node* newer = nullptr;
    };

    node*& chain(std::uint64_t hash) { return chains_[hash & (chains_.size() - 1)]; }

    void grow() {
        if (count_ == most_values) return;
        std::vector<node*> old(chains_.empty() ? 16 : 2 * chains_.size());
        old.swap(chains_);
        for (node* n = oldest_; n != nullptr; n = n->newer) {
            n->next = chain(n->hash);
            chain(n->hash) = n;
        }
    }

    void make_newest(node* n) {
        n->older = newest_;
        n->newer = nullptr;
        (newest_ != nullptr ? newest_->newer : oldest_) = n;
        newest_ = n;
    }

    void unlink_age(node* n) {
        (n->older != nullptr ? n->older->newer : oldest_) = n->newer;
        (n->newer != nullptr ? n->newer->older : newest_) = n->older;
    }

    void drop(node* n) noexcept {
        node** link = &chain(n->hash);
        while (*link != n) link = &(*link)->next;
        *link = n->next;
        unlink_age(n);
        count_--;
        bytes_ -= n->bytes;
        delete n;
    }

    void shrink() {
        while (bytes_ > most_bytes && oldest_ != newest_) drop(oldest_);
    }

    std::vector<node*> chains_;  // a power of two of them
    node* newest_ = nullptr;
    node* oldest_ = nullptr;
    std::size_t count_ = 0;
    std::size_t bytes_ = 0;
    std::uint64_t additions_ = 0;
};

}  // namespace s3sign
