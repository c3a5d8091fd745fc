#include "s3/provider.hpp"

#include "support.hpp"

namespace s3sign {
namespace {

using s3::addressing_rule;

constexpr auto path = addressing_rule::path;
constexpr auto aws = addressing_rule::aws;
constexpr auto virtual_only = addressing_rule::virtual_only;
constexpr auto cname = addressing_rule::cname;

struct known_host {
    std::string_view host, region;
    addressing_rule rule = path;
};

// A host of each row, with the region and the style that its provider documents.
constexpr known_host known[] = {
    {"s3.amazonaws.com", "us-east-1", aws},
    {"s3-external-1.amazonaws.com", "us-east-1", aws},
    {"s3.eu-west-1.amazonaws.com", "eu-west-1", aws},
    {"s3.ap-southeast-2.amazonaws.com", "ap-southeast-2", aws},
    {"s3.us-gov-west-1.amazonaws.com", "us-gov-west-1", aws},
    {"s3-eu-west-1.amazonaws.com", "eu-west-1", aws},
    {"s3-us-gov-west-1.amazonaws.com", "us-gov-west-1", aws},
    {"s3.dualstack.us-east-2.amazonaws.com", "us-east-2", aws},
    {"s3-fips.us-gov-west-1.amazonaws.com", "us-gov-west-1", aws},
    {"s3-fips.dualstack.ca-central-1.amazonaws.com", "ca-central-1", aws},
    {"s3.cn-north-1.amazonaws.com.cn", "cn-north-1", aws},
    {"s3.dualstack.cn-northwest-1.amazonaws.com.cn", "cn-northwest-1", aws},
    {"bucket.vpce-0a1b-c2d3.s3.us-east-1.vpce.amazonaws.com", "us-east-1", aws},
    {"vpce-0a1b-c2d3.s3.eu-west-3.vpce.amazonaws.com", "eu-west-3", aws},
    {"s3-accelerate.amazonaws.com", "", virtual_only},
    {"s3-accelerate.dualstack.amazonaws.com", "", virtual_only},
    {"ap-123456789012.s3-accesspoint.us-west-2.amazonaws.com", "us-west-2", cname},
    {"ap-123456789012.s3-accesspoint.dualstack.us-west-2.amazonaws.com", "us-west-2", cname},
    {"ap-123456789012.s3-accesspoint-fips.us-west-2.amazonaws.com", "us-west-2", cname},
    {"ap-123456789012.s3-accesspoint-fips.dualstack.us-west-2.amazonaws.com", "us-west-2", cname},
    {"ap-123456789012.s3-accesspoint.cn-north-1.amazonaws.com.cn", "cn-north-1", cname},
    {"ap-123456789012.s3-accesspoint.dualstack.cn-north-1.amazonaws.com.cn", "cn-north-1", cname},
    // the other partitions, from botocore 1.43.11
    {"s3.eusc-de-east-1.amazonaws.eu", "eusc-de-east-1", aws},
    {"s3.dualstack.eusc-de-east-1.amazonaws.eu", "eusc-de-east-1", aws},
    {"s3-fips.eusc-de-east-1.amazonaws.eu", "eusc-de-east-1", aws},
    {"s3-fips.dualstack.eusc-de-east-1.amazonaws.eu", "eusc-de-east-1", aws},
    {"ap-123456789012.s3-accesspoint.eusc-de-east-1.amazonaws.eu", "eusc-de-east-1", cname},
    {"s3.us-iso-east-1.c2s.ic.gov", "us-iso-east-1", aws},
    {"s3-fips.dualstack.us-iso-west-1.c2s.ic.gov", "us-iso-west-1", aws},
    {"ap-123456789012.s3-accesspoint-fips.us-iso-east-1.c2s.ic.gov", "us-iso-east-1", cname},
    {"s3.us-isob-east-1.sc2s.sgov.gov", "us-isob-east-1", aws},
    {"ap-1.s3-accesspoint-fips.dualstack.us-isob-west-1.sc2s.sgov.gov", "us-isob-west-1", cname},
    {"s3.eu-isoe-west-1.cloud.adc-e.uk", "eu-isoe-west-1", aws},
    {"s3.dualstack.us-isof-south-1.csp.hci.ic.gov", "us-isof-south-1", aws},
    {"s3-accelerate.amazonaws.eu", "", virtual_only},
    {"s3-accelerate.dualstack.c2s.ic.gov", "", virtual_only},
    {"bucket.vpce-0a1b-c2d3.s3.cn-north-1.vpce.amazonaws.com.cn", "cn-north-1", aws},
    {"ap-123456789012.accesspoint.vpce-0a1b.s3.us-east-1.vpce.amazonaws.com", "us-east-1", cname},
    {"s3-fips-us-gov-west-1.amazonaws.com", "us-gov-west-1", aws},
    {"abc123.r2.cloudflarestorage.com", "auto"},
    {"abc123.eu.r2.cloudflarestorage.com", "auto"},
    {"abc123.us.r2.cloudflarestorage.com", "auto"},
    {"abc123.fedramp.r2.cloudflarestorage.com", "auto"},
    {"s3.us-west-004.backblazeb2.com", "us-west-004"},
    {"s3.us-east-005.backblazeb2.com", "us-east-005"},
    {"s3.wasabisys.com", "us-east-1"},
    {"s3.us-west-1.wasabisys.com", "us-west-1"},
    {"s3.nl-1.wasabisys.com", "eu-central-1"},
    {"s3.de-1.wasabisys.com", "eu-central-2"},
    {"s3.uk-1.wasabisys.com", "eu-west-1"},
    {"s3.fr-1.wasabisys.com", "eu-west-2"},
    {"s3.uk-2.wasabisys.com", "eu-west-3"},
    {"s3.it-1.wasabisys.com", "eu-south-1"},
    {"s3.us-east-1-dell-obs.wasabisys.com", ""},
    {"nyc3.digitaloceanspaces.com", "nyc3"},
    {"storage.googleapis.com", "auto"},
    {"commondatastorage.googleapis.com", "auto"},
    {"storage.europe-west3.rep.googleapis.com", "auto"},
    {"storage-media.p.googleapis.com", "auto"},
    {"us-iad-10.linodeobjects.com", "us-iad-10"},
    {"s3.fr-par.scw.cloud", "fr-par"},
    {"s3.gra.io.cloud.ovh.net", "gra"},
    {"s3.us-east-va.io.cloud.ovh.us", "us-east-va"},
    {"fsn1.your-objectstorage.com", "fsn1"},
    {"s3.eu-de.cloud-object-storage.appdomain.cloud", "eu-de"},
    {"ns.compat.objectstorage.eu-frankfurt-1.oci.customer-oci.com", "eu-frankfurt-1"},
    {"ns.compat.objectstorage.eu-frankfurt-1.oraclecloud.com", "eu-frankfurt-1"},
    {"vhcompat.objectstorage.eu-frankfurt-1.oci.customer-oci.com", "eu-frankfurt-1", virtual_only},
    {"ns.compat.objectstorage.us-langley-1.oraclegovcloud.com", "us-langley-1"},
    {"ns.compat.objectstorage.uk-gov-london-1.oraclegovcloud.uk", "uk-gov-london-1"},
    {"ns.compat.objectstorage.eu-frankfurt-2.oraclecloud.eu", "eu-frankfurt-2"},
    {"oss-cn-hangzhou.aliyuncs.com", "cn-hangzhou", virtual_only},
    {"oss-cn-hangzhou-internal.aliyuncs.com", "cn-hangzhou", virtual_only},
    {"s3.oss-cn-hangzhou.aliyuncs.com", "cn-hangzhou", virtual_only},
    {"s3.oss-eu-central-1-internal.aliyuncs.com", "eu-central-1", virtual_only},
    {"s3.oss-cn-beijing.aliyuncs-internal.com", "cn-beijing", virtual_only},
    {"oss-accelerate.aliyuncs.com", "", virtual_only},
    {"oss-accelerate-overseas.aliyuncs.com", "", virtual_only},
    {"s3.oss-accelerate.aliyuncs.com", "", virtual_only},
    {"s3.oss-accelerate-overseas.aliyuncs.com", "", virtual_only},
    {"cos.ap-guangzhou.myqcloud.com", "ap-guangzhou", virtual_only},
    {"cos.accelerate.myqcloud.com", "", virtual_only},
    {"cos.ap-beijing.tencentcos.cn", "ap-beijing", virtual_only},
    {"cos-internal.ap-beijing.tencentcos.cn", "ap-beijing", virtual_only},
    {"obs.ap-southeast-3.myhuaweicloud.com", "ap-southeast-3", virtual_only},
    {"obs.eu-west-101.myhuaweicloud.eu", "eu-west-101", virtual_only},
    {"tos-s3-cn-beijing.volces.com", "cn-beijing", virtual_only},
    {"tos-s3-cn-beijing.ivolces.com", "cn-beijing", virtual_only},
    {"t3.storage.dev", "auto", virtual_only},
    {"fly.storage.tigris.dev", "auto", virtual_only},
    {"ams.storage.tigris.dev", "auto", virtual_only},
    {"storage.yandexcloud.net", "ru-central1"},
    {"s3.yandexcloud.net", "ru-central1"},
    {"storage.yandexcloud.kz", "kz1"},
    {"s3.gra.cloud.ovh.net", "gra"},
    {"s3.gra.perf.cloud.ovh.net", "gra"},
    {"s3.us-east-va.cloud.ovh.us", "us-east-va"},
    {"s3.us-east-va.perf.cloud.ovh.us", "us-east-va"},
    {"eu-central.object.fastlystorage.app", "eu-central"},
    {"s3.eu-central-1.ionoscloud.com", "de"},
    {"s3-eu-central-1.ionoscloud.com", "de"},
    {"s3.eu-central-3.ionoscloud.com", "eu-central-3"},
    {"s3-eu-south-2.ionoscloud.com", "eu-south-2"},
    {"oos.cloudgouv-eu-west-1.outscale.com", "cloudgouv-eu-west-1"},
    {"eu-002.s3.synologyc2.net", "eu-002"},
    {"s3-cn-east-1.qiniucs.com", "cn-east-1"},
    {"s3.cn-east-1.qiniucs.com", "cn-east-1"},
    {"s3.ru-1.storage.selcloud.ru", "ru-1"},
    {"s3.private.eu-de.cloud-object-storage.appdomain.cloud", "eu-de"},
    {"s3.direct.us-south.cloud-object-storage.appdomain.cloud", "us-south"},
    {"s3.fra.eu.cloud-object-storage.appdomain.cloud", "eu"},
    {"s3.private.fra.eu.cloud-object-storage.appdomain.cloud", "eu"},
    {"s3.direct.dal.us.cloud-object-storage.appdomain.cloud", "us"},
    {"br-se1.magaluobjects.com", "br-se1"},
    {"sos-ch-gva-2.exo.io", "ch-gva-2"},
    {"ewr1.vultrobjects.com", "ewr1"},
};

TEST(provider, known_hosts) {
    for (const known_host& h : known) {
        const s3::known_host found = s3::find_provider(h.host);
        EXPECT_EQ(found.region, h.region) << h.host;
        EXPECT_EQ(found.of->rule, h.rule) << h.host;
        EXPECT_NE(found.of->name, "") << h.host;
        EXPECT_EQ(found.refused, nullptr) << h.host;
        EXPECT_FALSE(found.bucket_in_front) << h.host;
    }
}

// Each provider's hints name an endpoint that is one of its own.
TEST(provider, endpoints_in_hints) {
    for (const known_host& h : known) {
        const s3::provider& of = *s3::find_provider(h.host).of;
        std::string host(of.endpoint);
        ASSERT_TRUE(host.starts_with("https://")) << of.name;
        host.erase(0, 8);
        for (const auto& [name, value] : {std::pair{"REGION", "eu-west-1"},
                                          {"ACCOUNT", "abc"},
                                          {"NAMESPACE", "ns"},
                                          {"CLUSTER", "us-iad-10"},
                                          {"ZONE", "ch-gva-2"}})
            if (const auto at = host.find(name); at != host.npos)
                host.replace(at, std::string_view(name).size(), value);
        const s3::known_host found = s3::find_provider(host);
        EXPECT_EQ(found.of->name, of.name) << host;
        EXPECT_FALSE(found.bucket_in_front) << host;
        EXPECT_EQ(found.refused, nullptr) << host;
    }
}

struct other_service {
    std::string_view host, beginning;  // of the message
};

constexpr other_service others[] = {
    {"s3express-use1-az4.us-east-1.amazonaws.com", "S3 Express"},
    {"b--use1-az4--x-s3.s3express-use1-az4.us-east-1.amazonaws.com", "S3 Express"},
    {"b--x-s3.s3express-use1-az4.dualstack.us-east-1.amazonaws.com", "S3 Express"},
    {"b--x-s3.s3express-fips-use1-az4.us-east-1.amazonaws.com", "S3 Express"},
    {"b--x-s3.s3express-eude1-az1.eusc-de-east-1.amazonaws.eu", "S3 Express"},
    {"s3express-control.us-east-1.amazonaws.com", "S3 Express"},
    {"s3-outposts.us-east-1.amazonaws.com", "S3 on Outposts"},
    {"s3-outposts.us-east-1.api.aws", "S3 on Outposts"},
    {"ap-1.op-1.s3-outposts.us-east-1.amazonaws.com", "S3 on Outposts"},
    {"ap-1.op-1.s3-outposts-fips.us-east-1.amazonaws.com", "S3 on Outposts"},
    {"ap-1.op-1.s3-outposts.us-iso-east-1.c2s.ic.gov", "S3 on Outposts"},
    {"ap-1.s3-object-lambda.us-east-1.amazonaws.com", "S3 Object Lambda"},
    {"ap-1.s3-object-lambda-fips.us-east-1.amazonaws.com", "S3 Object Lambda"},
    {"ap-1.s3-object-lambda.dualstack.us-east-1.amazonaws.com", "S3 Object Lambda"},
    {"ap-1.s3-object-lambda.us-isob-east-1.sc2s.sgov.gov", "S3 Object Lambda"},
    {"alias.mrap.accesspoint.s3-global.amazonaws.com", "an S3 multi-region access point"},
    {"accesspoint.s3-global.amazonaws.com", "an S3 multi-region access point"},
    {"alias.accesspoint.s3-global.amazonaws.eu", "an S3 multi-region access point"},
    {"123456789012.s3-control.eu-west-1.amazonaws.com", "S3 Control"},
    {"s3-control-fips.dualstack.us-west-2.amazonaws.com", "S3 Control"},
    {"control.vpce-0a1b.s3.us-east-1.vpce.amazonaws.com", "S3 Control"},
    {"s3tables.us-east-1.amazonaws.com", "S3 Tables"},
    {"s3tables-fips.us-east-1.amazonaws.com", "S3 Tables"},
    {"s3tables.eu-west-1.api.aws", "S3 Tables"},
    {"s3vectors.us-east-1.api.aws", "S3 Vectors"},
    {"s3vectors-fips.us-east-1.api.aws", "S3 Vectors"},
    {"s3-website.eu-central-1.amazonaws.com", "a website"},
    {"media.s3-website.eu-central-1.amazonaws.com", "a website"},
    {"media.s3-website-us-east-1.amazonaws.com", "a website"},
    {"media.s3-website.cn-north-1.amazonaws.com.cn", "a website"},
    {"media.s3-website.fr-par.scw.cloud", "a website"},
    {"media.s3-website.gra.io.cloud.ovh.net", "a website"},
    {"media.obs-website.cn-north-4.myhuaweicloud.com", "a website"},
    {"media-1250000000.cos-website.ap-guangzhou.myqcloud.com", "a website"},
    {"media.website-us-east-1.linodeobjects.com", "a website"},
    {"media.website.yandexcloud.net", "a website"},
    {"pub-0123456789abcdef.r2.dev", "a public bucket's host"},
    {"f004.backblazeb2.com", "a public bucket's host"},
    {"storage.cloud.google.com", "a host for signed-in browsers"},
    {"media.nyc3.cdn.digitaloceanspaces.com", "a URL that is signed for the CDN's host"},
};

TEST(provider, hosts_that_accept_no_presigned_url) {
    for (const other_service& o : others) {
        const s3::refusal* const found = s3::find_provider(o.host).refused;
        ASSERT_NE(found, nullptr) << o.host;
        EXPECT_TRUE(found->message.starts_with(o.beginning)) << o.host << ": " << found->message;
        EXPECT_NE(found->hint, "") << o.host;
    }
}

TEST(provider, reserved_buckets) {
    for (const char* bucket : {"b--use1-az4--x-s3", "b--eude1-az1--x-s3", "ap--use1-az4--xa-s3",
                               "ap--op-s3", "alias.mrap", "abc--table-s3"})
        EXPECT_NE(s3::find_reserved_bucket(bucket), nullptr) << bucket;
    for (const char* bucket : {"media", "x-s3", "b--x-s3-", "mrap", "table-s3", "b--ol-s3"})
        EXPECT_EQ(s3::find_reserved_bucket(bucket), nullptr) << bucket;
}

// Nothing is inferred from a host that only looks like one.
TEST(provider, look_alikes) {
    for (const char* host : {"",
                             ".",
                             "com",
                             "amazonaws.com",
                             "s3",
                             "s3.eu-west-1",
                             "example.com",
                             "s3.eu-west-1.amazonaws.com.evil.com",
                             "s3.amazonaws.com.evil.com",
                             "s3.amazonaws.co",
                             "xs3.amazonaws.com",
                             "s3.amazonaws.comx",
                             "s3x.eu-west-1.amazonaws.com",
                             "s3.eu-west-1.amazonaws.org",
                             "s3.eu-west-1.xamazonaws.com",
                             "s3..amazonaws.com",
                             "s3.eu_west_1.amazonaws.com",
                             "s3.website.amazonaws.com",
                             "s3.1.amazonaws.com",
                             "s3.eu-west-1.api.aws",
                             "s3-.amazonaws.com",
                             "s3-eu-west-1.amazonaws.com.cn",
                             "s3.eu-west-.amazonaws.com",
                             "s3.ew-1.amazonaws.com",
                             "r2.cloudflarestorage.com",
                             "abc.r2.cloudflarestorage.com.evil.com",
                             "backblazeb2.com",
                             "s3.backblazeb2.com",
                             "s3.evilwasabisys.com",
                             "digitaloceanspaces.com",
                             "evil-digitaloceanspaces.com",
                             "linodeobjects.com",
                             "s3.fr-par.scw.cloud.evil.com",
                             "storage.googleapis.com.evil.com",
                             "xstorage.googleapis.com",
                             "your-objectstorage.com",
                             "s3.aliyuncs.com",
                             "xt3.storage.dev",
                             "oss-.aliyuncs.com",
                             "s3.eu-west-1.amazonaws.eu.com",
                             "s3.us-iso-east-1.c2s.ic.gov.example.com",
                             "s3.us-iso-east-1.xc2s.ic.gov",
                             "s3.c2s.ic.gov",
                             "cos.ap-guangzhou.myqcloud.com.cn",
                             "cos.myqcloud.com",
                             "xcos.ap-guangzhou.myqcloud.com",
                             "obs.myhuaweicloud.com",
                             "storage.rep.googleapis.com",
                             "rep.googleapis.com",
                             "AWS",
                             "s3.eu-west-1.AWS",
                             "storage.yandexcloud.net.evil.com"}) {
        const s3::known_host found = s3::find_provider(host);
        EXPECT_EQ(found.of->name, "") << host;
        EXPECT_EQ(found.region, "") << host;
        EXPECT_EQ(found.of->rule, path) << host;
        EXPECT_EQ(found.refused, nullptr) << host;
    }
}

TEST(provider, a_bucket_in_front) {
    for (const char* host : {"b.s3.eu-west-1.amazonaws.com", "b.c.d.s3.eu-west-1.amazonaws.com",
                             "b.bucket.vpce-0a1b.s3.eu-west-1.vpce.amazonaws.com"}) {
        const s3::known_host found = s3::find_provider(host);
        EXPECT_TRUE(found.bucket_in_front) << host;
        EXPECT_EQ(found.region, "eu-west-1") << host;
    }
    EXPECT_EQ(s3::find_provider("space.nyc3.digitaloceanspaces.com").region, "nyc3");
    EXPECT_TRUE(s3::find_provider("space.nyc3.digitaloceanspaces.com").bucket_in_front);
    for (const char* host : {"b.s3.eu-west-1.amazonaws.com.evil.com", "media.example.com"}) {
        EXPECT_EQ(s3::find_provider(host).region, "") << host;
        EXPECT_FALSE(s3::find_provider(host).bucket_in_front) << host;
    }
}

struct capabilities {
    std::string_view host;
    bool has_forms, can_create_only;
};

// No PostObject at Cloudflare R2 and Backblaze B2; headers of their own in place of if-none-match
// at Google (x-goog-if-generation-match), Alibaba and Tencent (x-...-forbid-overwrite).
constexpr capabilities provided[] = {
    {"s3.eu-west-1.amazonaws.com", true, true},
    {"ap-1.s3-accesspoint.eu-west-1.amazonaws.com", true, true},
    {"abc.r2.cloudflarestorage.com", false, true},
    {"abc.eu.r2.cloudflarestorage.com", false, true},
    {"b.abc.r2.cloudflarestorage.com", false, true},
    {"s3.us-west-004.backblazeb2.com", false, false},
    {"b.s3.eu-central-003.backblazeb2.com", false, false},
    {"storage.googleapis.com", true, false},
    {"media.storage.googleapis.com", true, false},
    {"media.files.storage.googleapis.com", true, false},
    {"storage.europe-west3.rep.googleapis.com", true, false},
    {"media.storage.europe-west3.rep.googleapis.com", true, false},
    {"commondatastorage.googleapis.com", true, false},
    {"oss-cn-hangzhou.aliyuncs.com", true, false},
    {"s3.oss-accelerate.aliyuncs.com", true, false},
    {"cos.ap-guangzhou.myqcloud.com", true, false},
    {"nyc3.digitaloceanspaces.com", true, true},
    {"localhost", true, true},
    {"r2.cloudflarestorage.com.evil.com", true, true},
    {"storage.googleapis.com.evil.com", true, true},
};

TEST(provider, one_set_of_capabilities) {
    for (const capabilities& c : provided) {
        const s3::provider& found = *s3::find_provider(c.host).of;
        EXPECT_EQ(found.has_forms, c.has_forms) << c.host;
        EXPECT_EQ(found.can_create_only, c.can_create_only) << c.host;
        EXPECT_EQ(found.has_base_path, found.name.empty()) << c.host;
        EXPECT_EQ(found.has_colon_bucket, found.name.empty()) << c.host;
    }
}

// AWS's bucket naming rules and its SDKs' isVirtualHostableS3Bucket
TEST(provider, virtual_hostable) {
    for (const char* bucket : {"aaa", "a-b", "1b2", "bucket-name-1", "123"})
        for (const bool dots : {false, true})
            EXPECT_TRUE(s3::is_virtual_hostable(bucket, dots)) << bucket;
    EXPECT_TRUE(s3::is_virtual_hostable(std::string(63, 'a'), false));
    for (const char* bucket : {"a.b", "my.bucket.name", "1.2.3.4a"}) {
        EXPECT_FALSE(s3::is_virtual_hostable(bucket, false)) << bucket;
        EXPECT_TRUE(s3::is_virtual_hostable(bucket, true)) << bucket;
    }
    for (const char* bucket :
         {"", "a", "aa", "Aaa", "aaA", "99_ab", "bucket!", "-ab", "ab-", "a b", "aü", ".ab", "ab.",
          "a..b", "a.-b", "a-.b", "192.168.5.4", "a/b", "a:b"})
        for (const bool dots : {false, true})
            EXPECT_FALSE(s3::is_virtual_hostable(bucket, dots)) << bucket;
    EXPECT_FALSE(s3::is_virtual_hostable(std::string(64, 'a'), false));
}

}  // namespace
}  // namespace s3sign
