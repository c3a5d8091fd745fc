// A text redacted, and examples of it.
#pragma once

#include <gtest/gtest.h>

#include "redact/redact.hpp"
#include "support.hpp"

namespace s3sign::test {

inline std::string redacted(std::string_view text) {
    return written(redact::redacted_size(text),
                   [&](char* out) { return redact::put_redacted(out, text); });
}

struct example {
    std::string_view before, after;
};

inline void check(std::initializer_list<example> examples) {
    for (const example& e : examples) {
        EXPECT_EQ(redacted(e.before), e.after);
        EXPECT_EQ(redacted(e.after), e.after) << "not idempotent";
    }
}

}  // namespace s3sign::test
