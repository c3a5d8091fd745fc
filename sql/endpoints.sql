-- Endpoints: [scheme://]host[:port][/base/path], by RFC 3986 §3.
\getenv sources PG_ABS_SRCDIR
\set verify :sources '/sql/include/verify.sql'
\set failure :sources '/sql/include/failure.sql'
\set ECHO none
\i :verify
\i :failure
\set ECHO all
CREATE EXTENSION s3sign;

CREATE FUNCTION pg_temp.sign(server text) RETURNS text LANGUAGE sql AS $$
	SELECT s3sign_pre_get(server, 'media', 'AKID', 'SECRET', 'file', 60, signed_at => '2026-01-02T03:04:05Z')
$$;

SELECT server, split_part(url, '?', 1) AS url, pg_temp.verify(url, 'SECRET') AS accepted
FROM unnest(ARRAY[
	-- scheme
	'https://s3.example.com', 'http://s3.example.com', 's3.example.com', 'localhost', 'HTTP://s3.example.com', 'hTTps://s3.example.com',
	-- host: lower-cased, in URL and signature alike
	'https://S3.Example.COM', 'minio', 'my_minio-1', 'a.b.c.d.e', 'xn--bcher-kva.example',
	-- addresses; an IPv6 address as RFC 5952 writes it
	'http://127.0.0.1:9000', '10.0.0.1', 'http://[::1]:9000', '[2001:DB8:0:0:0:0:0:1]', 'http://[64:ff9b::10.0.0.1]/base',
	-- port: the scheme's own is dropped
	'http://s3.example.com:80', 'https://s3.example.com:443', 's3.example.com:443', 'http://s3.example.com:443',
	'https://s3.example.com:80', 'localhost:9000', 's3.example.com:1', 's3.example.com:65535', 's3.example.com:09000', 's3.example.com:0443',
	'http://[::1]:80',
	-- base path: as it is requested, less the slashes at its end
	'https://s3.example.com/', 'https://s3.example.com//', 'http://beta.example.com:1234/path', 'ref.storage.supabase.co/storage/v1/s3',
	'https://s3.example.com/Base/path/', 's3.example.com/a%2fb%20c', 's3.example.com/-._~!$&''()*+,;=', 's3.example.com/...', 's3.example.com/.a/b..'
	]) WITH ORDINALITY AS endpoints (server, i), pg_temp.sign(server) AS url
ORDER BY i;

-- labels of 63, names of 253 characters
SELECT length(host) AS host, pg_temp.verify(pg_temp.sign(host), 'SECRET') AS accepted
FROM (VALUES (repeat('a', 63)), (repeat(repeat('a', 49) || '.', 5) || 'abc')) AS long (host);

SELECT server, pg_temp.failure(server => server)
FROM unnest(ARRAY['', ' ', ' s3.example.com', 's3.example.com ', 's3.exa mple.com', E's3.example.com\n', E's3\t.example.com', E's3.example.com/\x7f',
	-- scheme
	'ftp://s3.example.com', 's3://media', '://s3.example.com', 'https://', 'https:///path', 'https:s3.example.com',
	-- user information, query, fragment
	'https://user@s3.example.com', 'https://user:password@s3.example.com', 'user:password@s3.example.com:9000', 'https://@s3.example.com',
	'https://s3.example.com?x=1', 'https://s3.example.com/path?', 'https://s3.example.com#', 'https://s3.example.com/#part',
	-- host
	'https://.example.com', 's3..example.com', 's3.example.com.', '.', 's3!.example.com', 's3%2eexample.com', 's3\example.com', '*.example.com',
	-- addresses: only the usual form means the same to every client
	'1.2.3', '256.1.1.1', '1.2.3.4.5', '0x7f.0.0.1', '2130706433', '0x7f000001', '010.0.0.1', 's3.example.1',
	'[::1', '::1', '[]', '[::1]x', '[::1]9000', '[fe80::1%25eth0]', '[fe80::1%eth0]', '[1.2.3.4]', '[v1.fe]', '[::g]', '[::ffff:10.0.0.1]', '[1:2:3:4:5:6:7:8:9]',
	-- port
	's3.example.com:', 's3.example.com:0', 's3.example.com:65536', 's3.example.com:99999999999999999999', 's3.example.com:-1', 's3.example.com:+80',
	's3.example.com:8o', 's3.example.com:80:80', '[::1]:', '[::1]:x',
	-- base path
	's3.example.com/a//b', 's3.example.com//a', 's3.example.com/./b', 's3.example.com/a/..', 's3.example.com/%2e%2E/b', 's3.example.com/.%2e',
	's3.example.com/a%', 's3.example.com/a%2', 's3.example.com/a%2g', 's3.example.com/a:b', 's3.example.com/a@b', 's3.example.com/a"b', 's3.example.com/a\b',
	's3.example.com/a|b', 's3.example.com/[a]']) WITH ORDINALITY AS endpoints (server, i)
ORDER BY i;
SELECT pg_temp.failure(server => U&'https://b\00FCcher.example');
SELECT pg_temp.failure(server => repeat('a', 64));
SELECT pg_temp.failure(server => 's3.example.com' || repeat('/', 4096));
SELECT pg_temp.failure(server => repeat(repeat('a', 49) || '.', 5) || 'abcd');

DROP EXTENSION s3sign;
