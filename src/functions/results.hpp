// Making texts and jsonb, in palloc'd memory.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/text.hpp"
#include "pg/datum.hpp"
#include "pg/memory.hpp"
#include "sigv4/hash.hpp"

namespace s3sign {

// What the writer `write(char*)` writes into room for `size` bytes (see base/text.hpp).
template <class Write>
std::string_view write_text(std::size_t size, Write write) {
    char* const text = pg::allocate<char>(size).data();
    return view(text, write(text));
}

// A decimal number; `number` is not negative.
std::string_view decimal(std::int64_t number);

// Lower-case base16.
std::string_view hex(const sigv4::digest& d);

// A copy of a C++ string. The one function here that frames with destructors may call.
std::string_view copy(const std::string& text);

// JSON in UTF-8 as jsonb; 22021 if the database's encoding cannot hold it.
pg::jsonb to_jsonb(std::string_view json);

}  // namespace s3sign
