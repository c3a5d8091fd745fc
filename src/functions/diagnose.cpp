// s3sign_diagnose: why a storage server refused a presigned URL.
#include <optional>
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

// Both parse the error: apart from diagnose_url(), whose frame may hold nothing with a destructor.
std::optional<diagnosis_texts> diagnose_unsigned(const sigv4::signed_url& u,
                                                 std::string_view error_xml) {
    const auto d = s3::diagnose_unsigned(u, s3::parse_error_body(error_xml), statement_time());
    if (!d) return std::nullopt;
    return texts_of(*d);
}

diagnosis_texts diagnose_signed(const sigv4::signed_url& u, const rebuilt_request& r,
                                std::string_view error_xml, sigv4::signing_key& key) {
    return texts_of(s3::diagnose({u, r.request, r.canonical_request, r.string_to_sign},
                                 s3::parse_error_body(error_xml), key, statement_time()));
}

diagnosis_texts diagnose_url(std::string_view url, std::string_view error_xml, verifier& v,
                             const client_request& c) {
    sigv4::signed_url u = read_url(url);
    if (const auto found = diagnose_unsigned(u, error_xml)) return *found;
    bind_to_url(v, u, c.method);
    // In this order: rebuild_request() may move the key into the cache.
    const rebuilt_request r = rebuild_request(v, u, c);
    return diagnose_signed(u, r, error_xml, *v.key);
}

// NULL if empty. The database's encoding may not hold what a server said.
optional_text column(std::string_view text) {
    if (text.empty()) return std::nullopt;
    return pg::from_utf8_escaped(text);
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
