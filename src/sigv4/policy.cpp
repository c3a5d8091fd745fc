#include "sigv4/policy.hpp"

#include "base/json.hpp"

namespace s3sign::sigv4 {
namespace {

std::string quoted(std::string_view text) { return json_string(text, json_charset::escaped); }

std::string condition_text(const condition& c) {
    switch (c.kind) {
        case condition_kind::equal:
            return json_object(json_charset::escaped).add(c.field, c.value).text();
        case condition_kind::starts_with:
            return "[\"starts-with\", " + quoted("$" + c.field) + ", " + quoted(c.value) + "]";
        case condition_kind::content_length_range:
            break;
    }
    return "[\"content-length-range\", " + std::to_string(c.least) + ", " + std::to_string(c.most) +
           "]";
}

}  // namespace

std::string policy_text(const timestamp& expiration, std::span<const condition> conditions) {
    std::string list;
    for (const condition& c : conditions) {
        if (!list.empty()) list += ", ";
        list += condition_text(c);
    }
    return "{\"expiration\": " + quoted(expiration.iso8601()) + ", \"conditions\": [" + list + "]}";
}

}  // namespace s3sign::sigv4
