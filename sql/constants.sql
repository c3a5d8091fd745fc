-- Where a query gives server, bucket, secret, region and addressing as constants, target and key are
-- kept from one row to the next: a URL is the same as with arguments that come out of a table.
\getenv sources PG_ABS_SRCDIR
\set verify :sources '/sql/include/verify.sql'
\set ECHO none
\i :verify
\set ECHO all
CREATE EXTENSION s3sign;
CREATE TEMP TABLE rows AS -- first other buckets and secrets, then other buckets, then other secrets
	SELECT i, 'https://s3.eu-west-1.amazonaws.com' AS server, 'bucket' || CASE i / 200 WHEN 2 THEN 0 ELSE i % 19 END AS bucket,
		'Secret ' || CASE i / 200 WHEN 1 THEN 0 ELSE i % 19 END AS secret, 'eu-west-' || i / 200 AS region,
		CASE i % 3 WHEN 0 THEN 'path' WHEN 1 THEN 'virtual' END AS addressing, 'file ' || i AS file,
		timestamptz '2026-01-01T22:00:00Z' + i * interval '17 minutes' AS signed_at
	FROM generate_series(0, 599) AS i;
CREATE TEMP TABLE expected AS
	SELECT i, s3sign_pre_get(server, bucket, 'AKID', secret, file, 60 + i, region, addressing => addressing, signed_at => signed_at) AS url FROM rows;
SELECT count(DISTINCT url) AS urls, bool_and(pg_temp.verify(url, secret)) AS accepted FROM expected JOIN rows USING (i);

-- each row of `rows` again, its arguments written out as constants
CREATE FUNCTION pg_temp.call(r rows, file text, duration text, signed_at text) RETURNS text
	LANGUAGE sql AS $$ SELECT format('s3sign_pre_get(%L, %L, ''AKID'', %L, %s, %s, %L, addressing => %L, signed_at => %s)',
		r.server, r.bucket, r.secret, file, duration, r.region, r.addressing, signed_at) $$;

-- a place for each bucket, secret and way of addressing, all rows at all of them: more places than
-- targets and keys are kept for, and days that change on the way
DO $$
DECLARE
	statement text;
	compared bigint;
	wrong bigint;
BEGIN
	SELECT 'SELECT count(*), count(*) FILTER (WHERE u.url IS DISTINCT FROM e.url) FROM (SELECT i, CASE i / 200 * 57 + i % 57 '
		|| string_agg(format('WHEN %s THEN %s', i / 200 * 57 + i % 57, pg_temp.call(r, 'file', '60 + i', 'signed_at')), ' ' ORDER BY i)
		|| ' END AS url FROM rows ORDER BY i) AS u JOIN expected AS e USING (i)'
		FROM rows AS r WHERE i % 200 < 57 INTO statement;
	EXECUTE statement INTO compared, wrong;
	RAISE NOTICE '% compared, % wrong', compared, wrong;
END $$;

-- one place, the days forth and back
DO $$
DECLARE
	wrong bigint;
BEGIN
	EXECUTE (SELECT 'SELECT count(*) FROM rows AS r JOIN rows AS t ON t.i % 97 = r.i % 97 WHERE '
			|| pg_temp.call(r, 'r.file', '60', 't.signed_at')
			|| ' IS DISTINCT FROM ' || 's3sign_pre_get(r.server, substr(''bucket3'', 1, 6 + sign(t.i + 1)::int), ''AKID'',
				substr(''Secret 3'', 1, 7 + sign(t.i + 1)::int), r.file, 60, substr(''eu-west-0'', 1, 8 + sign(t.i + 1)::int),
				addressing => CASE WHEN t.i < 0 THEN ''virtual'' ELSE ''path'' END, signed_at => t.signed_at)'
		FROM rows AS r WHERE i = 3) INTO wrong;
	RAISE NOTICE '% wrong', wrong;
END $$;

-- PL/pgSQL evaluates one expression with other values, and so does a prepared statement
DO $$
DECLARE
	r rows;
	url text;
	wrong int := 0;
BEGIN
	FOR r IN SELECT * FROM rows ORDER BY i LOOP
		url := s3sign_pre_get(r.server, r.bucket, 'AKID', r.secret, r.file, 60 + r.i, r.region, addressing => r.addressing, signed_at => r.signed_at);
		wrong := wrong + (url IS DISTINCT FROM (SELECT e.url FROM expected AS e WHERE e.i = r.i))::int;
	END LOOP;
	RAISE NOTICE '% wrong', wrong;
END $$;
PREPARE signed(text, text, text) AS
	SELECT pg_temp.verify(url, $3) AS accepted, starts_with(url, 'https://' || $1 || '/' || $2 || '/file?') AS address
	FROM (SELECT s3sign_pre_get($1, $2, 'AKID', $3, 'file', 60, signed_at => '2026-01-02T03:04:05Z') AS url OFFSET 0) AS t;
SET plan_cache_mode = force_generic_plan;
EXECUTE signed('a.example.com', 'bucket', 'Secret');
EXECUTE signed('b.example.com', 'bucket', 'Secret');
EXECUTE signed('a.example.com', 'bucket', 'Secrets');
EXECUTE signed('a.example.com', 'bucket', 'Secret');
RESET plan_cache_mode;

-- an error on the way leaves nothing at the place, nor does a row that was signed allow what is wrong
DO $$
DECLARE
	urls text[];
	wrong int := 0;
BEGIN
	FOR i IN 1 .. 40 LOOP
		BEGIN
			SELECT urls || s3sign_pre_get('s3.example.com', 'media', 'AKID', 'Secret', CASE WHEN i % 3 = 0 THEN '' ELSE 'file' END,
				CASE WHEN i % 5 = 0 THEN 0 ELSE 60 END, signed_at => CASE WHEN i % 7 = 0 THEN 'infinity' ELSE '2026-01-02T03:04:05Z' END::timestamptz) INTO urls;
			wrong := wrong + (i % 3 = 0 OR i % 5 = 0 OR i % 7 = 0)::int;
		EXCEPTION WHEN invalid_parameter_value OR datetime_field_overflow THEN
			wrong := wrong + (i % 3 <> 0 AND i % 5 <> 0 AND i % 7 <> 0)::int;
		END;
	END LOOP;
	RAISE NOTICE '% urls, % different, % wrong', cardinality(urls), (SELECT count(DISTINCT url) FROM unnest(urls) AS url), wrong;
END $$;
SELECT s3sign_pre_get('s3.example.com', 'media', 'AKID', '', file, 60) FROM rows;
SELECT s3sign_pre_get('s3.example.com', '', 'AKID', 'Secret', file, 60) FROM rows;
SELECT s3sign_pre_get('s3.example.com', 'media', '', 'Secret', file, 60) FROM rows;

-- a named server keeps its own bucket's, and a bucket in the call is another
CREATE SERVER any_bucket FOREIGN DATA WRAPPER s3sign OPTIONS (endpoint 'https://s3.example.com');
CREATE SERVER own_bucket FOREIGN DATA WRAPPER s3sign OPTIONS (endpoint 'https://s3.example.com', bucket 'own');
CREATE USER MAPPING FOR PUBLIC SERVER any_bucket OPTIONS (access_key_id 'AKID', secret_access_key 'Secret 1');
CREATE USER MAPPING FOR PUBLIC SERVER own_bucket OPTIONS (access_key_id 'AKID', secret_access_key 'Secret 2');
SELECT count(*) AS compared, count(*) FILTER (WHERE url IS DISTINCT FROM s3sign_pre_get('https://s3.example.com', bucket, 'AKID', secret, file, 60, signed_at => signed_at)) AS wrong
FROM (SELECT file, signed_at, v.* FROM rows, LATERAL (VALUES
	('own', 'Secret 2', s3sign_get('own_bucket', file, 60, signed_at => signed_at)),
	('one', 'Secret 1', s3sign_get('any_bucket', file, 60, bucket => 'one', signed_at => signed_at)),
	('two', 'Secret 1', s3sign_get('any_bucket', file, 60, bucket => 'two', signed_at => signed_at)),
	('own', 'Secret 2', s3sign_get('own_bucket', file, 60, bucket => 'own', signed_at => signed_at))) AS v (bucket, secret, url)) AS t;
SELECT s3sign_get('any_bucket', 'file');

DROP EXTENSION s3sign CASCADE;
