// The table of hosts: the patterns by which a provider is known. Only provider.cpp includes it.
#pragma once

#include <string_view>

#include "s3/provider.hpp"
#include "s3/provider_table.hpp"

namespace s3sign::s3 {

// One pattern of hosts. In a label, `*` matches any text, `{region}` any text as the region, and
// `{name-1}` a region of the form us-east-1. A leading `**` matches any number of labels. `AWS` and
// `AWS6` at the end match the domains of AWS's partitions below. The first match wins.
struct row {
    std::string_view pattern;
    const provider* of;
    std::string_view region = {};
    const refusal* refused = nullptr;
};

// botocore's partitions.json: dnsSuffix and dualStackDnsSuffix
inline constexpr std::string_view aws_domains[] = {
    "amazonaws.com", "amazonaws.com.cn", "amazonaws.eu",   "c2s.ic.gov",
    "sc2s.sgov.gov", "cloud.adc-e.uk",   "csp.hci.ic.gov",
};
inline constexpr std::string_view aws_ipv6_domains[] = {
    "api.aws",        "api.amazonwebservices.com.cn", "api.amazonwebservices.eu", "api.aws.ic.gov",
    "api.aws.scloud", "api.cloud-aws.adc-e.uk",       "api.aws.hci.ic.gov",
};

inline constexpr row rows[] = {
    // Amazon S3
    {"s3.amazonaws.com", &amazon, "us-east-1"},
    {"s3-external-1.amazonaws.com", &amazon, "us-east-1"},
    {"s3.{name-1}.AWS", &amazon},
    {"s3.dualstack.{name-1}.AWS", &amazon},
    {"s3-fips.{name-1}.AWS", &amazon},
    {"s3-fips.dualstack.{name-1}.AWS", &amazon},
    {"s3-fips-{name-1}.amazonaws.com", &amazon},
    {"s3-{name-1}.amazonaws.com", &amazon},
    {"vpce-*.s3.{name-1}.vpce.AWS", &amazon},
    {"bucket.vpce-*.s3.{name-1}.vpce.AWS", &amazon},
    {"*.accesspoint.vpce-*.s3.{name-1}.vpce.AWS", &amazon_access_point},
    {"**.control.vpce-*.s3.*.vpce.AWS", &amazon, {}, &control},
    {"s3-accelerate.AWS", &amazon_accelerate},
    {"s3-accelerate.dualstack.AWS", &amazon_accelerate},
    {"*.s3-accesspoint.{name-1}.AWS", &amazon_access_point},
    {"*.s3-accesspoint.dualstack.{name-1}.AWS", &amazon_access_point},
    {"*.s3-accesspoint-fips.{name-1}.AWS", &amazon_access_point},
    {"*.s3-accesspoint-fips.dualstack.{name-1}.AWS", &amazon_access_point},
    {"**.s3express-*.*.AWS", &amazon, {}, &express},
    {"**.s3express-*.dualstack.*.AWS", &amazon, {}, &express},
    {"**.s3-outposts.*.AWS", &amazon, {}, &outposts},
    {"**.s3-outposts-fips.*.AWS", &amazon, {}, &outposts},
    {"**.s3-outposts.*.AWS6", &amazon, {}, &outposts},
    {"**.s3-outposts-fips.*.AWS6", &amazon, {}, &outposts},
    {"**.s3-object-lambda.*.AWS", &amazon, {}, &object_lambda},
    {"**.s3-object-lambda-fips.*.AWS", &amazon, {}, &object_lambda},
    {"**.s3-object-lambda.dualstack.*.AWS", &amazon, {}, &object_lambda},
    {"**.accesspoint.s3-global.AWS", &amazon, {}, &multi_region},
    {"**.s3-control.*.AWS", &amazon, {}, &control},
    {"**.s3-control.dualstack.*.AWS", &amazon, {}, &control},
    {"**.s3-control-fips.*.AWS", &amazon, {}, &control},
    {"**.s3-control-fips.dualstack.*.AWS", &amazon, {}, &control},
    {"**.s3tables.*.AWS", &amazon, {}, &tables},
    {"**.s3tables-fips.*.AWS", &amazon, {}, &tables},
    {"**.s3tables.*.AWS6", &amazon, {}, &tables},
    {"**.s3tables-fips.*.AWS6", &amazon, {}, &tables},
    {"**.s3vectors.*.AWS", &amazon, {}, &vectors},
    {"**.s3vectors.*.AWS6", &amazon, {}, &vectors},
    {"**.s3vectors-fips.*.AWS6", &amazon, {}, &vectors},
    {"**.s3-website.*.AWS", &amazon, {}, &website},
    {"**.s3-website-*.amazonaws.com", &amazon, {}, &website},

    // Alibaba: the documentation signs `cn-hangzhou` for the host oss-cn-hangzhou
    {"oss-accelerate.aliyuncs.com", &alibaba},
    {"oss-accelerate-overseas.aliyuncs.com", &alibaba},
    {"s3.oss-accelerate.aliyuncs.com", &alibaba},
    {"s3.oss-accelerate-overseas.aliyuncs.com", &alibaba},
    {"oss-{region}-internal.aliyuncs.com", &alibaba},
    {"oss-{region}.aliyuncs.com", &alibaba},
    {"s3.oss-{region}-internal.aliyuncs.com", &alibaba},
    {"s3.oss-{region}.aliyuncs.com", &alibaba},
    {"s3.oss-{region}.aliyuncs-internal.com", &alibaba},

    {"s3.{region}.backblazeb2.com", &backblaze},
    {"f*.backblazeb2.com", &backblaze, {}, &public_host},

    {"*.r2.cloudflarestorage.com", &cloudflare, "auto"},
    {"*.eu.r2.cloudflarestorage.com", &cloudflare, "auto"},
    {"*.us.r2.cloudflarestorage.com", &cloudflare, "auto"},
    {"*.fedramp.r2.cloudflarestorage.com", &cloudflare, "auto"},
    {"**.r2.dev", &cloudflare, {}, &public_host},

    {"**.*.cdn.digitaloceanspaces.com", &digitalocean, {}, &cdn},
    {"{region}.digitaloceanspaces.com", &digitalocean},

    {"sos-{region}.exo.io", &exoscale},

    {"{region}.object.fastlystorage.app", &fastly},

    {"storage.googleapis.com", &google, "auto"},
    {"commondatastorage.googleapis.com", &google, "auto"},
    {"storage.*.rep.googleapis.com", &google, "auto"},
    {"storage-*.p.googleapis.com", &google, "auto"},
    {"storage.cloud.google.com", &google, {}, &browser_host},

    {"{region}.your-objectstorage.com", &hetzner},

    {"obs.{region}.myhuaweicloud.com", &huawei},
    {"obs.{region}.myhuaweicloud.eu", &huawei},
    {"**.obs-website.*.myhuaweicloud.com", &huawei, {}, &website},

    // IBM: a region, or a place within one
    {"s3.{region}.cloud-object-storage.appdomain.cloud", &ibm},
    {"s3.private.{region}.cloud-object-storage.appdomain.cloud", &ibm},
    {"s3.direct.{region}.cloud-object-storage.appdomain.cloud", &ibm},
    {"s3.*.{region}.cloud-object-storage.appdomain.cloud", &ibm},
    {"s3.private.*.{region}.cloud-object-storage.appdomain.cloud", &ibm},
    {"s3.direct.*.{region}.cloud-object-storage.appdomain.cloud", &ibm},

    // IONOS: Frankfurt's host is not called like its region
    {"s3.eu-central-1.ionoscloud.com", &ionos, "de"},
    {"s3-eu-central-1.ionoscloud.com", &ionos, "de"},
    {"s3.{region}.ionoscloud.com", &ionos},
    {"s3-{region}.ionoscloud.com", &ionos},

    {"**.website-*.linodeobjects.com", &linode, {}, &website},
    {"{region}.linodeobjects.com", &linode},

    {"{region}.magaluobjects.com", &magalu},

    {"*.compat.objectstorage.{region}.oci.customer-oci.com", &oracle},
    {"*.compat.objectstorage.{region}.oraclecloud.com", &oracle},
    {"*.compat.objectstorage.{region}.oraclecloud.eu", &oracle},
    {"*.compat.objectstorage.{region}.oraclegovcloud.com", &oracle},
    {"*.compat.objectstorage.{region}.oraclegovcloud.uk", &oracle},
    {"vhcompat.objectstorage.{region}.oci.customer-oci.com", &oracle_virtual},

    {"oos.{region}.outscale.com", &outscale},

    {"s3.{region}.io.cloud.ovh.net", &ovh},
    {"s3.{region}.io.cloud.ovh.us", &ovh},
    {"s3.{region}.perf.cloud.ovh.net", &ovh},
    {"s3.{region}.perf.cloud.ovh.us", &ovh},
    {"s3.{region}.cloud.ovh.net", &ovh},
    {"s3.{region}.cloud.ovh.us", &ovh},
    {"**.s3-website.*.io.cloud.ovh.net", &ovh, {}, &website},

    {"s3-{region}.qiniucs.com", &qiniu},
    {"s3.{region}.qiniucs.com", &qiniu},

    {"s3.{region}.scw.cloud", &scaleway},
    {"**.s3-website.*.scw.cloud", &scaleway, {}, &website},

    {"s3.{region}.storage.selcloud.ru", &selectel},

    {"{region}.s3.synologyc2.net", &synology},

    {"cos.accelerate.myqcloud.com", &tencent},
    {"cos.{region}.myqcloud.com", &tencent},
    {"cos-internal.{region}.tencentcos.cn", &tencent},
    {"cos.{region}.tencentcos.cn", &tencent},
    {"**.cos-website.*.myqcloud.com", &tencent, {}, &website},

    {"t3.storage.dev", &tigris, "auto"},
    {"fly.storage.tigris.dev", &tigris, "auto"},
    {"*.storage.tigris.dev", &tigris, "auto"},

    {"tos-s3-{region}.volces.com", &volcengine},
    {"tos-s3-{region}.ivolces.com", &volcengine},

    {"{region}.vultrobjects.com", &vultr},

    // Wasabi: a country's host is an alias of a region
    {"s3.wasabisys.com", &wasabi, "us-east-1"},
    {"s3.nl-1.wasabisys.com", &wasabi, "eu-central-1"},
    {"s3.de-1.wasabisys.com", &wasabi, "eu-central-2"},
    {"s3.uk-1.wasabisys.com", &wasabi, "eu-west-1"},
    {"s3.fr-1.wasabisys.com", &wasabi, "eu-west-2"},
    {"s3.uk-2.wasabisys.com", &wasabi, "eu-west-3"},
    {"s3.it-1.wasabisys.com", &wasabi, "eu-south-1"},
    {"s3.{name-1}.wasabisys.com", &wasabi},
    {"s3.*.wasabisys.com", &wasabi},

    {"storage.yandexcloud.net", &yandex, "ru-central1"},
    {"s3.yandexcloud.net", &yandex, "ru-central1"},
    {"storage.yandexcloud.kz", &yandex, "kz1"},
    {"**.website.yandexcloud.net", &yandex, {}, &website},
};

}  // namespace s3sign::s3
