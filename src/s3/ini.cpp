#include "s3/ini.hpp"

#include <algorithm>
#include <cstddef>
#include <string>

#include "base/ascii.hpp"
#include "base/error.hpp"
#include "base/utf8.hpp"

namespace s3sign::s3 {
namespace {

[[noreturn]] void fail(std::string reason) {
    throw error(code::io_error, "credentials file " + std::move(reason),
                "It has profiles, \"[name]\", and lines of \"name = value\".");
}

[[noreturn]] void fail(std::size_t line, const std::string& reason) {
    fail("has " + reason + " in line " + std::to_string(line));
}

// Python: str.isspace().
constexpr bool is_space(char32_t c) {
    return (c >= 0x9 && c <= 0xd) || (c >= 0x1c && c <= 0x20) || c == 0x85 || c == 0xa0 ||
           c == 0x1680 || (c >= 0x2000 && c <= 0x200a) || c == 0x2028 || c == 0x2029 ||
           c == 0x202f || c == 0x205f || c == 0x3000;
}

// Python: str.splitlines().
constexpr bool is_line_end(char32_t c) {
    return (c >= 0xa && c <= 0xd) || (c >= 0x1c && c <= 0x1e) || c == 0x85 || c == 0x2028 ||
           c == 0x2029;
}

struct trimmed_text {
    std::string_view text;
    std::size_t indent = 0;  // characters before it
};

trimmed_text trim(std::string_view text) {
    const char* begin = nullptr;
    const char* end = nullptr;
    std::size_t indent = 0;
    while (!text.empty()) {
        const char* const first = text.data();
        const bool space = is_space(take_character(text));
        if (!space) {
            if (begin == nullptr) begin = first;
            end = text.data();
        }
        indent += begin == nullptr;
    }
    if (begin == nullptr) return {};
    return {{begin, static_cast<std::size_t>(end - begin)}, indent};
}

// Lines end with \n, \r or \r\n, as in Python's text files.
std::string_view take_line(std::string_view& text) {
    const std::size_t end = std::min(text.find_first_of("\r\n"), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(end);
    text.remove_prefix(text.starts_with("\r\n") ? 2 : text.empty() ? 0 : 1);
    return line;
}

// The name in «[name]», which ends at the last bracket of the line; empty if it is no section.
std::string_view section_name(std::string_view line) {
    const std::size_t end = line.rfind(']');
    if (!line.starts_with('[') || end == line.npos || end < 2) return {};
    return line.substr(1, end - 1);
}

// botocore: a value that begins on the line after its name holds «name = value» lines.
bool is_nested(std::string_view lines) {
    while (!lines.empty()) {
        bool blank = true, assigns = false;
        while (!lines.empty()) {
            const char32_t c = take_character(lines);
            if (is_line_end(c)) break;
            blank = blank && is_space(c);
            assigns = assigns || c == '=';
        }
        if (!blank && !assigns) return false;
    }
    return true;
}

bool precedes(std::string_view a, std::string_view b) {
    return std::lexicographical_compare(a.begin(), a.end(), b.begin(), b.end(),
                                        [](char x, char y) { return to_lower(x) < to_lower(y); });
}

// A section may begin once, the defaults' excepted; an option appears once in its section.
void check_unique(const ini_file& file) {
    std::vector<std::string_view> sections = file.sections;
    std::erase(sections, ini_defaults);
    std::ranges::sort(sections);
    if (std::ranges::adjacent_find(sections) != sections.end()) fail("has a profile twice");

    std::vector<ini_option> options = file.options;
    std::ranges::sort(options, [](const ini_option& a, const ini_option& b) {
        return a.section != b.section ? a.section < b.section : precedes(a.name, b.name);
    });
    const auto twice = [](const ini_option& a, const ini_option& b) {
        return a.section == b.section && equal_but_for_case(a.name, b.name);
    };
    if (std::ranges::adjacent_find(options, twice) != options.end())
        fail("has a name twice in one profile");
}

class parser {
   public:
    void add(const trimmed_text& line, std::size_t number) {
        if (line.text.empty() || line.text.front() == '#' || line.text.front() == ';') return;
        if (in_option_ && line.indent > indent_) {
            ini_option& option = file_.options.back();
            option.continued = true;
            if (option.value.empty() && !is_nested(line.text))
                fail(number, "an indented line without \"=\"");
            return;
        }
        indent_ = line.indent;
        if (const std::string_view name = section_name(line.text); !name.empty()) {
            file_.sections.push_back(name);
            in_option_ = false;
            return;
        }
        if (file_.sections.empty()) fail(number, "no profile before the text");
        add_option(line.text, number);
    }

    ini_file& file() { return file_; }

   private:
    void add_option(std::string_view line, std::size_t number) {
        const std::size_t end = line.find_first_of("=:");
        if (end == line.npos) fail(number, "neither \"=\" nor \":\"");
        const std::string_view name = trim(line.substr(0, end)).text;
        if (name.empty()) fail(number, "no name");
        file_.options.push_back({file_.sections.back(), name, trim(line.substr(end + 1)).text});
        in_option_ = true;
    }

    ini_file file_;
    std::size_t indent_ = 0;  // of the last line that was not a continuation
    bool in_option_ = false;
};

}  // namespace

ini_file parse_ini(std::string_view text) {
    if (!is_utf8(text)) fail("is not in UTF-8");
    parser lines;
    for (std::size_t number = 1; !text.empty(); number++) lines.add(trim(take_line(text)), number);
    check_unique(lines.file());
    return std::move(lines.file());
}

}  // namespace s3sign::s3
