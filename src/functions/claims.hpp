// The claims of a JSON Web Token, as PostgREST and others pass them: as JSON in the setting
// request.jwt.claims.
#pragma once

#include <span>
#include <string>

#include "functions/arguments.hpp"

namespace s3sign {

// The claim's value as jsonb has it, in the database's encoding: a string, or a number of at most
// 18 digits and nothing else. `path`: names of members, in UTF-8, from the outermost object on.
// Nothing if the setting is not visible or not JSON, or if the claim is absent or of another type.
// The setting is parsed once for each value it has.
optional_text find_claim(std::span<const std::string> path);

}  // namespace s3sign
