// The parts of a request that SigV4 signs.
//
// These types view the caller's memory and have no destructors, so a PostgreSQL error may jump over
// them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace s3sign::sigv4 {

// A query parameter or a header.
struct field {
    std::string_view name;
    std::string_view value;
};

// The most parameters or headers of a request. Servers take about 1,000 (Tomcat's
// maxParameterCount, PHP's max_input_vars); a parameter of 2 bytes costs 100 bytes of memory.
inline constexpr std::size_t most_fields = 10000;

inline constexpr std::string_view algorithm = "AWS4-HMAC-SHA256";
inline constexpr std::string_view scope_terminator = "aws4_request";
inline constexpr std::string_view unsigned_payload = "UNSIGNED-PAYLOAD";
// SHA-256 of the empty string: the payload line of a request without a body outside S3.
inline constexpr std::string_view empty_payload =
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

// X-Amz-Expires, in seconds. AWS: "the minimum value you can set is 1, and the maximum is 604800".
inline constexpr std::int64_t shortest_life = 1;
inline constexpr std::int64_t longest_life = 604800;

// What a signing key is bound to: the credential scope.
struct scope {
    std::string_view date;  // YYYYMMDD
    std::string_view region;
    std::string_view service;

    bool operator==(const scope&) const = default;
};

// A request with each part in canonical form, see canonical.hpp.
struct request {
    std::string_view method;
    std::string_view path;           // encoded; begins with `/`
    std::string_view query;          // encoded; sorted
    std::string_view host;           // the value of the header Host
    std::span<const field> headers;  // signed; canonicalized; without `host`
    std::string_view payload;        // hash in base16, or UNSIGNED-PAYLOAD
};

}  // namespace s3sign::sigv4
