// Two canonical requests that should be one: where they part.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace s3sign::s3 {

// Why a presigned URL was refused, for people. `cause` is one of a fixed list (docs/debugging.md).
struct diagnosis {
    std::string cause;
    std::string ours;    // what the URL asks for; empty where nothing is to compare
    std::string theirs;  // what the server got or wants
    std::string hint;    // what to do, in sentences
};

// The first difference between the canonical request of a URL and that which the server hashed;
// nothing where they are the same.
std::optional<diagnosis> compare_canonical_requests(std::string_view ours, std::string_view theirs);

// Likewise of two strings to sign, but for the hash at their end.
std::optional<diagnosis> compare_strings_to_sign(std::string_view ours, std::string_view theirs);

}  // namespace s3sign::s3
