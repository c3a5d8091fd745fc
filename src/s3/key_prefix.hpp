// The option "key_prefix" of a foreign server: constant text, or with placeholders such as
// `tenants/{claim:tenant}/`.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "s3/placeholder.hpp"

namespace s3sign::s3 {

class key_prefix {
   public:
    // A placeholder, and the constant text between it and the one before.
    struct part {
        std::string constant;
        placeholder value;
    };

    key_prefix() = default;

    // 22023 for a brace that is not part of a placeholder, for a placeholder that is not a whole
    // segment followed by `/`, and for `//` beside placeholders.
    explicit key_prefix(std::string_view text);

    bool is_constant() const { return parts_.empty(); }

    // The text after the last placeholder: all of a constant prefix.
    std::string_view rest() const { return rest_; }

    std::span<const part> parts() const { return parts_; }

   private:
    std::vector<part> parts_;
    std::string rest_;
};

}  // namespace s3sign::s3
