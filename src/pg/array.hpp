// text[] as an argument and as a result: elements that may be NULL, dimensions and lower bounds.
//
//   pg::text_array upper(pg::text_array given) {
//       const auto results = pg::allocate<pg::array_element>(given.size());
//       ...
//       return pg::to_text_array(results, given);  // the same dimensions and lower bounds
//   }
//
// A function that owns its elements returns std::vector<std::string>, or of std::optional<> where
// some are NULL; std::string_view works too.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "base/error.hpp"
#include "pg/datum.hpp"
#include "pg/memory.hpp"
#include "pg/postgres.hpp"

namespace s3sign::pg {

// A text, or NULL.
using array_element = std::optional<std::string_view>;

struct text_array {
    ArrayType* value;

    // The number of elements over all dimensions.
    std::size_t size() const {
        return static_cast<std::size_t>(::ArrayGetNItems(ARR_NDIM(value), ARR_DIMS(value)));
    }

    // One size and one lower bound for each dimension, at most MAXDIM of them; an empty array has
    // no dimension.
    std::span<const int> dimensions() const { return {ARR_DIMS(value), rank()}; }
    std::span<const int> lower_bounds() const { return {ARR_LBOUND(value), rank()}; }

    // The elements, the last subscript varying fastest, in the database's encoding. They are views
    // of the array, in a list that is made at each call.
    std::span<const array_element> elements() const {
        Datum* texts;
        bool* nulls;
        int count;
        ::deconstruct_array(value, TEXTOID, -1, false, TYPALIGN_INT, &texts, &nulls, &count);
        const auto views = allocate<array_element>(static_cast<std::size_t>(count));
        for (std::size_t i = 0; i < views.size(); i++)
            views[i] = nulls[i] ? array_element() : from_datum<std::string_view>::get(texts[i]);
        return views;
    }

   private:
    std::size_t rank() const { return static_cast<std::size_t>(ARR_NDIM(value)); }
};

template <>
struct from_datum<text_array> {
    static text_array get(Datum d) { return {DatumGetArrayTypeP(d)}; }
};

inline Datum to_datum(text_array v) { return PointerGetDatum(v.value); }

// A copy of the elements, in the database's encoding, as an array of these dimensions and lower
// bounds. Throws where the product of the dimensions is not the number of elements.
inline text_array to_text_array(std::span<const array_element> elements,
                                std::span<const int> dimensions,
                                std::span<const int> lower_bounds) {
    const auto rank = static_cast<int>(dimensions.size());
    const auto count = static_cast<std::size_t>(::ArrayGetNItems(rank, dimensions.data()));
    if (lower_bounds.size() != dimensions.size() || count != elements.size())
        throw error(code::internal_error, "array has another size than its dimensions");
    const auto texts = allocate<Datum>(elements.size());
    const auto nulls = allocate<bool>(elements.size());
    for (std::size_t i = 0; i < elements.size(); i++) {
        nulls[i] = !elements[i].has_value();
        texts[i] = nulls[i] ? Datum{0} : to_datum(*elements[i]);
    }
    return {::construct_md_array(
        texts.data(), nulls.data(), rank, const_cast<int*>(dimensions.data()),
        const_cast<int*>(lower_bounds.data()), TEXTOID, -1, false, TYPALIGN_INT)};
}

// The same with the dimensions and lower bounds of `like`, which has as many elements.
inline text_array to_text_array(std::span<const array_element> elements, text_array like) {
    return to_text_array(elements, like.dimensions(), like.lower_bounds());
}

// One dimension, counted from 1.
inline text_array to_text_array(std::span<const array_element> elements) {
    const int size = static_cast<int>(elements.size());
    const int first = 1;
    return to_text_array(elements, {&size, 1}, {&first, 1});
}

// Makes a text[] whose elements are written in place, in their order, so that a large array is in
// memory once.
class text_array_builder {
   public:
    // With the dimensions and lower bounds of another.
    explicit text_array_builder(text_array like)
        : text_array_builder(ARR_NDIM(like.value), like.size()) {
        std::ranges::copy(like.dimensions(), ARR_DIMS(array_));
        std::ranges::copy(like.lower_bounds(), ARR_LBOUND(array_));
    }

    // With `count` elements in one dimension, counted from 1.
    explicit text_array_builder(std::size_t count) : text_array_builder(count == 0 ? 0 : 1, count) {
        if (count == 0) return;
        *ARR_DIMS(array_) = static_cast<int>(count);
        *ARR_LBOUND(array_) = 1;
    }

    void add_null() {
        if (!ARR_HASNULL(array_)) insert_null_bitmap();
        added_++;
    }

    // Adds a text and returns the position to write its `size` bytes to. Valid until the next call.
    char* add(std::size_t size) {
        const std::size_t end = used_ + VARHDRSZ + size;
        reserve(INTALIGN(end));
        char* const element = at(used_);
        std::memset(at(end), 0, INTALIGN(end) - end);
        SET_VARSIZE(element, VARHDRSZ + size);
        used_ = INTALIGN(end);
        if (ARR_HASNULL(array_)) set_not_null(added_);
        added_++;
        return VARDATA(element);
    }

    // Throws where elements are missing.
    text_array finish() {
        if (added_ != count_)
            throw error(code::internal_error, "array has another size than its dimensions");
        SET_VARSIZE(array_, used_);
        return {array_};
    }

   private:
    text_array_builder(int rank, std::size_t count)
        : rank_(rank), count_(count), used_(data_begin()), capacity_(1024) {
        array_ = static_cast<ArrayType*>(::palloc(capacity_));
        std::memset(array_, 0, used_);
        array_->ndim = rank_;
        array_->elemtype = TEXTOID;
    }

    char* at(std::size_t offset) { return reinterpret_cast<char*>(array_) + offset; }
    std::size_t data_begin() const { return ARR_OVERHEAD_NONULLS(rank_); }

    void set_not_null(std::size_t i) {
        std::uint8_t& byte = ARR_NULLBITMAP(array_)[i / 8];
        byte = static_cast<std::uint8_t>(byte | 1 << i % 8);
    }

    void insert_null_bitmap() {
        const std::size_t begin = ARR_OVERHEAD_WITHNULLS(rank_, static_cast<int>(count_));
        const std::size_t bitmap = begin - data_begin();
        reserve(used_ + bitmap);
        std::memmove(at(begin), at(data_begin()), used_ - data_begin());
        std::memset(at(data_begin()), 0, bitmap);
        used_ += bitmap;
        array_->dataoffset = static_cast<int32>(begin);
        for (std::size_t i = 0; i < added_; i++) set_not_null(i);
    }

    void reserve(std::size_t size) {
        if (size <= capacity_) return;
        if (size > MaxAllocSize) refuse_size();
        capacity_ = std::min<std::size_t>(std::max(2 * capacity_, size), MaxAllocSize);
        array_ = static_cast<ArrayType*>(::repalloc(array_, capacity_));
    }

    [[noreturn, gnu::noinline]] static void refuse_size() {
        throw error(code::program_limit_exceeded, "array size exceeds the maximum allowed (" +
                                                      std::to_string(MaxAllocSize) + ")");
    }

    int rank_;
    std::size_t count_;
    std::size_t added_ = 0;
    std::size_t used_;
    std::size_t capacity_;
    ArrayType* array_;
};

template <class T>
concept text_element = std::is_constructible_v<array_element, const T&>;

template <text_element T>
std::span<const array_element> to_elements(std::span<const T> texts) {
    const auto elements = allocate<array_element>(texts.size());
    for (std::size_t i = 0; i < texts.size(); i++) elements[i] = array_element(texts[i]);
    return elements;
}

inline text_array to_text_array(std::span<const std::string_view> elements) {
    return to_text_array(to_elements(elements));
}

template <text_element T>
Datum to_datum(const std::vector<T>& elements) {
    return to_datum(to_text_array(to_elements(std::span<const T>(elements))));
}

}  // namespace s3sign::pg
