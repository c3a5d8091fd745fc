-- What bad input gets: SQLSTATE, message, hint. Endpoints, buckets and hosts that need another
-- signer are in endpoints.sql, addressing.sql and providers.sql, texts without UTF-8 in encodings.sql.
\getenv sources PG_ABS_SRCDIR
\set failure :sources '/sql/include/failure.sql'
\set ECHO none
\i :failure
\set ECHO all
CREATE EXTENSION s3sign;

-- as a client sees it
SELECT s3sign_pre_get('https://s3.example.com', 'media', 'AKID', 'SECRET', 'file', 604801);

-- duration: AWS allows one second to seven days
SELECT duration, pg_temp.failure(duration => duration)
FROM unnest(ARRAY[0, -1, 604801, 9223372036854775807, -9223372036854775808]::bigint[]) AS duration;
SELECT count(*) AS accepted FROM unnest(ARRAY[1, 604800]) AS duration
WHERE pg_temp.failure(duration => duration) LIKE 'no error: %X-Amz-Expires=' || duration || '&%';

-- empty texts
SELECT pg_temp.failure(server => '') AS server, pg_temp.failure(bucket => '') AS bucket, pg_temp.failure(file => '') AS file;
SELECT pg_temp.failure(identity => '') AS identity, pg_temp.failure(secret => '') AS secret, pg_temp.failure(region => '') AS region;
SELECT pg_temp.failure(session_token => '');

-- region: what a credential scope can hold
SELECT region, pg_temp.failure(region => region)
FROM unnest(ARRAY['a b', 'eu-west-1 ', 'eu/west', 'eu.west', 'a%20b', U&'r\00E9gion', E'eu\n', '*']) AS region;

SET timezone = 'UTC';
SET datestyle = 'ISO';
-- signed_at: what eight digits of a date can say
SELECT signed_at, pg_temp.failure(signed_at => signed_at)
FROM unnest(ARRAY['infinity', '-infinity', '0001-01-01 00:00:00+00 BC', '0001-12-31 23:59:59.999999+00 BC', '10000-01-01 00:00:00+00']::timestamptz[]) AS signed_at;
SELECT substring(pg_temp.failure(signed_at => signed_at) FROM '^no error: .*X-Amz-Date=([^&]*)&') AS signed
FROM unnest(ARRAY['0001-01-01 00:00:00+00', '1969-12-31 23:59:59.999999+00', '2024-02-29 12:34:56.999999+00', '9999-12-31 23:59:59.999999+00']::timestamptz[]) AS signed_at;

-- query and headers: objects of scalars and of arrays of scalars
SELECT json, pg_temp.failure(query => json) AS query
FROM unnest(ARRAY['[]', '"text"', '1', 'null', 'true', '[{"a": 1}]', '{"a": {}}', '{"a": {"b": 1}}', '{"a": [[]]}', '{"a": [1, {}]}', '{"": 1}']::jsonb[]) AS json;
SELECT json, pg_temp.failure(headers => json) AS headers
FROM unnest(ARRAY['[]', '"text"', '1', 'null', '{"a": {}}', '{"a": [[]]}', '{"a": [1, {}]}', '{"a": null}', '{"a": [null]}', '{"": 1}']::jsonb[]) AS json;

-- names that the signature sets, whatever their case
SELECT name, pg_temp.failure(query => jsonb_build_object(name, 'x')) AS query
FROM unnest(ARRAY['X-Amz-Algorithm', 'x-amz-credential', 'X-AMZ-DATE', 'X-Amz-Expires', 'X-Amz-SignedHeaders', 'X-Amz-Signature', 'x-amz-security-token',
	'X-Amz-Content-Sha256']) AS name;
SELECT name, pg_temp.failure(headers => jsonb_build_object(name, 'x')) AS headers
FROM unnest(ARRAY['X-Amz-Algorithm', 'x-amz-credential', 'X-AMZ-DATE', 'X-Amz-Expires', 'X-Amz-SignedHeaders', 'X-Amz-Signature', 'x-amz-security-token']) AS name;

-- headers that clients and proxies set, change or drop
SELECT name, pg_temp.failure(headers => jsonb_build_object(name, 'x')) AS headers
FROM unnest(ARRAY['authorization', 'Host', 'CONNECTION', 'te', 'Trailer', 'transfer-encoding', 'upgrade', 'keep-alive', 'proxy-authorization', 'Proxy-x', 'sec-fetch-site',
	'Sec-', 'user-agent', 'expect', 'X-Amzn-Trace-Id', 'referer', 'from', 'max-forwards', 'Accept-Encoding']) AS name;

-- RFC 9110 §5.1 and §5.6.2: a header's name
SELECT name, pg_temp.failure(headers => jsonb_build_object(name, 'x')) AS headers
FROM unnest(ARRAY['a b', 'a:', 'a,b', '(a)', 'a"b', 'a\b', 'a/b', '[a]', 'a@b', '{a}', 'a=b', 'a?', E'a\nb', U&'\00E9', repeat('a b', 30)]) AS name;
SELECT pg_temp.failure(headers => '{"Content-Type": "a", "content-type": "b"}');
SELECT pg_temp.failure(headers => '{"X-A": []}') AS headers, pg_temp.failure(query => '{"x-amz-date": []}') AS query;

-- texts and objects that no server takes are refused before they cost anything
SELECT pg_temp.failure(query => jsonb_build_object('a', (SELECT jsonb_agg(1e131071) FROM generate_series(1, 5000)))) AS query,
	pg_temp.failure(session_token => repeat('t', 1048577)) AS session_token;

-- of several faults the one of the first argument among server, bucket, region, addressing and secret, whatever the compiler
SELECT pg_temp.failure(server => repeat('s', 1048577), bucket => repeat('b', 1048577), secret => repeat('x', 1048577)) AS server,
	pg_temp.failure(bucket => repeat('b', 1048577), region => repeat('r', 1048577), secret => repeat('x', 1048577)) AS bucket,
	pg_temp.failure(region => repeat('r', 1048577), addressing => repeat('a', 1048577), secret => '') AS region,
	pg_temp.failure(server => 'bad host', secret => '') AS host, pg_temp.failure(bucket => '', secret => '') AS empty;
SELECT pg_temp.failure(bucket => repeat('b', 256)) AS bucket, pg_temp.failure(region => repeat('r', 65)) AS region,
	pg_temp.failure(server => 's3.example.com/' || repeat('p', 1024)) AS server;

-- its value
SELECT octet_length(value) AS bytes, pg_temp.failure(headers => jsonb_build_object('content-type', value)) AS headers
FROM unnest(ARRAY[E'a\nb', E'a\r\nx-evil: 1', E'a\tb', E'a\x01', E'\x7f', U&'\00E9', '"' || U&'\00A0']) AS value;
SELECT octet_length(value) AS bytes, pg_temp.failure(headers => jsonb_build_object('X-Amz-Content-Sha256', value)) AS headers
FROM unnest(ARRAY['', 'x', 'unsigned-payload', 'STREAMING', repeat('a', 63), repeat('a', 65), repeat('A', 64), repeat('g', 64)]) AS value;

-- sizes that no server takes
SELECT pg_temp.failure(file => repeat('a', 2000000)) AS file, pg_temp.failure(server => repeat('a', 2000000)) AS server;
SELECT pg_temp.failure(secret => repeat('a', 2000000)) AS secret, pg_temp.failure(session_token => repeat('a', 2000000)) AS session_token;
SELECT pg_temp.failure(query => jsonb_build_object('a', repeat('a', 2000000))) AS query,
	pg_temp.failure(headers => jsonb_build_object('a', repeat('a', 600000), 'b', repeat('a', 600000))) AS headers;
SELECT pg_temp.failure(query => (SELECT jsonb_object_agg('a' || i, '') FROM generate_series(1, 10001) AS i)) AS query,
	pg_temp.failure(query => (SELECT jsonb_build_object('a', jsonb_agg(i)) FROM generate_series(1, 10001) AS i)) AS array,
	pg_temp.failure(headers => (SELECT jsonb_build_object('a', jsonb_agg(i)) FROM generate_series(1, 10001) AS i)) AS headers,
	left(pg_temp.failure(query => (SELECT jsonb_build_object('a', jsonb_agg(i)) FROM generate_series(1, 10000) AS i)), 8) AS most;

-- arguments in the wrong order: no message holds identity, secret or session token
-- (that the check works: a header's name is quoted, whatever it is)
SELECT pg_temp.failure(headers => '{"SECRET 0123": 1}', secret => 'SECRET 0123');
SELECT pg_temp.failure(server => 'SECRET+0123', secret => 'SECRET+0123') AS server,
	pg_temp.failure(bucket => 'SECRET/0123', secret => 'SECRET/0123') AS bucket;
SELECT pg_temp.failure(region => 'SECRET/0123', secret => 'SECRET/0123') AS region,
	pg_temp.failure(addressing => 'SECRET/0123', secret => 'SECRET/0123') AS addressing;
SELECT pg_temp.failure(server => 'https://user:TOKEN0123@s3.example.com') AS server,
	pg_temp.failure(server => 'http://s3.example.com:IDENTITY0123/SECRET0123') AS port,
	pg_temp.failure(server => 'http://s3.example.com/|SECRET0123') AS path;
SELECT pg_temp.failure(file => repeat('SECRET0123', 103)) AS file, pg_temp.failure(addressing => 'virtual', bucket => 'SECRET0123') AS bucket;
SELECT pg_temp.failure(headers => '{"content-type": "SECRET0123\n"}') AS headers, pg_temp.failure(headers => '{"x-amz-content-sha256": "TOKEN0123"}') AS payload;

DROP EXTENSION s3sign;
