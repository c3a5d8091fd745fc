// The body of a server's error: whatever it is, what is read comes out of it.
#include "s3/error_body.hpp"

#include "fuzz.hpp"
#include "s3/error_meaning.hpp"

namespace s3sign::fuzz {

void fuzz(input bytes) {
    const std::string text = bytes.rest();
    const s3::error_body body = s3::parse_error_body(text);
    const std::string* const parts[] = {
        &body.code,          &body.message,     &body.argument_name,      &body.region,
        &body.endpoint,      &body.server_time, &body.headers_not_signed, &body.canonical_request,
        &body.string_to_sign};
    const bool is_cut = body.is_text && body.message.find(" ... ") != std::string::npos;
    std::size_t size = 0;
    for (const std::string* const part : parts) {
        size += part->size();
        // A text that is not escaped, wrapped, in hex or of two elements is in the body as it is.
        if (!is_cut && text.find_first_of("&\\ \t\r\n") == std::string::npos &&
            text.find("Bytes") == std::string::npos && text.find("Details") == std::string::npos)
            require(text.find(*part) != std::string::npos, "a text of the body", *part, text);
    }
    // Text without a code is read twice: as XML, then as JSON or as a client's text. A space is
    // added before Details.
    require(size <= 2 * text.size() + 1, "no more than the body, twice");
    if (is_utf8(text) && text.find("Bytes") == std::string::npos)
        for (const std::string* const part : parts)
            require(is_utf8(*part), "UTF-8 of UTF-8", *part, text);
    const s3::error_meaning* const meaning = s3::find_meaning(body);
    if (meaning != nullptr)
        require(s3::subject_of(body, *meaning).size() <=
                    std::max(body.code.size(), body.message.size()),
                "a part of the message");
}

}  // namespace s3sign::fuzz
