// Reads what object of a server a link names.
//
// Two steps, because the path of a link is in the encoding of its text and a key is in UTF-8.
// Neither throws, and nothing here has a destructor.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

#include "s3/server_options.hpp"
#include "s3/target.hpp"

namespace s3sign::s3 {

// A link to a server's bucket, perhaps.
struct addressed_link {
    std::string_view path;       // not decoded, in the encoding of the text
    std::size_t size = 0;        // of the link without its fragment
    bool has_reference = false;  // to `&`: the link is part of HTML, and so is its fragment
    unsigned addresses = 0;      // a bit for each
};

class link_reader {
   public:
    // The bytes that the constructor needs.
    static std::size_t memory_size(const target& t, std::string_view bucket);

    // Links are `s3://bucket/...`, and URLs of the public_endpoint and of the endpoint as `t` has
    // them, the bucket's target. `key_prefix` is the server's, with its placeholders filled in.
    // Everything must outlive the reader.
    link_reader(const server_options& server, const target& t, std::string_view bucket,
                std::string_view key_prefix, char* memory);

    // The bytes that find() and key_of() need.
    std::size_t work_size() const;

    // `link` is one that link_scanner finds. Nothing if scheme or host is not the server's, and for
    // a query that a presigned URL for a download does not have. Parameters that it may have are
    // those of SigV4, of the option log_user, `x-id` and `response-...`; `s3://` has none.
    std::optional<addressed_link> find(std::string_view link, char* work) const;

    // The key, in `work`. `path` is the link's in UTF-8. `%XX` is decoded once; a `%` that two
    // digits do not follow is itself. Nothing if the path does not begin as the server's does, and
    // for a key that s3sign_get() refuses: one that is too long, not UTF-8 or that the limits
    // do not allow.
    std::optional<std::string_view> key_of(const addressed_link& link, std::string_view path,
                                           char* work) const;

   private:
    struct entry {
        std::string_view scheme, host;
        std::string_view prefix;  // decoded, with the slash after it
    };

    bool is_query_of_download(std::string_view query, char* work) const;
    bool is_valid_key(std::string_view key) const;

    std::array<entry, 3> addresses_;
    std::string_view user_parameter_;  // of log_user; empty if there is none
    std::string_view key_prefix_;
};

// Writes `s3://BUCKET/KEY`, which link_scanner and link_reader read as this key whatever follows.
// Everything is percent-encoded except unreserved characters and `/`; a `.`, `_` or `~` at the end
// of the key is encoded too, since it would not be part of the link.
std::size_t object_link_size(std::string_view bucket, std::string_view key);
char* put_object_link(char* out, std::string_view bucket, std::string_view key);

}  // namespace s3sign::s3
