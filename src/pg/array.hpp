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

#include <cstddef>
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
