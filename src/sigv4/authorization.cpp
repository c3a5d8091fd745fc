#include "sigv4/authorization.hpp"

#include "base/text.hpp"
#include "sigv4/canonical.hpp"
#include "sigv4/encode.hpp"

namespace s3sign::sigv4 {

std::string authorization(const request& r, std::string_view identity, const timestamp& time,
                          signing_key& key) {
    const std::size_t size = canonical_request_size(r);
    const std::string canonical =
        write_string(size, [&](char* out) { return put_canonical_request(out, r); });
    const digest signature = key.sign(time, sha256(canonical));

    const scope s = key.bound_to();
    std::string value(algorithm);
    value.append(" Credential=").append(identity).append("/");
    value += write_string(scope_size(s), [&](char* out) { return put_scope(out, s); });
    value += ", SignedHeaders=";
    value += write_string(size, [&](char* out) { return put_signed_headers(out, r); });
    value += ", Signature=";
    value += write_string(2 * signature.size(), [&](char* out) { return put_hex(out, signature); });
    return value;
}

}  // namespace s3sign::sigv4
