#include "s3/profile.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "s3/limits.hpp"

namespace s3sign::s3 {
namespace {

// The member that a line's name sets, or null.
std::string_view* part_of(credentials& c, std::string_view name) {
    if (name == "aws_access_key_id") return &c.access_key_id;
    if (name == "aws_secret_access_key") return &c.secret_access_key;
    if (name == "aws_session_token") return &c.session_token;
    return nullptr;
}

}  // namespace

credentials find_profile(std::string_view file, std::string_view profile) {
    credentials result;
    bool here = false;
    bool found = false;
    while (!file.empty()) {
        const std::string_view line = trimmed(take_line(file));
        if (line.empty() || line.front() == '#' || line.front() == ';') continue;
        if (line.front() == '[') {
            here = line.back() == ']' && trimmed(line.substr(1, line.size() - 2)) == profile;
            found = found || here;
            continue;
        }
        const std::size_t equals = line.find('=');
        if (!here || equals == line.npos) continue;
        if (std::string_view* const part = part_of(result, trimmed(line.substr(0, equals))))
            *part = trimmed(line.substr(equals + 1));
    }
    if (!found)
        throw error(code::undefined_object, "the credentials file has no such profile",
                    "The server's option \"profile\" names it.");
    if (result.access_key_id.empty() || result.secret_access_key.empty())
        throw error(code::undefined_object, "the profile in the credentials file has no key pair",
                    "It needs aws_access_key_id and aws_secret_access_key.");
    check_key_part("aws_access_key_id in the credentials file", result.access_key_id);
    check_key_part("aws_secret_access_key in the credentials file", result.secret_access_key);
    check_session_token("aws_session_token in the credentials file", result.session_token);
    return result;
}

}  // namespace s3sign::s3
