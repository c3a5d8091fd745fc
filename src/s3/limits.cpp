#include "s3/limits.hpp"

#include <algorithm>
#include <string>

#include "base/ascii.hpp"
#include "base/error.hpp"

namespace s3sign::s3 {
namespace {

// Kept out of the checks, which run for each row: its strings would cost them a stack frame.
[[noreturn, gnu::noinline]] void throw_outside(std::string_view what, std::int64_t number,
                                               std::int64_t least, std::int64_t most,
                                               const char* unit = "") {
    invalid(std::string(what) + " " + std::to_string(number) + " is outside " +
            std::to_string(least) + ".." + std::to_string(most) + unit);
}

[[noreturn, gnu::noinline]] void throw_too_long(std::size_t bytes, std::string_view argument) {
    invalid(std::string(argument) + " has " + std::to_string(bytes) +
            " bytes in UTF-8, more than " + std::to_string(longest_key));
}

[[noreturn, gnu::noinline]] void throw_empty(std::string_view what) {
    invalid(std::string(what) + " is empty");
}

[[noreturn, gnu::noinline]] void throw_not_a_payload_line(std::string_view what) {
    invalid(std::string(what) + " is not a SHA-256 in lower-case hex",
            "\"UNSIGNED-PAYLOAD\" and values that begin with \"STREAMING-\" are also accepted.");
}

bool is_lower_hex_sha256(std::string_view text) {
    return text.size() == 64 &&
           std::ranges::all_of(text, [](char c) { return is_digit(c) || (c >= 'a' && c <= 'f'); });
}

// Without a branch for each byte, since it runs for each URL.
bool has_control(std::string_view text) {
    bool found = false;
    for (const char c : text) found |= static_cast<unsigned char>(c) < ' ' || c == 0x7f;
    return found;
}

[[noreturn, gnu::noinline]] void throw_too_long(std::string_view name, std::size_t longest) {
    invalid(std::string(name) + " is over " + std::to_string(longest) + " bytes");
}

[[noreturn, gnu::noinline]] void throw_bad_character(std::string_view name) {
    invalid(std::string(name) + " has a control character",
            "Often it is the line end of a file or of a copied text.");
}

void check_credential(std::string_view name, std::string_view value, std::size_t longest) {
    if (value.size() > longest) throw_too_long(name, longest);
    if (has_control(value)) throw_bad_character(name);
}

}  // namespace

// AWS: «object key … at most 1,024 bytes» of UTF-8.
std::string_view check_key_length(std::string_view key, std::string_view argument) {
    if (key.empty()) throw_empty(argument);
    if (key.size() > longest_key) throw_too_long(key.size(), argument);
    return key;
}

// AWS: «Part numbers … from 1 to 10,000, inclusive».
void check_part_number(std::string_view argument, std::int64_t number) {
    if (number < 1 || number > largest_part_number)
        throw_outside(argument, number, 1, largest_part_number);
}

// AWS: «returns up to 1,000 key names».
void check_max_keys(std::string_view argument, std::int32_t number) {
    if (number < 1 || number > largest_max_keys)
        throw_outside(argument, number, 1, largest_max_keys);
}

void check_duration(std::int64_t seconds, std::string_view argument) {
    if (seconds < sigv4::shortest_life || seconds > sigv4::longest_life)
        throw_outside(argument, seconds, sigv4::shortest_life, sigv4::longest_life, " seconds");
}

void check_preconditions(const operation& op, std::span<const sigv4::field> headers) {
    if (op.reads) return;
    const auto has_header = [&](std::string_view name) {
        return std::ranges::any_of(headers, [&](const sigv4::field& f) { return f.name == name; });
    };
    if (has_header("if-match") && has_header("if-none-match"))
        invalid("headers \"if-match\" and \"if-none-match\" exclude each other");
}

void check_sizes(std::span<const sigv4::field> headers) {
    for (const sigv4::field& header : headers) {
        if (header.name != "content-length" && header.name != "x-amz-mp-object-size") continue;
        const bool padded = header.value.size() > 1 && header.value.starts_with('0');
        if (!is_number(header.value) || padded)
            invalid("header " + quoted(header.name) + " is not a number of bytes");
    }
}

std::string_view check_payload_line(std::string_view what, std::string_view line) {
    if (line != sigv4::unsigned_payload && !line.starts_with("STREAMING-") &&
        !is_lower_hex_sha256(line))
        throw_not_a_payload_line(what);
    return line;
}

std::string_view find_payload_line(std::span<const sigv4::field> headers) {
    for (const sigv4::field& header : headers)
        if (header.name == "x-amz-content-sha256")
            return check_payload_line("header \"x-amz-content-sha256\"", header.value);
    return sigv4::unsigned_payload;
}

void check_key_part(std::string_view name, std::string_view value) {
    check_credential(name, value, longest_key_part);
}

void check_session_token(std::string_view name, std::string_view value) {
    check_credential(name, value, longest_session_token);
}

}  // namespace s3sign::s3
