// s3sign_diagnose: why a storage server refused a presigned URL.
#include <optional>
#include <string>
#include <string_view>
#include <tuple>

#include "functions/arguments.hpp"
#include "functions/named_call.hpp"
#include "functions/rebuilt_request.hpp"
#include "pg/encoding.hpp"
#include "pg/function.hpp"
#include "s3/diagnosis.hpp"

namespace s3sign {
namespace {

// As a row of SQL; nothing in it has a destructor.
struct texts {
    std::string_view cause, ours, theirs, hint;
};

texts texts_of(const s3::diagnosis& d) {
    return {copy(d.cause), copy(d.ours), copy(d.theirs), copy(d.hint)};
}

texts diagnose_url(sigv4::signed_url& u, std::string_view body, const verifier& c,
                   const client_request& sent) {
    if (u.algorithm && *u.algorithm != sigv4::algorithm)
        return {"algorithm", *u.algorithm, sigv4::algorithm,
                "The URL is signed by another algorithm than AWS4-HMAC-SHA256."};
    if (u.fault)
        return texts_of({"malformed URL",
                         std::string(u.fault.subject) + " " + std::string(u.fault.what), "",
                         "No server takes the URL: was it cut off or changed?"});
    const rebuilt_request r = rebuild_request(c, u, sent);
    sigv4::signing_key& key = key_of(c, u);
    return texts_of(s3::diagnose({u, r.request, r.canonical_request, r.string_to_sign},
                                 s3::parse_error_body(body), key, statement_time()));
}

// What a server says may be of any encoding.
optional_text shown(std::string_view text) {
    if (text.empty()) return std::nullopt;
    return pg::from_utf8(text);
}

std::tuple<optional_text, optional_text, optional_text, optional_text> diagnose(
    std::string_view url, std::string_view error_xml, optional_text server, optional_text secret,
    optional_text method, std::optional<pg::jsonb> headers) {
    const verifier c = read_verifier(server, secret, false);
    const client_request sent = read_client_request(method, headers);
    const std::string_view body = utf8("error_xml", error_xml);
    if (c.server) find_named_server(*c.server);
    sigv4::signed_url u = read_url(url);
    const texts t = diagnose_url(u, body, c, sent);
    return {shown(t.cause), shown(t.ours), shown(t.theirs), shown(t.hint)};
}

}  // namespace

PG_FUNCTION(s3sign_diagnose, diagnose)

}  // namespace s3sign
