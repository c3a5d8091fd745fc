// What is known of providers of S3 by the host of their endpoints: region, addressing, and which
// hosts need another signer.
#pragma once

#include <string_view>

namespace s3sign::s3 {

// Where the bucket stands in a URL.
enum class addressing {
    path,          // https://endpoint/bucket/key
    virtual_host,  // https://bucket.endpoint/key
    cname,         // https://endpoint/key: the host is the bucket
};

// How a provider is addressed where nothing is asked for.
enum class addressing_rule {
    path,
    aws,           // virtual where AWS's SDKs do so, see is_virtual_hostable(); path otherwise
    virtual_only,  // the provider refuses path style
    cname,         // the endpoint of an access point
};

struct provider {
    std::string_view region;  // to sign with; empty where the host doesn't tell it
    addressing_rule rule = addressing_rule::path;
    std::string_view unsupported;  // not empty: the S3 service that needs another signer
    bool has_forms = true;         // takes POST forms
    bool can_create_only = true;   // heeds «if-none-match: *» of a PUT
};

// Looks a host up, lower case and without port. The whole host has to match, so that
// `s3.eu-west-1.amazonaws.com.evil.com` is nobody's; with `bucket_in_front` labels before a match
// are taken for a bucket. A host that is not known has no region and is addressed by path.
// The result views `host`.
provider find_provider(std::string_view host, bool bucket_in_front);

// Whether AWS's SDKs put the bucket into the host: 3 to 63 of a-z, 0-9 and `-`, not at the ends;
// dots between such labels only where `dots` is set (TLS certificates do not cover them).
bool is_virtual_hostable(std::string_view bucket, bool dots);

}  // namespace s3sign::s3
