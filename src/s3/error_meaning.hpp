// What the code and the message of a server's error mean.
#pragma once

#include <string_view>

#include "s3/cause.hpp"
#include "s3/error_body.hpp"

namespace s3sign::s3 {

// A row of the table: a new provider's error is one line there.
struct error_meaning {
    std::string_view code;     // empty: any
    std::string_view message;  // a part of it, lower case; empty: any
    const cause& why;
};

// The first row that the error fits; null where there is none.
const error_meaning* find_meaning(const error_body& error);

// The text of the message that follows the row's part: the field or condition that it is about.
// The whole message if no text follows, or the code if there is no message.
std::string_view subject_of(const error_body& error, const error_meaning& row);

}  // namespace s3sign::s3
