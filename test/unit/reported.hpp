// Errors as servers send them and people report them.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "refused.hpp"

namespace s3sign::test {

struct report {
    std::string_view source;
    std::string body;
    std::string_view cause;
    std::string_view theirs;
};

// The URL is right for the secret, so that the error decides.
inline void expect(const report& r) {
    const s3::diagnosis d = diagnose(url_of({}), r.body);
    EXPECT_EQ(d.cause, r.cause) << r.source;
    EXPECT_EQ(d.theirs, r.theirs) << r.source;
    EXPECT_TRUE(d.hint.ends_with('.')) << r.source;
}

inline std::string error(const std::string& code, const std::string& message,
                         const std::string& more = {}) {
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>" + code + "</Code><Message>" +
           message + "</Message>" + more + "</Error>";
}

inline const std::string no_match =
    "The request signature we calculated does not match the signature you provided. Check your "
    "key and signing method.";

}  // namespace s3sign::test
