// What the fuzzers share: splitting an input, and reporting an expectation that fails.
//
// A fuzzer is a file here with a function fuzz(), and a folder seeds/NAME of seeds.
// Buffers are as large as announced and on the heap, where AddressSanitizer watches their ends.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "sigv4/canonical.hpp"
#include "sigv4/encode.hpp"
#include "sigv4/request.hpp"

namespace s3sign::fuzz {

using sigv4::field;

// Texts with a NUL behind each.
class input {
   public:
    explicit input(std::string_view bytes) : rest_(bytes) {}

    bool is_empty() const { return rest_.empty(); }

    std::string next() {
        const std::size_t end = std::min(rest_.find('\0'), rest_.size());
        std::string text(rest_.substr(0, end));
        rest_.remove_prefix(std::min(end + 1, rest_.size()));
        return text;
    }

    std::string rest() {
        std::string text(rest_);
        rest_ = {};
        return text;
    }

   private:
    std::string_view rest_;
};

inline void require(bool good, std::string_view what, std::string_view seen = {},
                    std::string_view expected = {}) {
    if (good) return;
    std::fprintf(stderr, "failed: %.*s\nseen:     %.*s\nexpected: %.*s\n",
                 static_cast<int>(what.size()), what.data(), static_cast<int>(seen.size()),
                 seen.data(), static_cast<int>(expected.size()), expected.data());
    std::abort();
}

inline void same(std::string_view seen, std::string_view expected, std::string_view what) {
    require(seen == expected, what, seen, expected);
}

// True if `f` returns; false if it throws the library's error, the only exception that it may
// throw. The error's message must not be empty and must be visible ASCII.
template <class F>
bool accepted(F f) {
    try {
        f();
        return true;
    } catch (const error& e) {
        for (const std::string& text : {e.message, e.detail, e.hint})
            require(
                std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c <= '~'; }),
                "a message in visible ASCII", text);
        require(!e.message.empty() && !e.message.ends_with('.'), "a message", e.message);
        return false;
    }
}

// The output of `write`, in a buffer of exactly that size.
template <class Write>
std::string written(std::size_t size, Write write) {
    const std::unique_ptr<char[]> buffer(new char[size]);
    char* const end = write(buffer.get());
    const auto length = static_cast<std::size_t>(end - buffer.get());
    require(length <= size, "no more is written than announced");
    return {buffer.get(), length};
}

// Unicode 15.0, table 3-7: arguments are checked to be so.
inline bool is_utf8(std::string_view text) {
    while (!text.empty()) {
        const auto byte = [&](std::size_t i) {
            return i < text.size() ? static_cast<unsigned char>(text[i]) : 0u;
        };
        std::size_t size = 1;
        unsigned least = 0x80, most = 0xbf;
        const unsigned first = byte(0);
        if (first >= 0x80 && (first < 0xc2 || first > 0xf4)) return false;
        if (first >= 0xc2) size = first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
        if (first == 0xe0) least = 0xa0;
        if (first == 0xed) most = 0x9f;
        if (first == 0xf0) least = 0x90;
        if (first == 0xf4) most = 0x8f;
        if (size > 1 && (byte(1) < least || byte(1) > most)) return false;
        for (std::size_t i = 2; i < size; i++)
            if ((byte(i) & 0xc0) != 0x80) return false;
        text.remove_prefix(size);
    }
    return true;
}

inline std::size_t size_of(const std::vector<field>& list) {
    std::size_t size = 0;
    for (const field& f : list) size += f.name.size() + f.value.size();
    return size;
}

// Canonical fields, and the memory that they view.
struct fields {
    std::vector<field> list;
    std::unique_ptr<char[]> memory;
};

inline fields canonical_query(std::vector<field> list) {
    fields result{std::move(list), nullptr};
    result.memory.reset(new char[sigv4::encoded_size(size_of(result.list))]);
    sigv4::canonicalize_query(result.list, result.memory.get());
    return result;
}

inline fields canonical_headers(std::vector<field> list) {
    fields result{std::move(list), nullptr};
    result.memory.reset(new char[size_of(result.list) + result.list.size()]);
    result.list.resize(sigv4::canonicalize_headers(result.list, result.memory.get()));
    return result;
}

inline std::vector<field> view(const std::vector<std::pair<std::string, std::string>>& pairs) {
    std::vector<field> list;
    for (const auto& [name, value] : pairs) list.push_back({name, value});
    return list;
}

void fuzz(input bytes);

}  // namespace s3sign::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    s3sign::fuzz::fuzz(s3sign::fuzz::input({reinterpret_cast<const char*>(data), size}));
    return 0;
}
