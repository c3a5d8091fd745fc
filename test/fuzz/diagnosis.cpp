// A URL, a method and headers, and the body of the error: a diagnosis, which never shows the
// signature that would have been right.
#include "s3/diagnosis.hpp"

#include "../unit/reference.hpp"
#include "fuzz.hpp"
#include "sigv4/verify.hpp"

namespace s3sign::fuzz {
namespace {

// Of seeds/diagnosis: the secret of AWS's documentation.
constexpr std::string_view secret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
constexpr std::int64_t now = 1369353660;

std::string hex(const sigv4::digest& d) {
    return written(2 * d.size(), [&](char* out) { return sigv4::put_hex(out, d); });
}

void check(const s3::diagnosis& d) {
    require(!d.cause.empty(), "a cause");
    require(d.hint.ends_with('.'), "a hint", d.hint);
}

// The body with what a server that received the URL shows in place of «{request}» and «{string}».
std::string body_of(std::string body, const std::string& canonical, const std::string& to_sign) {
    const auto replace = [&](std::string_view mark, const std::string& text) {
        const std::size_t at = body.find(mark);
        if (at != std::string::npos) body.replace(at, mark.size(), text);
    };
    replace("{request}", canonical);
    replace("{string}", to_sign);
    return body;
}

}  // namespace

void fuzz(input bytes) {
    const std::string text = bytes.next();
    const std::string method = bytes.next();
    const std::string raw_body = bytes.next();
    reference::pairs pairs;
    while (!bytes.is_empty()) {
        const std::string name = bytes.next();
        pairs.emplace_back(name, bytes.next());
    }

    const std::size_t count = sigv4::count_parameters(text);
    const std::unique_ptr<field[]> room(new field[count]);
    const std::unique_ptr<char[]> memory(new char[text.size()]);
    sigv4::signed_url url = sigv4::read_signed_url(text, {room.get(), count}, memory.get());
    if (const auto d = s3::diagnose_unsigned(url, s3::parse_error_body(raw_body), now)) {
        check(*d);
        return;
    }
    require(!url.fault, "a URL without fault", text);

    const fields headers = canonical_headers(view(pairs));
    const std::unique_ptr<char[]> work(new char[sigv4::rebuild_size(url)]);
    const sigv4::request request = sigv4::rebuild(url, method, headers.list, work.get());
    const std::string canonical =
        written(sigv4::rebuilt_canonical_request_size(url, request),
                [&](char* out) { return sigv4::put_rebuilt_canonical_request(out, url, request); });
    const sigv4::scope scope{*url.date, *url.region, *url.service};
    const sigv4::timestamp time(*url.signed_at);
    const sigv4::digest hash = sigv4::sha256(canonical);
    const std::string to_sign = written(sigv4::string_to_sign_size(scope), [&](char* out) {
        return sigv4::put_string_to_sign(out, time, scope, hash);
    });
    const std::string body = body_of(raw_body, canonical, to_sign);
    sigv4::signing_key key(secret, scope);
    const s3::diagnosis d =
        s3::diagnose({url, request, canonical, to_sign}, s3::parse_error_body(body), key, now);
    check(d);
    const std::string right = hex(key.sign(time, hash));
    if (body.find(right) == std::string::npos && text.find(right) == std::string::npos)
        for (const std::string& shown : {d.cause, d.ours, d.theirs, d.hint})
            require(shown.find(right) == std::string::npos, "no signature", shown);
}

}  // namespace s3sign::fuzz
