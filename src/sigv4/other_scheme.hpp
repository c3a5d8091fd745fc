// Recognizes URLs that are signed with another scheme than SigV4.
#pragma once

#include <span>
#include <string_view>

#include "sigv4/request.hpp"

namespace s3sign::sigv4 {

// The name of the scheme that defines the decoded parameters of a query; empty if none is known.
// Does not look for SigV4's parameters.
std::string_view find_other_scheme(std::span<const field> query);

}  // namespace s3sign::sigv4
