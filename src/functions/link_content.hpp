// The argument whose links are replaced: a text, or the strings of a jsonb document.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

#include "functions/arguments.hpp"
#include "functions/text_links.hpp"
#include "pg/datum.hpp"

namespace s3sign {

inline constexpr std::size_t largest_content = std::size_t{16} << 20;  // bytes

// Both constructors: 22023 for more than that.
class text_content {
   public:
    explicit text_content(std::string_view content);

    void find(text_links& links) const { links.find(content_); }
    text* replace(text_links& links, std::span<const std::string_view> replacements) const {
        return links.replace(content_, replacements);
    }

   private:
    std::string_view content_;
};

class json_content {
   public:
    explicit json_content(pg::jsonb document);

    void find(text_links& links) const;
    pg::jsonb replace(text_links& links, std::span<const std::string_view> replacements) const;

   private:
    pg::jsonb document_;
};

// Reads links to the objects of a bucket. See s3::link_reader.
s3::link_reader make_link_reader(const s3::server_options& server, const s3::target& target,
                                 std::string_view bucket, std::string_view key_prefix);

}  // namespace s3sign
