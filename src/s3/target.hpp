// Where a request goes: the result of endpoint, bucket, region and addressing.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/lru_cache.hpp"

namespace s3sign::s3 {

struct target {
    std::string origin;        // scheme://host[:port] in the URL
    std::string host;          // host[:port] that is signed
    std::string shown_prefix;  // in the URL instead of path_prefix
    std::string path_prefix;   // encoded, before `/key`; empty, or begins with `/`
    std::string region;
    bool bucket_in_path = false;  // path_prefix ends with the bucket
    bool has_forms = true;        // the provider accepts POST forms
    bool can_create_only = true;  // the provider obeys `if-none-match: *` of a PUT
};

// A target as the user specifies it. An absent region or addressing follows from the endpoint.
struct destination {
    std::string_view endpoint;
    std::string_view bucket;
    std::optional<std::string_view> region = {};
    std::optional<std::string_view> addressing = {};  // "path", "virtual" or "cname"
    // Scheme, host, port and base path in the URL instead of those of `endpoint`. The proxy or CDN
    // at that address must map them back.
    std::optional<std::string_view> public_endpoint = {};

    bool operator==(const destination&) const = default;
};

// 22023 for an invalid value, 0A000 for a host or bucket that needs another signer.
target resolve(const destination& where);

// 22023 unless `value` is 1 to 64 of [A-Za-z0-9_-]. `what` is "region" or "service", for the
// message.
void check_scope_part(std::string_view what, std::string_view value);

// An LRU cache of targets: a page of URLs parses its endpoint once.
class target_cache {
   public:
    // The target of `where`, valid until the next call.
    const target& get(const destination& where);

    // While this does not change, all targets that get() has returned are valid.
    std::uint64_t additions() const { return entries_.additions(); }

   private:
    struct entry {
        std::string endpoint, bucket;
        std::optional<std::string> region, addressing, public_endpoint;
        target found;

        bool is_of(const destination& where) const {
            return destination{endpoint, bucket, region, addressing, public_endpoint} == where;
        }
    };

    lru_cache<entry> entries_;
};

}  // namespace s3sign::s3
