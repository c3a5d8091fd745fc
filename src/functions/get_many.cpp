// s3sign_get_many: presigned URLs to download many objects, with a named server.
#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "base/error.hpp"
#include "base/text.hpp"
#include "functions/arguments.hpp"
#include "functions/named_call.hpp"
#include "pg/array.hpp"
#include "pg/function.hpp"
#include "pg/memory.hpp"
#include "s3/operation.hpp"
#include "sigv4/presign_batch.hpp"

namespace s3sign {
namespace {

using sigv4::presign_batch;

// `position` counts from 1. Nothing if the key is invalid and that is to be skipped.
optional_text read_key(const signing_context& context, std::string_view file, std::size_t position,
                       bool skip_invalid) {
    try {
        return check_key(context, file);
    } catch (error& e) {
        if (skip_invalid) return std::nullopt;
        throw std::move(e).with_detail("It is element " + std::to_string(position) + " of files.");
    }
}

void log_url(const named_call& call, const signing_context& context, std::string_view key,
             std::string_view url) {
    if (!context.server.options.log) return;
    named_call of_key = call;
    of_key.key = key;
    log_signed_url(of_key, context, url);
}

// Adds the URLs of at most presign_batch::capacity files.
void add_urls(pg::text_array_builder& urls, presign_batch& batch, const named_call& call,
              const signing_context& context, std::span<const pg::array_element> files,
              std::size_t first_position, bool skip_invalid) {
    std::array<std::string_view, presign_batch::capacity> keys;
    std::array<bool, presign_batch::capacity> has_url{};
    std::size_t count = 0;
    for (std::size_t i = 0; i < files.size(); i++) {
        if (!files[i]) continue;
        const auto key = read_key(context, *files[i], first_position + i, skip_invalid);
        if (!key) continue;
        has_url[i] = true;
        keys[count++] = *key;
    }
    const auto valid_keys = std::span(keys).first(count);
    batch.sign(valid_keys, pg::allocate<char>(batch.work_size(valid_keys)).data());
    std::size_t next = 0;
    for (std::size_t i = 0; i < files.size(); i++) {
        if (has_url[i]) {
            char* const url = urls.add(batch.url_size(next));
            log_url(call, context, keys[next], view(url, batch.put_url(url, next)));
            next++;
        } else {
            urls.add_null();
        }
    }
}

pg::text_array get_urls(std::string_view server, pg::text_array files,
                        std::optional<std::int64_t> duration, optional_json query,
                        optional_json headers, optional_text bucket, optional_time signed_at,
                        std::optional<bool> skip_invalid) {
    named_call call =
        read_call(s3::get_object, server, duration, query, headers, bucket, signed_at);
    const signing_context context = allow_call(call, call.headers.canonical_headers());
    const sigv4::presign_request request = signed_request(call, context);
    const auto shared =
        pg::allocate<char>(presign_batch::shared_size(request, context.key.bound_to()));
    presign_batch batch(shared.data(), request, context.time, context.key);
    const auto elements = files.elements();
    pg::text_array_builder urls(files);

    pg::work_memory memory;
    for (std::size_t i = 0; i < elements.size(); i += presign_batch::capacity) {
        CHECK_FOR_INTERRUPTS();
        memory.use([&] {
            add_urls(urls, batch, call, context,
                     elements.subspan(i, std::min(presign_batch::capacity, elements.size() - i)),
                     i + 1, skip_invalid.value_or(false));
        });
    }
    memory.free();
    return urls.finish();
}

}  // namespace

PG_FUNCTION(s3sign_get_many, get_urls)

}  // namespace s3sign
