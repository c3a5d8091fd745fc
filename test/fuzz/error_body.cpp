// The XML of a server's error: whatever it is, what is read comes out of it.
#include "s3/error_body.hpp"

#include "fuzz.hpp"

namespace s3sign::fuzz {

void fuzz(input bytes) {
    const std::string xml = bytes.rest();
    const s3::error_body body = s3::parse_error_body(xml);
    std::size_t size = 0;
    for (const std::string* text :
         {&body.code, &body.message, &body.region, &body.endpoint, &body.headers_not_signed,
          &body.expires, &body.server_time, &body.canonical_request, &body.string_to_sign}) {
        size += text->size();
        // Without markup and entities it stands there as it is.
        if (xml.find('&') == std::string::npos && xml.find("<!") == std::string::npos &&
            xml.find('\r') == std::string::npos)
            require(xml.find(*text) != std::string::npos, "a text of the document", *text, xml);
    }
    require(size <= xml.size(), "no more than the document");
    if (!xml.empty() && body.code == "SignatureDoesNotMatch")
        require(xml.find("Code") != std::string::npos, "an element of the code");
}

}  // namespace s3sign::fuzz
