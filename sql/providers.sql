-- What is read from the host of a known provider: region and addressing. Sources: AWS's endpoint
-- rules (botocore) and the providers' documentation.
\getenv sources PG_ABS_SRCDIR
\set verify :sources '/sql/include/verify.sql'
\set failure :sources '/sql/include/failure.sql'
\set ECHO none
\i :verify
\i :failure
\set ECHO all
CREATE EXTENSION s3sign;

CREATE TEMP TABLE hosts (host text, region text, address text);
INSERT INTO hosts VALUES
	-- Amazon S3: the bucket in the host
	('s3.amazonaws.com', 'us-east-1', 'media.s3.amazonaws.com/file'),
	('s3-external-1.amazonaws.com', 'us-east-1', 'media.s3-external-1.amazonaws.com/file'),
	('s3.us-east-1.amazonaws.com', 'us-east-1', 'media.s3.us-east-1.amazonaws.com/file'),
	('s3.eu-west-1.amazonaws.com', 'eu-west-1', 'media.s3.eu-west-1.amazonaws.com/file'),
	('s3.ap-southeast-4.amazonaws.com', 'ap-southeast-4', 'media.s3.ap-southeast-4.amazonaws.com/file'),
	('S3.EU-West-1.AmazonAWS.com', 'eu-west-1', 'media.s3.eu-west-1.amazonaws.com/file'),
	('s3-us-west-2.amazonaws.com', 'us-west-2', 'media.s3-us-west-2.amazonaws.com/file'),
	('s3.dualstack.us-west-2.amazonaws.com', 'us-west-2', 'media.s3.dualstack.us-west-2.amazonaws.com/file'),
	('s3-fips.us-west-2.amazonaws.com', 'us-west-2', 'media.s3-fips.us-west-2.amazonaws.com/file'),
	('s3-fips.dualstack.us-west-2.amazonaws.com', 'us-west-2', 'media.s3-fips.dualstack.us-west-2.amazonaws.com/file'),
	('s3.us-gov-west-1.amazonaws.com', 'us-gov-west-1', 'media.s3.us-gov-west-1.amazonaws.com/file'),
	('s3-fips.us-gov-west-1.amazonaws.com', 'us-gov-west-1', 'media.s3-fips.us-gov-west-1.amazonaws.com/file'),
	('s3.us-gov-east-1.amazonaws.com', 'us-gov-east-1', 'media.s3.us-gov-east-1.amazonaws.com/file'),
	('s3.cn-north-1.amazonaws.com.cn', 'cn-north-1', 'media.s3.cn-north-1.amazonaws.com.cn/file'),
	('s3.dualstack.cn-northwest-1.amazonaws.com.cn', 'cn-northwest-1', 'media.s3.dualstack.cn-northwest-1.amazonaws.com.cn/file'),
	('bucket.vpce-0a-1b.s3.us-east-2.vpce.amazonaws.com', 'us-east-2', 'media.bucket.vpce-0a-1b.s3.us-east-2.vpce.amazonaws.com/file'),
	('vpce-0a-1b.s3.us-east-2.vpce.amazonaws.com', 'us-east-2', 'media.vpce-0a-1b.s3.us-east-2.vpce.amazonaws.com/file'),
	-- accelerate hosts do not tell the region; access points are the bucket
	('s3-accelerate.amazonaws.com', 'us-east-1', 'media.s3-accelerate.amazonaws.com/file'),
	('s3-accelerate.dualstack.amazonaws.com', 'us-east-1', 'media.s3-accelerate.dualstack.amazonaws.com/file'),
	('ap-123456789012.s3-accesspoint.us-west-2.amazonaws.com', 'us-west-2', 'ap-123456789012.s3-accesspoint.us-west-2.amazonaws.com/file'),
	('ap-123456789012.s3-accesspoint.dualstack.us-west-2.amazonaws.com', 'us-west-2', 'ap-123456789012.s3-accesspoint.dualstack.us-west-2.amazonaws.com/file'),
	('ap-123456789012.s3-accesspoint-fips.us-west-2.amazonaws.com', 'us-west-2', 'ap-123456789012.s3-accesspoint-fips.us-west-2.amazonaws.com/file'),
	('ap-123456789012.s3-accesspoint-fips.dualstack.us-west-2.amazonaws.com', 'us-west-2', 'ap-123456789012.s3-accesspoint-fips.dualstack.us-west-2.amazonaws.com/file'),
	('ap-123456789012.s3-accesspoint.cn-north-1.amazonaws.com.cn', 'cn-north-1', 'ap-123456789012.s3-accesspoint.cn-north-1.amazonaws.com.cn/file'),
	-- the other partitions of AWS
	('s3.eusc-de-east-1.amazonaws.eu', 'eusc-de-east-1', 'media.s3.eusc-de-east-1.amazonaws.eu/file'),
	('s3-fips.dualstack.eusc-de-east-1.amazonaws.eu', 'eusc-de-east-1', 'media.s3-fips.dualstack.eusc-de-east-1.amazonaws.eu/file'),
	('s3.us-iso-east-1.c2s.ic.gov', 'us-iso-east-1', 'media.s3.us-iso-east-1.c2s.ic.gov/file'),
	('s3.us-isob-east-1.sc2s.sgov.gov', 'us-isob-east-1', 'media.s3.us-isob-east-1.sc2s.sgov.gov/file'),
	('s3.eu-isoe-west-1.cloud.adc-e.uk', 'eu-isoe-west-1', 'media.s3.eu-isoe-west-1.cloud.adc-e.uk/file'),
	('s3.us-isof-south-1.csp.hci.ic.gov', 'us-isof-south-1', 'media.s3.us-isof-south-1.csp.hci.ic.gov/file'),
	('ap-123456789012.s3-accesspoint.us-iso-east-1.c2s.ic.gov', 'us-iso-east-1', 'ap-123456789012.s3-accesspoint.us-iso-east-1.c2s.ic.gov/file'),
	('ap-123456789012.accesspoint.vpce-0a-1b.s3.us-east-2.vpce.amazonaws.com', 'us-east-2', 'ap-123456789012.accesspoint.vpce-0a-1b.s3.us-east-2.vpce.amazonaws.com/file'),
	('s3-fips-us-gov-west-1.amazonaws.com', 'us-gov-west-1', 'media.s3-fips-us-gov-west-1.amazonaws.com/file'),
	-- Cloudflare R2
	('account.r2.cloudflarestorage.com', 'auto', 'account.r2.cloudflarestorage.com/media/file'),
	('account.eu.r2.cloudflarestorage.com', 'auto', 'account.eu.r2.cloudflarestorage.com/media/file'),
	('account.us.r2.cloudflarestorage.com', 'auto', 'account.us.r2.cloudflarestorage.com/media/file'),
	('account.fedramp.r2.cloudflarestorage.com', 'auto', 'account.fedramp.r2.cloudflarestorage.com/media/file'),
	-- Backblaze B2, Wasabi and its aliases
	('s3.us-west-004.backblazeb2.com', 'us-west-004', 's3.us-west-004.backblazeb2.com/media/file'),
	('s3.us-east-005.backblazeb2.com', 'us-east-005', 's3.us-east-005.backblazeb2.com/media/file'),
	('s3.wasabisys.com', 'us-east-1', 's3.wasabisys.com/media/file'),
	('s3.ap-northeast-1.wasabisys.com', 'ap-northeast-1', 's3.ap-northeast-1.wasabisys.com/media/file'),
	('s3.nl-1.wasabisys.com', 'eu-central-1', 's3.nl-1.wasabisys.com/media/file'),
	('s3.de-1.wasabisys.com', 'eu-central-2', 's3.de-1.wasabisys.com/media/file'),
	('s3.uk-1.wasabisys.com', 'eu-west-1', 's3.uk-1.wasabisys.com/media/file'),
	('s3.fr-1.wasabisys.com', 'eu-west-2', 's3.fr-1.wasabisys.com/media/file'),
	('s3.uk-2.wasabisys.com', 'eu-west-3', 's3.uk-2.wasabisys.com/media/file'),
	('s3.it-1.wasabisys.com', 'eu-south-1', 's3.it-1.wasabisys.com/media/file'),
	('s3.us-east-1-dell-obs.wasabisys.com', 'us-east-1', 's3.us-east-1-dell-obs.wasabisys.com/media/file'),
	-- DigitalOcean, Google, Linode, Scaleway, OVH, Hetzner, IBM, Oracle, Yandex
	('nyc3.digitaloceanspaces.com', 'nyc3', 'nyc3.digitaloceanspaces.com/media/file'),
	('storage.googleapis.com', 'auto', 'storage.googleapis.com/media/file'),
	('us-iad-10.linodeobjects.com', 'us-iad-10', 'us-iad-10.linodeobjects.com/media/file'),
	('s3.fr-par.scw.cloud', 'fr-par', 's3.fr-par.scw.cloud/media/file'),
	('s3.gra.io.cloud.ovh.net', 'gra', 's3.gra.io.cloud.ovh.net/media/file'),
	('s3.us-east-va.io.cloud.ovh.us', 'us-east-va', 's3.us-east-va.io.cloud.ovh.us/media/file'),
	('fsn1.your-objectstorage.com', 'fsn1', 'fsn1.your-objectstorage.com/media/file'),
	('s3.eu-de.cloud-object-storage.appdomain.cloud', 'eu-de', 's3.eu-de.cloud-object-storage.appdomain.cloud/media/file'),
	('ns.compat.objectstorage.eu-frankfurt-1.oci.customer-oci.com', 'eu-frankfurt-1', 'ns.compat.objectstorage.eu-frankfurt-1.oci.customer-oci.com/media/file'),
	('ns.compat.objectstorage.eu-frankfurt-1.oraclecloud.com', 'eu-frankfurt-1', 'ns.compat.objectstorage.eu-frankfurt-1.oraclecloud.com/media/file'),
	('storage.yandexcloud.net', 'ru-central1', 'storage.yandexcloud.net/media/file'),
	('storage.yandexcloud.kz', 'kz1', 'storage.yandexcloud.kz/media/file'),
	('storage.europe-west3.rep.googleapis.com', 'auto', 'storage.europe-west3.rep.googleapis.com/media/file'),
	('s3.gra.cloud.ovh.net', 'gra', 's3.gra.cloud.ovh.net/media/file'),
	('s3.private.eu-de.cloud-object-storage.appdomain.cloud', 'eu-de', 's3.private.eu-de.cloud-object-storage.appdomain.cloud/media/file'),
	('ns.compat.objectstorage.us-langley-1.oraclegovcloud.com', 'us-langley-1', 'ns.compat.objectstorage.us-langley-1.oraclegovcloud.com/media/file'),
	-- Exoscale, Fastly, IONOS, Magalu, Outscale, Qiniu, Selectel, Synology, Vultr
	('sos-ch-gva-2.exo.io', 'ch-gva-2', 'sos-ch-gva-2.exo.io/media/file'),
	('eu-central.object.fastlystorage.app', 'eu-central', 'eu-central.object.fastlystorage.app/media/file'),
	('s3.eu-central-1.ionoscloud.com', 'de', 's3.eu-central-1.ionoscloud.com/media/file'),
	('s3.eu-central-3.ionoscloud.com', 'eu-central-3', 's3.eu-central-3.ionoscloud.com/media/file'),
	('br-se1.magaluobjects.com', 'br-se1', 'br-se1.magaluobjects.com/media/file'),
	('oos.eu-west-2.outscale.com', 'eu-west-2', 'oos.eu-west-2.outscale.com/media/file'),
	('s3-cn-east-1.qiniucs.com', 'cn-east-1', 's3-cn-east-1.qiniucs.com/media/file'),
	('s3.ru-1.storage.selcloud.ru', 'ru-1', 's3.ru-1.storage.selcloud.ru/media/file'),
	('eu-002.s3.synologyc2.net', 'eu-002', 'eu-002.s3.synologyc2.net/media/file'),
	('ewr1.vultrobjects.com', 'ewr1', 'ewr1.vultrobjects.com/media/file'),
	-- virtual hosts only: Alibaba, Huawei, Tencent, Tigris, Volcengine
	('oss-cn-hangzhou.aliyuncs.com', 'cn-hangzhou', 'media.oss-cn-hangzhou.aliyuncs.com/file'),
	('s3.oss-cn-hangzhou.aliyuncs.com', 'cn-hangzhou', 'media.s3.oss-cn-hangzhou.aliyuncs.com/file'),
	('oss-cn-hangzhou-internal.aliyuncs.com', 'cn-hangzhou', 'media.oss-cn-hangzhou-internal.aliyuncs.com/file'),
	('oss-accelerate.aliyuncs.com', 'us-east-1', 'media.oss-accelerate.aliyuncs.com/file'),
	('obs.ap-southeast-3.myhuaweicloud.com', 'ap-southeast-3', 'media.obs.ap-southeast-3.myhuaweicloud.com/file'),
	('obs.eu-west-101.myhuaweicloud.eu', 'eu-west-101', 'media.obs.eu-west-101.myhuaweicloud.eu/file'),
	('cos.ap-guangzhou.myqcloud.com', 'ap-guangzhou', 'media.cos.ap-guangzhou.myqcloud.com/file'),
	('tos-s3-cn-beijing.volces.com', 'cn-beijing', 'media.tos-s3-cn-beijing.volces.com/file'),
	('ams.storage.tigris.dev', 'auto', 'media.ams.storage.tigris.dev/file'),
	('t3.storage.dev', 'auto', 'media.t3.storage.dev/file'),
	('fly.storage.tigris.dev', 'auto', 'media.fly.storage.tigris.dev/file'),
	-- any region will do
	('ref.storage.supabase.co', 'us-east-1', 'ref.storage.supabase.co/media/file'),
	('gateway.storjshare.io', 'us-east-1', 'gateway.storjshare.io/media/file'),
	('localhost', 'us-east-1', 'localhost/media/file');

CREATE TEMP TABLE signed AS
	SELECT hosts.*, url, split_part(substring(url FROM '^https://([^?]*)'), '?', 1) AS signed_address,
		substring(url FROM 'X-Amz-Credential=AKID%2F20260102%2F([^%]*)%2Fs3%2Faws4_request') AS signed_region
	FROM hosts, s3sign_pre_get(host, 'media', 'AKID', 'SECRET', 'file', 60, signed_at => '2026-01-02T03:04:05Z') AS url;
SELECT count(*) AS hosts, bool_and(pg_temp.verify(url, 'SECRET')) AS accepted,
	bool_and(signed_region = region) AS region, bool_and(signed_address = address) AS address
FROM signed;
SELECT host, region, signed_region, address, signed_address FROM signed
WHERE signed_region IS DISTINCT FROM region OR signed_address IS DISTINCT FROM address;

-- a region that is given counts, and changes nothing but the credential
SELECT bool_and(url LIKE '%X-Amz-Credential=AKID\%2F20260102\%2FOther_1-x\%2Fs3\%2Faws4_request&%') AS region,
	bool_and(starts_with(url, 'https://' || address || '?')) AS address, bool_and(pg_temp.verify(url, 'SECRET')) AS accepted
FROM hosts, s3sign_pre_get(host, 'media', 'AKID', 'SECRET', 'file', 60, region => 'Other_1-x', signed_at => '2026-01-02T03:04:05Z') AS url;

-- where the host is the bucket, the provider is read from the rest of it
SELECT host, substring(url FROM 'X-Amz-Credential=AKID%2F20260102%2F([^%]*)%2Fs3') AS region,
	starts_with(url, 'https://' || host || '/file?') AS host_kept, pg_temp.verify(url, 'SECRET') AS accepted
FROM (VALUES ('media.s3.eu-west-1.amazonaws.com'), ('media.name.s3.eu-west-1.amazonaws.com'), ('media.nyc3.digitaloceanspaces.com'),
		('media.account.eu.r2.cloudflarestorage.com'), ('media.vhcompat.objectstorage.eu-frankfurt-1.oci.customer-oci.com'),
		('files.example.com')) AS hosts (host),
	s3sign_pre_get(host, 'media', 'AKID', 'SECRET', 'file', 60, addressing => 'cname', signed_at => '2026-01-02T03:04:05Z') AS url;

-- look-alikes are nobody's: us-east-1, by path
SELECT host,
	url LIKE '%X-Amz-Credential=AKID\%2F20260102\%2Fus-east-1\%2Fs3\%2Faws4_request&%' AND starts_with(url, 'https://' || host || '/media/file?') AS unknown
FROM (VALUES ('s3.eu-west-1.amazonaws.com.evil.com'), ('s3.eu-west-1.amazonaws.com.cn.evil.com'), ('evils3.eu-west-1.amazonaws.com'),
		('s3.eu-west-1.amazonaws.org'), ('s3.eu-west-1.evilamazonaws.com'), ('s3.eu-west-1.amazonaws.co'), ('amazonaws.com'), ('eu-west-1.amazonaws.com'),
		('s3.website.amazonaws.com'), ('s3.eu-west-1.x.amazonaws.com'),
		('s3.cn-north-1.amazonaws.com.cn.com'), ('s3-.amazonaws.com'), ('s3.eu-west-.amazonaws.com'),
		('r2.cloudflarestorage.com'), ('account.r2.cloudflarestorage.com.evil.com'), ('evilr2.cloudflarestorage.com'),
		('us-west-004.backblazeb2.com'), ('s3.us-west-004.backblazeb2.com.evil.com'), ('s3.eu-central-1.wasabisys.net'), ('wasabisys.com'),
		('digitaloceanspaces.com'), ('nyc3.evildigitaloceanspaces.com'), ('storage.googleapis.com.evil.com'),
		('linodeobjects.com'), ('s3.scw.cloud'), ('cloud.ovh.net'), ('your-objectstorage.com'),
		('s3.us-iso-east-1.c2s.ic.gov.evil.com'), ('s3.eu-west-1.amazonaws.eu.com'), ('cos.ap-guangzhou.myqcloud.com.cn'), ('compat.objectstorage.eu-frankfurt-1.oraclecloud.com'), ('oss-.aliyuncs.com'),
		('storage.tigris.dev'), ('storage.yandexcloud.net.evil.com')) AS hosts (host),
	s3sign_pre_get(host, 'media', 'AKID', 'SECRET', 'file', 60, signed_at => '2026-01-02T03:04:05Z') AS url;

-- a known host after another bucket: ours would be a part of the key
SELECT host, pg_temp.failure(server => host)
FROM unnest(ARRAY['other.s3.eu-west-1.amazonaws.com', 'other.storage.googleapis.com', 'x.nyc3.digitaloceanspaces.com', 'x.t3.storage.dev']) AS host;

-- a base path where the provider has none
SELECT server, addressing, pg_temp.failure(server => server, addressing => addressing)
FROM (VALUES ('https://acc.r2.cloudflarestorage.com/media', NULL), ('https://acc.r2.cloudflarestorage.com/media', 'path'),
		('https://s3.eu-west-1.amazonaws.com/media', NULL), ('https://storage.googleapis.com/other', 'cname'),
		('https://cos.ap-guangzhou.myqcloud.com/media', 'path')) AS servers (server, addressing);

-- hosts that accept no presigned URL
SELECT host, pg_temp.failure(server => host)
FROM (VALUES ('s3-website.eu-central-1.amazonaws.com'), ('media.s3-website-us-east-1.amazonaws.com'), ('s3tables.us-east-1.amazonaws.com'),
		('s3vectors.us-east-1.api.aws'), ('123456789012.s3-control.eu-west-1.amazonaws.com'), ('pub-0123.r2.dev'), ('f004.backblazeb2.com'),
		('storage.cloud.google.com'), ('media.nyc3.cdn.digitaloceanspaces.com')) AS hosts (host);

-- services that sign otherwise
SELECT host, pg_temp.failure(server => host), pg_temp.failure(server => host, addressing => 'cname') LIKE '0A000 %' AS as_cname
FROM (VALUES ('media--use1-az4--x-s3.s3express-use1-az4.us-east-1.amazonaws.com'), ('s3express-use1-az4.us-east-1.amazonaws.com'),
		('s3express-control.us-east-1.amazonaws.com'), ('s3express-use1-az4.dualstack.us-east-1.amazonaws.com'),
		('ap-123456789012.op-01ac5d28a6a232904.s3-outposts.us-west-2.amazonaws.com'), ('s3-outposts.us-west-2.amazonaws.com'),
		('ap-123456789012.s3-object-lambda.us-west-2.amazonaws.com'), ('ap-123456789012.s3-object-lambda-fips.us-west-2.amazonaws.com'),
		('media--cnn1-az1--x-s3.s3express-cnn1-az1.cn-north-1.amazonaws.com.cn'), ('s3express-cnn1-az1.dualstack.cn-north-1.amazonaws.com.cn'),
		('ap-123456789012.op-01ac5d28a6a232904.s3-outposts.cn-north-1.amazonaws.com.cn'), ('ap-123456789012.s3-object-lambda.cn-north-1.amazonaws.com.cn'),
		('alias.mrap.accesspoint.s3-global.amazonaws.com')) AS hosts (host);
SELECT bucket, pg_temp.failure(server => 's3.us-west-2.amazonaws.com', bucket => bucket),
	pg_temp.failure(bucket => bucket) LIKE 'no error: %' AS elsewhere
FROM unnest(ARRAY['media--use1-az4--x-s3', 'media--use1-az4--xa-s3', 'ap-o01--op-s3', 'alias.mrap', 'abc--table-s3']) AS bucket;

DROP EXTENSION s3sign;
