// S3's own limits on a request, with a named server or without. A check throws 22023.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "s3/operation.hpp"
#include "sigv4/request.hpp"

namespace s3sign::s3 {

inline constexpr std::size_t longest_key = 1024;  // bytes of UTF-8
inline constexpr std::int32_t largest_part_number = 10000;
inline constexpr std::int32_t largest_max_keys = 1000;

// Returns the object key, of 1 to 1024 bytes of UTF-8.
std::string_view check_key_length(std::string_view key, std::string_view argument = "file");

// The number of a part of a multipart upload, or of parts: 1 to 10000.
void check_part_number(std::string_view argument, std::int64_t number);

// The size of a page of ListObjectsV2: 1 to 1000.
void check_max_keys(std::string_view argument, std::int32_t number);

// The lifetime of a presigned URL or form: 1 to 604800 seconds.
void check_duration(std::int64_t seconds, std::string_view argument = "duration");

// A request that writes has `if-match` or `if-none-match`, not both: S3 answers 501. `headers` are
// canonical.
void check_preconditions(const operation& op, std::span<const sigv4::field> headers);

// The sizes among canonical headers, content-length and x-amz-mp-object-size, are decimal numbers
// without a sign or leading zeros.
void check_sizes(std::span<const sigv4::field> headers);

// Returns the last line of a canonical request: a SHA-256 in lower-case hex, «UNSIGNED-PAYLOAD» or
// one of AWS's «STREAMING-...». Messages call it `what`.
std::string_view check_payload_line(std::string_view what, std::string_view line);

// The last line of the canonical request: the value of x-amz-content-sha256 among the signed
// headers, else «UNSIGNED-PAYLOAD».
std::string_view find_payload_line(std::span<const sigv4::field> headers);

// In bytes. AWS's access key ids have at most 128 and its secret access keys 40; session tokens
// have no fixed size.
inline constexpr std::size_t longest_key_part = 4096;
inline constexpr std::size_t longest_session_token = 8192;

// Throws unless an access key id or a secret access key has at most longest_key_part bytes and no
// control character. `name` is its name in the message, which never contains the value.
void check_key_part(std::string_view name, std::string_view value);

// The same for a session token.
void check_session_token(std::string_view name, std::string_view value);

}  // namespace s3sign::s3
