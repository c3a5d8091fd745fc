#include "sigv4/signature.hpp"

#include <initializer_list>

#include <openssl/crypto.h>

#include "base/text.hpp"
#include "sigv4/encode.hpp"

namespace s3sign::sigv4 {
namespace {

// A digest that is wiped when it is destroyed.
struct secret_digest {
    digest value;
    ~secret_digest() { OPENSSL_cleanse(value.data(), value.size()); }
};

secret_digest derive(std::initializer_list<std::string_view> key, std::string_view message) {
    return {hmac_key(key).sign(message)};
}

hmac_key derive_signing_key(std::string_view secret, const scope& s) {
    const secret_digest date = derive({"AWS4", secret}, s.date);
    const secret_digest region = derive({bytes(date.value)}, s.region);
    const secret_digest service = derive({bytes(region.value)}, s.service);
    const secret_digest key = derive({bytes(service.value)}, scope_terminator);
    return hmac_key({bytes(key.value)});
}

}  // namespace

char* put_scope(char* out, const scope& s, std::string_view slash) {
    for (std::string_view part : {s.date, s.region, s.service}) out = put(put(out, part), slash);
    return put(out, scope_terminator);
}

char* put_string_to_sign_head(char* out, const timestamp& time, const scope& s) {
    for (std::string_view line : {algorithm, time.text()}) out = put(put(out, line), '\n');
    return put(put_scope(out, s), '\n');
}

char* put_string_to_sign(char* out, const timestamp& time, const scope& s,
                         const digest& canonical_request_hash) {
    return put_hex(put_string_to_sign_head(out, time, s), canonical_request_hash);
}

signing_key::signing_key(std::string_view secret, const scope& s)
    : date_(s.date), region_(s.region), service_(s.service), key_(derive_signing_key(secret, s)) {}

void signing_key::sign(const timestamp& time, std::span<const std::string_view> canonical_requests,
                       digest* signatures) {
    for (const std::string_view request : canonical_requests)
        *signatures++ = sign(time, sha256(request));
}

}  // namespace s3sign::sigv4
