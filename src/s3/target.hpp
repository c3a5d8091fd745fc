// The target of a request, from endpoint, bucket, region and addressing.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/lru_cache.hpp"
#include "sigv4/request.hpp"

namespace s3sign::s3 {

struct target {
    std::string origin;        // "scheme://host[:port]" in the URL
    std::string host;          // "host[:port]" in the signature
    std::string shown_prefix;  // path_prefix in the URL
    std::string path_prefix;   // encoded, before "/key"; empty or begins with `/`
    std::string region;
    bool bucket_in_path = false;        // path_prefix ends with the bucket
    bool has_forms = true;              // the provider accepts POST forms
    bool can_create_only = true;        // the provider obeys `if-none-match: *` of a PUT
    bool enforces_object_size = false;  // the provider checks x-amz-mp-object-size
};

// The parts of a target. `region` and `addressing` default to those of the endpoint's host.
struct destination {
    std::string_view endpoint;
    std::string_view bucket;
    std::optional<std::string_view> region = {};
    std::optional<std::string_view> addressing = {};  // "path", "virtual" or "cname"
    // The scheme, host, port and base path in the URL instead of the endpoint's. The proxy or CDN
    // at that address must map them back.
    std::optional<std::string_view> public_endpoint = {};

    bool operator==(const destination&) const = default;
};

// 22023 for bad values and for a bucket that the endpoint has already; 0A000 for a host or bucket
// that accepts no presigned URL.
target resolve(const destination& where);

// 0A000 if the headers (canonical) of an upload have a precondition that the provider ignores.
void check_can_bind(const target& at, std::span<const sigv4::field> headers);

// 1 to 64 of [A-Za-z0-9_-], else 22023; `what` is "region" or "service".
void check_scope_part(std::string_view what, std::string_view value);

// An LRU cache of targets: a page of URLs parses its endpoint once.
class target_cache {
   public:
    // The target of `where`, valid until the next call.
    const target& get(const destination& where);

    // References that get() returned are valid while this number is the same.
    std::uint64_t additions() const { return entries_.additions(); }

   private:
    struct entry {
        std::string endpoint, bucket;
        std::optional<std::string> region, addressing, public_endpoint;
        target found;

        bool is_of(const destination& where) const {
            return destination{endpoint, bucket, region, addressing, public_endpoint} == where;
        }

        // Memory, about: `found` has parts of the destination, some of them encoded.
        std::size_t bytes() const {
            const std::size_t texts = endpoint.size() + bucket.size() +
                                      public_endpoint.value_or("").size() + found.region.size();
            return sizeof(entry) + 4 * texts;
        }
    };

    lru_cache<entry> entries_;
};

}  // namespace s3sign::s3
