// s3sign_unsign, s3sign_unsign_jsonb: the links to a named server's objects as `s3://BUCKET/KEY`,
// for a text that is to be stored.
#include <algorithm>
#include <cstddef>
#include <span>
#include <string_view>

#include "base/text.hpp"
#include "functions/arguments.hpp"
#include "functions/caller.hpp"
#include "functions/link_content.hpp"
#include "functions/results.hpp"
#include "functions/server.hpp"
#include "functions/signing.hpp"
#include "functions/text_links.hpp"
#include "pg/function.hpp"
#include "pg/memory.hpp"
#include "s3/allowed_keys.hpp"
#include "s3/guard.hpp"

namespace s3sign {
namespace {

std::string_view object_link(std::string_view bucket, std::string_view key) {
    return write_text(s3::object_link_size(bucket, key),
                      [&](char* out) { return s3::put_object_link(out, bucket, key); });
}

// Changes the links that s3sign_links() would sign if every key were allowed.
template <class Content>
auto unsign_links(const Content& content, std::string_view server, optional_text bucket) {
    const auto asked = utf8("bucket", bucket);
    const s3::server_options& options = find_public_server(server).options;
    const std::string_view chosen = s3::choose_bucket(options, asked);
    const s3::target& target = targets().get(options.where(chosen));
    const s3::link_reader reader =
        make_link_reader(options, target, chosen, read_prefix(options.key_prefix));
    std::string_view every_key = "*";
    const s3::allowed_keys all({&every_key, 1});
    text_links links(reader, all);
    content.find(links);
    const auto stored = pg::allocate<std::string_view>(links.keys().size());
    std::ranges::transform(links.keys(), stored.begin(),
                           [&](std::string_view key) { return object_link(chosen, key); });
    return content.replace(links, stored);
}

text* unsign_text(std::string_view server, std::string_view content, optional_text bucket) {
    return unsign_links(text_content(content), server, bucket);
}

pg::jsonb unsign_document(std::string_view server, pg::jsonb document, optional_text bucket) {
    return unsign_links(json_content(document), server, bucket);
}

}  // namespace

PG_FUNCTION(s3sign_unsign, unsign_text)
PG_FUNCTION(s3sign_unsign_jsonb, unsign_document)

}  // namespace s3sign
