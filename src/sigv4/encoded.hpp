// The output of the writers in encode.hpp, canonical.hpp and url.hpp as strings, for code that does
// not run once a row.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/text.hpp"
#include "sigv4/canonical.hpp"
#include "sigv4/encode.hpp"
#include "sigv4/url.hpp"

namespace s3sign::sigv4 {

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

// nullopt if two hexadecimal digits do not follow a `%`.
inline std::optional<std::string> decoded(std::string_view text) {
    std::string result(text.size(), '\0');
    const char* const end = percent_decode(result.data(), text);
    if (end == nullptr) return std::nullopt;
    result.resize(view(result.data(), end).size());
    return result;
}

}  // namespace s3sign::sigv4
