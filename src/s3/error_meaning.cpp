#include "s3/error_meaning.hpp"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <string>

#include "base/ascii.hpp"

namespace s3sign::s3 {
namespace {

// Each row reads the message: no real one is longer.
constexpr std::size_t longest_message = 1000;

// Messages come first: servers agree on what they say more than on the code. Without a name: AWS's
// documentation («List of error codes»), and many.
constexpr error_meaning table[] = {
    // forms
    {"", "extra input fields", causes::form_policy},
    {"", "policy condition failed", causes::form_policy},
    {"", "policy missing condition", causes::form_policy},               // Ceph
    {"", "variable not found", causes::form_policy},                     // Ceph
    {"", "variable not met condition", causes::form_policy},             // Ceph
    {"", "did not reference these fields", causes::form_policy},         // Google
    {"", "must appear in the list of conditions", causes::form_policy},  // MinIO
    {"", "allowed in policy", causes::form_policy},                      // Garage
    {"", "required in policy", causes::form_policy},                     // Garage
    {"", "does not match policy", causes::form_policy},                  // Garage: the size
    {"", "bucket post must", causes::form_policy},
    {"", "post requires exactly one file", causes::form_policy},
    {"", "missing aws4 signature", causes::form_policy},  // Ceph
    {"", "policy expired", causes::expired},
    {"", "expiration date is in the past", causes::expired},  // Garage
    {"", "invalid according to policy", causes::form_policy},
    {"IncorrectNumberOfFilesInPostRequest", "", causes::form_policy},
    {"InvalidPolicyDocument", "", causes::form_policy},
    {"MalformedPOSTRequest", "", causes::form_policy},
    {"MaxPostPreDataLengthExceeded", "", causes::form_policy},
    {"MaxPostPreDataLengthExceededError", "", causes::form_policy},
    {"MissingFields", "", causes::form_policy},             // MinIO, SeaweedFS
    {"PostPolicyInvalidKeyName", "", causes::form_policy},  // SeaweedFS
    {"RequestIsNotMultiPartContent", "", causes::form_policy},
    {"UserKeyMustBeSpecified", "", causes::form_policy},

    // the request as a whole
    {"", "only one auth mechanism", causes::authorization_header},
    {"", "multiple authentication types", causes::authorization_header},  // MinIO
    {"", "unsupported authorization type", causes::authorization_header},
    {"", "please use aws4-hmac-sha256", causes::algorithm},
    {"", "please use sigv4", causes::algorithm},  // R2
    {"", "x-amz-algorithm only supports", causes::algorithm},
    {"", "unsupported authorization method", causes::algorithm},  // Garage
    {"", "requires the x-amz-", causes::query_removed},
    {"", "requires the signature, expires", causes::query_removed},
    {"", "not found in query parameters", causes::query_removed},  // Garage
    {"", "anonymous", causes::query_removed},  // Google, Garage, Tencent: no signature arrived
    {"", "missing authentication token", causes::query_removed},
    {"", "signature header missing", causes::query_removed},  // SeaweedFS
    {"", "missing credential field", causes::query_removed},  // MinIO, SeaweedFS
    {"", "credential is mal-formed", causes::query_changed},
    {"", "incorrect terminal", causes::query_changed},     // MinIO, versitygw
    {"", "incorrect date format", causes::query_changed},  // MinIO, versitygw
    {"", "x-amz-date must", causes::query_changed},
    {"", "headers present in the request which were not signed", causes::header_not_signed},
    {"", "should be signed", causes::header_not_signed},    // Garage
    {"ExcessHeaderValues", "", causes::header_not_signed},  // Google
    {"", "signed header `", causes::header_missing},        // Garage
    {"XAmzContentSHA256Mismatch", "", causes::other_payload},

    // the time
    {"", "not yet valid", causes::clock},
    {"", "not valid yet", causes::clock},  // MinIO, SeaweedFS
    {"RequestTimeTooSkewed", "", causes::clock},
    {"", "signature expired", causes::expired},  // Google: ExpiredToken
    {"", "request has expired", causes::expired},
    {"", "date is too old", causes::expired},  // Garage
    {"ExpiredRequest", "", causes::expired},   // R2
    {"RequestExpired", "", causes::expired},   // NooBaa
    {"", "less than a week", causes::duration},
    {"", "exceed a week", causes::duration},  // Garage
    {"", "x-amz-expires must", causes::duration},
    {"", "x-amz-expires should", causes::duration},

    // the credentials
    {"", "no such key:", causes::unknown_identity},                      // Garage: an access key
    {"", "credential access key has length", causes::unknown_identity},  // R2
    {"", "requires setting up", causes::unknown_identity},               // SeaweedFS: no keys
    {"InvalidAccessKeyId", "security token", causes::token},             // Alibaba
    {"InvalidAccessKeyId", "", causes::unknown_identity},
    {"InvalidClientTokenId", "", causes::unknown_identity},
    {"InvalidSecurity", "", causes::unknown_identity},  // Google
    {"Unauthorized", "", causes::unknown_identity},     // R2
    {"ExpiredToken", "", causes::token},
    {"ExpiredTokenException", "", causes::token},
    {"InvalidToken", "", causes::token},
    {"InvalidSecurityToken", "", causes::token},  // Alibaba
    {"SecurityTokenExpired", "", causes::token},  // Alibaba
    {"TokenRefreshRequired", "", causes::token},

    // the place
    {"", "region must be specified", causes::region_or_secret},  // Oracle
    {"", "authentication region name", causes::other_region},    // Oracle
    {"", "region is wrong", causes::other_region},               // MinIO
    {"", "the region '", causes::other_region},
    {"", "the region \"", causes::other_region},            // versitygw
    {"InvalidRegion", "", causes::other_region},            // MinIO
    {"", "unexpected scope", causes::other_scope},          // Garage
    {"", "incorrect service", causes::other_scope},         // MinIO
    {"", "should be scoped to", causes::other_scope},       // SeaweedFS
    {"", "date in credential scope", causes::other_scope},  // SeaweedFS
    {"", "invalid credential date", causes::other_scope},   // versitygw
    {"", "virtual hosted style", causes::addressing},       // Alibaba
    {"", "virtual-styled domain", causes::addressing},      // Tencent
    {"SecondLevelDomainForbidden", "", causes::addressing},
    {"PathStyleDomainForbidden", "", causes::addressing},
    {"VirtualHostDomainRequired", "", causes::addressing},                           // Huawei
    {"", "must be addressed using the specified endpoint", causes::other_endpoint},  // Alibaba
    {"PermanentRedirect", "", causes::other_endpoint},
    {"TemporaryRedirect", "", causes::other_endpoint},
    {"Redirect", "", causes::other_endpoint},
    {"IllegalLocationConstraintException", "", causes::other_endpoint},

    // the signature
    {"SignatureDoesNotMatch", "", causes::request_changed},
    {"InvalidSignatureException", "", causes::request_changed},
    {"", "invalid signature", causes::request_changed},            // Garage
    {"", "signature validation failed", causes::request_changed},  // B2
    {"", "does not match the signature", causes::request_changed},
    {"", "signature does not match", causes::request_changed},  // Scaleway: AccessDenied

    // what is said after the signature was accepted
    {"BadDigest", "", causes::not_the_signature},
    {"BucketAlreadyExists", "", causes::not_the_signature},
    {"BucketAlreadyOwnedByYou", "", causes::not_the_signature},
    {"BucketNotEmpty", "", causes::not_the_signature},
    {"EntityTooLarge", "", causes::not_the_signature},
    {"EntityTooSmall", "", causes::not_the_signature},
    {"IncompleteBody", "", causes::not_the_signature},
    {"InvalidDigest", "", causes::not_the_signature},
    {"InvalidObjectState", "", causes::not_the_signature},
    {"InvalidPart", "", causes::not_the_signature},
    {"InvalidPartOrder", "", causes::not_the_signature},
    {"InvalidRange", "", causes::not_the_signature},
    {"MethodNotAllowed", "", causes::not_the_signature},
    {"NoSuchBucket", "", causes::not_the_signature},
    {"NoSuchKey", "", causes::not_the_signature},
    {"NoSuchUpload", "", causes::not_the_signature},
    {"NoSuchVersion", "", causes::not_the_signature},
    {"NotModified", "", causes::not_the_signature},
    {"PreconditionFailed", "", causes::not_the_signature},

    // the rights
    {"AccessDenied", "", causes::no_permission},
    {"AllAccessDisabled", "", causes::no_permission},
    {"AccountProblem", "", causes::no_permission},
    {"Forbidden", "", causes::no_permission},
    {"InvalidPayer", "", causes::no_permission},
    {"NotEntitled", "", causes::no_permission},  // R2
    {"NotSignedUp", "", causes::no_permission},
    {"UnauthorizedAccess", "", causes::no_permission},  // B2
    {"UserDisable", "", causes::no_permission},         // Alibaba
    {"UserSuspended", "", causes::no_permission},       // Ceph
};

std::string lower_message(const error_body& error) {
    return to_lower(std::string_view(error.message).substr(0, longest_message));
}

// True if a client's text has the code as a word. Words of prose, such as Forbidden, do not count.
bool is_in_text(const error_body& error, std::string_view code) {
    const auto is_upper = [](char c) { return c >= 'A' && c <= 'Z'; };
    if (!error.is_text || std::count_if(code.begin(), code.end(), is_upper) < 2) return false;
    const std::string_view text = error.message;
    for (std::size_t i = text.find(code); i != text.npos; i = text.find(code, i + 1)) {
        const std::size_t end = i + code.size();
        const bool begins = i == 0 || !is_alphanumeric(text[i - 1]);
        if (begins && (end == text.size() || !is_alphanumeric(text[end]))) return true;
    }
    return false;
}

// What follows a colon, without the brackets and the full stop of the sentence around it.
std::string_view after_colon(std::string_view text) {
    constexpr std::string_view around = " .)";
    if (!text.starts_with(": ")) return {};
    text.remove_prefix(2);
    return text.substr(0, text.find_last_not_of(around) + 1);
}

}  // namespace

const error_meaning* find_meaning(const error_body& error) {
    const std::string message = lower_message(error);
    const auto* const row =
        std::find_if(std::begin(table), std::end(table), [&](const error_meaning& m) {
            return (m.code.empty() || m.code == error.code || is_in_text(error, m.code)) &&
                   (m.message.empty() || message.find(m.message) != message.npos);
        });
    return row == std::end(table) ? nullptr : row;
}

std::string_view subject_of(const error_body& error, const error_meaning& row) {
    const std::string message = lower_message(error);
    const std::size_t part = row.message.empty() ? message.npos : message.find(row.message);
    if (part != message.npos) {
        const auto subject =
            after_colon(std::string_view(error.message).substr(part + row.message.size()));
        if (!subject.empty()) return subject;
    }
    return error.message.empty() ? error.code : error.message;
}

}  // namespace s3sign::s3
