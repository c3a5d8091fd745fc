// The causes of a refused URL, each with the hint that goes with it.
#pragma once

#include <string>
#include <string_view>

namespace s3sign::s3 {

// Why a presigned URL or a form was refused, as text for people.
struct diagnosis {
    std::string cause;   // a name from the list below, see docs/debugging.md
    std::string ours;    // what the URL says; empty if nothing is compared
    std::string theirs;  // what the server received or expects
    std::string hint;    // what to do, in full sentences
};

struct cause {
    std::string_view name;
    std::string_view hint;
};

inline diagnosis because(const cause& c, std::string ours = {}, std::string theirs = {}) {
    return {std::string(c.name), std::move(ours), std::move(theirs), std::string(c.hint)};
}

namespace causes {

// --- the URL -------------------------------------------------------------------------------------

inline constexpr cause malformed_url{
    "malformed URL",
    "No server accepts the URL: it was cut off or changed, or it is not a presigned URL."};
inline constexpr cause algorithm{
    "algorithm", "Sign with Signature Version 4 (AWS4-HMAC-SHA256), and use the URL unchanged."};
inline constexpr cause duration{"duration", "The server does not allow a URL to live that long."};

// --- the request ---------------------------------------------------------------------------------

inline constexpr cause other_method{
    "other method",
    "A URL is valid for one method: sign it for the method that the client uses. A redirect, a "
    "preflight and a HEAD before a GET are requests of their own."};
inline constexpr cause key_encoded_twice{
    "key encoded twice",
    "The URL was percent-encoded again after it was signed. Use it as it is, without encodeURI() "
    "or similar functions, and sign keys as they are stored."};
inline constexpr cause key_not_encoded{
    "key not encoded",
    "One side decoded the path or did not encode it: sign the encoded path, and make client and "
    "proxy pass it on unchanged."};
inline constexpr cause key_encoded_as_form{
    "key encoded as a form", "A space in a path is %20; \"+\" means a space in form data only."};
inline constexpr cause path_normalised{
    "path normalised",
    "A client or proxy resolved \"//\", \"/./\" or \"/../\", or added or removed a slash at the "
    "end: turn that off (nginx: merge_slashes off; curl: --path-as-is), or avoid such keys."};
inline constexpr cause base_path{
    "base path",
    "Signer and server disagree about the beginning of the path: a base path that a proxy adds or "
    "removes, or the bucket. Sign the path that the storage receives (option \"public_endpoint\" "
    "of a named server)."};
inline constexpr cause other_path{
    "other path",
    "The request was for another object: compare the paths, and what a proxy does to them."};
inline constexpr cause query_added{
    "query added",
    "A parameter was added to the URL after it was signed: sign it, with the argument query."};
inline constexpr cause query_removed{
    "query removed",
    "The server received the URL without some of its parameters: it was cut off. Quote it in the "
    "shell, and escape \"&\" in HTML."};
inline constexpr cause query_changed{
    "query changed",
    "A parameter of the URL was changed or encoded again after the URL was signed."};
inline constexpr cause other_host{
    "other host",
    "The storage received another Host than the signed one. Make the proxy pass the signed Host on "
    "(nginx: proxy_set_header Host), or sign for the host that the storage sees and show the "
    "proxy's with the option \"public_endpoint\"."};
inline constexpr cause header_missing{
    "header missing",
    "The header is signed: the client must send it, and the argument headers must contain it."};
inline constexpr cause header_changed{"header changed",
                                      "The client must send the header exactly as it was signed."};
inline constexpr cause header_not_signed{
    "header not signed",
    "The client sends a header that is not signed: sign it, with the argument headers, or do not "
    "send it."};
inline constexpr cause authorization_header{
    "authorization header",
    "The client sends an Authorization header as well as the signed URL: send the URL alone, also "
    "after a redirect from an API that needs one."};
inline constexpr cause other_signed_headers{"other signed headers",
                                            "The server read another list of signed headers."};
inline constexpr cause other_payload{
    "other payload",
    "The last line of the canonical request differs: for S3 it is the value of "
    "x-amz-content-sha256 where that is signed, otherwise UNSIGNED-PAYLOAD."};
inline constexpr cause request_changed{
    "request changed",
    "The URL is right for this secret, and the server does not say what it received: the client "
    "used another method, a proxy changed the host or the path, a header was not sent as signed, "
    "or the server has another secret for this access key id."};

// --- the credentials -----------------------------------------------------------------------------

inline constexpr cause wrong_secret{
    "wrong secret",
    "Neither another method nor a change of host, path or query explains the signature: it was "
    "made with another secret than this one, or the URL was changed. Look for blanks around the "
    "secret, and for the right account."};
inline constexpr cause servers_secret{
    wrong_secret.name,
    "The server hashed the same request: its secret for this access key id is not the one that "
    "signed."};
inline constexpr cause unknown_identity{
    "unknown identity",
    "The server does not know the access key id: it belongs to another provider or account, was "
    "deleted, or is a temporary one whose session token is not in the URL."};
inline constexpr cause token{
    "token",
    "The session token has expired, is incomplete or belongs to other credentials. A URL lives no "
    "longer than the credentials that signed it."};
inline constexpr cause no_permission{
    "no permission",
    "The signature was accepted, or not checked: the policies of the bucket or of the access key "
    "id do not allow the request."};

// --- the time ------------------------------------------------------------------------------------

inline constexpr cause expired{
    "expired", "The URL or form is too old: sign a new one, with a longer duration if it waits."};
inline constexpr cause clock{
    "clock", "The clocks of the signer and of the storage differ: set them with NTP."};
inline constexpr cause other_time{
    "other time",
    "The server took the time from elsewhere, such as a header x-amz-date or date of the client."};

// --- the place -----------------------------------------------------------------------------------

inline constexpr cause other_region{"other region", "Sign with the region of the server."};
inline constexpr cause region_or_secret{
    other_region.name,
    "Sign with the region of the server. If the region is right, the server does not know the "
    "access key id there, or not yet."};
inline constexpr cause other_scope{
    "other scope", "Date, region and service must be the server's: sign with its region."};
inline constexpr cause other_endpoint{
    "other endpoint", "The bucket is at another endpoint: sign for that one, with its region."};
inline constexpr cause addressing{
    "addressing", "The provider wants the bucket in the host: sign with addressing 'virtual'."};

// --- other ---------------------------------------------------------------------------------------

inline constexpr cause form_policy{
    "form policy",
    "The form does not satisfy its policy. Send each field exactly as it was signed, \"file\" as "
    "the last one, and none that is not signed; give s3sign_post the field or condition that is "
    "missing."};
inline constexpr cause not_the_signature{
    "not the signature", "The signature was accepted; the error is about what was asked for."};
inline constexpr cause other_error{
    "other error",
    "The error is not about the signature, which the server may not have checked: its message "
    "says what is wrong."};
inline constexpr cause no_error_body{
    "no error body", "This is not the error of an S3 server: a proxy or another service answered."};

}  // namespace causes
}  // namespace s3sign::s3
