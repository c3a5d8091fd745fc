// What the writers of encode.hpp and canonical.hpp write, as strings: for what is done once, not
// for each row.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "sigv4/canonical.hpp"
#include "sigv4/encode.hpp"
#include "sigv4/url.hpp"

namespace s3sign::sigv4 {

// What `put(char*)` writes into room for `size` bytes.
template <class Put>
std::string write_string(std::size_t size, Put put) {
    std::string result(size, '\0');
    const char* const end = put(result.data());
    result.resize(static_cast<std::size_t>(end - result.data()));
    return result;
}

inline std::string encoded(std::string_view text) {
    return write_string(encoded_size(text.size()),
                        [&](char* out) { return uri_encode(out, text); });
}

inline std::string encoded_path(std::string_view path) {
    return write_string(encoded_size(path.size()),
                        [&](char* out) { return uri_encode_path(out, path); });
}

inline std::string normalized_path(std::string_view path) {
    return write_string(path.size() + 1, [&](char* out) { return normalize_path(out, path); });
}

// Nothing where two hexadecimal digits do not follow a `%`.
inline std::optional<std::string> decoded(std::string_view text) {
    std::string result(text.size(), '\0');
    const char* const end = percent_decode(result.data(), text);
    if (end == nullptr) return std::nullopt;
    result.resize(static_cast<std::size_t>(end - result.data()));
    return result;
}

}  // namespace s3sign::sigv4
