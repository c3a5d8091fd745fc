#include "s3/upload_request.hpp"

#include <algorithm>
#include <string>

#include "base/error.hpp"
#include "sigv4/base64.hpp"

namespace s3sign::s3 {
namespace {

struct row {
    std::string_view method;
    bool has_upload_id;
    bool has_part_number;
    const operation& is;
};

constexpr row rows[] = {
    {"PUT", false, false, put_object},         {"POST", false, false, multipart_create},
    {"DELETE", false, false, delete_object},   {"PUT", true, true, multipart_part},
    {"POST", true, false, multipart_complete}, {"DELETE", true, false, multipart_abort},
    {"GET", true, false, multipart_list},
};

struct checksum_kind {
    std::string_view name;
    std::string_view header;
    std::size_t bytes;
};

// AWS: «Checking object integrity in Amazon S3», «Supported checksum algorithms».
constexpr checksum_kind checksums[] = {
    {"crc32", "x-amz-checksum-crc32", 4},         {"crc32c", "x-amz-checksum-crc32c", 4},
    {"crc64nvme", "x-amz-checksum-crc64nvme", 8}, {"md5", "x-amz-checksum-md5", 16},
    {"sha1", "x-amz-checksum-sha1", 20},          {"sha256", "x-amz-checksum-sha256", 32},
    {"sha512", "x-amz-checksum-sha512", 64},      {"xxhash128", "x-amz-checksum-xxhash128", 16},
    {"xxhash3", "x-amz-checksum-xxhash3", 8},     {"xxhash64", "x-amz-checksum-xxhash64", 8},
};

std::string checksum_names() {
    std::string names;
    for (const checksum_kind& kind : checksums) {
        if (!names.empty()) names += ", ";
        names += kind.name;
    }
    return names;
}

}  // namespace

const operation& choose_upload_operation(std::string_view method, bool has_upload_id,
                                         bool has_part_number) {
    for (const row& r : rows)
        if (r.method == method && r.has_upload_id == has_upload_id &&
            r.has_part_number == has_part_number)
            return r.is;
    invalid(
        "request is not a request of an upload",
        "Without \"uploadId\", \"method\" is PUT, POST or DELETE; with it GET, POST, DELETE, or "
        "PUT with \"partNumber\".");
}

std::string_view checksum_header(std::string_view algorithm, std::string_view value) {
    const auto* const kind =
        std::ranges::find_if(checksums, [&](const auto& k) { return k.name == algorithm; });
    if (kind == std::end(checksums))
        invalid("checksum algorithm " + quoted(algorithm) + " is not known",
                "S3 has " + checksum_names() + ".");
    if (!sigv4::is_base64(value, kind->bytes))
        invalid("checksum " + quoted(algorithm) + " is not the base64 of " +
                std::to_string(kind->bytes) + " bytes");
    return kind->header;
}

}  // namespace s3sign::s3
