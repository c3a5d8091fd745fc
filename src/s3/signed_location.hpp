// Maps a presigned URL back to the bucket and key of a foreign server.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

#include "s3/server_options.hpp"
#include "s3/target.hpp"
#include "sigv4/signed_url.hpp"

namespace s3sign::s3 {

// What the storage checks the signature of a URL for.
struct signed_location {
    std::string_view host;    // host[:port]
    std::string_view path;    // canonical
    std::string_view region;  // of the server

    bool operator==(const signed_location&) const = default;
};

class signed_locations {
   public:
    const signed_location* begin() const { return list_.data(); }
    const signed_location* end() const { return list_.data() + count_; }
    const signed_location& front() const { return list_.front(); }
    bool empty() const { return count_ == 0; }

    // Adds a location that is not in the list yet.
    void add(const signed_location& l) { list_[count_++] = l; }

   private:
    // Two addresses for each of the buckets that a URL may name, see find_signed_locations().
    static constexpr std::size_t most = 8;

    std::array<signed_location, most> list_;
    std::size_t count_ = 0;
};

// The locations of a server that a URL without fault may be for. A URL matches by scheme, host and
// base path of public_endpoint or of endpoint; there are several locations if a path of one can be
// read as a path of the other. `key_prefix` is the server's, with its placeholders filled in.
//
// Empty if scheme, host, base path or bucket are not the server's, if the limits do not cover
// the key, and for a request without a key other than a list below key_prefix. If the server has no
// bucket of its own, the URL must show it, which it does not if a public_endpoint hides a bucket in
// the host.
//
// The locations view `u` and memory that `allocate(size)` returns, which may throw.
signed_locations find_signed_locations(const server_options& server, std::string_view key_prefix,
                                       const sigv4::signed_url& u, std::string_view method,
                                       target_cache& targets, char* (*allocate)(std::size_t));

}  // namespace s3sign::s3
