#include "functions/audit_log.hpp"

#include <algorithm>
#include <span>

#include "base/json.hpp"
#include "base/text.hpp"
#include "functions/results.hpp"
#include "pg/encoding.hpp"
#include "pg/log.hpp"
#include "pg/memory.hpp"
#include "s3/guard.hpp"

namespace s3sign {
namespace {

// Text of the database in UTF-8, except for invalid bytes. Of a text that cannot be converted only
// ASCII is kept: any other byte could be read as part of a character.
std::string_view to_loggable(std::string_view text) {
    if (const auto converted = pg::to_utf8(text)) return *converted;
    if (::GetDatabaseEncoding() == PG_SQL_ASCII) return text;
    const auto kept = pg::allocate<char>(text.size());
    std::ranges::transform(text, kept.begin(),
                           [](char c) { return static_cast<signed char>(c) < 0 ? '\xff' : c; });
    return {kept.data(), kept.size()};
}

// Nothing for a role that has been dropped meanwhile.
optional_text role_name(Oid role) {
    const char* const name = ::GetUserNameFromId(role, true);
    if (name == nullptr) return std::nullopt;
    return to_loggable(name);
}

struct member {
    std::string_view name;
    optional_text value;  // in UTF-8; absent: it does not apply
};

// «s3sign: {"name": "value", …}»
const char* make_line(std::span<const member> members) {
    constexpr std::string_view start = "s3sign: {";
    constexpr std::size_t quotes_and_separators = 8;
    constexpr std::size_t largest_escape = 6;  // of a byte
    std::size_t size = start.size() + 2;
    for (const member& m : members)
        size +=
            m.name.size() + quotes_and_separators + largest_escape * m.value.value_or("").size();
    char* const line = pg::allocate<char>(size).data();
    char* out = put(line, start);
    bool first = true;
    for (const member& m : members) {
        if (!m.value) continue;
        if (!first) out = put(out, ", ");
        first = false;
        out = put_ascii_json(put(put(put(out, '"'), m.name), "\": "), *m.value);
    }
    *put(out, '}') = '\0';
    return line;
}

std::string_view iso8601(const sigv4::timestamp& time) {
    return write_text(sigv4::timestamp::iso8601_size,
                      [&](char* out) { return time.put_iso8601(out); });
}

}  // namespace

void write_log_line(const named_call& call, const signing_context& context,
                    std::string_view signature, std::optional<std::int64_t> expires_at) {
    const s3::server_options& options = context.server.options;
    const bool of_bucket = call.operation.of_bucket;
    const member members[] = {
        {"server", to_loggable(context.server.name)},
        {"operation", call.operation.name},
        {"bucket", s3::choose_bucket(options, call.bucket)},
        of_bucket ? member{"prefix", s3::choose_prefix(context.key_prefix, call.prefix)}
                  : member{"key", call.key},
        {"role", role_name(::GetUserId())},
        {"caller", role_name(::GetOuterUserId())},
        {"session_user", role_name(::GetSessionUserId())},
        {"user", options.log_user ? optional_text(context.user) : std::nullopt},
        {"identity", context.server.access_key_id},
        {"signed_at", iso8601(context.time)},
        {"expires_at",
         expires_at ? optional_text(iso8601(sigv4::timestamp(*expires_at))) : std::nullopt},
        {"signature", signature.substr(0, 16)},
    };
    pg::report_to_server(make_line(members));
}

}  // namespace s3sign
