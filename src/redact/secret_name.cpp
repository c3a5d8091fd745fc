#include "redact/secret_name.hpp"

#include <algorithm>
#include <iterator>

#include "base/ascii.hpp"

namespace s3sign::redact {
namespace {

constexpr secret_name names[] = {
    // SigV4, SigV2, Google's V4: query parameters, headers, form fields, and parts of Authorization
    {"amzsignature", kind::secret},
    {"amzcredential", kind::secret},
    {"amzsecuritytoken", kind::secret},
    {"amzs3sessiontoken", kind::secret},
    {"googsignature", kind::secret},
    {"googcredential", kind::secret},
    {"awsaccesskeyid", kind::secret, prefix::any, joint::none},
    {"googleaccessid", kind::secret, prefix::any, joint::none},
    {"signature", kind::word, prefix::none},
    {"credential", kind::word, prefix::none},
    {"policy", kind::policy, prefix::none},
    {"authorization", kind::authorization},
    {"aws", kind::version_2, prefix::none, joint::none},
    {"computedsigninghash", kind::secret, prefix::any, joint::blank},  // aws-sdk-cpp
    // keys of SSE-C: headers, rclone
    {"serversideencryptioncustomerkey", kind::secret},
    {"ssecustomerkey", kind::secret},
    {"ssecustomerkeybase64", kind::secret},
    // errors of S3
    {"token0", kind::secret, prefix::none},
    {"signatureprovided", kind::secret},
    {"canonicalrequestbytes", kind::element},
    {"stringtosignbytes", kind::element},
    {"stringtosign", kind::element},
    // configuration of AWS, MinIO, rclone, Terraform, Hadoop, DuckDB, Alibaba, Backblaze, s3cmd
    {"secretaccesskey", kind::statement, prefix::any, joint::blank},
    {"secretkey", kind::statement, prefix::any, joint::blank},
    {"accesskeysecret", kind::secret},
    {"secret", kind::list_item, prefix::none, joint::none},
    {"secret", kind::secret, prefix::snake_case, joint::none},
    {"awssecret", kind::secret},
    {"s3secret", kind::secret},
    {"clientsecret", kind::secret},
    {"sessiontoken", kind::statement},
    {"securitytoken", kind::secret},
    {"accesstoken", kind::secret},
    {"awstoken", kind::secret},
    {"token", kind::token, prefix::none},
    // what clients get temporary credentials with: STS, EC2's metadata, ECS, SSO
    {"webidentitytoken", kind::secret},
    {"samlassertion", kind::secret},
    {"ldappassword", kind::secret},  // MinIO
    {"metadatatoken", kind::secret},
    {"authorizationtoken", kind::secret},
    {"bearertoken", kind::secret},
    {"refreshtoken", kind::secret},
    {"tokenvalue", kind::secret},  // Systems Manager
    {"secretkeypassword", kind::secret},
    {"rootpassword", kind::secret},
    {"rootpass", kind::secret},
    {"applicationkey", kind::secret},
    // {"name": "X-Amz-Signature", "value": "…"}
    {"value", kind::value},
};

constexpr bool is_joint(char c, joint joined) {
    if (joined == joint::none) return false;
    return c == '-' || c == '_' || c == '.' || (c == ' ' && joined == joint::blank);
}

// The size of what precedes the name, or npos if `words` does not end with it.
std::size_t find_end(std::string_view words, const secret_name& n) {
    std::size_t i = words.size();
    bool after_letter = false;
    for (std::size_t j = n.name.size(); j > 0;) {
        if (i == 0) return words.npos;
        const char c = words[i - 1];
        if (c == n.name[j - 1]) {
            j--;
            after_letter = true;
        } else if (after_letter && is_joint(c, n.joined)) {
            after_letter = false;
        } else {
            return words.npos;
        }
        i--;
    }
    return i;
}

bool is_allowed(std::string_view before, prefix allowed) {
    if (allowed == prefix::any || before.empty()) return true;
    const char last = before.back();
    return allowed == prefix::none ? last == ' ' || last == '.' : last == '_';
}

}  // namespace

const secret_name* find_name(std::string_view words) {
    if (words.size() > longest_words) words.remove_prefix(words.size() - longest_words);
    if (words.empty() || !is_alphanumeric(words.back())) return nullptr;
    const auto* const found =
        std::find_if(std::begin(names), std::end(names), [&](const secret_name& n) {
            if (n.name.back() != words.back()) return false;
            const std::size_t before = find_end(words, n);
            return before != words.npos && is_allowed(words.substr(0, before), n.before);
        });
    return found != std::end(names) ? found : nullptr;
}

}  // namespace s3sign::redact
