// The links in the texts of one call: first all of them are found, then replaced.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

#include "functions/distinct_texts.hpp"
#include "pg/datum.hpp"
#include "pg/list.hpp"
#include "pg/memory.hpp"
#include "s3/allowed_keys.hpp"
#include "s3/link_reader.hpp"

namespace s3sign {

// Has no destructor: a PostgreSQL error may jump over it. Nothing about a single link is an error.
class text_links {
   public:
    // The most links that are read, allowed or not. Those after them stay as they are. That each
    // counts lets a text whose links were replaced be read as the text before.
    static constexpr std::size_t most = 10000;

    text_links(const s3::link_reader& reader, const s3::allowed_keys& allowed)
        : reader_(reader), allowed_(allowed), work_(pg::allocate<char>(reader.work_size())) {}

    // Finds links to objects that are allowed, in a text of the database's encoding.
    void find(std::string_view content) noexcept;

    // The keys of the objects, each once, in UTF-8.
    std::span<const std::string_view> keys() const { return keys_.texts(); }

    bool empty() const { return links_.size() == 0; }

    // The text with each link replaced by the text, in ASCII, of the same number as its key. To be
    // called for all texts that find() was called for, in the same order.
    text* replace(std::string_view content,
                  std::span<const std::string_view> replacements) noexcept;

   private:
    struct link {
        std::size_t text;         // its number
        std::size_t begin, size;  // without the fragment, which stays
        std::size_t key;          // its number
        bool has_reference;       // to `&`: the text is HTML, where each is written so
    };

    void add(std::string_view content, std::string_view found);

    // The links of a text, which are next in the list.
    std::span<const link> take_links();

    const s3::link_reader& reader_;
    const s3::allowed_keys& allowed_;
    std::span<char> work_;
    pg::work_memory memory_;  // for texts in UTF-8
    distinct_texts keys_;
    pg::list<link> links_;
    std::size_t found_ = 0;           // links, also those that are not allowed
    std::size_t texts_ = 0;           // for which find() was called
    std::size_t replaced_texts_ = 0;  // for which replace() was called
    std::size_t replaced_ = 0;        // links of these
};

}  // namespace s3sign
