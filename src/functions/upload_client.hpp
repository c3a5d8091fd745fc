// The argument `request` of s3sign_request: the JSON of an upload client, which is not to be
// trusted.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "functions/arguments.hpp"
#include "pg/datum.hpp"

namespace s3sign {

struct upload_client_checksum {
    std::string_view algorithm;
    std::string_view value;  // in base64
};

// Texts are in UTF-8. `method` and `key` are there.
struct upload_client_request {
    std::string_view method, key;
    optional_text upload_id, content_type;
    std::optional<std::int64_t> part_number, expires_in, bytes, max_bytes;
    std::optional<bool> overwrite;
    std::optional<upload_client_checksum> checksum;
    optional_json headers;
};

// 22023 for JSON that is not an object of known members, each of its type; for a size that is
// negative; and where `bytes` are more than `maxBytes`. A member that is null is absent.
upload_client_request read_upload_client_request(const pg::jsonb& json);

}  // namespace s3sign
