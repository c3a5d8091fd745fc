// A text redacted, and examples of it.
#pragma once

#include <gtest/gtest.h>

#include "redact/redact.hpp"
#include "support.hpp"

namespace s3sign::test {

inline std::string redacted(std::string_view text) {
    redact::pace p;
    return written(redact::redacted_size(text.size()),
                   [&](char* out) { return redact::put_redacted(out, text, p); });
}

// A name of each kind, and what may surround names and values.
inline constexpr std::string_view tokens[] = {
    "x-amz-signature",
    "signature",
    "WebIdentityToken",
    "secret_access_key",
    "secret",
    "--secret-key",
    "token",
    "policy",
    "StringToSign",
    "Authorization",
    "AWS",
    "value",
    "name=\"signature\"",
    "key",
    "=",
    "%3D",
    "=>",
    ":",
    ",",
    ";",
    " ",
    "%20",
    "\n",
    "%0A",
    "\\n",
    "\"",
    "\"\"",
    "'",
    "''",
    "$",
    "$$",
    "$a$",
    "$A$",
    "%24",
    "aB1",
    "%22",
    "\\\"",
    "\\",
    "%5C",
    "&quot;",
    "&",
    "&amp;",
    "amp;",
    "&#0",
    "\\u00",
    "\\u0026",
    "%",
    "%25",
    "<",
    ">",
    "</",
    "</a>",
    "<value>",
    "[",
    "]",
    "[]string{",
    "string(4) ",
    "://",
    "/",
    "@",
    "*",
    "***",
    "-",
    "eyJ",
    "AWS4-",
    "AWS a:",
    "Bearer ",
    "content-a:",
    "Signature:\n",
};

struct example {
    std::string before, after;
};

// As a query parameter has it; `*` stays as it is.
inline std::string percent_encoded(std::string_view text) {
    std::string result;
    for (const char c : text)
        result += c == '*' ? "*" : written(sigv4::encoded_size(1), [&](char* out) {
            return sigv4::uri_encode(out, {&c, 1});
        });
    return result;
}

inline std::string json_escaped(std::string_view text) {
    std::string result;
    for (const char c : text) {
        if (c == '\n' || c == '\r' || c == '\t') {
            result += {'\\', c == '\n' ? 'n' : c == '\r' ? 'r' : 't'};
            continue;
        }
        if (c == '"' || c == '\\') result += '\\';
        result += c;
    }
    return result;
}

inline void check(std::initializer_list<example> examples) {
    for (const example& e : examples) {
        EXPECT_EQ(redacted(e.before), e.after);
        EXPECT_EQ(redacted(e.after), e.after) << "not idempotent";
        EXPECT_EQ(redacted(percent_encoded(e.before)), percent_encoded(e.after));
        EXPECT_EQ(redacted(json_escaped(e.before)), json_escaped(e.after));
    }
}

}  // namespace s3sign::test
