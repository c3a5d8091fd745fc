// s3sign_links, s3sign_links_jsonb: fresh presigned URLs in place of the links to a named server's
// objects.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "base/error.hpp"
#include "base/text.hpp"
#include "functions/arguments.hpp"
#include "functions/link_content.hpp"
#include "functions/named_call.hpp"
#include "functions/text_links.hpp"
#include "pg/array.hpp"
#include "pg/function.hpp"
#include "pg/memory.hpp"
#include "s3/allowed_keys.hpp"
#include "s3/guard.hpp"
#include "s3/operation.hpp"
#include "sigv4/presign_batch.hpp"

namespace s3sign {
namespace {

using sigv4::presign_batch;
using texts = std::span<const std::string_view>;

// A NULL allows nothing.
std::span<std::string_view> read_allowed(pg::text_array allowed) {
    const auto elements = allowed.elements();
    const auto keys = pg::allocate<std::string_view>(elements.size());
    std::size_t count = 0;
    for (const pg::array_element& e : elements)
        if (e) keys[count++] = utf8("allowed", *e);
    return keys.first(count);
}

// s3sign_unsign() recognizes URLs with these parameters only, see s3::link_reader.
void check_link_query(const field_list& query) {
    for (const sigv4::field& f : query.fields())
        if (!f.name.starts_with("response-") && f.name != "x-id")
            invalid("query parameter " + quoted(f.name) + " cannot be part of a link",
                    "A link can have response-* parameters.");
}

// Calls visit(keys, position of the first) for at most presign_batch::capacity keys at a time.
template <class Visit>
void for_each_batch(texts keys, Visit visit) {
    for (std::size_t i = 0; i < keys.size(); i += presign_batch::capacity)
        visit(keys.subspan(i, std::min(presign_batch::capacity, keys.size() - i)), i);
}

void log_urls(const named_call& call, const signing_context& context, texts keys, texts urls) {
    named_call of_key = call;
    for (std::size_t i = 0; i < keys.size(); i++) {
        of_key.key = keys[i];
        log_signed_url(of_key, context, urls[i]);
    }
}

// The URL of each key.
texts sign(const named_call& call, const signing_context& context, texts keys) {
    if (keys.empty()) return {};
    const sigv4::presign_request request = signed_request(call, context);
    const auto shared =
        pg::allocate<char>(presign_batch::shared_size(request, context.key.bound_to()));
    presign_batch batch(shared.data(), request, context.time, context.key);
    std::size_t work_size = 0;
    for_each_batch(keys, [&](texts some, std::size_t) {
        work_size = std::max(work_size, batch.work_size(some));
    });
    const auto work = pg::allocate<char>(work_size);
    const auto urls = pg::allocate<std::string_view>(keys.size());
    pg::work_memory memory;
    for_each_batch(keys, [&](texts some, std::size_t first) {
        CHECK_FOR_INTERRUPTS();
        batch.sign(some, work.data());
        std::size_t size = 0;
        for (std::size_t i = 0; i < some.size(); i++) size += batch.url_size(i);
        char* end = pg::allocate<char>(size).data();
        for (std::size_t i = 0; i < some.size(); i++) {
            char* const url = end;
            end = batch.put_url(url, i);
            urls[first + i] = view(url, end);
        }
        if (!context.server.options.log) return;
        memory.use([&] { log_urls(call, context, some, urls.subspan(first, some.size())); });
    });
    memory.free();
    return urls;
}

// All errors but those of the server's memory are raised before the content is read.
template <class Content>
auto sign_links(const Content& content, std::string_view server, pg::text_array allowed,
                std::optional<std::int64_t> duration, optional_json query, optional_text bucket,
                optional_time signed_at) {
    const named_call call =
        read_call(s3::get_object, server, duration, query, std::nullopt, bucket, signed_at);
    check_link_query(call.query);
    const s3::allowed_keys keys(read_allowed(allowed));
    const signing_context context = allow_call(call, {});
    const s3::server_options& options = context.server.options;
    const s3::link_reader reader = make_link_reader(
        options, context.target, s3::choose_bucket(options, call.bucket), context.key_prefix);
    text_links links(reader, keys);
    content.find(links);
    return content.replace(links, sign(call, context, links.keys()));
}

text* sign_text(std::string_view server, std::string_view content, pg::text_array allowed,
                std::optional<std::int64_t> duration, optional_json query, optional_text bucket,
                optional_time signed_at) {
    return sign_links(text_content(content), server, allowed, duration, query, bucket, signed_at);
}

pg::jsonb sign_document(std::string_view server, pg::jsonb document, pg::text_array allowed,
                        std::optional<std::int64_t> duration, optional_json query,
                        optional_text bucket, optional_time signed_at) {
    return sign_links(json_content(document), server, allowed, duration, query, bucket, signed_at);
}

}  // namespace

PG_FUNCTION(s3sign_links, sign_text)
PG_FUNCTION(s3sign_links_jsonb, sign_document)

}  // namespace s3sign
