// The signer beside the reference: method, host, prefix, key, identity, secret, token, region,
// service and a time, then parameters; headers behind an empty name.
#include "sigv4/presign.hpp"

#include "../unit/reference.hpp"
#include "base/ascii.hpp"
#include "fuzz.hpp"
#include "sigv4/signature.hpp"

namespace s3sign::fuzz {

void fuzz(input bytes) {
    reference::request r{.method = bytes.next(),
                         .origin = "https://shown.example",
                         .host = bytes.next(),
                         .shown_prefix = "",
                         .path_prefix = bytes.next(),
                         .path = bytes.next(),
                         .query = {},
                         .headers = {},
                         .payload = "UNSIGNED-PAYLOAD",
                         .identity = bytes.next(),
                         .secret = bytes.next(),
                         .session_token = bytes.next(),
                         .region = bytes.next(),
                         .service = bytes.next(),
                         .time = {},
                         .expires = {}};
    r.shown_prefix = r.path_prefix;
    for (std::string* part : {&r.region, &r.service})  // as check_scope_part() has them
        std::erase_if(*part, [](char c) { return !is_alphanumeric(c) && c != '_' && c != '-'; });
    // a number of any length: within the times and lives that there are
    const auto number = std::strtoull(bytes.next().c_str(), nullptr, 10);
    const auto seconds = static_cast<std::int64_t>(
        number % static_cast<std::uint64_t>(sigv4::latest_time - sigv4::earliest_time + 1));
    const sigv4::timestamp time(sigv4::earliest_time + seconds);
    const std::int64_t expires = 1 + static_cast<std::int64_t>(number % 604800);
    r.time = time.text();
    r.expires = std::to_string(expires);
    while (!bytes.is_empty()) {
        const std::string name = bytes.next();
        if (name.empty()) break;
        if (!sigv4::is_signature_parameter(name)) r.query.emplace_back(name, bytes.next());
    }
    while (!bytes.is_empty()) {
        std::string name, value;
        // as arguments are checked to be: tokens in lower case, trimmed values
        for (const char c : bytes.next())
            if ((c >= 'a' && c <= 'z') || c == '-' || c == '%') name += c;
        for (const char c : bytes.next())
            if (c > ' ' && c <= '~') value += c;
        if (!name.empty() && name != "host") r.headers[name] = value;
    }

    const fields query = canonical_query(view(r.query));
    const fields headers = canonical_headers(view({r.headers.begin(), r.headers.end()}));
    const sigv4::presign_request request{.method = r.method,
                                         .origin = r.origin,
                                         .host = r.host,
                                         .shown_prefix = r.shown_prefix,
                                         .path_prefix = r.path_prefix,
                                         .path = r.path,
                                         .query = query.list,
                                         .headers = headers.list,
                                         .payload = r.payload,
                                         .identity = r.identity,
                                         .session_token = r.session_token,
                                         .expires = expires};
    sigv4::signing_key key(r.secret, {time.date(), r.region, r.service});
    const std::size_t size = sigv4::presigned_url_size(request, key.bound_to());
    // A key signs again: once with its heads to be made, once with them at hand.
    for (int i = 0; i < 2; i++)
        same(written(size,
                     [&](char* out) {
                         return sigv4::write_presigned_url({out, size}, request, time, key);
                     }),
             reference::presigned(r), "presign");
}

}  // namespace s3sign::fuzz
