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
    {"nyc3.digitaloceanspaces.com", "nyc3"},
    {"storage.googleapis.com", "auto"},
    {"us-iad-10.linodeobjects.com", "us-iad-10"},
    {"s3.fr-par.scw.cloud", "fr-par"},
    {"s3.gra.io.cloud.ovh.net", "gra"},
    {"s3.us-east-va.io.cloud.ovh.us", "us-east-va"},
    {"fsn1.your-objectstorage.com", "fsn1"},
    {"s3.eu-de.cloud-object-storage.appdomain.cloud", "eu-de"},
    {"ns.compat.objectstorage.eu-frankfurt-1.oci.customer-oci.com", "eu-frankfurt-1"},
    {"ns.compat.objectstorage.eu-frankfurt-1.oraclecloud.com", "eu-frankfurt-1"},
    {"vhcompat.objectstorage.eu-frankfurt-1.oci.customer-oci.com", "eu-frankfurt-1", virtual_only},
    {"s3.oss-cn-hangzhou.aliyuncs.com", "", virtual_only},
    {"t3.storage.dev", "auto", virtual_only},
    {"fly.storage.tigris.dev", "auto", virtual_only},
    {"storage.yandexcloud.net", "ru-central1"},
};

TEST(provider, known_hosts) {
    for (const known_host& h : known) {
        const s3::provider found = s3::find_provider(h.host, false);
        EXPECT_EQ(found.region, h.region) << h.host;
        EXPECT_EQ(found.rule, h.rule) << h.host;
        EXPECT_EQ(found.unsupported, "") << h.host;
    }
}

struct other_service {
    std::string_view host, service;
};

constexpr other_service others[] = {
    {"s3express-use1-az4.us-east-1.amazonaws.com", "S3 Express"},
    {"b--use1-az4--x-s3.s3express-use1-az4.us-east-1.amazonaws.com", "S3 Express"},
    {"b--x-s3.s3express-use1-az4.dualstack.us-east-1.amazonaws.com", "S3 Express"},
    {"s3express-control.us-east-1.amazonaws.com", "S3 Express"},
    {"s3-outposts.us-east-1.amazonaws.com", "S3 on Outposts"},
    {"ap-1.op-1.s3-outposts.us-east-1.amazonaws.com", "S3 on Outposts"},
    {"ap-1.op-1.s3-outposts-fips.us-east-1.amazonaws.com", "S3 on Outposts"},
    {"ap-1.s3-object-lambda.us-east-1.amazonaws.com", "S3 Object Lambda"},
    {"ap-1.s3-object-lambda-fips.us-east-1.amazonaws.com", "S3 Object Lambda"},
    {"ap-1.s3-object-lambda.dualstack.us-east-1.amazonaws.com", "S3 Object Lambda"},
    {"alias.mrap.accesspoint.s3-global.amazonaws.com", "an S3 multi-region access point"},
    {"accesspoint.s3-global.amazonaws.com", "an S3 multi-region access point"},
};

TEST(provider, hosts_that_need_another_signer) {
    for (const other_service& o : others)
        EXPECT_EQ(s3::find_provider(o.host, false).unsupported, o.service) << o.host;
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
                             "s3-website-us-east-1.amazonaws.com",
                             "s3-website.eu-west-1.amazonaws.com",
                             "s3-control.us-east-1.amazonaws.com",
                             "s3.eu-west-1.api.aws",
                             "s3-.amazonaws.com",
                             "s3-eu-west-1.amazonaws.com.cn",
                             "s3.eu-west-.amazonaws.com",
                             "s3.ew-1.amazonaws.com",
                             "r2.cloudflarestorage.com",
                             "a.b.c.r2.cloudflarestorage.com",
                             "abc.r2.cloudflarestorage.com.evil.com",
                             "a.eur.r2.cloudflarestorage.com",
                             "backblazeb2.com",
                             "s3.backblazeb2.com",
                             "s3.a.b.backblazeb2.com",
                             "s3.evilwasabisys.com",
                             "digitaloceanspaces.com",
                             "evil-digitaloceanspaces.com",
                             "nyc3.cdn.digitaloceanspaces.com",
                             "linodeobjects.com",
                             "s3.fr-par.scw.cloud.evil.com",
                             "storage.googleapis.com.evil.com",
                             "xstorage.googleapis.com",
                             "your-objectstorage.com",
                             "s3.oss-.aliyuncs.com",
                             "s3.aliyuncs.com",
                             "xt3.storage.dev",
                             "storage.yandexcloud.net.evil.com"}) {
        const s3::provider found = s3::find_provider(host, false);
        EXPECT_EQ(found.region, "") << host;
        EXPECT_EQ(found.rule, path) << host;
        EXPECT_EQ(found.unsupported, "") << host;
    }
}

TEST(provider, a_bucket_in_front_only_where_asked_for) {
    EXPECT_EQ(s3::find_provider("b.s3.eu-west-1.amazonaws.com", false).region, "");
    EXPECT_EQ(s3::find_provider("b.s3.eu-west-1.amazonaws.com", true).region, "eu-west-1");
    EXPECT_EQ(s3::find_provider("b.c.d.s3.eu-west-1.amazonaws.com", true).region, "eu-west-1");
    EXPECT_EQ(s3::find_provider("space.nyc3.digitaloceanspaces.com", true).region, "nyc3");
    EXPECT_EQ(s3::find_provider("b.s3.eu-west-1.amazonaws.com.evil.com", true).region, "");
    EXPECT_EQ(s3::find_provider("media.example.com", true).region, "");
}

// facts of the providers: no PostObject at Cloudflare R2 and Backblaze B2; Google Cloud Storage has
// x-goog-if-generation-match in place of if-none-match
TEST(provider, what_uploads_can_bind) {
    for (const char* host : {"abc.r2.cloudflarestorage.com", "abc.eu.r2.cloudflarestorage.com",
                             "b.abc.r2.cloudflarestorage.com", "s3.us-west-004.backblazeb2.com",
                             "b.s3.eu-central-003.backblazeb2.com"})
        EXPECT_FALSE(s3::find_provider(host, true).has_forms) << host;
    for (const char* host : {"s3.eu-west-1.amazonaws.com", "storage.googleapis.com", "localhost",
                             "nyc3.digitaloceanspaces.com", "r2.cloudflarestorage.com.evil.com",
                             "s3.us-west-004.backblazeb2.com.evil.com"})
        EXPECT_TRUE(s3::find_provider(host, true).has_forms) << host;
    EXPECT_FALSE(s3::find_provider("storage.googleapis.com", true).can_create_only);
    for (const char* host : {"s3.eu-west-1.amazonaws.com", "abc.r2.cloudflarestorage.com",
                             "localhost", "storage.googleapis.com.evil.com"})
        EXPECT_TRUE(s3::find_provider(host, true).can_create_only) << host;
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
