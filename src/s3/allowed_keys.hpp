// The argument `allowed`: which keys a text may have signed.
#pragma once

#include <span>
#include <string_view>

namespace s3sign::s3 {

// Has no destructor: a PostgreSQL error may jump over it.
class allowed_keys {
   public:
    // Each element is a key, a prefix that ends in `/`, or `*` for every key. Sorts the elements,
    // which must outlive this.
    explicit allowed_keys(std::span<std::string_view> elements);

    // Reads as many elements as a binary search does.
    bool have(std::string_view key) const;

   private:
    bool all_;
    std::span<std::string_view> prefixes_;  // none begins with another
    std::span<std::string_view> keys_;
};

}  // namespace s3sign::s3
