-- Object keys are in the URL as they are stored: each byte of their UTF-8 that RFC 3986 §2.3 does
-- not keep is percent-encoded, `/` stays, nothing is normalised or taken for encoded already.
\getenv sources PG_ABS_SRCDIR
\set verify :sources '/sql/include/verify.sql'
\set failure :sources '/sql/include/failure.sql'
\set ECHO none
\i :verify
\i :failure
\set ECHO all
CREATE EXTENSION s3sign;

CREATE FUNCTION pg_temp.sign(key text) RETURNS text LANGUAGE sql AS $$
	SELECT s3sign_pre_get('https://s3.example.com', 'media', 'AKID', 'SECRET', key, 60,
		signed_at => '2026-01-02T03:04:05Z')
$$;
CREATE FUNCTION pg_temp.path(url text) RETURNS text LANGUAGE sql AS $$
	SELECT substring(url FROM '^https://s3\.example\.com/media/([^?]*)\?')
$$;

-- written out; the encoded form is that of the reference, and a server accepts the signature
CREATE TEMP TABLE keys (key text);
INSERT INTO keys VALUES
	('file'), ('-._~'), ('a b'), ('a+b'), ('a%b'), ('a%20b'), ('a%2Fb'), ('100%'),
	('a//b'), ('/a'), ('//a'), ('a/'), ('/'), ('.'), ('..'), ('./a'), ('a/../b'), ('a/./b'),
	('it''s'), ('a"b"'), (E'a\tb'), (E'a\nb'), (E'\r\n'), (' a '), ('a\b'), ('a?b#c&d=e'), ('a@b:c;d,e!f$g*h(i)'),
	('[{<|>}]^`'), ('=HYPERLINK()'), ('${filename}'), (E'\x01\x7f'),
	(U&'caf\00E9'), (U&'cafe\0301'), (U&'\20AC'), (U&'\65E5\672C/\8A9E'), (U&'\+01F600'), (U&'\+10FFFF'), (U&'\FEFFa');
SELECT pg_temp.path(url),
	pg_temp.path(url) = pg_temp.uri_encode(key, '/') AS encoded,
	pg_temp.verify(url, 'SECRET') AS accepted
FROM keys, pg_temp.sign(key) AS url;

-- each one-byte character, and code points of two, three and four bytes
SELECT length(convert_to(chr(c), 'UTF8')) AS bytes, count(*) AS keys,
	count(*) FILTER (WHERE pg_temp.path(url) = pg_temp.uri_encode(chr(c), '/')) AS encoded,
	count(*) FILTER (WHERE pg_temp.verify(url, 'SECRET')) AS accepted
FROM (
	SELECT generate_series(1, 127)
	UNION ALL SELECT generate_series(128, 2047, 13)
	UNION ALL SELECT generate_series(2048, 65535, 479)
	UNION ALL SELECT generate_series(65536, 1114111, 7919)) AS codes (c),
	pg_temp.sign(chr(c)) AS url
WHERE c NOT BETWEEN 55296 AND 57343
GROUP BY 1 ORDER BY 1;

-- AWS: at most 1,024 bytes of UTF-8
SELECT length(convert_to(key, 'UTF8')) AS bytes,
	pg_temp.path(url) = pg_temp.uri_encode(key, '/') AS encoded,
	pg_temp.verify(url, 'SECRET') AS accepted
FROM (VALUES (repeat('a', 1024)), (repeat(U&'\00E9', 512)), (repeat(U&'\+01F600', 256))) AS longest (key),
	pg_temp.sign(key) AS url;
SELECT pg_temp.failure(file => repeat('a', 1025));
SELECT pg_temp.failure(file => repeat(U&'\00E9', 513));
SELECT pg_temp.failure(file => '');

DROP EXTENSION s3sign;
