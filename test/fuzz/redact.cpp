// Any text: redacted once, it stays; each byte is read a bounded number of times; and no signature
// of a URL in it is left, also if text and URL are escaped.
#include "redact/redact.hpp"

#include "fuzz.hpp"

namespace s3sign::fuzz {
namespace {

std::string redact(const std::string& text) {
    constexpr std::size_t most_steps = 40, in_small_texts = 1000;
    redact::pace p;
    const std::string result = written(redact::redacted_size(text.size()), [&](char* out) {
        return redact::put_redacted(out, text, p);
    });
    require(p.steps() <= most_steps * text.size() + in_small_texts, "linear", text);
    return result;
}

std::string percent_encoded(std::string_view text) {
    return written(sigv4::encoded_size(text.size()),
                   [&](char* out) { return sigv4::uri_encode(out, text); });
}

std::string json_escaped(std::string_view text) {
    std::string result;
    for (const char c : text) {
        if (c == '"' || c == '\\') result += '\\';
        if (c == '&')
            result += "\\u0026";
        else if (c == '\n')
            result += "\\n";
        else
            result += c;
    }
    return result;
}

}  // namespace

void fuzz(input bytes) {
    const std::string text = bytes.rest();
    const std::string once = redact(text);
    same(redact(once), once, "what has been redacted stays");

    const std::string signature(64, 'e');
    if (text.find(signature.substr(0, 32)) != std::string::npos) return;
    const std::string url = "https://h/k?X-Amz-Signature=" + signature + "&x-id=1";
    for (const std::string& with : {text + " " + url, url + " " + text, text + "\n" + url})
        for (const std::string& written : {with, percent_encoded(with), json_escaped(with)})
            require(redact(written).find(signature) == std::string::npos, "no signature is left",
                    written);
}

}  // namespace s3sign::fuzz
