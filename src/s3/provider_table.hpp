// The table of providers: their capabilities, and why some of their hosts are refused. Only
// host_table.hpp includes it.
//
// Sources: botocore's endpoint rules and partitions for AWS; the providers' documentation and
// rclone's list of providers for the others. To add a provider, add it here, its hosts to
// host_table.hpp, one of them to provider_test.cpp, and a line to docs/providers.md.
#pragma once

#include <string_view>

#include "s3/provider.hpp"

namespace s3sign::s3 {

inline constexpr auto aws = addressing_rule::aws;
inline constexpr auto virtual_only = addressing_rule::virtual_only;
inline constexpr auto cname = addressing_rule::cname;

constexpr provider with_rule(provider p, addressing_rule rule) {
    p.rule = rule;
    return p;
}

// --- the providers -------------------------------------------------------------------------------

inline constexpr provider unknown{.has_base_path = true, .has_colon_bucket = true};

inline constexpr provider amazon{.name = "Amazon S3",
                                 .endpoint = "https://s3.REGION.amazonaws.com",
                                 .rule = aws,
                                 .enforces_object_size = true};
inline constexpr provider amazon_accelerate = with_rule(amazon, virtual_only);
inline constexpr provider amazon_access_point = with_rule(amazon, cname);
inline constexpr provider alibaba{.name = "Alibaba Cloud OSS",
                                  .endpoint = "https://oss-REGION.aliyuncs.com",
                                  .rule = virtual_only,
                                  .can_create_only = false};
inline constexpr provider backblaze{.name = "Backblaze B2",
                                    .endpoint = "https://s3.REGION.backblazeb2.com",
                                    .has_forms = false,
                                    .can_create_only = false};
inline constexpr provider cloudflare{.name = "Cloudflare R2",
                                     .endpoint = "https://ACCOUNT.r2.cloudflarestorage.com",
                                     .has_forms = false};
inline constexpr provider digitalocean{.name = "DigitalOcean Spaces",
                                       .endpoint = "https://REGION.digitaloceanspaces.com"};
inline constexpr provider exoscale{.name = "Exoscale", .endpoint = "https://sos-ZONE.exo.io"};
inline constexpr provider fastly{.name = "Fastly Object Storage",
                                 .endpoint = "https://REGION.object.fastlystorage.app"};
inline constexpr provider google{.name = "Google Cloud Storage",
                                 .endpoint = "https://storage.googleapis.com",
                                 .can_create_only = false};
inline constexpr provider hetzner{.name = "Hetzner",
                                  .endpoint = "https://REGION.your-objectstorage.com"};
inline constexpr provider huawei{.name = "Huawei Cloud OBS",
                                 .endpoint = "https://obs.REGION.myhuaweicloud.com",
                                 .rule = virtual_only,
                                 .can_create_only = false};
inline constexpr provider ibm{.name = "IBM Cloud Object Storage",
                              .endpoint = "https://s3.REGION.cloud-object-storage.appdomain.cloud"};
inline constexpr provider ionos{.name = "IONOS", .endpoint = "https://s3.REGION.ionoscloud.com"};
inline constexpr provider linode{.name = "Linode", .endpoint = "https://CLUSTER.linodeobjects.com"};
inline constexpr provider magalu{.name = "Magalu", .endpoint = "https://REGION.magaluobjects.com"};
inline constexpr provider oracle{
    .name = "Oracle",
    .endpoint = "https://NAMESPACE.compat.objectstorage.REGION.oci.customer-oci.com"};
inline constexpr provider oracle_virtual = with_rule(oracle, virtual_only);
inline constexpr provider outscale{.name = "Outscale",
                                   .endpoint = "https://oos.REGION.outscale.com"};
inline constexpr provider ovh{.name = "OVHcloud", .endpoint = "https://s3.REGION.io.cloud.ovh.net"};
inline constexpr provider qiniu{.name = "Qiniu Kodo", .endpoint = "https://s3-REGION.qiniucs.com"};
inline constexpr provider scaleway{.name = "Scaleway", .endpoint = "https://s3.REGION.scw.cloud"};
inline constexpr provider selectel{.name = "Selectel",
                                   .endpoint = "https://s3.REGION.storage.selcloud.ru"};
inline constexpr provider synology{.name = "Synology C2",
                                   .endpoint = "https://REGION.s3.synologyc2.net"};
inline constexpr provider tencent{.name = "Tencent Cloud COS",
                                  .endpoint = "https://cos.REGION.myqcloud.com",
                                  .rule = virtual_only,
                                  .can_create_only = false};
inline constexpr provider tigris{
    .name = "Tigris", .endpoint = "https://t3.storage.dev", .rule = virtual_only};
inline constexpr provider volcengine{.name = "Volcengine TOS",
                                     .endpoint = "https://tos-s3-REGION.volces.com",
                                     .rule = virtual_only,
                                     .can_create_only = false};
inline constexpr provider vultr{.name = "Vultr", .endpoint = "https://REGION.vultrobjects.com"};
inline constexpr provider wasabi{.name = "Wasabi", .endpoint = "https://s3.REGION.wasabisys.com"};
inline constexpr provider yandex{.name = "Yandex Cloud",
                                 .endpoint = "https://storage.yandexcloud.net"};

// --- what takes no presigned URL -----------------------------------------------------------------

inline constexpr std::string_view buckets_only =
    "s3sign signs for general purpose buckets and access points.";

inline constexpr refusal express{"S3 Express needs a signer that s3sign does not have",
                                 buckets_only};
inline constexpr refusal outposts{"S3 on Outposts needs another service in the signature",
                                  "s3sign_pre_url signs for it with service => 's3-outposts'."};
inline constexpr refusal object_lambda{
    "S3 Object Lambda needs another service in the signature",
    "s3sign_pre_url signs for it with service => 's3-object-lambda'."};
inline constexpr refusal multi_region{
    "an S3 multi-region access point needs a signer that s3sign does not have", buckets_only};
inline constexpr refusal tables{"S3 Tables does not accept presigned URLs", buckets_only};
inline constexpr refusal vectors{"S3 Vectors does not accept presigned URLs", buckets_only};
inline constexpr refusal control{"S3 Control does not accept presigned URLs of objects",
                                 buckets_only, true};
inline constexpr refusal website{"a website endpoint does not accept presigned URLs",
                                 "Use the provider's endpoint for the S3 API."};
inline constexpr refusal public_host{"a public bucket's host does not accept presigned URLs",
                                     "Use the provider's endpoint for the S3 API."};
inline constexpr refusal browser_host{
    "a host for signed-in browsers does not accept presigned URLs",
    "Use the provider's endpoint for the S3 API."};
inline constexpr refusal cdn{"a URL that is signed for the CDN's host does not work",
                             "Use the origin as the endpoint, and the CDN as the server's option "
                             "\"public_endpoint\"."};

}  // namespace s3sign::s3
