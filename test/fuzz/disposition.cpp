// The name of a download: nothing breaks out of the header, and what it says is the name.
#include "s3/disposition.hpp"

#include "fuzz.hpp"
#include "sigv4/url.hpp"

namespace s3sign::fuzz {

void fuzz(input bytes) {
    const std::string name = bytes.rest();
    if (!is_utf8(name)) return;
    const std::string header = s3::attachment(name);
    require(std::all_of(header.begin(), header.end(), [](char c) { return c >= ' ' && c <= '~'; }),
            "a header in visible ASCII", header);
    // RFC 6266: a quoted string without a quote or a backslash in it, then nothing or RFC 8187's
    const std::string begin = "attachment; filename=\"", further = "; filename*=UTF-8''";
    require(header.starts_with(begin), "a filename", header);
    const std::size_t quote = header.find('"', begin.size());
    require(quote != std::string::npos, "a filename's end", header);
    const std::string plain = header.substr(begin.size(), quote - begin.size());
    require(plain.find_first_of("\\/%") == std::string::npos, "a plain name", plain);
    const std::string rest = header.substr(quote + 1);
    if (rest.empty()) return;
    require(rest.starts_with(further), "an extended filename", rest);
    const std::string encoded = rest.substr(further.size());
    require(encoded.find_first_not_of(
                "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~%") ==
                std::string::npos,
            "an encoded name", encoded);
    const std::string decoded =
        written(encoded.size(), [&](char* out) { return sigv4::percent_decode(out, encoded); });
    require(decoded.find_first_of(std::string_view("/\\\r\n\0", 5)) == std::string::npos,
            "a name that is no path", decoded);
    require(decoded.size() <= name.size(), "no longer than the name", decoded, name);
}

}  // namespace s3sign::fuzz
