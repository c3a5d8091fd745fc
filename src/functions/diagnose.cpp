// s3sign_diagnose: why a storage server refused a presigned URL.
#include <string>
#include <string_view>
#include <tuple>

#include "functions/arguments.hpp"
#include "functions/rebuilt_request.hpp"
#include "functions/results.hpp"
#include "functions/signing.hpp"
#include "pg/encoding.hpp"
#include "pg/function.hpp"
#include "s3/diagnosis.hpp"

namespace s3sign {
namespace {

// s3::diagnosis without destructors.
struct diagnosis_texts {
    std::string_view cause, ours, theirs, hint;
};

diagnosis_texts texts_of(const s3::diagnosis& d) {
    return {copy(d.cause), copy(d.ours), copy(d.theirs), copy(d.hint)};
}

// Apart from diagnose(), whose frame may hold nothing with a destructor.
diagnosis_texts malformed(const sigv4::fault& fault) {
    return texts_of({"malformed URL", std::string(fault.subject) + " " + std::string(fault.what),
                     "", "No server takes the URL: was it cut off or changed?"});
}

diagnosis_texts compare(const sigv4::signed_url& u, const rebuilt_request& r,
                        std::string_view error_xml, sigv4::signing_key& key) {
    return texts_of(s3::diagnose({u, r.request, r.canonical_request, r.string_to_sign},
                                 s3::parse_error_body(error_xml), key, statement_time()));
}

diagnosis_texts diagnose_url(std::string_view url, std::string_view error_xml, verifier& v,
                             const client_request& c) {
    sigv4::signed_url u = read_url(url);
    if (u.algorithm && *u.algorithm != sigv4::algorithm)
        return {"algorithm", *u.algorithm, sigv4::algorithm,
                "The URL is signed by another algorithm than AWS4-HMAC-SHA256."};
    if (u.fault) return malformed(u.fault);
    bind_to_url(v, u, c.method);
    return compare(u, rebuild_request(v, u, c), error_xml, *v.key);
}

// NULL if empty, or if the database's encoding cannot hold what a server said.
optional_text column(std::string_view text) {
    if (text.empty()) return std::nullopt;
    return pg::from_utf8(text);
}

std::tuple<optional_text, optional_text, optional_text, optional_text> diagnose(
    std::string_view url, std::string_view error_xml, optional_text server, optional_text secret,
    optional_text method, optional_json headers) {
    const client_request c = read_client_request(method, headers);
    const std::string_view body = utf8("error_xml", error_xml);
    verifier v = find_verifier(server, secret, true);
    const diagnosis_texts d = diagnose_url(url, body, v, c);
    return {column(d.cause), column(d.ours), column(d.theirs), column(d.hint)};
}

}  // namespace

PG_FUNCTION(s3sign_diagnose, diagnose)

}  // namespace s3sign
