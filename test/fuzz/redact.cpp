// A text for a log: redacted once, it stays; and no signature of a URL in it is left.
#include "redact/redact.hpp"

#include "fuzz.hpp"

namespace s3sign::fuzz {
namespace {

std::string redact(const std::string& text) {
    const std::size_t size = redact::redacted_size(text);
    const std::string result =
        written(size, [&](char* out) { return redact::put_redacted(out, text); });
    require(result.size() == size, "as long as announced", result);
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
        require(redact(with).find(signature) == std::string::npos, "no signature is left", with);
}

}  // namespace s3sign::fuzz
