// Presigned URLs of requests that differ in their paths only: what they share is encoded once, and
// several are hashed together.
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <string_view>

#include "sigv4/presign.hpp"

namespace s3sign::sigv4 {

// Has no destructor: a PostgreSQL error may jump over it.
class presign_batch {
   public:
    // The most URLs that are signed together.
    static constexpr std::size_t capacity = 32;

    // The bytes that the constructor needs for what the requests share.
    static std::size_t shared_size(const presign_request& r, const scope& s);

    // `r.path` is not used. The key must be bound to the date of `time`. `shared` and the
    // key must outlive the batch.
    presign_batch(char* shared, const presign_request& r, const timestamp& time, signing_key& key);

    // The bytes that sign() needs.
    std::size_t work_size(std::span<const std::string_view> paths) const;

    // Signs the requests of 0 to `capacity` paths, which are not encoded. The results are valid
    // while `work` is.
    void sign(std::span<const std::string_view> paths, char* work);

    // The URL of the last sign()'s path `i`, and its exact size.
    std::size_t url_size(std::size_t i) const;
    char* put_url(char* out, std::size_t i) const;

   private:
    timestamp time_;
    signing_key& key_;
    std::string_view url_head_, url_tail_;  // before the path, and from `?` to the signature
    std::string_view request_head_, request_tail_;  // of the canonical request

    std::array<std::string_view, capacity> paths_;  // encoded
    std::array<digest, capacity> signatures_;
};

}  // namespace s3sign::sigv4
