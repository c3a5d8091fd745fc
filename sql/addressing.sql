-- The place of the bucket: in the path, in the host, or nowhere because the host is the bucket.
\getenv sources PG_ABS_SRCDIR
\set verify :sources '/sql/include/verify.sql'
\set failure :sources '/sql/include/failure.sql'
\set ECHO none
\i :verify
\i :failure
\set ECHO all
CREATE EXTENSION s3sign;

CREATE FUNCTION pg_temp.sign(server text, bucket text, addressing text) RETURNS text LANGUAGE sql AS $$
	SELECT s3sign_pre_get(server, bucket, 'AKID', 'SECRET', 'file', 60, addressing => addressing, signed_at => '2026-01-02T03:04:05Z')
$$;

-- as asked for
SELECT server, bucket, addressing, split_part(url, '?', 1) AS url, pg_temp.verify(url, 'SECRET') AS accepted
FROM (VALUES
	('https://s3.example.com', 'media', 'path'),
	('https://s3.example.com', 'media', 'virtual'),
	('https://media.example.com', 'media', 'cname'),
	('https://files.example.com', 'media', 'cname'),
	('http://s3.example.com:9000/base', 'media', 'path'),
	('http://s3.example.com:9000/base', 'media', 'virtual'),
	('http://s3.example.com:9000/base', 'media', 'cname'),
	-- AWS's endpoint rules: a dotted bucket over http; over https its certificate will not do
	('http://example.com', 'bucket.name', 'virtual'),
	('https://example.com', 'bucket.name', 'virtual'),
	('https://s3.amazonaws.com', 'media', 'path'),
	('https://s3.us-west-2.amazonaws.com', 'media.name', 'virtual'),
	('https://123.123.0.1', 'media', 'path'),
	('https://123.123.0.1', 'media', 'cname'),
	('https://123.123.0.1', '123', NULL),
	('http://[::1]:9000', 'media', 'path'),
	-- Ceph's bucket of another tenant
	('https://rgw.example.com', 'tenant:media', NULL),
	-- a base path that has the bucket's name
	('https://s3.example.com/media', 'media', 'path'),
	('https://s3.example.com/media', 'media', 'cname'),
	('https://s3.example.com/a/media/b', 'media', NULL),
	-- a host that begins with the bucket and has it in the path all the same
	('https://media.example.com', 'media', 'path'),
	('https://t3.storage.dev', 'media', 'path'),
	('https://media.s3.eu-west-1.amazonaws.com', 'media', 'cname')) AS cases (server, bucket, addressing),
	pg_temp.sign(server, bucket, addressing) AS url;

-- not asked for: on AWS virtual where the name can be part of a host, path elsewhere
SELECT server, bucket, split_part(url, '?', 1) AS url, pg_temp.verify(url, 'SECRET') AS accepted
FROM (VALUES ('https://s3.us-west-2.amazonaws.com'), ('http://s3.us-west-2.amazonaws.com'), ('https://s3.example.com')) AS servers (server),
	(VALUES ('media'), ('aaa'), ('aa'), ('3-m'), ('media.name'), ('Media'), ('99_ab'), ('bucket!'), ('example.com#'), ('-media'), ('media-'), ('a..b'),
		('a.-b'), ('.abc'), ('192.168.5.4'), ('a b'), ('a%20b'), ('@~')) AS buckets (bucket),
	pg_temp.sign(server, bucket, NULL) AS url
ORDER BY server, bucket;
SELECT length(bucket) AS bucket, split_part(url, '/', 3) = bucket || '.s3.amazonaws.com' AS in_host, pg_temp.verify(url, 'SECRET') AS accepted
FROM (VALUES (repeat('b', 63)), (repeat('b', 64))) AS long (bucket),
	pg_temp.sign('https://s3.amazonaws.com', bucket, NULL) AS url;
SELECT split_part(url, '?', 1) AS url, pg_temp.verify(url, 'SECRET') AS accepted
FROM pg_temp.sign('https://s3.example.com', U&'b\00FCcher', NULL) AS url;

-- whatever is not one of the three, in this spelling
SELECT addressing, pg_temp.failure(addressing => addressing)
FROM unnest(ARRAY['', 'Path', 'VIRTUAL', 'vhost', 'auto', ' path']) AS addressing;

-- buckets that are refused everywhere
SELECT bucket, pg_temp.failure(bucket => bucket),
	pg_temp.failure(bucket => bucket) = pg_temp.failure(bucket => bucket, addressing => 'cname') AS as_cname
FROM unnest(ARRAY['', '.', '..', 'a/b', '/', 'arn:aws:s3:us-west-2:123456789012:accesspoint/ap', E'a\tb', E'a\nb', E'a\x7f']) AS bucket;

-- a colon, where the provider is known
SELECT pg_temp.failure(server => 'https://s3.eu-west-1.amazonaws.com', bucket => 'tenant:media');

-- and in a host
SELECT bucket, pg_temp.failure(bucket => bucket, addressing => 'virtual')
FROM unnest(ARRAY['aa', 'Media', 'a_b', 'tenant:media', 'bucket!', '-ab', 'ab-', 'a..b', 'a.-b', 'a-.b', '.ab', 'ab.', '192.168.5.4', repeat('b', 64)]) AS bucket;
SELECT pg_temp.failure(server => 'https://123.123.0.1', addressing => 'virtual');
SELECT pg_temp.failure(server => 'http://[::1]:9000', addressing => 'virtual');

-- a host that has the bucket already
SELECT pg_temp.failure(server => 'https://media.s3.amazonaws.com', bucket => 'media');
SELECT pg_temp.failure(server => 'https://MEDIA.s3.amazonaws.com', bucket => 'media');
SELECT pg_temp.failure(server => 'https://media.example.com', bucket => 'media', addressing => 'virtual');
-- a path that has it
SELECT server, addressing, pg_temp.failure(server => server, addressing => addressing)
FROM (VALUES ('https://s3.example.com/media', NULL), ('https://s3.example.com/media/', 'virtual'), ('https://s3.example.com/media/x', NULL),
		('https://s3.example.com/x/media', NULL), ('https://s3.example.com/%6dedia', NULL)) AS servers (server, addressing);
-- another bucket's host of AWS: ours would be a part of the key
SELECT pg_temp.failure(server => 'https://other.s3.eu-west-1.amazonaws.com', bucket => 'media');
SELECT pg_temp.failure(server => 'https://other.s3.eu-west-1.amazonaws.com', bucket => 'media', addressing => 'path') LIKE 'no error: %' AS as_told;

DROP EXTENSION s3sign;
