// Where in a text a secret stands.
#pragma once

#include <cstddef>
#include <string_view>

namespace s3sign::redact {

// What stands for a secret that has been taken out.
inline constexpr std::string_view redacted = "***";

struct range {
    std::size_t begin = 0, end = 0;
};

// The secret whose name, scheme or `://` begins at `i`; empty where there is none. Of what stands
// before `i` only what follows `from` is looked at: where the last secret ended.
//
// What is found in a text is found in it redacted too, and nothing else: a rule that guesses
// takes no value with «***» in it, unless that is all.
range find_secret(std::string_view text, std::size_t from, std::size_t i);

}  // namespace s3sign::redact
