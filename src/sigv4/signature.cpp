#include "sigv4/signature.hpp"

#include <algorithm>
#include <initializer_list>

#include <openssl/crypto.h>

#include "base/error.hpp"
#include "base/text.hpp"
#include "sigv4/encode.hpp"
#include "sigv4/lane_count.hpp"

namespace s3sign::sigv4 {

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

// A digest that is wiped when it is destroyed.
struct signing_key::secret_digest {
    digest value;
    ~secret_digest() { OPENSSL_cleanse(value.data(), value.size()); }
};

signing_key::secret_digest signing_key::derive(std::string_view secret, const scope& s) {
    const auto hmac = [](std::initializer_list<std::string_view> key, std::string_view message) {
        return secret_digest{hmac_key(key).sign(message)};
    };
    const secret_digest date = hmac({"AWS4", secret}, s.date);
    const secret_digest region = hmac({bytes(date.value)}, s.region);
    const secret_digest service = hmac({bytes(region.value)}, s.service);
    return hmac({bytes(service.value)}, scope_terminator);
}

signing_key::signing_key(std::string_view secret, const scope& s)
    : signing_key(derive(secret, s), s) {}

signing_key::signing_key(const secret_digest& key, const scope& s)
    : date_(s.date), region_(s.region), service_(s.service), key_({bytes(key.value)}) {
    if (lane_count() != 0) lanes_.emplace(key.value);
}

void signing_key::sign(const timestamp& time, std::span<const std::string_view> canonical_requests,
                       digest* signatures) {
    while (lanes_ && lane_count() != 0 && canonical_requests.size() >= lane_signer::fewest) {
        const auto some =
            canonical_requests.first(std::min(lane_count(), canonical_requests.size()));
        lanes_->sign(lane_count(), bound_to(), time, some, signatures);
        check_lanes(time, some, signatures);
        canonical_requests = canonical_requests.subspan(some.size());
        signatures += some.size();
    }
    for (const std::string_view request : canonical_requests)
        *signatures++ = sign(time, sha256(request));
}

void signing_key::check_lanes(const timestamp& time,
                              std::span<const std::string_view> canonical_requests,
                              const digest* signatures) {
    static constinit bool checked = false;
    if (checked) return;
    for (const std::string_view request : canonical_requests) {
        if (*signatures++ == sign(time, sha256(request))) continue;
        set_lane_count(0);
        throw error(code::internal_error, "vector instructions compute a wrong SHA-256",
                    "Report this with the model of the processor. The session does not use these "
                    "instructions again.");
    }
    checked = true;
}

}  // namespace s3sign::sigv4
