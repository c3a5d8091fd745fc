// What a foreign server adds to uploads and demands of them: its options "upload_headers",
// "content_types" and "max_bytes". All that signs an upload asks here: URLs, forms, tickets and
// requests signed in their headers.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "s3/form.hpp"
#include "s3/operation.hpp"
#include "sigv4/request.hpp"

namespace s3sign::s3 {

struct upload_rules {
    struct header {
        std::string name;  // in lower case
        std::string value;
    };

    std::vector<header> headers;             // canonical, in canonical order
    std::vector<std::string> content_types;  // in lower case; «image/*» is any image
    std::optional<std::int64_t> max_bytes;

    bool any() const { return !headers.empty() || !content_types.empty() || max_bytes; }
};

// Read the values of the options. 22023 for a header that is not one of both PutObject and
// CreateMultipartUpload, or would be public and secret at once; for a type that is not `type/name`
// or `type/*`.
void read_upload_headers(upload_rules& to, std::string_view option, std::string_view value);
void read_content_types(upload_rules& to, std::string_view option, std::string_view value);
void read_max_bytes(upload_rules& to, std::string_view option, std::string_view value);

// The headers that the server adds to a request of the operation.
std::span<const upload_rules::header> added_headers(const upload_rules& rules, const operation& op);

// A request of an upload, without what the server adds.
struct upload_parts {
    const operation& op;
    std::span<const sigv4::field> query;    // the caller's
    std::span<const sigv4::field> headers;  // canonical
    // Of a body whose hash is signed: its size is as good as a header content-length.
    std::optional<std::int64_t> body_bytes = {};
    bool enforces_object_size = false;  // the provider checks x-amz-mp-object-size
};

// 22023 if the caller's query or headers (in any case) have a header of the server's.
void check_own_headers(const upload_rules& rules, const operation& op,
                       std::span<const sigv4::field> query, std::span<const sigv4::field> headers);

// 42501 for another content type, for a size that is missing or too large, and for a copy. 0A000
// for a multipart upload whose size the provider does not check. A request that uploads nothing
// always passes.
void check_upload(const upload_rules& rules, const upload_parts& upload);

// Both for a form, whose fields and conditions are complete except those that this adds: the
// server's headers. 0A000 for one that a form cannot carry.
void apply_to_form(const upload_rules& rules, form_request& form);

}  // namespace s3sign::s3
