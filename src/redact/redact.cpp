#include "redact/redact.hpp"

#include "base/text.hpp"

namespace s3sign::redact {
namespace {

// Calls keep(text) for what stays; a value to be hidden stands between two calls.
template <class Keep, class Hide>
void for_each_part(std::string_view text, Keep keep, Hide hide) {
    std::size_t kept = 0;
    for (std::size_t i = 0; i < text.size(); i++) {
        const range secret = find_secret(text, kept, i);
        if (secret.end <= secret.begin) continue;
        keep(text.substr(kept, secret.begin - kept));
        hide();
        kept = secret.end;
        i = secret.end - 1;
    }
    keep(text.substr(kept));
}

}  // namespace

std::size_t redacted_size(std::string_view text) {
    std::size_t size = 0;
    for_each_part(
        text, [&](std::string_view part) { size += part.size(); },
        [&] { size += redacted.size(); });
    return size;
}

char* put_redacted(char* out, std::string_view text) {
    for_each_part(
        text, [&](std::string_view part) { out = put(out, part); },
        [&] { out = put(out, redacted); });
    return out;
}

}  // namespace s3sign::redact
