// Credentials in JSON, as AWS's tools and endpoints give them:
//   credential_process, `aws configure export-credentials`, IMDS, ECS, EKS: at the top level
//   `aws sts assume-role` and the like: below `Credentials`
//   `aws sso get-role-credentials`: below `roleCredentials`, in lower camel case
// https://docs.aws.amazon.com/sdkref/latest/guide/feature-process-credentials.html
#pragma once

#include <span>

#include "s3/credentials.hpp"

namespace s3sign::s3 {

// Views `file`, which is unescaped in place. The key pair may be empty or half. 58030 for what is
// not one JSON object of these forms, a `Version` other than 1, a `Code` other than `Success`, two
// session tokens that differ. Messages hold nothing of the file.
credentials read_json_credentials(std::span<char> file);

}  // namespace s3sign::s3
