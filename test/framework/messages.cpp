// Messages, and texts in UTF-8.
#include <optional>
#include <string>
#include <string_view>

#include "pg/encoding.hpp"
#include "pg/function.hpp"
#include "pg/log.hpp"

namespace s3sign {
namespace {

struct named_level {
    std::string_view name;
    pg::level level;
};

constexpr named_level levels[] = {
    {"debug5", pg::level::debug5}, {"debug4", pg::level::debug4}, {"debug3", pg::level::debug3},
    {"debug2", pg::level::debug2}, {"debug1", pg::level::debug1}, {"log", pg::level::log},
    {"info", pg::level::info},     {"notice", pg::level::notice}, {"warning", pg::level::warning},
};

const char* text_of(const std::optional<std::string>& text) {
    return text ? text->c_str() : nullptr;
}

bool report(std::string_view at, std::string_view message, std::optional<std::string_view> detail,
            std::optional<std::string_view> hint) {
    const std::string m(message);
    const std::optional<std::string> d(detail), h(hint);
    for (const named_level& l : levels) {
        if (l.name != at) continue;
        pg::report(l.level, m.c_str(), text_of(d), text_of(h));
        return true;
    }
    return false;
}

// The bytes of a text in UTF-8, in base16; NULL where it can't be converted.
std::optional<text*> utf8(std::string_view text) {
    const auto converted = pg::to_utf8(text);
    if (!converted) return std::nullopt;
    pg::text_builder result(2 * converted->size());
    char* out = result.begin();
    for (char c : *converted) {
        constexpr char digits[] = "0123456789abcdef";
        *out++ = digits[static_cast<unsigned char>(c) >> 4];
        *out++ = digits[static_cast<unsigned char>(c) & 15];
    }
    return result.finish(out);
}

bool is_ascii(std::string_view text) { return pg::is_ascii(text); }

}  // namespace

PG_FUNCTION(framework_report, report)
PG_FUNCTION(framework_utf8, utf8)
PG_FUNCTION(framework_is_ascii, is_ascii)

}  // namespace s3sign
