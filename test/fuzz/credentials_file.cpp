// A credentials file, behind the name of a profile.
#include <optional>

#include "fuzz.hpp"
#include "s3/profile.hpp"

namespace s3sign::fuzz {
namespace {

std::string strip(const std::string& text) {
    std::string result = text;
    const std::string blanks = " \t\r";
    while (!result.empty() && blanks.find(result.back()) != std::string::npos) result.pop_back();
    while (!result.empty() && blanks.find(result.front()) != std::string::npos) result.erase(0, 1);
    return result;
}

struct pair {
    std::string id, secret, token;
};

std::optional<pair> slowly(const std::string& file, const std::string& profile) {
    pair found;
    std::string section;
    bool in_section = false, seen = false;
    std::size_t begin = 0;
    while (begin < file.size()) {
        const std::size_t end = std::min(file.find('\n', begin), file.size());
        const std::string line = strip(file.substr(begin, end - begin));
        begin = end + 1;
        if (line.empty() || line[0] == '#' || line[0] == ';') continue;
        if (line[0] == '[') {
            in_section = line.size() > 1 && line.back() == ']' &&
                         strip(line.substr(1, line.size() - 2)) == profile;
            seen = seen || in_section;
        } else if (in_section && line.find('=') != std::string::npos) {
            const std::string name = strip(line.substr(0, line.find('=')));
            const std::string value = strip(line.substr(line.find('=') + 1));
            if (name == "aws_access_key_id") found.id = value;
            if (name == "aws_secret_access_key") found.secret = value;
            if (name == "aws_session_token") found.token = value;
        }
    }
    if (!seen || found.id.empty() || found.secret.empty()) return std::nullopt;
    return found;
}

}  // namespace

void fuzz(input bytes) {
    const std::string profile = bytes.next();
    const std::string file = bytes.rest();
    const auto expected = slowly(file, profile);
    const bool found = accepted([&] {
        const s3::credentials c = s3::find_profile(file, profile);
        require(expected.has_value(), "a profile that is there");
        same(c.access_key_id, expected->id, "access key id");
        same(c.secret_access_key, expected->secret, "secret access key");
        same(c.session_token, expected->token, "session token");
    });
    require(found == expected.has_value(), "a profile that is found");
}

}  // namespace s3sign::fuzz
