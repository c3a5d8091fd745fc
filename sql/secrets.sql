-- Secrets, identities and session tokens of any length and any character.
\getenv sources PG_ABS_SRCDIR
\set verify :sources '/sql/include/verify.sql'
\set ECHO none
\i :verify
\set ECHO all
CREATE EXTENSION s3sign;

CREATE FUNCTION pg_temp.sign(identity text, secret text, token text) RETURNS text LANGUAGE sql AS $$
	SELECT s3sign_pre_get('https://s3.example.com', 'media', identity, secret, 'file', 60,
		session_token => token, signed_at => '2026-01-02T03:04:05Z')
$$;

-- HMAC hashes a key of more than 64 bytes, and SigV4 puts «AWS4» in front of the secret
SELECT bytes, pg_temp.verify(pg_temp.sign('AKID', left(repeat('Secret/+', 200), bytes), NULL), left(repeat('Secret/+', 200), bytes))
FROM unnest(ARRAY[1, 2, 20, 40, 59, 60, 61, 64, 65, 127, 128, 129, 1600]) AS bytes;

-- nothing is trimmed, decoded or cut: each of these signs otherwise
WITH secrets AS (
	SELECT secret, pg_temp.sign('AKID', secret, NULL) AS url
	FROM unnest(ARRAY['a', ' a', 'a ', 'A', 'a%20', '%', '+', '/', '''', '"', '\',
		U&'\00E9', U&'e\0301', U&'\20AC', U&'\+01F600']) AS secret)
SELECT count(*) AS secrets, count(DISTINCT url) AS urls, bool_and(pg_temp.verify(url, secret)) AS accepted
FROM secrets;

-- an identity is encoded, its `/` too
WITH identities AS (
	SELECT identity, pg_temp.sign(identity, 'SECRET', NULL) AS url
	FROM unnest(ARRAY['AKIAIOSFODNN7EXAMPLE', 'project/user', 'a+b=c', 'a b&c', U&'\00E9', repeat('i', 500)]) AS identity)
SELECT left(substring(url FROM 'X-Amz-Credential=([^&]*)&'), 60) AS credential,
	strpos(url, '&X-Amz-Credential=' || pg_temp.uri_encode(identity || '/20260102/us-east-1/s3/aws4_request') || '&') > 0 AS encoded,
	pg_temp.verify(url, 'SECRET') AS accepted
FROM identities;

-- a session token is a parameter that is signed, encoded
WITH tokens AS (
	SELECT token, pg_temp.sign('AKID', 'SECRET', token) AS url
	FROM unnest(ARRAY['token', 'FwoGZXIvYXdzEBYaD+/=', 'a b&c', U&'\00E9', repeat('+/=', 1000)]) AS token)
SELECT left(substring(url FROM 'X-Amz-Security-Token=([^&]*)&'), 40) AS token,
	strpos(url, '&X-Amz-Security-Token=' || pg_temp.uri_encode(token) || '&') > 0 AS encoded,
	pg_temp.verify(url, 'SECRET') AS accepted
FROM tokens;

-- a control character is refused, in a mapping too, and so is what is too long to be kept
CREATE FUNCTION pg_temp.refused(identity text, secret text, token text) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
	RETURN coalesce(pg_temp.sign(identity, secret, token) IS NULL, true)::text;
EXCEPTION WHEN OTHERS THEN
	RETURN SQLSTATE || ' ' || SQLERRM;
END $$;
SELECT pg_temp.refused('AKID' || control, 'SECRET', NULL) AS identity, pg_temp.refused('AKID', control || 'SECRET', NULL) AS secret,
	pg_temp.refused('AKID', 'SECRET', 'TO' || control || 'KEN') AS token
FROM unnest(ARRAY[E'\n', E'\r\n', E'\t', E'\x01', E'\x7f']) AS control;
SELECT pg_temp.refused(repeat('i', 4097), 'SECRET', NULL) AS identity, pg_temp.refused('AKID', repeat('s', 4097), NULL) AS secret,
	pg_temp.refused('AKID', 'SECRET', repeat('t', 8193)) AS token;
SELECT pg_temp.refused(repeat('i', 4096), repeat('s', 4096), repeat('t', 8192)) AS longest;
SELECT (s3sign_verify('https://x', secret => E'SECRET\n')).valid;
SELECT s3sign_pre_url('GET', 'https://s3.example.com/b/k', 'AKID', E'SECRET\n', 60);
SELECT s3sign_pre_headers('GET', 'https://s3.example.com/b/k', E'AKID\n', 'SECRET');
CREATE SERVER regress_s3sign FOREIGN DATA WRAPPER s3sign OPTIONS (endpoint 'https://s3.example.com', bucket 'media');
CREATE USER MAPPING FOR PUBLIC SERVER regress_s3sign OPTIONS (access_key_id E'AKID\n', secret_access_key 'SECRET');
CREATE USER MAPPING FOR PUBLIC SERVER regress_s3sign OPTIONS (access_key_id 'AKID', secret_access_key E'SECRET\r\n');
CREATE USER MAPPING FOR PUBLIC SERVER regress_s3sign OPTIONS (access_key_id 'AKID', secret_access_key 'SECRET', session_token E'TO\tKEN');
DROP SERVER regress_s3sign;

DROP EXTENSION s3sign;
