// What the unit tests share.
#pragma once

#include <gtest/gtest.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "sigv4/canonical.hpp"
#include "sigv4/encode.hpp"
#include "sigv4/presign.hpp"
#include "sigv4/request.hpp"
#include "sigv4/signature.hpp"

namespace s3sign::test {

using sigv4::field;

// What `write` writes to a buffer of `size` bytes; the bytes behind the buffer must stay.
template <class Write>
std::string written(std::size_t size, Write write) {
    constexpr std::size_t guard = 64;
    std::string buffer(size + guard, '\xA5');
    char* const end = write(buffer.data());
    const auto length = static_cast<std::size_t>(end - buffer.data());
    EXPECT_LE(length, size) << "more was written than announced";
    EXPECT_EQ(buffer.substr(size), std::string(guard, '\xA5')) << "the buffer was too small";
    buffer.resize(length);
    return buffer;
}

inline std::string hex(std::string_view bytes) {
    return written(2 * bytes.size(), [&](char* out) {
        const auto* data = reinterpret_cast<const unsigned char*>(bytes.data());
        return sigv4::put_hex(out, {data, bytes.size()});
    });
}

inline std::string hex(const sigv4::digest& d) { return hex(sigv4::bytes(d)); }

inline std::string unhex(std::string_view text) {
    std::string bytes;
    for (std::size_t i = 0; i + 1 < text.size(); i += 2)
        bytes += static_cast<char>(std::stoi(std::string(text.substr(i, 2)), nullptr, 16));
    return bytes;
}

// Canonical fields, and the memory that they view.
struct fields {
    std::vector<field> list;
    std::vector<char> memory;  // that `list` points into: a short string would move with its owner
};

inline std::size_t size_of(const std::vector<field>& list) {
    std::size_t size = 0;
    for (const field& f : list) size += f.name.size() + f.value.size();
    return size;
}

inline fields canonical_query(std::vector<field> list) {
    fields result{std::move(list), {}};
    result.memory.resize(sigv4::encoded_size(size_of(result.list)) + 1);
    sigv4::canonicalize_query(result.list, result.memory.data());
    return result;
}

inline fields canonical_headers(std::vector<field> list) {
    fields result{std::move(list), {}};
    result.memory.resize(size_of(result.list) + result.list.size() + 1);
    result.list.resize(sigv4::canonicalize_headers(result.list, result.memory.data()));
    return result;
}

inline std::string presigned(const sigv4::presign_request& r, const sigv4::timestamp& time,
                             sigv4::signing_key key) {
    const std::size_t size = sigv4::presigned_url_size(r, key.bound_to());
    return written(size, [&](char* out) {
        return sigv4::write_presigned_url({out, size}, r, time, key);
    });
}

// The signature of a presigned URL: its last 64 bytes.
inline std::string signature_of(std::string_view url) {
    return std::string(url.substr(url.size() - std::min<std::size_t>(url.size(), 64)));
}

// What `f` throws, if that is an error of the library.
template <class F>
std::optional<error> error_of(F f) {
    try {
        f();
    } catch (const error& e) {
        return e;
    }
    return std::nullopt;
}

// Whether `f` is refused with the code, by a message that has `word` in it.
template <class F>
testing::AssertionResult refuses(sqlstate code, std::string_view word, F f) {
    const auto e = error_of(f);
    if (!e) return testing::AssertionFailure() << "was allowed";
    if (e->code != code) return testing::AssertionFailure() << "another code: " << e->message;
    if (e->message.find(word) == std::string::npos)
        return testing::AssertionFailure() << "names something else: " << e->message;
    return testing::AssertionSuccess();
}

// The credentials of AWS's documentation.
inline constexpr std::string_view example_identity = "AKIAIOSFODNN7EXAMPLE";
inline constexpr std::string_view example_secret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";

// 2013-05-24T00:00:00Z
inline constexpr std::int64_t example_time = 1369353600;

}  // namespace s3sign::test
