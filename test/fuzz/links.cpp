// Any text: links are found in their order, in its own bytes; what names an object is named by the
// link that is stored for it, whatever is around it; and text that has been turned back stays.
#include <optional>

#include "fuzz.hpp"
#include "s3/link_reader.hpp"
#include "s3/link_scanner.hpp"

namespace s3sign::fuzz {
namespace {

constexpr std::string_view bucket = "b";

// A server whose paths can be read in two ways.
struct place {
    s3::server_options server =
        s3::parse_server_options(std::vector<field>{{"endpoint", "https://h"},
                                                    {"addressing", "path"},
                                                    {"public_endpoint", "https://h/b"},
                                                    {"log_user", "x-u"},
                                                    {"key_prefix", "k"}});
    s3::target target = s3::resolve(server.where(bucket));
    std::unique_ptr<char[]> memory{new char[s3::link_reader::memory_size(target, bucket)]};
    s3::link_reader reader{server, target, bucket, "k", memory.get()};
};

struct object {
    std::size_t begin, size;
    std::string key;
    bool operator==(const object&) const = default;
};

std::vector<object> read(const place& p, std::string_view text) {
    using event = s3::link_scanner::event;
    std::vector<object> found;
    const std::unique_ptr<char[]> work(new char[p.reader.work_size()]);
    s3::link_scanner scanner(text);
    const char* last = text.data();
    for (event e = scanner.next(); e != event::end; e = scanner.next()) {
        if (e != event::link) continue;
        const std::string_view link = scanner.link();
        require(link.data() >= last && link.data() + link.size() <= text.data() + text.size(),
                "links in their order", link, text);
        last = link.data() + link.size();
        const auto addressed = p.reader.find(link, work.get());
        if (!addressed) continue;
        require(addressed->size <= link.size(), "a part of the link", link);
        const auto key = p.reader.key_of(*addressed, addressed->path, work.get());
        if (!key) continue;
        require(is_utf8(*key) && key->starts_with('k') && key->size() <= 1024, "a key", *key);
        found.push_back({static_cast<std::size_t>(link.data() - text.data()), addressed->size,
                         std::string(*key)});
    }
    return found;
}

std::string stored(const std::string& key) {
    return written(s3::object_link_size(bucket, key),
                   [&](char* out) { return s3::put_object_link(out, bucket, key); });
}

template <class Replacement>
std::string replace(const place& p, const std::string& text, Replacement replacement) {
    std::string result;
    std::size_t copied = 0;
    for (const object& o : read(p, text)) {
        result += text.substr(copied, o.begin - copied) + replacement(o.key);
        copied = o.begin + o.size;
    }
    return result + text.substr(copied);
}

std::string url(const std::string& key) {
    return "https://h/b/b/" +
           written(sigv4::encoded_size(key.size()),
                   [&](char* out) { return sigv4::uri_encode_path(out, key); }) +
           "?X-Amz-Date=1&x-u=2&X-Amz-Signature=3";
}

}  // namespace

void fuzz(input bytes) {
    static const place p;
    const std::string text = bytes.rest();
    const std::string unsigned_text = replace(p, text, stored);
    const std::string signed_text = replace(p, text, url);
    same(replace(p, unsigned_text, stored), unsigned_text, "what was turned back stays");
    same(replace(p, signed_text, stored), unsigned_text, "what was signed is turned back");
    same(replace(p, unsigned_text, url), signed_text, "what was turned back is signed");
    same(replace(p, signed_text, url), signed_text, "what was signed is signed again");
}

}  // namespace s3sign::fuzz
