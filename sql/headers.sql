-- Signed headers: what the client has to send exactly so.
\getenv sources PG_ABS_SRCDIR
\set verify :sources '/sql/include/verify.sql'
\set ECHO none
\i :verify
\set ECHO all
CREATE EXTENSION s3sign;

CREATE FUNCTION pg_temp.sign(headers jsonb) RETURNS text LANGUAGE sql AS $$
	SELECT s3sign_pre_put('https://s3.example.com', 'media', 'AKID', 'SECRET', 'file', 60,
		headers => headers, signed_at => '2026-01-02T03:04:05Z')
$$;

-- `sent` is what is signed: names in lower case, values trimmed and collapsed, arrays joined
SELECT substring(url FROM '&X-Amz-SignedHeaders=([^&]*)&') AS signed_headers,
	pg_temp.verify(url, 'SECRET', 'PUT', sent) AS accepted,
	pg_temp.verify(url, 'SECRET', 'PUT', sent || '{"x-more": "1"}') AS with_another
FROM (VALUES (jsonb '{}', jsonb '{}'),
	('{"Content-Type": "text/plain"}', '{"content-type": "text/plain"}'),
	('{"content-length": 12, "x-amz-meta-draft": true}', '{"content-length": "12", "x-amz-meta-draft": "true"}'),
	('{"x-amz-meta-a": "  two   words  "}', '{"x-amz-meta-a": "two words"}'),
	('{"x-amz-meta-a": ["b", " a ", 1, true]}', '{"x-amz-meta-a": "b,a,1,true"}'),
	('{"x-amz-meta-a": ""}', '{"x-amz-meta-a": ""}'),
	('{"x-amz-meta-a": "   "}', '{"x-amz-meta-a": ""}'),
	('{"x-amz-meta-a": ["", "b", ""]}', '{"x-amz-meta-a": ",b,"}'),
	('{"x-amz-meta-a": "!\"#$%&''()*+,-./:;<=>?@[\\]^_`{|}~"}', '{"x-amz-meta-a": "!\"#$%&''()*+,-./:;<=>?@[\\]^_`{|}~"}'),
	-- on both sides of host
	('{"Range": "bytes=0-9", "If-Match": "\"e\"", "Cache-Control": "no-cache", "hosts": 1, "hos": 2}',
	 '{"range": "bytes=0-9", "if-match": "\"e\"", "cache-control": "no-cache", "hosts": "1", "hos": "2"}'),
	-- RFC 9110 §5.6.2: a token's other characters, of which a query encodes most
	('{"x!#$%&''*+-.^_`|~": 1}', '{"x!#$%&''*+-.^_`|~": "1"}'),
	('{"x-amz-server-side-encryption": "aws:kms", "x-amz-acl": "private", "x-amz-tagging": "a=b&c=d"}',
	 '{"x-amz-server-side-encryption": "aws:kms", "x-amz-acl": "private", "x-amz-tagging": "a=b&c=d"}'),
	-- names that only look like those that cannot be signed
	('{"hosted": 1, "security": 2, "proxied": 3, "accept": 4, "date": 5}',
	 '{"hosted": "1", "security": "2", "proxied": "3", "accept": "4", "date": "5"}')) AS cases (headers, sent),
	pg_temp.sign(headers) AS url;

-- x-amz-content-sha256 is the payload line too; pg_temp.verify() reads it so
SELECT payload, pg_temp.verify(pg_temp.sign(headers), 'SECRET', 'PUT', headers) AS accepted
FROM unnest(ARRAY[encode(sha256('body'), 'hex'), 'UNSIGNED-PAYLOAD', 'STREAMING-UNSIGNED-PAYLOAD-TRAILER']) AS payload,
	jsonb_build_object('x-amz-content-sha256', payload) AS headers;
SELECT pg_temp.verify(pg_temp.sign(jsonb_build_object('X-Amz-Content-SHA256', ' ' || hash || ' ')), 'SECRET', 'PUT',
	jsonb_build_object('x-amz-content-sha256', hash)) AS accepted
FROM encode(sha256(''), 'hex') AS hash;

-- S3 answers 501 to a PUT with both; a GET may have them
SELECT s3sign_pre_put('https://s3.example.com', 'media', 'AKID', 'SECRET', 'file', 60, headers => '{"If-Match": "\"e\"", "if-none-match": "*"}');
SELECT s3sign_pre_get('https://s3.example.com', 'media', 'AKID', 'SECRET', 'file', 60, headers => '{"If-Match": "\"e\"", "if-none-match": "*"}') LIKE '%=host%3Bif-match%3Bif-none-match&%' AS get;

SELECT count(*) AS headers, pg_temp.verify(pg_temp.sign(headers), 'SECRET', 'PUT', headers)
FROM (SELECT jsonb_object_agg('x-amz-meta-' || i, repeat('v', i)) FROM generate_series(1, 300) AS i) AS many (headers),
	jsonb_object_keys(headers) GROUP BY headers;

DROP EXTENSION s3sign;
