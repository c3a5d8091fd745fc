#include "functions/caller.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "functions/claims.hpp"
#include "functions/results.hpp"
#include "pg/encoding.hpp"
#include "pg/memory.hpp"
#include "pg/setting.hpp"

namespace s3sign {
namespace {

// In the database's encoding, and not validated.
optional_text read_raw(const s3::placeholder& p) {
    switch (p.from) {
        case s3::placeholder::source::session_user: {
            const char* const name = ::GetUserNameFromId(::GetSessionUserId(), true);
            return name != nullptr ? optional_text(name) : std::nullopt;
        }
        case s3::placeholder::source::setting: {
            const auto name = pg::from_utf8(p.setting);
            return name ? pg::read_setting(pg::terminated(*name)) : std::nullopt;
        }
        case s3::placeholder::source::claim:
            return find_claim(p.claim);
    }
    return std::nullopt;
}

// In UTF-8, except for invalid bytes.
optional_text read_value(const s3::placeholder& p) {
    const auto raw = read_raw(p);
    return raw ? pg::to_utf8(*raw) : std::nullopt;
}

[[noreturn, gnu::noinline]] void deny_prefix() {
    throw error(code::insufficient_privilege,
                "a placeholder of the server's option \"key_prefix\" has no usable value",
                "The value must be set, and be one segment of a key: not \".\" or \"..\", without "
                "slashes, backslashes, braces and control characters.");
}

[[noreturn, gnu::noinline]] void deny_user() {
    throw error(code::insufficient_privilege,
                "the server's option \"log_user\" has no usable value",
                "The value must be set, and have 1 to 256 bytes without control characters.");
}

optional_text fill(const s3::key_prefix& prefix) {
    const auto values = pg::allocate<std::string_view>(prefix.parts().size());
    std::size_t size = prefix.rest().size(), i = 0;
    for (const s3::key_prefix::part& p : prefix.parts()) {
        const auto value = read_value(p.value);
        if (!value || !s3::is_segment(*value)) return std::nullopt;
        values[i++] = *value;
        size += p.constant.size() + value->size();
    }
    return write_text(size, [&](char* out) {
        i = 0;
        for (const s3::key_prefix::part& p : prefix.parts())
            out = put(put(out, p.constant), values[i++]);
        return put(out, prefix.rest());
    });
}

}  // namespace

optional_text find_prefix(const s3::key_prefix& prefix) {
    return prefix.is_constant() ? prefix.rest() : fill(prefix);
}

std::string_view read_prefix(const s3::key_prefix& prefix) {
    const auto found = find_prefix(prefix);
    if (!found) deny_prefix();
    return *found;
}

std::string_view read_user(const s3::placeholder& value) {
    const auto found = read_value(value);
    if (!found || !s3::is_user(*found)) deny_user();
    return *found;
}

}  // namespace s3sign
