#include "s3/ini_credentials.hpp"

#include <algorithm>
#include <iterator>
#include <optional>
#include <string>

#include "base/ascii.hpp"
#include "base/error.hpp"
#include "s3/expiration.hpp"
#include "s3/ini.hpp"

namespace s3sign::s3 {
namespace {

// Who writes which: saml2aws and gimme-aws-creds the first, aws-azure-login the second. Not
// `expiration`, which no tool reads.
constexpr std::string_view expirations[] = {"x_security_token_expires", "aws_expiration",
                                            "aws_session_expiration", "aws_credential_expiration"};

// Options of profiles whose credentials a program or the network gives.
constexpr std::string_view sources[] = {
    "role_arn",       "credential_process", "web_identity_token_file",
    "login_session",  "sso_session",        "sso_start_url",
    "sso_account_id", "sso_role_name",      "sso_region"};

bool is_one_of(std::span<const std::string_view> names, std::string_view name) {
    return std::ranges::any_of(
        names, [&](std::string_view other) { return equal_but_for_case(name, other); });
}

// A source's name in the library's own words, not the file's.
std::string_view source_of(std::string_view name) {
    const auto* const source = std::ranges::find_if(
        sources, [&](std::string_view other) { return equal_but_for_case(name, other); });
    if (source != std::end(sources)) return *source;
    return equal_but_for_case(name.substr(0, 4), "sso_") ? "sso_*" : std::string_view();
}

std::string_view one_line(const ini_option& option, std::string_view name) {
    if (option.continued)
        invalid("\"" + std::string(name) + "\" in the credentials file has several lines");
    return option.value;
}

std::int64_t read_expiration(const ini_option& option) {
    const auto time = option.continued ? std::nullopt : parse_expiration(option.value);
    if (!time)
        throw error(code::io_error, "the expiry in the credentials file is not a time",
                    "A time is written as in \"2024-02-29T12:34:56Z\", with any offset, or as "
                    "seconds since 1970.");
    return *time;
}

class reader {
   public:
    void add(const ini_option& option) {
        const part parts[] = {{"aws_access_key_id", id_},
                              {"aws_secret_access_key", secret_},
                              {"aws_session_token", token_},
                              {"aws_security_token", old_token_}};
        for (const part& p : parts)
            if (equal_but_for_case(option.name, p.name)) p.value = one_line(option, p.name);
        if (is_one_of(expirations, option.name)) {
            const std::int64_t end = read_expiration(option);
            ends_ = std::min(ends_.value_or(end), end);
        }
        if (source_.empty()) source_ = source_of(option.name);
    }

    credentials finish() const {
        if (token_ && old_token_ && *token_ != *old_token_) refuse_two_tokens();
        const credentials result{id_.value_or(""), secret_.value_or(""),
                                 token_ ? *token_ : old_token_.value_or(""), ends_};
        if (!result.have_pair() && !source_.empty())
            throw error(code::undefined_object,
                        "the profile in the credentials file has \"" + std::string(source_) +
                            "\" instead of a key pair",
                        "s3sign runs no program and uses no network. docs/credentials.md shows how "
                        "to have its credentials written to a file.");
        return result;
    }

   private:
    using text = std::optional<std::string_view>;
    struct part {
        std::string_view name;
        text& value;
    };

    text id_, secret_, token_, old_token_;
    std::optional<std::int64_t> ends_;
    std::string_view source_;
};

}  // namespace

credentials read_ini_credentials(std::string_view file, std::string_view profile) {
    const ini_file ini = parse_ini(file);
    if (profile == ini_defaults || std::ranges::find(ini.sections, profile) == ini.sections.end())
        refuse_profile();
    reader result;
    for (const ini_option& option : ini.options)
        if (option.section == profile) result.add(option);
    return result.finish();
}

}  // namespace s3sign::s3
