#include "s3/key_prefix.hpp"

#include <optional>
#include <utility>

#include "base/error.hpp"
#include "base/text.hpp"

namespace s3sign::s3 {
namespace {

[[noreturn]] void refuse(const char* what, const char* hint) {
    invalid(std::string("option \"key_prefix\" ") + what, hint);
}

}  // namespace

key_prefix::key_prefix(std::string_view text) {
    const bool has_placeholder = contains(text, "{");
    while (true) {
        const std::string_view constant = take_until(text, "{}");
        if (has_placeholder && contains(constant, "//"))
            refuse("has an empty segment", "Write one slash between two segments.");
        if (text.empty()) {
            rest_ = constant;
            return;
        }
        const std::size_t end = text.find('}');
        const auto value = text[0] == '{' && end != text.npos
                               ? parse_placeholder(text.substr(1, end - 1))
                               : std::nullopt;
        if (!value)
            refuse("has a brace that is not part of a placeholder",
                   "Placeholders are {session_user}, {setting:NAME} for a custom setting such as "
                   "app.tenant, and {claim:NAME}.");
        text.remove_prefix(end + 1);
        // Without the slash after it, tenant `a` would read what begins with `ab/` too.
        if ((!constant.empty() && !constant.ends_with('/')) ||
            (constant.empty() && !parts_.empty()) || !text.starts_with('/'))
            refuse("has a placeholder that is not a whole segment",
                   "Write a slash before and after it, as in 'tenants/{claim:tenant}/'.");
        parts_.push_back({std::string(constant), *value});
    }
}

}  // namespace s3sign::s3
