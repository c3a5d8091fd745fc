// The options of a named server, and what its guard-rails then let through: a key and names, then
// options.
#include "s3/server_options.hpp"

#include "../unit/reference.hpp"
#include "fuzz.hpp"
#include "s3/guard.hpp"

namespace s3sign::fuzz {
namespace {

bool has_dot_segment(std::string key) {
    std::replace(key.begin(), key.end(), '\\', '/');
    key = "/" + key + "/";
    return key.find("/./") != std::string::npos || key.find("/../") != std::string::npos;
}

// Names as a list of the option has them.
bool lists(const std::vector<std::string>& names, const std::string& name) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

}  // namespace

void fuzz(input bytes) {
    const std::string key = bytes.next();
    const std::string name = bytes.next();
    reference::pairs pairs;
    while (!bytes.is_empty()) {
        const std::string option = bytes.next();
        pairs.emplace_back(option, bytes.next());
    }
    const std::vector<field> options = view(pairs);
    accepted([&] { s3::check_no_options(options); });
    accepted([&] {
        const s3::credentials c = s3::parse_mapping_options(options);
        require(c.access_key_id.empty() == c.secret_access_key.empty(), "both or neither");
    });

    s3::server_options server;
    if (!accepted([&] { server = s3::parse_server_options(options); })) return;
    require(server.max_duration >= 1 && server.max_duration <= 604800 &&
                server.default_duration >= 1 && server.default_duration <= 604800 &&
                server.cache_window >= 0 && server.cache_window < server.max_duration,
            "durations");
    const std::string_view prefix = server.key_prefix.rest();
    if (accepted([&] { s3::check_key_allowed(prefix, key); })) {
        require(key.starts_with(prefix), "a key with its prefix", key);
        require(!has_dot_segment(key), "a key that nobody resolves", key);
    }
    const field parameter{name, ""};
    for (const s3::operation* op : {&s3::get_object, &s3::put_object})
        if (accepted([&] { s3::check_query(server, *op, {&parameter, 1}); }))
            require(lists(server.allow_query, name) || s3::is_harmless_parameter(*op, name),
                    "a parameter that is allowed", name);
    for (const std::int64_t duration : {1, 900, 604800})
        for (const bool rounded : {false, true})
            accepted([&] {
                const s3::lifetime life =
                    s3::choose_lifetime(server, duration, 1700000000, std::nullopt, rounded);
                require(life.expires <= server.max_duration, "a life within max_duration");
                require(life.signed_at <= 1700000000, "signed by now");
                require(life.signed_at + life.expires >= 1700000000 + duration,
                        "a life of the duration");
            });
}

}  // namespace s3sign::fuzz
