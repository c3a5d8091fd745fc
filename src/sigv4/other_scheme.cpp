#include "sigv4/other_scheme.hpp"

#include <algorithm>

#include "base/ascii.hpp"

namespace s3sign::sigv4 {
namespace {

// A scheme and one or two parameters that all its URLs have, and no other scheme's.
struct row {
    std::string_view scheme;
    std::string_view parameter;
    std::string_view further = {};
};

// https://docs.aws.amazon.com/AmazonS3/latest/userguide/RESTAuthentication.html
// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-creating-signed-url-canned-policy.html
// https://cloud.google.com/storage/docs/authentication/signatures and
// .../access-control/signed-urls-v2
// https://www.alibabacloud.com/help/en/oss/developer-reference/add-signatures-to-urls
// https://www.tencentcloud.com/document/product/436/7778
// https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0011.html
constexpr row rows[] = {
    {"AWS Signature Version 2", "AWSAccessKeyId"},
    {"CloudFront", "Key-Pair-Id", "Signature"},
    {"Google V4", "X-Goog-Algorithm"},
    {"Google V2", "GoogleAccessId"},
    {"Alibaba V1", "OSSAccessKeyId"},
    {"Alibaba V2 or V4", "x-oss-signature-version"},
    {"Tencent", "q-sign-algorithm"},
    {"Huawei", "AccessKeyId", "Signature"},
};

bool has(std::span<const field> query, std::string_view name) {
    return std::any_of(query.begin(), query.end(),
                       [&](const field& f) { return equal_but_for_case(f.name, name); });
}

}  // namespace

std::string_view find_other_scheme(std::span<const field> query) {
    for (const row& r : rows)
        if (has(query, r.parameter) && (r.further.empty() || has(query, r.further)))
            return r.scheme;
    return {};
}

}  // namespace s3sign::sigv4
