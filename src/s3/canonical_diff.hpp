// The first difference between what a URL signs and what a server hashed.
#pragma once

#include <optional>
#include <string_view>

#include "s3/cause.hpp"

namespace s3sign::s3 {

// The first difference between two canonical requests; nothing where they differ in white space
// only.
std::optional<diagnosis> compare_canonical_requests(std::string_view ours, std::string_view theirs);

// The first difference between two strings to sign, the hash at their end aside.
std::optional<diagnosis> compare_strings_to_sign(std::string_view ours, std::string_view theirs);

}  // namespace s3sign::s3
