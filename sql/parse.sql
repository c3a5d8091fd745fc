-- What a presigned URL says; NULLs for what it does not say, never an error.
CREATE EXTENSION s3sign;
SET timezone = 'UTC';
SET datestyle = 'ISO';

-- https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html, with more parameters
SELECT 'https://examplebucket.s3.amazonaws.com/test.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host&X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404' AS url \gset
\x on
SELECT * FROM s3sign_parse(:'url');
SELECT * FROM s3sign_parse('HTTP://Media.Example.com:8080/a%20b//c?versionId=1&a=%C3%BC%22%0A&versionId=2&flag&' || split_part(:'url', '?', 2) || '&X-Amz-Security-Token=t&X-Amz-Content-Sha256=UNSIGNED-PAYLOAD');
-- SigV4's names in any case are none of the query's
SELECT algorithm, identity, signed_at, expires_at, signed_headers, length(signature) AS signature, query FROM s3sign_parse(replace(:'url', 'X-Amz-', 'x-aMZ-') || '&x-amz-security-token=t&a=b');
\x off

-- what was signed comes out again
SELECT p.identity, p.region, p.signed_at, p.expires_at - p.signed_at AS lives, p.signed_headers, p.path, p.query
FROM s3sign_parse(s3sign_pre_put('https://minio.example.com:9000', 'media', 'AK/ID', 'SECRET', 'ü/a+b', 3600, session_token => 'T',
	query => '{"a": ["1", "2"], "b": ""}', headers => '{"content-type": "text/plain", "x-amz-acl": "private"}', signed_at => '2026-01-02T03:04:05Z')) AS p;

-- text that is not a SigV4 URL gives all NULL
SELECT count(*) AS texts, bool_and(s3sign_parse(text) IS NULL) AS all_null
FROM unnest(ARRAY[NULL, '', 'x', ' ', 'https://example.com', 'https://example.com/a?b=c', '/path?' || split_part(:'url', '?', 2), ' ' || :'url', :'url' || E'\n',
	replace(:'url', 'https', 'ftp'), replace(:'url', 'test', 'ü'), 'https://h/?X-Goog-Algorithm=GOOG4-RSA-SHA256&X-Goog-Signature=ab', 'https://h/?AWSAccessKeyId=a&Signature=b', 'https://h/?AWSAccessKeyId=a&Signature=b&Expires=1&x-amz-security-token=t',
	repeat('x', 1 << 20), repeat('%', 1 << 20), 'https://h/?' || repeat('&', 1 << 20), 'https://h/?' || repeat('%00=&', 100000), :'url' || '&' || repeat('x', 1 << 20)]) AS text;

-- each parameter that is missing, twice or without sense is NULL by itself
SELECT what, p.algorithm, p.identity, p.signed_on, p.signed_at::date AS signed, p.expires_at::date AS expires, p.signed_headers AS headers, length(p.signature) AS signature, p.query
FROM (VALUES ('missing', regexp_replace(:'url', '&X-Amz-Date=[^&]*', '')),
	('twice', :'url' || '&x-amz-expires=1'),
	('no day', replace(:'url', '20130524%2F', '20130532%2F')),
	('no number', replace(:'url', '86400', '1e3')),
	('no scope', replace(:'url', 'aws4_request', '')),
	('bad percent', replace(:'url', 'AKIA', '%zz')),
	('bad percent elsewhere', :'url' || '&a=%'),
	('%00', :'url' || '&a=%00'),
	('%00 in an identity', replace(:'url', 'AKIA', '%00')),
	('no UTF-8', :'url' || '&a=%FF'),
	('long life', replace(:'url', '86400', '7776000')),
	('cut off', left(:'url', 150)),
	('only one', 'https://h/?X-Amz-Signature=x')) AS v (what, url), s3sign_parse(url) AS p;

-- 10,000 parameters are read, more are not; a list may have empty names
SELECT more, p.identity, jsonb_array_length(p.query->'a') AS values
FROM generate_series(-1, 1) AS more, s3sign_parse(:'url' || repeat('&a', 9995 + more)) AS p;
SELECT list, p.signed_headers, array_length(p.signed_headers, 1) AS length
FROM unnest(ARRAY['', 'a', ';', 'a;', ';a', 'a;b', ';;']) AS list, s3sign_parse(replace(:'url', 'SignedHeaders=host', 'SignedHeaders=' || list)) AS p;
SELECT array_length(p.signed_headers, 1) AS length, p.signed_headers[1000000] AS last
FROM s3sign_parse(replace(:'url', 'SignedHeaders=host', 'SignedHeaders=' || repeat(';', 999999) || 'a')) AS p;

-- every beginning of the URL
SELECT count(*) AS beginnings, count(p.signature) AS with_signature, count(p.identity) AS with_identity
FROM generate_series(0, length(:'url')) AS i, s3sign_parse(left(:'url', i)) AS p;

-- IMMUTABLE: in an index
CREATE TABLE urls AS SELECT s3sign_pre_get('https://s3.example.com', 'media', 'AKID' || i % 3, 'SECRET', 'file' || i, 60, signed_at => '2026-01-02') AS url FROM generate_series(1, 30) AS i;
CREATE INDEX ON urls (((s3sign_parse(url)).identity));
SELECT (s3sign_parse(url)).identity, count(*) FROM urls GROUP BY 1 ORDER BY 1;

DROP TABLE urls;
DROP EXTENSION s3sign;

-- other encodings: what a text of the database can't hold is NULL
SELECT current_database() AS home \gset
CREATE DATABASE regress_s3sign_latin1 TEMPLATE template0 ENCODING 'LATIN1' LOCALE_PROVIDER libc LOCALE 'C';
\connect regress_s3sign_latin1
CREATE EXTENSION s3sign;
SELECT encode(convert_to(p.query->>'a', 'LATIN1'), 'hex') AS query, encode(convert_to(p.identity, 'LATIN1'), 'hex') AS identity, p.service
FROM s3sign_parse('https://h/?a=%C3%A9&X-Amz-Credential=%C3%A9%2F20130524%2Fr%2Fs3%2Faws4_request') AS p;
SELECT p.query, p.identity, p.service FROM s3sign_parse('https://h/?a=%E2%82%AC&X-Amz-Credential=%E2%82%AC%2F20130524%2Fr%2Fs3%2Faws4_request') AS p;
SELECT d.cause, d.theirs IS NULL AS theirs, s3sign_redact(convert_from('\xe9', 'LATIN1') || '?X-Amz-Signature=ab') = convert_from('\xe9', 'LATIN1') || '?X-Amz-Signature=***' AS redacted
FROM s3sign_diagnose(s3sign_pre_get('s3.example.com', 'media', 'AKID', convert_from('\xe9', 'LATIN1'), 'file', 60), '<Code>' || convert_from('\xe9', 'LATIN1') || '</Code>', secret => convert_from('\xe9', 'LATIN1')) AS d;
\connect :home
DROP DATABASE regress_s3sign_latin1;
