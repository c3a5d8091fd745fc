// s3sign_multipart_…: presigned URLs of a multipart upload's requests, with a named server.
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <tuple>

#include "base/text.hpp"
#include "functions/arguments.hpp"
#include "functions/named_call.hpp"
#include "functions/results.hpp"
#include "functions/signing.hpp"
#include "pg/function.hpp"
#include "pg/memory.hpp"
#include "s3/limits.hpp"
#include "s3/operation.hpp"
#include "sigv4/encode.hpp"
#include "sigv4/lane_count.hpp"
#include "sigv4/presign.hpp"

namespace s3sign {
namespace {

void add_upload(named_call& call, std::string_view upload_id) {
    add_parameter(call, "upload_id", "uploadId", upload_id);
}

text* create_url(std::string_view server, std::string_view file,
                 std::optional<std::int64_t> duration, optional_text content_type,
                 optional_json headers, optional_text bucket, optional_time signed_at) {
    named_call call = read_object_call(s3::multipart_create, server, file, duration, std::nullopt,
                                       headers, bucket, signed_at);
    add_content_type(call, content_type);
    return sign_named_call(call);
}

text* part_url(std::string_view server, std::string_view file, std::string_view upload_id,
               std::int32_t part_number, std::optional<std::int64_t> duration,
               optional_json headers, optional_text bucket, optional_time signed_at) {
    named_call call = read_object_call(s3::multipart_part, server, file, duration, std::nullopt,
                                       headers, bucket, signed_at);
    s3::check_part_number("part_number", part_number);
    add_upload(call, upload_id);
    call.parameters.add("partNumber", decimal(part_number));
    return sign_named_call(call);
}

// Complete, abort and list: operations on an upload as a whole.
template <const s3::operation& op>
text* whole_upload_url(std::string_view server, std::string_view file, std::string_view upload_id,
                       std::optional<std::int64_t> duration, optional_json query,
                       optional_json headers, optional_text bucket, optional_time signed_at) {
    named_call call =
        read_object_call(op, server, file, duration, query, headers, bucket, signed_at);
    add_upload(call, upload_id);
    return sign_named_call(call);
}

// --- the URLs of many parts ---------------------------------------------------------------------

named_call part_of(const named_call& upload, std::int32_t number) {
    named_call call = upload;
    call.parameters = {};
    for (const sigv4::field& f : upload.parameters.fields()) call.parameters.add(f.name, f.value);
    call.parameters.add("partNumber", decimal(number));
    return call;
}

// Signatures of the next parts, computed side by side. One is used only if the row would sign the
// same canonical request with the same key, as settings and the catalog may change between rows.
// Has no destructor: a server error may jump over it.
class signed_ahead {
   public:
    // In the memory context that is current now.
    signed_ahead() : context_(CurrentMemoryContext) {}

    // Null if the part's was not computed.
    const sigv4::digest* find(std::int32_t part, std::string_view canonical_request,
                              const sigv4::signing_key& key) const {
        const auto i = static_cast<std::size_t>(part - first_);
        if (part < first_ || i >= count_ || canonical_request != requests_[i] || key_ != &key ||
            additions_ != signing_keys().additions())
            return nullptr;
        return &signatures_[i];
    }

    // For the parts from `first` to `last`, or as many as are hashed together.
    void sign(const named_call& upload, const signing_context& context, std::int32_t first,
              std::int32_t last) {
        count_ = 0;
        first_ = first;
        key_ = &context.key;
        additions_ = signing_keys().additions();
        std::size_t used = 0;
        for (std::int32_t part = first; part <= last && count_ < sigv4::lane_count(); part++) {
            const sigv4::presign_request r = signed_request(part_of(upload, part), context);
            const std::size_t size = sigv4::presigned_url_size(r, context.key.bound_to());
            const auto buffer = pg::allocate<char>(size);
            const std::string_view request =
                sigv4::write_unsigned_url(buffer, r, context.time, context.key).canonical_request;
            requests_[count_++] = request;
            used += request.size();
        }
        context.key.sign(context.time, std::span(requests_).first(count_), signatures_.data());
        keep(used);
    }

   private:
    // Copies the requests to memory that outlives the row.
    void keep(std::size_t size) {
        if (size > room_.size()) {
            if (!room_.empty()) ::pfree(room_.data());
            room_ = {};
            room_ = {static_cast<char*>(::MemoryContextAlloc(context_, size)), size};
        }
        char* out = room_.data();
        for (std::string_view& request : std::span(requests_).first(count_)) {
            char* const begin = out;
            out = put(out, request);
            request = view(begin, out);
        }
    }

    MemoryContext context_;
    std::span<char> room_;
    std::int32_t first_ = 0;
    std::size_t count_ = 0;
    const sigv4::signing_key* key_ = nullptr;
    std::uint64_t additions_ = 0;
    std::array<std::string_view, sigv4::widest_lanes> requests_;
    std::array<sigv4::digest, sigv4::widest_lanes> signatures_;
};

// The rows (part number, URL) for parts 1 to `count`.
struct part_urls {
    named_call upload;
    std::int32_t count;
    std::int32_t last_part = 0;
    signed_ahead ahead = {};

    std::optional<std::tuple<std::int32_t, text*>> next() {
        if (last_part == count) return std::nullopt;
        last_part++;
        named_call call = part_of(upload, last_part);
        return std::tuple(last_part,
                          sigv4::lane_count() == 0 ? sign_named_call(call) : sign_ahead(call));
    }

   private:
    // As sign_named_call(): server, rights and limits are checked for each row.
    text* sign_ahead(const named_call& call) {
        const signing_context context = allow_call(call, {});
        const sigv4::presign_request r = signed_request(call, context);
        const std::size_t size = sigv4::presigned_url_size(r, context.key.bound_to());
        pg::text_builder builder(size);
        const sigv4::unsigned_url url =
            sigv4::write_unsigned_url({builder.begin(), size}, r, context.time, context.key);
        const sigv4::digest* signature = ahead.find(last_part, url.canonical_request, context.key);
        if (signature == nullptr) {
            ahead.sign(upload, context, last_part, count);
            signature = ahead.find(last_part, url.canonical_request, context.key);
        }
        text* const result = builder.finish(sigv4::put_hex(url.end, *signature));
        log_signed_url(call, context, pg::view(result));
        return result;
    }
};

part_urls parts(std::string_view server, std::string_view file, std::string_view upload_id,
                std::int32_t count, std::optional<std::int64_t> duration, optional_text bucket,
                optional_time signed_at) {
    s3::check_part_number("parts", count);
    // Copies, because the arguments are freed before the last row is made.
    if (bucket) bucket = pg::copy(*bucket);
    named_call upload = read_object_call(s3::multipart_part, pg::copy(server), pg::copy(file),
                                         duration, std::nullopt, std::nullopt, bucket, signed_at);
    add_upload(upload, pg::copy(upload_id));
    return {upload, count};
}

}  // namespace

PG_FUNCTION(s3sign_multipart_create, create_url)
PG_FUNCTION(s3sign_multipart_part, part_url)
PG_FUNCTION(s3sign_multipart_parts, parts)
PG_FUNCTION(s3sign_multipart_complete, whole_upload_url<s3::multipart_complete>)
PG_FUNCTION(s3sign_multipart_abort, whole_upload_url<s3::multipart_abort>)
PG_FUNCTION(s3sign_multipart_list, whole_upload_url<s3::multipart_list>)

}  // namespace s3sign
