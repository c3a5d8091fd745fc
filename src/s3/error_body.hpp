// The error in the body of an S3 server's answer.
// https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
#pragma once

#include <string>
#include <string_view>

namespace s3sign::s3 {

// The parts that tell why a request was refused; empty where the server does not say.
struct error_body {
    std::string code;
    std::string message;             // with Google's Details, white space collapsed
    bool is_text = false;            // the message is a client's, with the code somewhere in it
    std::string argument_name;       // the argument that InvalidArgument is about
    std::string region;              // of the server
    std::string endpoint;            // of the bucket
    std::string headers_not_signed;  // names, comma-separated
    std::string server_time;         // the server's clock
    std::string canonical_request;   // what the server hashed and signed
    std::string string_to_sign;

    bool is_empty() const { return code.empty() && (message.empty() || is_text); }
};

// A scanner, not a parser: the first of each element of XML, text only, in a document without a
// DTD; or the first of each string member of JSON, at any depth. Either may have been escaped for
// JSON or HTML, up to three times. `…Bytes` elements replace the text that they repeat. A text
// without markup is a client's report of the error: its beginning and end are read. Linear,
// whatever the text.
error_body parse_error_body(std::string_view text);

}  // namespace s3sign::s3
