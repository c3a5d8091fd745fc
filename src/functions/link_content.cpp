#include "functions/link_content.hpp"

#include "base/error.hpp"
#include "pg/jsonb_strings.hpp"
#include "pg/memory.hpp"

namespace s3sign {

text_content::text_content(std::string_view content) : content_(content) {
    if (content.size() > largest_content) invalid("content is over 16 MiB");
}

json_content::json_content(pg::jsonb document) : document_(document) {
    if (VARSIZE(document.value) > largest_content) invalid("document is over 16 MiB");
}

void json_content::find(text_links& links) const {
    pg::for_each_string(document_, [&](std::string_view s) noexcept { links.find(s); });
}

pg::jsonb json_content::replace(text_links& links,
                                std::span<const std::string_view> replacements) const {
    if (links.empty()) return document_;
    return pg::replace_strings(
        document_, [&](std::string_view s) noexcept { return links.replace(s, replacements); });
}

s3::link_reader make_link_reader(const s3::server_options& server, const s3::target& target,
                                 std::string_view bucket, std::string_view key_prefix) {
    const auto memory = pg::allocate<char>(s3::link_reader::memory_size(target, bucket));
    return {server, target, bucket, key_prefix, memory.data()};
}

}  // namespace s3sign
