// A credentials file in INI, after the name of a profile: against a slow reading of it.
#include <map>
#include <set>

#include "base/ascii.hpp"
#include "base/json.hpp"
#include "fuzz.hpp"
#include "s3/credentials.hpp"
#include "s3/ini.hpp"

namespace s3sign::fuzz {
namespace {

using characters = std::u32string;

const characters blanks =
    U"\t\n\v\f\r\x1c\x1d\x1e\x1f \u0085\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007"
    U"\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000";
const characters line_ends = U"\n\v\f\r\x1c\x1d\x1e\u0085\u2028\u2029";

characters decode(std::string_view text) {
    characters result;
    while (!text.empty()) result += take_character(text);
    return result;
}

characters strip(const characters& text) {
    const std::size_t begin = text.find_first_not_of(blanks);
    if (begin == text.npos) return {};
    return text.substr(begin, text.find_last_not_of(blanks) + 1 - begin);
}

std::vector<characters> split(const characters& text, const characters& ends) {
    std::vector<characters> parts(1);
    for (const char32_t c : text) {
        if (ends.find(c) == ends.npos)
            parts.back() += c;
        else
            parts.emplace_back();
    }
    return parts;
}

characters lower(characters text) {
    for (char32_t& c : text)
        if (c >= 'A' && c <= 'Z') c += 'a' - 'A';
    return text;
}

// Lines of each option, by section and name; nothing for what is refused.
using options = std::map<std::pair<characters, characters>, std::vector<characters>>;

std::optional<options> slowly(const std::string& file) {
    if (!is_utf8(file)) return std::nullopt;
    characters text = decode(file);
    for (std::size_t i; (i = text.find(U"\r\n")) != text.npos;) text.erase(i, 1);
    std::replace(text.begin(), text.end(), U'\r', U'\n');

    options found;
    std::set<characters> sections;
    std::optional<characters> section, option;
    std::size_t indent = 0;
    for (const characters& line : split(text, U"\n")) {
        const characters value = strip(line);
        if (value.empty() || value[0] == '#' || value[0] == ';') continue;
        const std::size_t depth = line.find_first_not_of(blanks);
        if (option && depth > indent) {
            found[{*section, *option}].push_back(value);
            continue;
        }
        indent = depth;
        const std::size_t bracket = value.rfind(']');
        if (value[0] == '[' && bracket != value.npos && bracket > 1) {
            section = value.substr(1, bracket - 1);
            option = std::nullopt;
            if (!sections.insert(*section).second && *section != U"DEFAULT") return std::nullopt;
            continue;
        }
        const std::size_t delimiter = value.find_first_of(U"=:");
        if (!section || delimiter == value.npos || delimiter == 0) return std::nullopt;
        option = lower(strip(value.substr(0, delimiter)));
        if (found.count({*section, *option}) > 0) return std::nullopt;
        found[{*section, *option}] = {strip(value.substr(delimiter + 1))};
    }
    for (const auto& [name, lines] : found) {
        if (!lines[0].empty()) continue;
        for (std::size_t i = 1; i < lines.size(); i++)
            for (const characters& part : split(lines[i], line_ends))
                if (!strip(part).empty() && part.find('=') == part.npos) return std::nullopt;
    }
    return found;
}

}  // namespace

void fuzz(input bytes) {
    const std::string profile = bytes.next();
    std::string file = bytes.rest();
    const auto expected = slowly(file);
    const bool read = accepted([&] {
        const s3::ini_file ini = s3::parse_ini(file);
        require(expected.has_value(), "a file that is refused");
        require(ini.options.size() == expected->size(), "as many options");
        for (const s3::ini_option& o : ini.options) {
            const auto found = expected->find({decode(o.section), lower(decode(o.name))});
            require(found != expected->end(), "an option that is there", o.name);
            require(decode(o.value) == found->second[0], "its value", o.value);
            require(o.continued == (found->second.size() > 1), "its further lines", o.value);
        }
    });
    require(read == expected.has_value(), "a file that is read");
    accepted([&] {
        const s3::credentials c = s3::read_credentials(file, profile);
        require(c.have_pair(), "a pair");
        for (const std::string_view part : {c.access_key_id, c.secret_access_key, c.session_token})
            require(part.empty() || (part.data() >= file.data() &&
                                     part.data() + part.size() <= file.data() + file.size()),
                    "a view of the file", part);
    });
}

}  // namespace s3sign::fuzz
