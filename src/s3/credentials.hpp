// Credentials of a user mapping or a credentials file.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace s3sign::s3 {

// Views what it was read from; empty where absent.
struct credentials {
    std::string_view access_key_id;
    std::string_view secret_access_key;
    std::string_view session_token;
    std::optional<std::int64_t> expires_at;  // seconds since 1970; absent: they do not expire

    bool have_pair() const { return !access_key_id.empty() && !secret_access_key.empty(); }

    // AWS: access key ids of temporary credentials begin with ASIA.
    bool lack_token() const { return access_key_id.starts_with("ASIA") && session_token.empty(); }
};

// The credentials in a file, INI or JSON, which is unescaped in place; views `file`.
// Errors: those of read_ini_credentials() and read_json_credentials(); 42704 for JSON and another
// profile than `default`, and without a key pair; 22023 for a part that is too long or has a
// control character.
credentials read_credentials(std::span<char> file, std::string_view profile);

// True if the file may be the beginning of a longer one: INI without a last line end. (Truncated
// JSON is not valid JSON.)
bool may_be_cut_off(std::string_view file);

// 42704: no such profile.
[[noreturn]] void refuse_profile();

// 58030: two session tokens that differ.
[[noreturn]] void refuse_two_tokens();

}  // namespace s3sign::s3
