// The XML body of an S3 server's error.
// https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
#pragma once

#include <string>
#include <string_view>

namespace s3sign::s3 {

// What of it tells why a presigned URL was refused; empty where the server does not say.
struct error_body {
    std::string code;
    std::string message;
    std::string region;              // that the server is in
    std::string endpoint;            // that the bucket is at
    std::string headers_not_signed;  // names, comma-separated
    std::string expires;             // when the URL died
    std::string server_time;         // the server's clock
    std::string canonical_request;   // what the server hashed and signed
    std::string string_to_sign;
};

// A scanner for these elements, not an XML parser: the first of each name, text only, the five
// entities of XML itself and references to characters of ASCII; a document with a DTD is none.
// Linear, whatever the text.
error_body parse_error_body(std::string_view xml);

}  // namespace s3sign::s3
