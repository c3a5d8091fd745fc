// Where a request goes: endpoint, bucket, region and addressing brought together.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/lru_cache.hpp"

namespace s3sign::s3 {

struct target {
    std::string origin;        // «scheme://host[:port]» as the URL shows it
    std::string host;          // «host[:port]» as it is signed
    std::string shown_prefix;  // what the URL shows for path_prefix
    std::string path_prefix;   // encoded, before «/key»; empty or beginning with `/`
    std::string region;
    bool bucket_in_path = false;  // path_prefix ends with the bucket
    bool has_forms = true;        // the provider takes POST forms
    bool can_create_only = true;  // and heeds «if-none-match: *» of a PUT
};

// What a user says of a target; `region` and `addressing` are read off the endpoint where absent.
struct destination {
    std::string_view endpoint;
    std::string_view bucket;
    std::optional<std::string_view> region = {};
    std::optional<std::string_view> addressing = {};  // «path», «virtual» or «cname»
    // A proxy or CDN in front: the URL shows its scheme, host, port and base path instead, and it
    // has to undo just that.
    std::optional<std::string_view> public_endpoint = {};

    bool operator==(const destination&) const = default;
};

// Throws 22023 for bad values, 0A000 for a host or bucket that needs another signer.
target resolve(const destination& where);

// 1 to 64 of [A-Za-z0-9_-], else 22023; `what` is «region» or «service».
void check_scope_part(std::string_view what, std::string_view value);

// An LRU cache of targets: a page of URLs parses its endpoint once.
class target_cache {
   public:
    // The target of `where`, valid until the next call.
    const target& get(const destination& where);

    // While it is the same, what get() has returned is valid.
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
