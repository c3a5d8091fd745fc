// The option "log" of a named server: a line in the server's log for each request that is signed.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "functions/named_call.hpp"

namespace s3sign {

// Writes the line: «s3sign: » and a JSON object in ASCII. Bytes that are not text become U+FFFD.
// `signature` is in hex; the line has its first 16 digits, which find the request in the storage's
// log and cannot sign one. `expires_at`: absent for a request that is signed in its headers.
//
// May raise a server error, as any ereport() that runs out of memory or meets a query cancel: call
// it before the result leaves, in a frame without destructors.
void write_log_line(const named_call& call, const signing_context& context,
                    std::string_view signature, std::optional<std::int64_t> expires_at);

}  // namespace s3sign
