#include "s3/allowed_keys.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace s3sign::s3 {

// Not by std::ranges, whose subranges clang 14 cannot compile with libstdc++ 12.
allowed_keys::allowed_keys(std::span<std::string_view> elements) : all_(contains(elements, "*")) {
    const auto keys = std::partition(elements.begin(), elements.end(),
                                     [](std::string_view e) { return e.ends_with('/'); });
    std::sort(elements.begin(), keys);
    std::sort(keys, elements.end());
    // What begins with a prefix follows it: one look-up in have() is enough without these.
    const auto prefixes_end = std::unique(
        elements.begin(), keys,
        [](std::string_view prefix, std::string_view e) { return e.starts_with(prefix); });
    prefixes_ = {elements.begin(), prefixes_end};
    keys_ = {keys, elements.end()};
}

bool allowed_keys::have(std::string_view key) const {
    if (all_ || std::binary_search(keys_.begin(), keys_.end(), key)) return true;
    const auto after = std::upper_bound(prefixes_.begin(), prefixes_.end(), key);
    return after != prefixes_.begin() && key.starts_with(*(after - 1));
}

}  // namespace s3sign::s3
