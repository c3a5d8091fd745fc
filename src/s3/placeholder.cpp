#include "s3/placeholder.hpp"

#include "base/ascii.hpp"
#include "base/text.hpp"
#include "base/utf8.hpp"

namespace s3sign::s3 {
namespace {

// PostgreSQL's valid_custom_variable_name(): identifiers with a dot between them.
bool is_custom_setting(std::string_view name) {
    const auto starts_identifier = [](char c) {
        return (is_alphanumeric(c) && !is_digit(c)) || c == '_' || static_cast<signed char>(c) < 0;
    };
    bool at_start = true, has_dot = false;
    for (const char c : name) {
        if (c == '.' && !at_start)
            has_dot = at_start = true;
        else if (starts_identifier(c) || (!at_start && (is_digit(c) || c == '$')))
            at_start = false;
        else
            return false;
    }
    return has_dot && !at_start;
}

// Empty if a name is empty.
std::vector<std::string> parse_path(std::string_view name) {
    constexpr std::string_view arrow = "->";
    std::vector<std::string> path;
    while (true) {
        const std::string_view step = name.substr(0, name.find(arrow));
        if (step.empty()) return {};
        path.emplace_back(step);
        if (step.size() == name.size()) return path;
        name.remove_prefix(step.size() + arrow.size());
    }
}

// C0, DEL and C1.
bool has_control(std::string_view utf8) {
    while (!utf8.empty()) {
        const char32_t c = take_character(utf8);
        if (c < ' ' || (c >= 0x7f && c < 0xa0)) return true;
    }
    return false;
}

}  // namespace

std::optional<placeholder> parse_placeholder(std::string_view text) {
    constexpr std::string_view setting = "setting:", claim = "claim:";
    using source = placeholder::source;
    if (text == "session_user") return placeholder{source::session_user, std::string(text)};
    if (text.starts_with(setting)) {
        const std::string_view name = text.substr(setting.size());
        if (!is_custom_setting(name)) return std::nullopt;
        return placeholder{source::setting, std::string(text), std::string(name)};
    }
    if (text.starts_with(claim)) {
        std::vector<std::string> path = parse_path(text.substr(claim.size()));
        if (path.empty()) return std::nullopt;
        return placeholder{source::claim, std::string(text), {}, std::move(path)};
    }
    return std::nullopt;
}

bool is_segment(std::string_view value) {
    return !value.empty() && value != "." && value != ".." &&
           value.find_first_of("/\\{}") == value.npos && is_utf8(value) && !has_control(value);
}

bool is_user(std::string_view value) {
    constexpr std::size_t longest = 256;
    return !value.empty() && value.size() <= longest && is_utf8(value) && !has_control(value);
}

}  // namespace s3sign::s3
