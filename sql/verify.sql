-- Whether a presigned URL is good, with a secret or with a named server.
CREATE EXTENSION s3sign;
SET timezone = 'UTC';

-- https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html
SELECT 'https://examplebucket.s3.amazonaws.com/test.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host&X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404' AS url,
	'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY' AS secret \gset
SELECT * FROM s3sign_verify(:'url', secret => :'secret', at => '2013-05-24T12:00:00Z');

-- the clock: not more than 15 minutes early, good until the very end; without `at` it is now
SELECT at, v.* FROM unnest(ARRAY['2013-05-23T23:44:59Z', '2013-05-23T23:45:00Z', '2013-05-24T00:00:00Z', '2013-05-25T00:00:00Z', '2013-05-25T00:00:00.000001Z', '2013-05-25T00:00:01Z']::timestamptz[]) AS at,
	s3sign_verify(:'url', secret => :'secret', at => at) AS v;
SELECT (s3sign_verify(:'url', secret => :'secret')).*;
SELECT v.* FROM s3sign_verify(s3sign_pre_get('https://s3.example.com', 'media', 'AKID', 'SECRET', 'file', 60), secret => 'SECRET') AS v;
SELECT s3sign_verify(:'url', secret => :'secret', at => 'infinity');

-- each reason except a server's; a signature that does not match is never called old
SELECT what, v.* FROM (VALUES
	('NULL', NULL, 'GET', NULL),
	('nothing', '', 'GET', NULL),
	('another method', :'url', 'PUT', NULL),
	('another digit', left(:'url', -1) || '5', 'GET', NULL),
	('a later expiry', replace(:'url', '86400', '86401'), 'GET', NULL),
	('SigV4A', replace(:'url', 'HMAC-SHA256', 'ECDSA-P256-SHA256'), 'GET', NULL),
	('twice', :'url' || '&X-Amz-Date=20130524T000000Z', 'GET', NULL),
	('another day', replace(:'url', '20130524%2F', '20130525%2F'), 'GET', NULL),
	('in two cases', :'url' || '&x-amz-date=20130524T000000Z', 'GET', NULL),
	('another x-amz twice', :'url' || '&x-amz-acl=private&X-Amz-Acl=private', 'GET', NULL),
	('no name', :'url' || '&=', 'GET', NULL),
	('no name, a value', :'url' || '&=a', 'GET', NULL),
	('nothing between', :'url' || '&&', 'GET', NULL),
	('a payload that is none', :'url' || '&X-Amz-Content-Sha256=%FF', 'GET', NULL),
	('a plus', :'url' || '&a=b+c', 'GET', NULL),
	('a fragment', :'url' || '#x', 'GET', NULL),
	('a header that is not signed', :'url', 'GET', '{"X-Amz-Acl": "private"}'),
	('another header that is not signed', :'url', 'GET', '{"user-agent": "curl", "host": "x", "authorization": "y"}'),
	('host not signed', replace(:'url', '=host', '=range'), 'GET', '{"range": "x"}'),
	('a header missing', replace(:'url', '=host', '=host;range'), 'GET', NULL)
) AS t (what, url, method, headers), s3sign_verify(url, secret => :'secret', method => method, headers => headers::jsonb, at => '2013-05-24') AS v;

-- SigV4's parameters in any case: a token as AWS SDK for .NET writes it (signed with botocore); each once, the names signed as written
SELECT 'https://media.s3.eu-west-1.amazonaws.com/a.txt?x-amz-security-token=IQoJ%2F%2B%3D&X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20260102%2Feu-west-1%2Fs3%2Faws4_request&X-Amz-Date=20260102T030405Z&X-Amz-Expires=3600&X-Amz-SignedHeaders=host&X-Amz-Signature=7a56dd15458e17d98c50a4370959578fbc92e05a8c43c675126951cd2c999c1f' AS in_query,
	'https://media.s3.eu-west-1.amazonaws.com/a.txt?x-amz-security-token=IQoJ%2F%2B%3D&X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20260102%2Feu-west-1%2Fs3%2Faws4_request&X-Amz-Date=20260102T030405Z&X-Amz-Expires=3600&X-Amz-SignedHeaders=host%3Bx-amz-security-token&X-Amz-Signature=c4656999049821038486328cb85a320f9d817c146316d1adf34cd31793601db7' AS as_header_too \gset
SELECT what, v.* FROM (VALUES
	('in the query', :'in_query', NULL),
	('as a header too', :'as_header_too', '{"X-Amz-Security-Token": "IQoJ/+="}'),
	('the header missing', :'as_header_too', NULL),
	('another token in the header', :'as_header_too', '{"X-Amz-Security-Token": "IQoJ"}'),
	('twice', :'in_query' || '&X-Amz-Security-Token=IQoJ%2F%2B%3D', NULL),
	('the signature in lower case', replace(:'in_query', 'X-Amz-Signature', 'x-amz-signature'), NULL),
	('the date in lower case', replace(:'in_query', 'X-Amz-Date', 'x-amz-date'), NULL)
) AS t (what, url, headers), s3sign_verify(url, secret => :'secret', headers => headers::jsonb, at => '2026-01-02T03:04:05Z') AS v;

-- URLs of other schemes are not malformed
SELECT v.*, left(query, 30) AS query FROM unnest(ARRAY[
	'AWSAccessKeyId=AKIAIOSFODNN7EXAMPLE&Signature=vjbyPxybdZaNmGa%2ByT272YEAiv4%3D&Expires=1175139620',
	'AWSAccessKeyId=ASIA&Signature=vjby%3D&Expires=1175139620&x-amz-security-token=t',
	'Expires=1357034400&Signature=nitfHRCrtziwO2HwPfWw~yYDhUF5EwRunQA-&Key-Pair-Id=K2JCJMDEHXQW5F',
	'X-Goog-Algorithm=GOOG4-RSA-SHA256&X-Goog-Credential=a%2F20191201%2Fus%2Fstorage%2Fgoog4_request&X-Goog-Date=20191201T190859Z&X-Goog-Expires=10&X-Goog-SignedHeaders=host&X-Goog-Signature=95e6',
	'GoogleAccessId=a&Expires=1458238630&Signature=VVUgfqviDCov',
	'OSSAccessKeyId=LTAI&Expires=1141889120&Signature=vjby%3D',
	'x-oss-signature-version=OSS4-HMAC-SHA256&x-oss-credential=LTAI&x-oss-date=20231203T121212Z&x-oss-expires=86400&x-oss-signature=c51c',
	'q-sign-algorithm=sha1&q-ak=AKID&q-sign-time=1557989753;1557996953&q-key-time=1557989753;1557996953&q-header-list=&q-url-param-list=&q-signature=5d1f',
	'AccessKeyId=AK&Expires=1532779451&Signature=0Akylf43Bm3mD1bh2rM3dmVp1Bo%3D',
	replace(split_part(:'url', '?', 2), 'X-Amz-Algorithm=AWS4-HMAC-SHA256', 'x-amz-algorithm=AWS4-ECDSA-P256-SHA256'),
	'Signature=x', 'X-Amz-Signature=x&AWSAccessKeyId=a&Signature=b']) AS query, s3sign_verify('https://bucket.example.com/file?' || query, secret => 'SECRET') AS v;

-- the default time is the clock, not the start of the statement
WITH u AS MATERIALIZED (SELECT s3sign_pre_get('https://s3.example.com', 'media', 'AKID', 'SECRET', 'file', 1) AS url),
	later AS MATERIALIZED (SELECT url, pg_sleep(2) FROM u)
SELECT (s3sign_verify(url, secret => 'SECRET')).* FROM later;

-- headers: any case, blanks as they come
SELECT s3sign_pre_put('https://s3.example.com', 'media', 'AKID', 'SECRET', 'file', 60, headers => '{"content-type": "text/plain", "x-amz-meta-a": ["1", "2"]}', signed_at => '2026-01-02') AS put \gset
SELECT headers, v.* FROM unnest(ARRAY['{"Content-Type": " text/plain ", "X-AMZ-META-A": "1,2"}', '{"content-type": "text/html", "x-amz-meta-a": "1,2"}', '{"content-type": "text/plain"}', '{}']) AS headers,
	s3sign_verify(:'put', secret => 'SECRET', method => 'PUT', headers => headers::jsonb, at => '2026-01-02') AS v;

-- nothing in a URL raises; what is passed with it does
SELECT count(*) AS urls, count(*) FILTER (WHERE v.valid IS NULL) AS nulls, count(*) FILTER (WHERE v.valid) AS valid
FROM (SELECT left(:'url', i) FROM generate_series(0, length(:'url') - 1) AS i
	UNION ALL SELECT overlay(:'url' PLACING c FROM i FOR 1) FROM generate_series(1, length(:'url')) AS i, unnest(ARRAY['%', ' ', '&', E'\x01', 'ü', '/', '=']) AS c WHERE substr(:'url', i, 1) <> c
	UNION ALL SELECT repeat(x, 300000) FROM unnest(ARRAY['%', '&', :'url', 'ü', 'https://h/?a=b&']) AS x) AS t (url), s3sign_verify(url, secret => :'secret', at => '2013-05-24') AS v;
SELECT s3sign_verify(:'url');
SELECT s3sign_verify(:'url', server => 'x', secret => 'y');
SELECT s3sign_verify(:'url', server => 'regress_s3sign');
SELECT s3sign_verify(NULL, server => 'regress_s3sign');
SELECT s3sign_verify(:'url', secret => '');
SELECT s3sign_verify(:'url', secret => 'x', method => 'G ET');
SELECT s3sign_verify(:'url', secret => 'x', headers => '{"a b": "c"}');
SELECT s3sign_verify(:'url', secret => 'x', headers => '{"a": "b", "A": "c"}');
SELECT s3sign_verify(:'url', secret => 'x', headers => '[]');

-- other services encode the path twice and sign the hash of no payload
SELECT (s3sign_verify(s3sign_pre_url('GET', u, 'AKID', 'SECRET', 60, 'eu-west-1', service), secret => 'SECRET')).*, service, u
FROM unnest(ARRAY['https://api.example.com/a/../b%20c//d?x=%7E&y', 'https://api.example.com/%21%2Fa']) AS u, unnest(ARRAY['execute-api', 's3', 's3-outposts']) AS service;

-- named servers: identity, endpoint, bucket, prefix and region are theirs
CREATE SERVER regress_s3sign FOREIGN DATA WRAPPER s3sign OPTIONS (endpoint 'https://s3.eu-west-1.amazonaws.com', bucket 'media', key_prefix 'pub/', methods 'get,head,list');
CREATE USER MAPPING FOR PUBLIC SERVER regress_s3sign OPTIONS (access_key_id 'AKID', secret_access_key 'SECRET');
SELECT (s3sign_verify(s3sign_get('regress_s3sign', 'pub/ü.txt', download_as => 'x'), server => 'regress_s3sign')).*;
SELECT (s3sign_verify(s3sign_list('regress_s3sign'), server => 'regress_s3sign')).*;
SELECT what, v.* FROM (VALUES
	('the same by hand', s3sign_pre_get('s3.eu-west-1.amazonaws.com', 'media', 'AKID', 'SECRET', 'pub/a', 60)),
	('path style', s3sign_pre_get('s3.eu-west-1.amazonaws.com', 'media', 'AKID', 'SECRET', 'pub/a', 60, addressing => 'path')),
	('another identity', s3sign_pre_get('s3.eu-west-1.amazonaws.com', 'media', 'AKIE', 'SECRET', 'pub/a', 60)),
	('another secret', s3sign_pre_get('s3.eu-west-1.amazonaws.com', 'media', 'AKID', 'SECRED', 'pub/a', 60)),
	('another bucket', s3sign_pre_get('s3.eu-west-1.amazonaws.com', 'other', 'AKID', 'SECRET', 'pub/a', 60)),
	('another endpoint', s3sign_pre_get('s3.example.com', 'media', 'AKID', 'SECRET', 'pub/a', 60, 'eu-west-1')),
	('a host that ends otherwise', s3sign_pre_get('s3.eu-west-1.amazonaws.com.example.com', 'media', 'AKID', 'SECRET', 'pub/a', 60, 'eu-west-1', addressing => 'virtual')),
	('another region', s3sign_pre_get('s3.eu-west-1.amazonaws.com', 'media', 'AKID', 'SECRET', 'pub/a', 60, 'eu-west-2')),
	('another service', s3sign_pre_url('GET', 'https://media.s3.eu-west-1.amazonaws.com/pub/a', 'AKID', 'SECRET', 60, 'eu-west-1', 'sts')),
	('another key', s3sign_pre_get('s3.eu-west-1.amazonaws.com', 'media', 'AKID', 'SECRET', 'private/a', 60)),
	('a key that leaves the prefix', s3sign_pre_get('s3.eu-west-1.amazonaws.com', 'media', 'AKID', 'SECRET', 'pub/../private/a', 60)),
	('a list of all', s3sign_pre_url('GET', 'https://media.s3.eu-west-1.amazonaws.com/?list-type=2', 'AKID', 'SECRET', 60, 'eu-west-1')),
	('a list of others', s3sign_pre_url('GET', 'https://media.s3.eu-west-1.amazonaws.com/?list-type=2&prefix=private/', 'AKID', 'SECRET', 60, 'eu-west-1'))
) AS t (what, url), s3sign_verify(url, server => 'regress_s3sign') AS v;

-- a key_prefix leaves of the bucket a list below it, and nothing else
SELECT v.reason, method, query FROM (VALUES
	('GET', '?list-type=2&prefix=pub/'), ('GET', '?list-type=2&prefix=pub/a&max-keys=1&encoding-type=url'),
	('DELETE', '?prefix=pub/'), ('PUT', '?policy&prefix=pub/'), ('POST', '?delete&prefix=pub/'), ('HEAD', '?list-type=2&prefix=pub/'),
	('GET', '?acl&prefix=pub/'), ('GET', '?versions&prefix=pub/'), ('GET', '?prefix=pub/'), ('GET', '?list-type=2&prefix=pub/&acl'),
	('GET', '?list-type=2&prefix=pub/&prefix=private/'), ('GET', '?list-type=2&prefix=private/&prefix=pub/'), ('GET', '?list-type=2&prefix=pub/../')
) AS t (method, query), s3sign_verify(s3sign_pre_url(method, 'https://media.s3.eu-west-1.amazonaws.com/' || query, 'AKID', 'SECRET', 60, 'eu-west-1'), server => 'regress_s3sign', method => method) AS v;

-- https is not http, and a segment that is resolved leaves the bucket, with a key_prefix or without
ALTER SERVER regress_s3sign OPTIONS (ADD addressing 'path', DROP key_prefix);
SELECT v.reason, url FROM unnest(ARRAY['https://s3.eu-west-1.amazonaws.com/media/k', 'http://s3.eu-west-1.amazonaws.com/media/k', 'https://s3.eu-west-1.amazonaws.com/media/../other/k', 'https://s3.eu-west-1.amazonaws.com/media/%2e%2e/other/k', 'https://s3.eu-west-1.amazonaws.com/media//']) AS url,
	s3sign_verify(s3sign_pre_url('GET', url, 'AKID', 'SECRET', 60, 'eu-west-1'), server => 'regress_s3sign') AS v;
ALTER SERVER regress_s3sign OPTIONS (DROP addressing, ADD key_prefix 'pub/');

-- the session token is a part of the identity
ALTER USER MAPPING FOR PUBLIC SERVER regress_s3sign OPTIONS (ADD session_token 'TOKEN');
SELECT token, v.* FROM unnest(ARRAY['TOKEN', 'token', NULL]) AS token,
	s3sign_verify(s3sign_pre_get('s3.eu-west-1.amazonaws.com', 'media', 'AKID', 'SECRET', 'pub/a', 60, session_token => token), server => 'regress_s3sign') AS v;
SELECT (s3sign_verify(s3sign_get('regress_s3sign', 'pub/a'), server => 'regress_s3sign')).*;
-- also where it is a signed header
SELECT s3sign_pre_get('s3.eu-west-1.amazonaws.com', 'media', 'AKID', 'SECRET', 'pub/a', 60, headers => '{"x-amz-meta-a": "TOKEN"}') AS url \gset
SELECT replace(:'url', 'x-amz-meta-a', 'x-amz-security-token') AS url \gset
SELECT regexp_replace(:'url', 'Signature=.*', 'Signature=' || signature) AS url FROM s3sign_explain(:'url', secret => 'SECRET', headers => '{"x-amz-security-token": "TOKEN"}') \gset
SELECT token, v.* FROM unnest(ARRAY['TOKEN', 'token', NULL]) AS token,
	s3sign_verify(:'url', server => 'regress_s3sign', headers => jsonb_strip_nulls(jsonb_build_object('X-Amz-Security-Token', token))) AS v;
ALTER USER MAPPING FOR PUBLIC SERVER regress_s3sign OPTIONS (DROP session_token);
SELECT (s3sign_verify(s3sign_pre_get('s3.eu-west-1.amazonaws.com', 'media', 'AKID', 'SECRET', 'pub/a', 60, session_token => 'TOKEN'), server => 'regress_s3sign')).*;

-- behind a public_endpoint, as it is shown and as the storage gets it
ALTER SERVER regress_s3sign OPTIONS (ADD public_endpoint 'https://cdn.example.com/files');
SELECT s3sign_get('regress_s3sign', 'pub/a b', signed_at => statement_timestamp()) AS shown \gset
SELECT split_part(:'shown', '?', 1) AS shown, (s3sign_verify(:'shown', server => 'regress_s3sign')).*;
SELECT (s3sign_verify(replace(:'shown', 'cdn.example.com/files', 'media.s3.eu-west-1.amazonaws.com'), server => 'regress_s3sign')).*;
SELECT (s3sign_verify(replace(:'shown', '/files/', '/'), server => 'regress_s3sign')).*;
SELECT (s3sign_verify(:'shown', secret => 'SECRET')).*;

-- without a bucket of its own any bucket will do, where the URL shows one; base paths are signed as they are written
CREATE SERVER regress_s3sign_any FOREIGN DATA WRAPPER s3sign OPTIONS (endpoint 'https://minio.example.com/!base', key_prefix 'pub/');
CREATE USER MAPPING FOR PUBLIC SERVER regress_s3sign_any OPTIONS (access_key_id 'AKID', secret_access_key 'SECRET');
SELECT bucket, v.* FROM unnest(ARRAY['media', 'My_Bucket', 'ü']) AS bucket, s3sign_verify(s3sign_get('regress_s3sign_any', 'pub/a', bucket => bucket), server => 'regress_s3sign_any') AS v;
SELECT (s3sign_verify(s3sign_get('regress_s3sign_any', 'pub/a', bucket => 'media'), secret => 'SECRET')).*;
ALTER SERVER regress_s3sign_any OPTIONS (SET endpoint 'https://s3.eu-west-1.amazonaws.com');
SELECT bucket, v.* FROM unnest(ARRAY['media', 'My_Bucket']) AS bucket, s3sign_verify(s3sign_get('regress_s3sign_any', 'pub/a', bucket => bucket), server => 'regress_s3sign_any') AS v;
ALTER SERVER regress_s3sign_any OPTIONS (SET endpoint 'https://files.example.com', ADD addressing 'cname');
SELECT (s3sign_verify(s3sign_get('regress_s3sign_any', 'pub/a', bucket => 'files'), server => 'regress_s3sign_any')).*;
-- a public_endpoint of the same host: what the server signs is good, whichever path is the longer
ALTER SERVER regress_s3sign_any OPTIONS (DROP key_prefix, ADD bucket 'files', ADD public_endpoint 'https://files.example.com/cdn');
SELECT split_part(url, '?', 1) AS url, v.* FROM s3sign_get('regress_s3sign_any', 'cdn/a') AS url, s3sign_verify(url, server => 'regress_s3sign_any') AS v;
ALTER SERVER regress_s3sign_any OPTIONS (SET endpoint 'https://files.example.com/cdn', SET public_endpoint 'https://files.example.com');
SELECT split_part(url, '?', 1) AS url, v.* FROM s3sign_get('regress_s3sign_any', 'cdn/a') AS url, s3sign_verify(url, server => 'regress_s3sign_any') AS v;

-- in WHERE, where NULL passes nothing
SELECT count(*) FROM (VALUES (NULL), (''), (s3sign_get('regress_s3sign', 'pub/x')), (s3sign_pre_get('s3.eu-west-1.amazonaws.com', 'media', 'AKID', 'x', 'pub/a', 60))) AS t (url)
WHERE (s3sign_verify(url, server => 'regress_s3sign')).valid;
SELECT count(*) FROM (VALUES (NULL), ('')) AS t (url) WHERE NOT (s3sign_verify(url, server => 'regress_s3sign')).valid;

-- USAGE is needed, as for signing
CREATE ROLE regress_s3sign_nobody;
SET ROLE regress_s3sign_nobody;
SELECT s3sign_verify(:'shown', server => 'regress_s3sign');
SELECT s3sign_explain(:'shown', server => 'regress_s3sign');
SELECT s3sign_diagnose(:'shown', '', server => 'regress_s3sign');
RESET ROLE;
DROP ROLE regress_s3sign_nobody;

DROP USER MAPPING FOR PUBLIC SERVER regress_s3sign_any;
DROP SERVER regress_s3sign_any;
DROP USER MAPPING FOR PUBLIC SERVER regress_s3sign;
DROP SERVER regress_s3sign;
DROP EXTENSION s3sign;
