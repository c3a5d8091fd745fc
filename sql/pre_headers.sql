-- s3sign_pre_headers: what to send for a call from inside the database, signed in its headers.
\getenv sources PG_ABS_SRCDIR
\set outcome :sources '/sql/include/outcome.sql'
\set verify :sources '/sql/include/verify.sql'
\set verify_request :sources '/sql/include/verify_request.sql'
\set ECHO none
\i :outcome
\i :verify
\i :verify_request
\set ECHO all
CREATE EXTENSION s3sign;

-- published: AWS's documentation, S3 («Examples: Signature Calculations») and IAM («Create a signed request»)
CREATE FUNCTION pg_temp.signature(request jsonb) RETURNS text LANGUAGE sql IMMUTABLE AS $$
	SELECT substring(value FROM 'Signature=([0-9a-f]{64})$') FROM jsonb_each_text(request -> 'headers') WHERE lower(key) = 'authorization'
$$;
SELECT jsonb_pretty(s3sign_pre_headers('GET', 'https://examplebucket.s3.amazonaws.com/test.txt', 'AKIAIOSFODNN7EXAMPLE', 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY', headers => '{"Range": "bytes=0-9"}', signed_at => '2013-05-24T00:00:00Z'));
SELECT request, pg_temp.signature(s3sign_pre_headers(method, url, 'AKIAIOSFODNN7EXAMPLE', 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY', headers => headers::jsonb, payload => payload::bytea, signed_at => '2013-05-24T00:00:00Z')) = signature AS published
FROM (VALUES ('get', 'GET', 'https://examplebucket.s3.amazonaws.com/test.txt', '{"Range": "bytes=0-9"}', NULL, 'f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41'),
	('put', 'PUT', 'https://examplebucket.s3.amazonaws.com/test$file.text', '{"Date": "Fri, 24 May 2013 00:00:00 GMT", "x-amz-storage-class": "REDUCED_REDUNDANCY"}', 'Welcome to Amazon S3.',
	 '98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd'),
	('get lifecycle', 'GET', 'https://examplebucket.s3.amazonaws.com/?lifecycle', NULL, NULL, 'fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543'),
	('list', 'GET', 'https://examplebucket.s3.amazonaws.com/?max-keys=2&prefix=J', NULL, NULL, '34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7')) AS published (request, method, url, headers, payload, signature);
SELECT jsonb_pretty(s3sign_pre_headers('GET', 'https://iam.amazonaws.com/?Version=2010-05-08&Action=ListUsers', 'AKIDEXAMPLE', 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY', 'us-east-1', 'iam',
	headers => '{"Content-Type": "application/x-www-form-urlencoded; charset=utf-8"}', signed_at => '2015-08-30T12:36:00Z')) AS iam;
SELECT pg_temp.signature(s3sign_pre_headers('GET', 'https://iam.amazonaws.com/?Action=ListUsers&Version=2010-05-08', 'AKIDEXAMPLE', 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY', 'us-east-1', 'iam',
	headers => '{"Content-Type": "application/x-www-form-urlencoded; charset=utf-8"}', signed_at => '2015-08-30T12:36:00Z')) = '5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7' AS iam;

CREATE FUNCTION pg_temp.request(method text, url text, further text = '') RETURNS text LANGUAGE sql AS $$
	SELECT pg_temp.outcome(format('SELECT s3sign_pre_headers(%L, %L, ''AKID'', ''SECRET'', signed_at => ''2026-01-02T03:04:05Z''%s)', method, url, further))
$$;

-- what is to be sent: all of the object, and every header of it is signed
SELECT method, payload, request ->> 'url' AS url, request #>> '{headers,x-amz-content-sha256}' AS content_sha256, pg_temp.verify_request(request, 'SECRET', method, coalesce(payload, '')) AS accepted
FROM unnest(ARRAY['GET', 'PUT', 'DELETE', 'HEAD', 'POST', 'PATCH']) AS method, unnest(ARRAY[NULL, '', 'x', '\x00ff'::bytea]) AS payload,
	CAST(pg_temp.request(method, 'https://s3.example.com/media/a%20b?acl', format(', payload => %L', payload)) AS jsonb) AS request
WHERE method IN ('PUT', 'GET') OR payload = 'x';
SELECT further, (SELECT array_agg(key ORDER BY key) FROM jsonb_object_keys(request -> 'headers') AS key) AS headers, pg_temp.verify_request(request, 'SECRET', 'PUT', 'body') AS accepted
FROM unnest(ARRAY['', ', session_token => ''T''', ', region => ''eu-west-1''', ', headers => ''{"Content-Type": "text/plain", "X-Amz-Meta-B": 1, "x-amz-meta-a": "b"}''']) AS further,
	CAST(pg_temp.request('PUT', 'https://s3.example.com/media/x', ', payload => ''body''' || further) AS jsonb) AS request;
-- the body's hash is the argument's, or without it a header's
SELECT pg_temp.request('PUT', 'https://s3.example.com/x', ', payload => ''body'', headers => ''{"X-Amz-Content-Sha256": "UNSIGNED-PAYLOAD"}''') AS twice,
	pg_temp.verify_request(pg_temp.request('PUT', 'https://s3.example.com/x', ', headers => ''{"X-Amz-Content-Sha256": "UNSIGNED-PAYLOAD"}''')::jsonb, 'SECRET', 'PUT', 'any') AS unsigned,
	pg_temp.verify_request(pg_temp.request('PUT', 'https://s3.example.com/x', format(', headers => ''{"x-amz-content-sha256": "%s"}''', encode(sha256('body'), 'hex')))::jsonb, 'SECRET', 'PUT', 'body') AS hash;
-- a header's value is what was signed: sent so, it matches
SELECT request -> 'headers' ->> 'x-amz-meta-a' AS value, pg_temp.verify_request(request, 'SECRET') AS accepted
FROM unnest(ARRAY['"  a   b  "', '["a", "b"]', '1.50', 'true', '""']) AS value, CAST(pg_temp.request('GET', 'https://s3.example.com/x', format(', headers => ''{"x-amz-meta-a": %s}''', value)) AS jsonb) AS request;
-- names come out once, whatever their case went in
SELECT key, value FROM jsonb_each_text(CAST(pg_temp.request('GET', 'https://s3.example.com/x', ', headers => ''{"X-AMZ-META-A": "b", "CONTENT-type": "c"}''') AS jsonb) -> 'headers') WHERE lower(key) IN ('x-amz-meta-a', 'content-type') ORDER BY lower(key);

-- the URL as s3sign_pre_url() shows it
SELECT url, CAST(pg_temp.request('GET', url) AS jsonb) ->> 'url' AS sent, pg_temp.verify_request(CAST(pg_temp.request('GET', url) AS jsonb), 'SECRET') AS accepted
FROM unnest(ARRAY['HTTPS://S3.EXAMPLE.COM:443', 'https://s3.example.com/?', 'https://s3.example.com/%7e%2f', 'https://s3.example.com/x?b&a=%7e&a', 'http://[::1]:9000/a//../b', 'https://s3.example.com/x?a=b&c=1%2B1']) AS url;

-- refused
SELECT url, pg_temp.request('GET', url) AS refused
FROM unnest(ARRAY['', 's3.example.com/x', 'https://s3.example.com/x#f', 'https://s3.example.com/x?a+b', 'https://s3.example.com/a b', U&'https://s3.example.com/\00E4', 'https://s3.example.com/%', 'https://user:password@s3.example.com/x',
	'https://s3.example.com/x?X-Amz-Signature=a', 'https://s3.example.com/x?x-amz-date=a', 'ftp://s3.example.com/x']) AS url;
SELECT further, pg_temp.request('GET', 'https://s3.example.com/x', ', ' || further) AS refused
FROM unnest(ARRAY['region => ''''', 'service => ''a/b''', 'session_token => ''''', 'headers => ''[1]''', 'headers => ''{"x-amz-date": "20260102T030405Z"}''', 'headers => ''{"X-Amz-Security-Token": "T"}''', 'headers => ''{"Authorization": "a"}''', 'headers => ''{"host": "a"}''',
	'headers => ''{"a": "b", "A": "c"}''', 'headers => ''{"a": "b\r\nc: d"}''', 'headers => ''{"a b": "c"}''', 'headers => ''{"a": null}''', 'headers => ''{"a": {}}''', 'headers => ''{"x-amz-content-sha256": "x"}''', 'headers => ''{"transfer-encoding": "chunked"}''']) AS further;
SELECT method, pg_temp.request(method, 'https://s3.example.com/x') AS refused FROM unnest(ARRAY['', 'G T', E'GET\r\n']) AS method;
SELECT pg_temp.outcome('SELECT s3sign_pre_headers(''GET'', ''https://s3.example.com/x'', '''', ''SECRET'')') AS identity, pg_temp.outcome('SELECT s3sign_pre_headers(''GET'', ''https://s3.example.com/x'', ''AKID'', '''')') AS secret,
	pg_temp.outcome('SELECT s3sign_pre_headers(''GET'', ''https://s3.example.com/x'', E''AK\nID'', ''SECRET'')') AS line_break_in_identity, pg_temp.request('GET', 'https://s3.example.com/x', ', session_token => E''T\r\nx: y''') AS in_token,
	pg_temp.outcome(U&'SELECT s3sign_pre_headers(''GET'', ''https://s3.example.com/x'', ''AK\00C4ID'', ''SECRET'')') AS not_ascii,
	pg_temp.outcome('SELECT s3sign_pre_headers(''GET'', ''https://s3.example.com/x'', ''AKID'', ''SECRET'', signed_at => ''-infinity'')') AS signed_at;

-- NULLs; by position
SELECT s3sign_pre_headers(NULL, 'https://s3.example.com/x', 'AKID', 'SECRET') IS NULL AND s3sign_pre_headers('GET', NULL, 'AKID', 'SECRET') IS NULL AND s3sign_pre_headers('GET', 'https://s3.example.com/x', NULL, 'SECRET') IS NULL
	AND s3sign_pre_headers('GET', 'https://s3.example.com/x', 'AKID', NULL) IS NULL AS nulls,
	s3sign_pre_headers('GET', 'https://s3.example.com/x', 'AKID', 'SECRET', NULL, NULL, NULL, NULL, NULL, NULL) = s3sign_pre_headers('GET', 'https://s3.example.com/x', 'AKID', 'SECRET') AS defaults,
	s3sign_pre_headers('GET', 'https://s3.example.com/x', 'AKID', 'SECRET', 'r', 'sv', 't', '{"a": "b"}', 'p', '2026-01-02') = s3sign_pre_headers(method => 'GET', url => 'https://s3.example.com/x', identity => 'AKID', secret => 'SECRET', region => 'r',
		service => 'sv', session_token => 't', headers => '{"a": "b"}', payload => 'p', signed_at => '2026-01-02') AS by_position;

-- a large body, stored out of line and compressed
CREATE TEMP TABLE bodies (body bytea);
INSERT INTO bodies SELECT convert_to(string_agg(md5(i::text), ''), 'UTF8') FROM generate_series(1, 100000) AS i;
INSERT INTO bodies SELECT decode(repeat('ab', 5000000), 'hex');
SELECT length(body), s3sign_pre_headers('PUT', 'https://s3.example.com/x', 'AKID', 'SECRET', payload => body) #>> '{headers,x-amz-content-sha256}' = encode(sha256(body), 'hex') AS hashed FROM bodies;

-- flat in memory
\set kilobytes :sources '/sql/include/kilobytes.sql'
\set ECHO none
\i :kilobytes
\set ECHO all
SELECT count(request) AS requests, count(used) AS measured, max(used[1]) - min(used[1]) < 1024 AS contexts, coalesce(max(used[2]) - min(used[2]) < 4096, true) AS process
FROM (SELECT s3sign_pre_headers('PUT', 'https://s3.example.com/media/' || i, 'AKID', 'SECRET', session_token => 'T', headers => '{"a": ["b", 2]}', payload => 'body') AS request,
		s3sign_pre_url('PUT', 'https://s3.example.com/media/%7e?a=%20&b=' || i, 'AKID', 'SECRET', 60, headers => '{"a": ["b", 2]}') AS url,
		CASE WHEN i IN (5000, 100000) THEN pg_temp.kilobytes() END AS used
	FROM generate_series(1, 100000) AS i OFFSET 0) AS rows;

DROP EXTENSION s3sign;
