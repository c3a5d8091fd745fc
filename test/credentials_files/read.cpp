// Reads credentials files for test/credentials/run. Each record of the input is a line with the
// sizes of profile and file, then the two; each line of the output is the SQLSTATE's class of an
// error, or id, secret and token in hexadecimal and the expiry.
#include <cstdio>
#include <iostream>
#include <string>

#include "base/error.hpp"
#include "s3/credentials.hpp"

namespace {

namespace code = s3sign::code;

std::string hex(std::string_view text) {
    std::string result = "x";
    char digits[3];
    for (const char c : text) {
        std::snprintf(digits, sizeof digits, "%02x", static_cast<unsigned char>(c));
        result += digits;
    }
    return result;
}

const char* name_of(const s3sign::sqlstate& c) {
    if (c == code::io_error) return "58030";
    if (c == code::undefined_object) return "42704";
    return c == code::invalid_parameter_value ? "22023" : "another error";
}

std::string describe(std::string file, const std::string& profile) {
    try {
        const auto c = s3sign::s3::read_credentials(file, profile);
        return hex(c.access_key_id) + " " + hex(c.secret_access_key) + " " + hex(c.session_token) +
               " " + (c.expires_at ? std::to_string(*c.expires_at) : "-");
    } catch (const s3sign::error& e) {
        return name_of(e.code);
    }
}

std::string take(std::size_t size) {
    std::string text(size, '\0');
    std::cin.read(text.data(), static_cast<std::streamsize>(size));
    return text;
}

}  // namespace

int main() {
    std::size_t profile_size, file_size;
    while (std::cin >> profile_size >> file_size) {
        std::cin.get();
        const std::string profile = take(profile_size);
        std::cout << describe(take(file_size), profile) << "\n";
    }
}
