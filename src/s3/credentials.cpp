#include "s3/credentials.hpp"

#include "base/error.hpp"
#include "s3/ini_credentials.hpp"
#include "s3/json_credentials.hpp"
#include "s3/limits.hpp"

namespace s3sign::s3 {
namespace {

bool is_json(std::string_view file) {
    const std::size_t first = file.find_first_not_of(" \t\r\n");
    return first != file.npos && file[first] == '{';
}

credentials read_either(std::span<char> file, std::string_view profile) {
    const std::string_view text(file.data(), file.size());
    if (!is_json(text)) return read_ini_credentials(text, profile);
    if (profile != "default") refuse_profile();
    return read_json_credentials(file);
}

}  // namespace

credentials read_credentials(std::span<char> file, std::string_view profile) {
    const credentials result = read_either(file, profile);
    if (!result.have_pair())
        throw error(code::undefined_object, "the profile in the credentials file has no key pair",
                    "It needs aws_access_key_id and aws_secret_access_key, or in JSON AccessKeyId "
                    "and SecretAccessKey.");
    check_key_part("access key id in the credentials file", result.access_key_id);
    check_key_part("secret access key in the credentials file", result.secret_access_key);
    check_session_token("session token in the credentials file", result.session_token);
    return result;
}

bool may_be_cut_off(std::string_view file) {
    return !is_json(file) && !file.ends_with('\n') && !file.ends_with('\r');
}

void refuse_profile() {
    throw error(code::undefined_object, "the credentials file has no such profile",
                "The server's option \"profile\" names it; a file in JSON has \"default\" only.");
}

void refuse_two_tokens() {
    throw error(code::io_error, "credentials file has two session tokens that differ");
}

}  // namespace s3sign::s3
