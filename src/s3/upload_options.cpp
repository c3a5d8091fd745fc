// The values of the server options "upload_headers", "content_types" and "max_bytes".
#include <algorithm>
#include <iterator>
#include <string>
#include <vector>

#include "base/ascii.hpp"
#include "base/error.hpp"
#include "base/json_reader.hpp"
#include "base/text.hpp"
#include "s3/header.hpp"
#include "s3/option_value.hpp"
#include "s3/upload_rules.hpp"
#include "sigv4/canonical.hpp"

namespace s3sign::s3 {
namespace {

using sigv4::field;

constexpr std::string_view upload_headers = "upload_headers";

// Both PutObject and CreateMultipartUpload have them: S3's API model. Without content-type, which
// each upload has for itself, and x-amz-server-side-encryption-customer-*: a server's options are
// public.
constexpr std::string_view settable[] = {
    "cache-control",
    "content-disposition",
    "content-encoding",
    "content-language",
    "expires",
    "x-amz-acl",
    "x-amz-expected-bucket-owner",
    "x-amz-grant-full-control",
    "x-amz-grant-read",
    "x-amz-grant-read-acp",
    "x-amz-grant-write-acp",
    "x-amz-object-lock-legal-hold",
    "x-amz-object-lock-mode",
    "x-amz-object-lock-retain-until-date",
    "x-amz-request-payer",
    "x-amz-server-side-encryption",
    "x-amz-server-side-encryption-aws-kms-key-id",
    "x-amz-server-side-encryption-bucket-key-enabled",
    "x-amz-server-side-encryption-context",
    "x-amz-storage-class",
    "x-amz-tagging",
    "x-amz-website-redirect-location",
};

[[noreturn]] void refuse_json() {
    bad_value(upload_headers, "is not a JSON object",
              "Write it as '{\"x-amz-server-side-encryption\": \"AES256\"}'.");
}

void check_name(std::string_view name) {
    constexpr std::string_view meta = "x-amz-meta-";
    const std::string header = to_lower(name);
    if (rule_of_header(name) != header_rule::free)
        bad_value(upload_headers,
                  "has a name that is not a header's, or of a header that cannot be "
                  "signed");
    if (header.starts_with("x-amz-server-side-encryption-customer-"))
        bad_value(upload_headers, "has a customer's encryption key",
                  "Every role can read the options of a server.");
    if (header == "content-type")
        bad_value(upload_headers, "has the header \"content-type\"",
                  "Use the option \"content_types\".");
    if (!contains(settable, header) && !(header.starts_with(meta) && header.size() > meta.size()))
        bad_value(upload_headers, "has the header " + quoted(name) + ", which not every upload has",
                  "It may have headers that PutObject and CreateMultipartUpload share.");
}

std::string_view read_scalar(json_reader& reader) {
    using kind = json_reader::kind;
    switch (reader.next_kind()) {
        case kind::string:
            return reader.read_string();
        case kind::number:
            return reader.read_number();
        case kind::boolean:
            return reader.read_boolean();
        case kind::null:
        case kind::object:
        case kind::array:
            break;
    }
    bad_value(upload_headers, "has a value that is not a string, a number or a boolean");
}

bool is_type(std::string_view text) {
    std::string_view name = text;
    const std::string_view type = take_item(name, '/');
    const auto is_token = [](std::string_view token) {
        return !token.empty() && std::ranges::all_of(token, is_token_character) &&
               !contains(token, "*");
    };
    return is_token(type) && (name == "*" || is_token(name));
}

}  // namespace

void read_upload_headers(upload_rules& to, std::string_view option, std::string_view value) {
    if (value.size() > 4096) bad_value(option, "is over 4096 bytes");
    std::string json(value);
    std::vector<field> headers;
    json_reader reader(json, refuse_json);
    if (reader.next_kind() != json_reader::kind::object) refuse_json();
    std::size_t bytes = 0;
    reader.read_object([&](std::string_view name) {
        check_name(name);
        const std::string_view text = read_scalar(reader);
        if (!is_header_value(text) || trimmed(text, " ").empty())
            bad_value(option,
                      "has a value that is empty or has a control or a non-ASCII character");
        bytes += name.size() + text.size() + 1;
        headers.push_back({name, text});
    });
    reader.expect_end();
    if (headers.empty()) bad_value(option, "is empty", "Leave it out for its default.");
    const std::size_t named = headers.size();
    std::string canonical(bytes, '\0');
    headers.resize(sigv4::canonicalize_headers(headers, canonical.data()));
    if (headers.size() != named) bad_value(option, "has a name twice");
    for (const field& h : headers)
        to.headers.push_back({std::string(h.name), std::string(h.value)});
}

void read_content_types(upload_rules& to, std::string_view option, std::string_view value) {
    for_each_name(option, value, [&](std::string_view type) {
        if (!is_type(type))
            bad_value(option, "has an entry that is not a content type",
                      "An entry is \"type/name\" without parameters, or \"type/*\" for any name.");
        to.content_types.push_back(to_lower(type));
    });
}

void read_max_bytes(upload_rules& to, std::string_view option, std::string_view value) {
    to.max_bytes = parse_size(option, value);
}

}  // namespace s3sign::s3
