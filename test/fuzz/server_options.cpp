// The options of a named server, and what its limits then let through: a key and a name, which
// is also a content type, then options.
#include "s3/server_options.hpp"

#include <cctype>

#include "../unit/reference.hpp"
#include "fuzz.hpp"
#include "s3/guard.hpp"
#include "s3/upload_rules.hpp"

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

// The type of a Content-Type as browsers read it: what is before the first `;` and blanks.
std::string type_for_browsers(std::string text) {
    text.resize(std::min(text.find(';'), text.size()));
    while (text.ends_with(' ')) text.pop_back();
    std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) {
        return static_cast<char>(c < 0x80 ? std::tolower(c) : c);
    });
    return text;
}

void require_allowed_type(const s3::upload_rules& rules, const std::string& type) {
    if (rules.content_types.empty()) return;
    require(type.find(',') == std::string::npos, "a single content type", type);
    const std::string alone = type_for_browsers(type);
    const std::string family = alone.substr(0, alone.find('/')) + "/*";
    require(lists(rules.content_types, alone) || lists(rules.content_types, family),
            "a content type that is allowed", type);
}

void fuzz_uploads(const s3::upload_rules& rules, const std::string& type) {
    for (std::size_t i = 0; i < rules.headers.size(); i++) {
        const auto& [name, value] = rules.headers[i];
        require(i == 0 || rules.headers[i - 1].name < name, "headers in order", name);
        require(!value.empty() && value.front() != ' ' && value.back() != ' ' &&
                    value.find("  ") == std::string::npos,
                "a canonical value", value);
    }
    const std::vector<field> headers{{"content-length", "5"}, {"content-type", type}};
    if (accepted([&] { s3::check_upload(rules, {s3::put_object, {}, headers}); })) {
        require_allowed_type(rules, type);
        require(!rules.max_bytes || *rules.max_bytes >= 5, "a size within max_bytes");
    }
    s3::form_request form("key");
    if (!accepted([&] {
            form.add_field("content-type", type);
            form.limit_size(0, 5);
            s3::apply_to_form(rules, form);
        }))
        return;
    require_allowed_type(rules, type);
    require(!rules.max_bytes || *rules.max_bytes >= 5, "a form's size within max_bytes");
    require(form.fields().size() == 1 + rules.headers.size(), "a form with the server's headers");
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
    fuzz_uploads(server.uploads, name);
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
