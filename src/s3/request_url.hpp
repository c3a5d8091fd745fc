// A URL that a user wrote, read to be signed: each component decoded once and encoded again.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sigv4/request.hpp"

namespace s3sign::s3 {

class request_url {
   public:
    // 22023 where `text` is no URL of http or https, or one that can be read in two ways: with a
    // `+` in its query, a raw space, a character beyond ASCII, a fragment, a `%` without its two
    // digits. Likewise for a parameter that the signature sets. 0A000 for a host of S3's that
    // needs another signer. `further` are parameters that are added, given raw.
    request_url(std::string_view text, std::string_view service,
                std::span<const sigv4::field> further = {});

    const std::string& origin() const { return origin_; }            // «scheme://host[:port]»
    const std::string& host() const { return host_; }                // «host[:port]»
    const std::string& path() const { return path_; }                // as the URL shows it
    const std::string& signed_path() const { return signed_path_; }  // as it is signed
    const std::string& region() const { return region_; }            // of the host, or us-east-1
    std::span<const sigv4::field> query() const { return query_; }   // canonicalized

   private:
    void read_path(std::string_view path, bool of_s3);
    void read_query(std::string_view query, std::span<const sigv4::field> further);

    std::string origin_, host_, path_, signed_path_, region_;
    std::vector<char> text_;  // that the fields view
    std::vector<sigv4::field> query_;
};

}  // namespace s3sign::s3
