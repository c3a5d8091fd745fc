#include "s3/json_credentials.hpp"

#include <optional>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "base/json_reader.hpp"
#include "s3/expiration.hpp"

namespace s3sign::s3 {
namespace {

using kind = json_reader::kind;

[[noreturn]] void fail(std::string reason) {
    throw error(code::io_error, "credentials file " + std::move(reason));
}

void refuse_syntax() { fail("is not valid JSON"); }

[[noreturn]] void fail(std::string_view member, std::string_view reason) {
    throw error(code::io_error,
                "\"" + std::string(member) + "\" in the credentials file " + std::string(reason));
}

// The members of one object that make credentials; null is as absent.
struct members {
    std::string_view access_key_id, secret_access_key, session_token, token, expiration;
};

constexpr members upper_case{"AccessKeyId", "SecretAccessKey", "SessionToken", "Token",
                             "Expiration"};
constexpr members lower_case{"accessKeyId", "secretAccessKey", "sessionToken", "token",
                             "expiration"};

std::string_view read_string(json_reader& json, std::string_view member) {
    if (json.next_kind() != kind::string) fail(member, "is not a string");
    return json.read_string();
}

std::int64_t read_time(json_reader& json, std::string_view member) {
    const auto time = json.next_kind() == kind::number
                          ? parse_epoch(json.read_number())
                          : parse_expiration(read_string(json, member));
    if (!time) fail(member, "is not a time");
    return *time;
}

class object {
   public:
    explicit object(const members& names) : names_(names) {}

    // Reads the value of a member; false if it makes no credentials, and nothing was read.
    bool take(json_reader& json, std::string_view name) {
        if (name == names_.expiration) return set(expires_at_, json, names_.expiration, read_time);
        const part parts[] = {{names_.access_key_id, access_key_id_},
                              {names_.secret_access_key, secret_access_key_},
                              {names_.session_token, session_token_},
                              {names_.token, token_}};
        for (const part& p : parts)
            if (name == p.name) return set(p.value, json, p.name, read_string);
        return false;
    }

    bool is_empty() const {
        return !access_key_id_ && !secret_access_key_ && !session_token_ && !token_ && !expires_at_;
    }

    credentials finish() const {
        if (session_token_ && token_ && *session_token_ != *token_) refuse_two_tokens();
        return {access_key_id_.value_or(""), secret_access_key_.value_or(""),
                session_token_ ? *session_token_ : token_.value_or(""), expires_at_};
    }

   private:
    using text = std::optional<std::string_view>;
    struct part {
        std::string_view name;
        text& value;
    };

    template <class T, class Read>
    static bool set(std::optional<T>& to, json_reader& json, std::string_view name, Read read) {
        if (json.next_kind() == kind::null) {
            json.read_null();
            return true;
        }
        if (to) fail(name, "appears twice");
        to = read(json, name);
        return true;
    }

    const members& names_;
    text access_key_id_, secret_access_key_, session_token_, token_;
    std::optional<std::int64_t> expires_at_;
};

void read_object(json_reader& json, std::string_view member, object& to) {
    if (json.next_kind() != kind::object) fail(member, "is not an object");
    json.read_object([&](std::string_view name) {
        if (!to.take(json, name)) json.skip_value();
    });
}

void check_version(json_reader& json) {
    if (json.next_kind() != kind::number || json.read_number() != "1") fail("Version", "is not 1");
}

// IMDS reports a failure so.
void check_code(json_reader& json) {
    if (read_string(json, "Code") != "Success") fail("Code", "is not \"Success\"");
}

}  // namespace

credentials read_json_credentials(std::span<char> file) {
    json_reader json(file, refuse_syntax);
    object top(upper_case), sts(upper_case), sso(lower_case);
    json.read_object([&](std::string_view name) {
        if (top.take(json, name)) return;
        if (json.next_kind() == kind::null) return json.read_null();
        if (name == "Credentials") return read_object(json, name, sts);
        if (name == "roleCredentials") return read_object(json, name, sso);
        if (name == "Version") return check_version(json);
        if (name == "Code") return check_code(json);
        json.skip_value();
    });
    json.expect_end();
    if (top.is_empty() + sts.is_empty() + sso.is_empty() < 2)
        fail("has more than one set of credentials");
    return (!sts.is_empty() ? sts : !sso.is_empty() ? sso : top).finish();
}

}  // namespace s3sign::s3
