// Helpers for strings and for writing bytes one after another.
//
// A writer is a `char*` into a buffer known to be large enough: it takes what to write and returns
// the position after it. Nothing here allocates or throws.
#pragma once

#include <cstddef>
#include <string_view>

namespace s3sign {

inline char* put(char* out, std::string_view text) { return out + text.copy(out, text.size()); }

inline char* put(char* out, char c) {
    *out = c;
    return out + 1;
}

// The bytes from `begin` up to `end`.
inline std::string_view view(const char* begin, const char* end) {
    return {begin, static_cast<std::size_t>(end - begin)};
}

}  // namespace s3sign
