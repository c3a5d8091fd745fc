#include "s3/request_url.hpp"

#include <algorithm>

#include "base/ascii.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "s3/endpoint.hpp"
#include "s3/provider.hpp"
#include "sigv4/canonical.hpp"
#include "sigv4/encode.hpp"
#include "sigv4/encoded.hpp"
#include "sigv4/presign.hpp"
#include "sigv4/url.hpp"

namespace s3sign::s3 {
namespace {

// Writes the decoded text to `out` and moves `out` after it.
std::string_view decode(char*& out, std::string_view text) {
    char* const end = sigv4::percent_decode(out, text);
    if (end == nullptr) invalid("url has a \"%\" that two hexadecimal digits do not follow");
    const std::string_view raw = view(out, end);
    out = end;
    return raw;
}

// Decodes and encodes each segment of a path, so that %2F stays.
std::string encoded_anew(std::string_view path) {
    std::vector<char> raw(path.size());
    char* decoded = raw.data();
    return write_string(sigv4::encoded_size(path.size()), [&](char* out) {
        while (true) {
            out = sigv4::uri_encode(out, decode(decoded, take_until(path, '/')));
            if (path.empty()) return out;
            out = put(out, '/');
            path.remove_prefix(1);
        }
    });
}

}  // namespace

request_url::request_url(std::string_view text, std::string_view service,
                         std::span<const sigv4::field> further) {
    const auto parts = sigv4::split_url(text);
    if (!parts)
        invalid("url has no scheme and host", "A URL is http://host[:port]/path?query, or https.");
    if (!is_visible_ascii(text))
        invalid("url has a space, a control or a non-ASCII character", "Percent-encode it.");
    if (parts->has_fragment) invalid("url has a fragment", "A \"#\" in a name is written %23.");

    const endpoint e =
        parse_origin(std::string(parts->scheme) + "://" + std::string(parts->authority));
    const known_host known = find_provider(e.host);
    if (service == "s3" && known.refused != nullptr && !known.refused->any_request)
        refuse(*known.refused);
    if (service == "s3express")
        throw error(code::feature_not_supported, "service \"s3express\" is not supported",
                    "S3 Express needs a signer that s3sign does not have.");
    origin_ = e.origin();
    host_ = e.authority();
    region_ = known.region.empty() ? "us-east-1" : known.region;
    read_path(parts->path, sigv4::signs_as_s3(service));
    read_query(parts->query, further);
}

void request_url::read_path(std::string_view path, bool of_s3) {
    path_ = path.empty() ? "/" : encoded_anew(path);
    signed_path_ = of_s3 ? path_ : sigv4::encoded_path(sigv4::normalized_path(path_));
}

void request_url::read_query(std::string_view query, std::span<const sigv4::field> further) {
    if (query.find('+') != query.npos)
        invalid("url has a \"+\" in its query", "A space is written %20, a plus sign %2B.");
    std::vector<char> raw(query.size());
    std::size_t size = 0;
    for (char* out = raw.data(); !query.empty();) {
        const sigv4::field written = sigv4::take_parameter(query);
        const std::string_view name = decode(out, written.name);
        const std::string_view value = decode(out, written.value);
        if (name.empty() && value.empty()) continue;
        if (name.empty()) invalid("url has a parameter without a name");
        if (sigv4::is_signature_parameter(name))
            invalid("url has the parameter " + quoted(name) + ", which the signature sets",
                    "A URL that has been signed cannot be signed again.");
        if (query_.size() == sigv4::most_fields)
            invalid("url has over " + std::to_string(sigv4::most_fields) + " parameters");
        query_.push_back({name, value});
    }
    query_.insert(query_.end(), further.begin(), further.end());
    for (const sigv4::field& parameter : query_)
        size += sigv4::encoded_size(parameter.name.size() + parameter.value.size());
    text_.resize(size);
    sigv4::canonicalize_query(query_, text_.data());
}

}  // namespace s3sign::s3
