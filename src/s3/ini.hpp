// INI files as botocore reads them: Python's configparser.RawConfigParser, then botocore's nested
// values. What they refuse is refused.
//
// Two differences: [DEFAULT] gives no other section its options, and names are compared without
// regard to case in ASCII only.
#pragma once

#include <string_view>
#include <vector>

namespace s3sign::s3 {

// Views the text.
struct ini_option {
    std::string_view section;
    std::string_view name;   // as it is written
    std::string_view value;  // of its first line, trimmed
    bool continued = false;  // on indented lines
};

struct ini_file {
    std::vector<std::string_view> sections;
    std::vector<ini_option> options;
};

// In Python's configparser the section of defaults, which may appear more than once.
inline constexpr std::string_view ini_defaults = "DEFAULT";

// 58030 for what botocore refuses: text that is not UTF-8, a byte order mark, a line before the
// first section or without `=` and `:`, a section or option that appears twice.
ini_file parse_ini(std::string_view text);

}  // namespace s3sign::s3
