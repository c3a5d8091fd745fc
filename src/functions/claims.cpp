#include "functions/claims.hpp"

#include "base/ascii.hpp"
#include "pg/encoding.hpp"
#include "pg/jsonb.hpp"
#include "pg/setting.hpp"

namespace s3sign {
namespace {

// The last value of the setting, parsed. Both are in `memory`.
struct parsed_claims {
    MemoryContext memory = nullptr;
    bool valid = false;
    std::string_view text = {};
    std::optional<pg::jsonb> json = {};
};

constinit parsed_claims last{};

// An error in here leaves `last` invalid.
void parse(std::string_view text) {
    last.valid = false;
    if (last.memory == nullptr)
        last.memory =
            AllocSetContextCreate(TopMemoryContext, "s3sign claims", ALLOCSET_SMALL_SIZES);
    ::MemoryContextReset(last.memory);
    const auto json = pg::try_parse_json(text);
    MemoryContext const caller = ::MemoryContextSwitchTo(last.memory);
    last.text = pg::copy(text);
    last.json = json ? std::optional(pg::copy(*json)) : std::nullopt;
    ::MemoryContextSwitchTo(caller);
    last.valid = true;
}

bool is_short_number(std::string_view text) {
    constexpr std::size_t most_digits = 18;
    return is_number(text) && text.size() <= most_digits;
}

}  // namespace

optional_text find_claim(std::span<const std::string> path) {
    const auto text = pg::read_setting("request.jwt.claims");
    if (!text) return std::nullopt;
    if (!last.valid || last.text != *text) parse(*text);
    if (!last.json) return std::nullopt;
    pg::json_value value{pg::json_kind::null, {}};
    JsonbContainer* object = &last.json->value->root;
    for (std::size_t i = 0; i < path.size(); i++) {
        const auto name = pg::from_utf8(path[i]);
        if (!name) return std::nullopt;
        const auto member = pg::find_member(object, *name);
        if (!member) return std::nullopt;
        if (i + 1 == path.size()) {
            value = pg::to_json_value(*member);
        } else {
            if (member->type != jbvBinary) return std::nullopt;
            object = member->val.binary.data;
        }
    }
    if (value.kind == pg::json_kind::string) return value.text;
    if (value.kind == pg::json_kind::number && is_short_number(value.text)) return value.text;
    return std::nullopt;
}

}  // namespace s3sign
