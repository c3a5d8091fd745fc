// JSON, and credentials in it: what is read is refused or is the same when it is written again.
#include "base/json.hpp"

#include "base/json_reader.hpp"
#include "fuzz.hpp"
#include "s3/json_credentials.hpp"

namespace s3sign::fuzz {
namespace {

void refuse() { invalid("not JSON"); }

bool skips(std::string text) {
    return accepted([&] {
        json_reader json(text, refuse);
        json.skip_value();
        json.expect_end();
    });
}

std::string read_string(std::string text) {
    json_reader json(text, refuse);
    const std::string result(json.read_string());
    json.expect_end();
    return result;
}

struct copied {
    std::string id, secret, token;
    std::optional<std::int64_t> expires_at;
    bool operator==(const copied&) const = default;
};

std::optional<copied> read(std::string text) {
    std::optional<copied> result;
    accepted([&] {
        const s3::credentials c = s3::read_json_credentials(text);
        result = {std::string(c.access_key_id), std::string(c.secret_access_key),
                  std::string(c.session_token), c.expires_at};
    });
    return result;
}

std::string write(const copied& c) {
    json_object json(json_charset::escaped);
    json.add("SessionToken", c.token).add("SecretAccessKey", c.secret).add("AccessKeyId", c.id);
    if (c.expires_at) json.add_json("Expiration", std::to_string(*c.expires_at));
    return json.text();
}

}  // namespace

void fuzz(input bytes) {
    const std::string text = bytes.rest();
    const bool good = skips(text);
    require(!good || skips(" {\"a\" : " + text + "} ") || text.size() > 64, "a value in an object");
    if (is_utf8(text))
        for (const auto charset : {json_charset::escaped, json_charset::utf8})
            same(read_string(json_string(text, charset)), text, "a string");
    const auto found = read(text);
    require(!found || good, "credentials in what is JSON");
    // milliseconds begin there
    if (found && found->expires_at.value_or(0) < 100000000000)
        require(read(write(*found)) == found, "credentials that are written and read");
}

}  // namespace s3sign::fuzz
