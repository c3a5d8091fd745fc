// The requests of an upload client, such as those of Uppy's `signRequest`: which operation one is,
// and its checksum.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "s3/operation.hpp"

namespace s3sign::s3 {

// The object as a whole: PUT, POST (create a multipart upload), DELETE. A multipart upload: PUT of
// a part, POST (complete), DELETE (abort), GET (list the parts). 22023 for any other request.
const operation& choose_upload_operation(std::string_view method, bool has_upload_id,
                                         bool has_part_number);

// The header that sends a checksum: «x-amz-checksum-sha256» for `sha256`. 22023 if `algorithm` is
// not one of S3's, in lower case, or `value` not the base64 of as many bytes as it has.
std::string_view checksum_header(std::string_view algorithm, std::string_view value);

}  // namespace s3sign::s3
