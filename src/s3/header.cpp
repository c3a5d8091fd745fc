#include "s3/header.hpp"

#include <algorithm>
#include <string>

#include "base/ascii.hpp"
#include "base/text.hpp"
#include "sigv4/presign.hpp"
#include "sigv4/query_value.hpp"
#include "sigv4/request.hpp"

namespace s3sign::s3 {
namespace {

constexpr std::string_view unsignable[] = {
    "accept-encoding", "authorization", "connection",      "expect", "from",    "host",
    "keep-alive",      "max-forwards",  "referer",         "te",     "trailer", "transfer-encoding",
    "upgrade",         "user-agent",    "x-amzn-trace-id",
};

}  // namespace

header_rule rule_of_header(std::string_view name) {
    if (name.empty() || !std::all_of(name.begin(), name.end(), is_token_character))
        return header_rule::malformed;
    const std::string lowered = to_lower(name);
    if (lowered == "x-amz-content-sha256") return header_rule::free;
    if (sigv4::is_signature_parameter(lowered)) return header_rule::of_signature;
    if (lowered.starts_with("proxy-") || lowered.starts_with("sec-") ||
        contains(unsignable, lowered))
        return header_rule::unsignable;
    return header_rule::free;
}

bool is_header_value(std::string_view value) {
    return std::all_of(value.begin(), value.end(), [](char c) { return c >= ' ' && c <= '~'; });
}

}  // namespace s3sign::s3
