// A URL that a user wrote, and its service.
#include "s3/request_url.hpp"

#include "base/ascii.hpp"
#include "fuzz.hpp"
#include "sigv4/url.hpp"

namespace s3sign::fuzz {
namespace {

std::string shown(const s3::request_url& url) {
    std::string text = url.origin() + url.path();
    for (std::size_t i = 0; i < url.query().size(); i++)
        text += (i == 0 ? "?" : "&") + std::string(url.query()[i].name) + "=" +
                std::string(url.query()[i].value);
    return text;
}

// Views of the text, in their order, with nothing but separators between them.
void check_parts(std::string_view text) {
    const auto parts = sigv4::split_url(text);
    if (!parts) return;
    std::string again = std::string(parts->scheme) + "://" + std::string(parts->authority) +
                        std::string(parts->path);
    if (parts->has_query) again += "?" + std::string(parts->query);
    require(parts->has_fragment ? text.starts_with(again + "#") : text == again, "split_url", again,
            text);
    std::string parameters;
    for (std::string_view query = parts->query; !query.empty();) {
        const std::size_t size = query.size();
        sigv4::take_parameter(query);
        require(query.size() < size, "take_parameter takes one");
    }
}

}  // namespace

void fuzz(input bytes) {
    const std::string service = bytes.next();
    const std::string text = bytes.next();
    check_parts(text);
    accepted([&] {
        const s3::request_url url(text, service);
        const std::string once = shown(url);
        require(is_visible_ascii(once), "a URL in visible ASCII", once);
        // Signed and shown alike, a URL is read again as the same.
        const s3::request_url again(once, service);
        same(shown(again), once, "a URL again");
        same(again.signed_path(), url.signed_path(), "its signed path");
        same(again.host(), url.host(), "its host");
    });
}

}  // namespace s3sign::fuzz
