#include "sigv4/signature.hpp"

#include <openssl/crypto.h>

#include "sigv4/encode.hpp"

namespace s3sign::sigv4 {
namespace {

constexpr std::string_view terminator = "aws4_request";

// A digest that is wiped when it goes.
struct secret_digest {
    digest value;
    ~secret_digest() { OPENSSL_cleanse(value.data(), value.size()); }
};

secret_digest derive(std::initializer_list<std::string_view> key, std::string_view message) {
    return {hmac_key(key).sign(message)};
}

}  // namespace

char* put_scope(char* out, const scope& s, std::string_view slash) {
    for (std::string_view part : {s.date, s.region, s.service}) {
        out = put(out, part);
        out = put(out, slash);
    }
    return put(out, terminator);
}

char* put_string_to_sign(char* out, const timestamp& time, const scope& s,
                         const digest& canonical_request_hash) {
    out = put(out, algorithm);
    out = put(out, '\n');
    out = put(out, time.text());
    out = put(out, '\n');
    out = put_scope(out, s);
    out = put(out, '\n');
    return put_hex(out, canonical_request_hash.data(), canonical_request_hash.size());
}

hmac_key signing_key(std::string_view secret, const scope& s) {
    const secret_digest date = derive({"AWS4", secret}, s.date);
    const secret_digest region = derive({bytes(date.value)}, s.region);
    const secret_digest service = derive({bytes(region.value)}, s.service);
    const secret_digest key = derive({bytes(service.value)}, terminator);
    return hmac_key({bytes(key.value)});
}

char* put_signature(char* out, const hmac_key& signing_key, std::string_view string_to_sign) {
    const digest signature = signing_key.sign(string_to_sign);
    return put_hex(out, signature.data(), signature.size());
}

}  // namespace s3sign::sigv4
