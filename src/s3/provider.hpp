// The providers of S3 by the hosts of their endpoints: region, addressing and capabilities.
#pragma once

#include <string_view>

namespace s3sign::s3 {

// The place of the bucket in a URL.
enum class addressing {
    path,          // https://endpoint/bucket/key
    virtual_host,  // https://bucket.endpoint/key
    cname,         // https://endpoint/key: the host is the bucket
};

// The default addressing of a host.
enum class addressing_rule {
    path,
    aws,           // virtual where AWS's SDKs do so, see is_virtual_hostable(); path otherwise
    virtual_only,  // the provider refuses path style
    cname,         // the endpoint of an access point
};

// One set of capabilities for all hosts of a provider.
struct provider {
    std::string_view name = {};      // empty for a host that is not known
    std::string_view endpoint = {};  // an endpoint as users should write it
    addressing_rule rule = addressing_rule::path;
    bool has_base_path = false;         // an endpoint may have a path before the bucket
    bool has_forms = true;              // accepts POST forms
    bool can_create_only = true;        // obeys `if-none-match: *` of a PUT
    bool enforces_object_size = false;  // checks x-amz-mp-object-size of a multipart upload
    bool has_colon_bucket = false;      // a bucket may contain `:`, as Ceph's `tenant:bucket`
};

// Why a host or a bucket accepts no presigned URL that s3sign can make.
struct refusal {
    std::string_view message;
    std::string_view hint;
    bool any_request = false;  // s3sign_pre_url and s3sign_pre_headers sign for it all the same
};

// 0A000
[[noreturn]] void refuse(const refusal& why);

// What is known of a host.
struct known_host {
    const provider* of;            // never null
    std::string_view region = {};  // to sign with; empty where the host does not tell
    const refusal* refused = nullptr;
    bool bucket_in_front = false;  // it begins with labels that are not the endpoint's
};

// Looks up a host, in lower case and without port. The whole host must match, perhaps after labels
// that are a bucket: `s3.eu-west-1.amazonaws.com.evil.com` is not known. A host that is not known
// has no region, path style and all capabilities. The result views `host`.
known_host find_provider(std::string_view host);

// The reason where AWS reserves the name of a bucket for another service, else null.
const refusal* find_reserved_bucket(std::string_view bucket);

// True if AWS's SDKs put the bucket into the host: 3 to 63 of a-z, 0-9 and `-`, not at the ends;
// dots between such labels only where `dots` is set (TLS certificates do not cover them).
bool is_virtual_hostable(std::string_view bucket, bool dots);

}  // namespace s3sign::s3
