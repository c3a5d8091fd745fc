-- peers.sql - methods to presign in PostgreSQL without s3sign, each as fast as we could make it
--
-- They sign https://examplebucket.s3.amazonaws.com/<key> for 900 seconds, in us-east-1, with the
-- credentials of AWS's documentation. Needs pgcrypto.

-- RFC 3986, slash kept; most keys take the first branch
CREATE FUNCTION uri_encode(s text) RETURNS text
	LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE
	AS $$
BEGIN
	IF s ~ '^[A-Za-z0-9/_.~-]*$' THEN
		RETURN s;
	END IF;
	RETURN (SELECT string_agg(CASE WHEN c ~ '[A-Za-z0-9/_.~-]' THEN c
		ELSE regexp_replace(upper(encode(convert_to(c, 'UTF8'), 'hex')), '(..)', '%\1', 'g') END, '' ORDER BY i)
		FROM regexp_split_to_table(s, '') WITH ORDINALITY AS t(c, i));
END $$;

CREATE FUNCTION signing_key(secret text, day text, region text) RETURNS bytea
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
	AS $$
SELECT hmac('aws4_request'::bytea,
	hmac('s3'::bytea,
		hmac(region::bytea,
			hmac(day::bytea, ('AWS4' || secret)::bytea, 'sha256'), 'sha256'), 'sha256'), 'sha256')
$$;

-- The best function in plpgsql with pgcrypto: few statements, the signing key kept in a setting
CREATE FUNCTION presign_plpgsql(key text, expires int = 900, t timestamptz = now()) RETURNS text
	LANGUAGE plpgsql STABLE PARALLEL RESTRICTED
	AS $$
DECLARE
	identity CONSTANT text := 'AKIAIOSFODNN7EXAMPLE';
	secret CONSTANT text := 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
	region CONSTANT text := 'us-east-1';
	host CONSTANT text := 'examplebucket.s3.amazonaws.com';
	time text := to_char(t AT TIME ZONE 'UTC', 'YYYYMMDD"T"HH24MISS"Z"');
	day text := left(time, 8);
	path text := CASE WHEN key ~ '^[A-Za-z0-9/_.~-]*$' THEN key ELSE uri_encode(key) END;
	query text := 'X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=' || identity || '%2F' || day || '%2F' || region
		|| '%2Fs3%2Faws4_request&X-Amz-Date=' || time || '&X-Amz-Expires=' || expires || '&X-Amz-SignedHeaders=host';
	kept text := current_setting('peers.signing_key', true);
	k bytea;
BEGIN
	IF left(kept, 8) = day THEN
		k := decode(substr(kept, 9), 'hex');
	ELSE
		k := signing_key(secret, day, region);
		PERFORM set_config('peers.signing_key', day || encode(k, 'hex'), false);
	END IF;
	RETURN 'https://' || host || '/' || path || '?' || query || '&X-Amz-Signature=' || encode(
		hmac(('AWS4-HMAC-SHA256' || E'\n' || time || E'\n' || day || '/' || region || E'/s3/aws4_request\n'
			|| encode(digest(E'GET\n/' || path || E'\n' || query || E'\nhost:' || host
				|| E'\n\nhost\nUNSIGNED-PAYLOAD', 'sha256'), 'hex'))::bytea,
			k, 'sha256'), 'hex');
END $$;

-- The methods by name. A statement reads the table %I and returns key and url; rows is the number
-- of ordinary keys to sign, chosen so that all methods take about as long. A method without a
-- position does not sign and is for comparison only.
CREATE TABLE way (position int, name text, rows int, statement text);

CREATE SERVER bench FOREIGN DATA WRAPPER s3sign
	OPTIONS (endpoint 'https://s3.amazonaws.com', bucket 'examplebucket', default_duration '900');
CREATE USER MAPPING FOR PUBLIC SERVER bench
	OPTIONS (access_key_id 'AKIAIOSFODNN7EXAMPLE', secret_access_key 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY');

-- eight more, each with another region
DO $$
BEGIN
	FOR i IN 1 .. 8 LOOP
		EXECUTE format('CREATE SERVER bench%s FOREIGN DATA WRAPPER s3sign OPTIONS (endpoint %L, bucket %L)',
			i, format('https://s3.eu-west-%s.amazonaws.com', i), 'bucket' || i);
		EXECUTE format('CREATE USER MAPPING FOR PUBLIC SERVER bench%s OPTIONS (access_key_id %L,
			secret_access_key %L)', i, 'identity' || i, 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKE' || i);
	END LOOP;
END $$;

-- one for each tenant
DO $$
BEGIN
	FOR i IN 1 .. 1000 LOOP
		EXECUTE format('CREATE SERVER tenant%s FOREIGN DATA WRAPPER s3sign OPTIONS (endpoint %L, bucket %L)',
			i, 'https://s3.eu-west-1.amazonaws.com', 'tenant-' || i);
		EXECUTE format('CREATE USER MAPPING FOR PUBLIC SERVER tenant%s OPTIONS (access_key_id %L,
			secret_access_key %L)', i, 'tenant' || i, 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEK' || i);
	END LOOP;
END $$;

-- temporary credentials with a token of 1,000 bytes, the size of STS's tokens
CREATE SERVER bench_token FOREIGN DATA WRAPPER s3sign
	OPTIONS (endpoint 'https://s3.eu-west-1.amazonaws.com', bucket 'bucket1');
DO $$
BEGIN
	EXECUTE format('CREATE USER MAPPING FOR PUBLIC SERVER bench_token OPTIONS (access_key_id %L,
		secret_access_key %L, session_token %L)', 'identity', 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
		(SELECT left(string_agg(encode(sha256(i::text::bytea), 'base64'), '' ORDER BY i), 1000)
			FROM generate_series(1, 30) AS i));
END $$;

INSERT INTO way VALUES
(1, 's3sign', 200000, $$
	SELECT key, s3sign_pre_get('https://s3.amazonaws.com', 'examplebucket', 'AKIAIOSFODNN7EXAMPLE',
		'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY', key, 900) AS url FROM %I $$),
(2, 's3sign, named server', 200000, $$
	SELECT key, s3sign_get('bench', key) AS url FROM %I $$),
(3, 'plpgsql, pgcrypto', 20000, $$
	SELECT key, presign_plpgsql(key) AS url FROM %I $$),
-- a statement without a function: values that all rows share are computed once
(4, 'one statement, pgcrypto', 20000, $$
	WITH shared AS MATERIALIZED (
		SELECT query, 'AWS4-HMAC-SHA256' || E'\n' || time || E'\n' || day || E'/us-east-1/s3/aws4_request\n' AS head,
			E'\n' || query || E'\nhost:examplebucket.s3.amazonaws.com\n\nhost\nUNSIGNED-PAYLOAD' AS tail,
			signing_key('wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY', day, 'us-east-1') AS k
		FROM (SELECT time, left(time, 8) AS day,
				'X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%%2F' || left(time, 8)
				|| '%%2Fus-east-1%%2Fs3%%2Faws4_request&X-Amz-Date=' || time
				|| '&X-Amz-Expires=900&X-Amz-SignedHeaders=host' AS query
			FROM (SELECT to_char(now() AT TIME ZONE 'UTC', 'YYYYMMDD"T"HH24MISS"Z"') AS time) AS clock) AS parts)
	SELECT key, 'https://examplebucket.s3.amazonaws.com/' || path || '?' || query || '&X-Amz-Signature='
		|| encode(hmac((head || encode(digest(E'GET\n/' || path || tail, 'sha256'), 'hex'))::bytea, k, 'sha256'),
			'hex') AS url
	-- OFFSET 0: the path is needed twice and encoded once
	FROM (SELECT key, CASE WHEN key ~ '^[A-Za-z0-9/_.~-]*$' THEN key ELSE uri_encode(key) END AS path
		FROM %I OFFSET 0) AS t, shared $$),
(NULL, 'no signing: a C function that makes a text of the size', 200000, $$
	SELECT key, no_url('https://s3.amazonaws.com', 'examplebucket', 'AKIAIOSFODNN7EXAMPLE',
		'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY', key, 900) AS url FROM %I $$),
(NULL, 'no signing: sha256() of the key alone', 200000, $$
	SELECT key, sha256(key::bytea) AS url FROM %I $$),
(NULL, 'explicit, one region', 200000, $$
	SELECT key, s3sign_pre_get(one_endpoint, one_bucket, 'identity', 'secret', key, 900) AS url FROM %I $$),
(NULL, 'explicit, eight regions', 200000, $$
	SELECT key, s3sign_pre_get(endpoint, bucket, 'identity', 'secret', key, 900) AS url FROM %I $$),
(NULL, 'named, one server', 200000, $$
	SELECT key, s3sign_get(one_server, key) AS url FROM %I $$),
(NULL, 'named, eight servers', 200000, $$
	SELECT key, s3sign_get(server, key) AS url FROM %I $$),
(NULL, 'named, thousand servers', 200000, $$
	SELECT key, s3sign_get(tenant, key) AS url FROM %I $$),
(NULL, 'named, token of 1,000 bytes', 200000, $$
	SELECT key, s3sign_get('bench_token', key) AS url FROM %I $$),
(NULL, 'named, signed and verified', 100000, $$
	SELECT key, (s3sign_verify(s3sign_get(one_server, key), one_server)).reason AS url FROM %I $$),
-- pages of keys, key by key and an array at once; they are tables of their own
(NULL, 'named, rows of pages of 10', 200000, $$
	SELECT s3sign_get('bench', key) AS url FROM pages10, unnest(keys) AS key $$),
(NULL, 'named, arrays of 10', 200000, $$
	SELECT unnest(s3sign_get_many('bench', keys)) AS url FROM pages10 $$),
(NULL, 'named, rows of pages of 1,000', 200000, $$
	SELECT s3sign_get('bench', key) AS url FROM pages1000, unnest(keys) AS key $$),
(NULL, 'named, arrays of 1,000', 200000, $$
	SELECT unnest(s3sign_get_many('bench', keys)) AS url FROM pages1000 $$),
-- pages as PostgREST makes them; a row for each URL, so that all are counted
(NULL, 'named, json_agg page', 200000, $$
	SELECT body AS url FROM (SELECT page, count(*) AS urls, json_agg(t)::text AS body
		FROM (SELECT number / 1000 AS page, key, s3sign_get('bench', key) AS url FROM %I) AS t GROUP BY page) AS p,
		generate_series(1, urls) $$),
(NULL, 'no signing: json_agg page', 200000, $$
	SELECT body AS url FROM (SELECT page, count(*) AS urls, json_agg(t)::text AS body
		FROM (SELECT number / 1000 AS page, key FROM %I) AS t GROUP BY page) AS p,
		generate_series(1, urls) $$),
-- twenty calls a row, so that the cost of the row itself matters little
(NULL, 'framework: add_one', 200000, $$
	SELECT key, $$ || repeat('add_one_by_framework(', 20) || 'number' || repeat(')', 20) || $$ AS url FROM %I $$),
(NULL, 'by hand in C: add_one', 200000, $$
	SELECT key, $$ || repeat('add_one_by_hand(', 20) || 'number' || repeat(')', 20) || $$ AS url FROM %I $$);
