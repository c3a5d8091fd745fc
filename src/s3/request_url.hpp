// A URL from a user that is to be signed, with each component decoded and encoded again.
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
    // 22023 if `text` is not an http or https URL, is ambiguous (a `+` in the query, a space, a
    // non-ASCII character, a fragment, a `%` without two digits), has a parameter that SigV4
    // defines or more than most_fields. 0A000 for an S3 host that needs another signer. `further`
    // are parameters to add, not encoded.
    request_url(std::string_view text, std::string_view service,
                std::span<const sigv4::field> further = {});

    const std::string& origin() const { return origin_; }            // scheme://host[:port]
    const std::string& host() const { return host_; }                // host[:port]
    const std::string& path() const { return path_; }                // in the URL
    const std::string& signed_path() const { return signed_path_; }  // that is signed
    const std::string& region() const { return region_; }            // from the host, or us-east-1
    std::span<const sigv4::field> query() const { return query_; }   // canonicalized

   private:
    void read_path(std::string_view path, bool of_s3);
    void read_query(std::string_view query, std::span<const sigv4::field> further);

    std::string origin_, host_, path_, signed_path_, region_;
    std::vector<char> text_;  // viewed by query_
    std::vector<sigv4::field> query_;
};

}  // namespace s3sign::s3
