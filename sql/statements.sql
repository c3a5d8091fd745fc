-- Time, plans, and what surrounds a call.
\getenv sources PG_ABS_SRCDIR
\set verify :sources '/sql/include/verify.sql'
\set ECHO none
\i :verify
\set ECHO all
CREATE EXTENSION s3sign;

CREATE TEMP TABLE objects (id int, key text);
INSERT INTO objects SELECT i, 'key ' || i FROM generate_series(1, 100) AS i;

-- the signing time is the start of the client's statement: another for each, in a transaction and from a plan too
CREATE FUNCTION pg_temp.signed(url text) RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT substring(url FROM '&X-Amz-Date=([^&]*)&') $$;
CREATE FUNCTION pg_temp.iso(t timestamptz) RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT to_char(t AT TIME ZONE 'UTC', 'YYYYMMDD"T"HH24MISS"Z"') $$;
SET plan_cache_mode = force_generic_plan;
PREPARE sign AS SELECT s3sign_pre_get('s3.example.com', 'media', 'AKID', 'SECRET', 'file', 60) AS url, pg_temp.iso(statement_timestamp()) AS started;
PREPARE sign_at(timestamptz) AS SELECT s3sign_pre_get('s3.example.com', 'media', 'AKID', 'SECRET', 'file', 60, signed_at => $1) AS at_url;
BEGIN;
EXECUTE sign \gset first_
EXECUTE sign_at('2026-01-02T03:04:05Z') \gset first_
SELECT pg_sleep(1.1);
EXECUTE sign \gset second_
EXECUTE sign_at('2026-01-02T03:04:05Z') \gset second_
COMMIT;
SELECT :'first_url' <> :'second_url' AS two_urls,
	pg_temp.signed(:'first_url') = :'first_started' AS first_at_its_start, pg_temp.signed(:'second_url') = :'second_started' AS second_at_its_start,
	pg_temp.verify(:'first_url', 'SECRET') AND pg_temp.verify(:'second_url', 'SECRET') AS accepted,
	:'first_at_url' = :'second_at_url' AS one_url_with_signed_at;
SELECT generic_plans > 0 AND custom_plans = 0 AS generic FROM pg_prepared_statements ORDER BY name;
DEALLOCATE ALL;
RESET plan_cache_mode;

-- the same within one statement, however long it runs; clock_timestamp() for those who want another
SELECT count(DISTINCT s3sign_pre_get('s3.example.com', 'media', 'AKID', 'SECRET', 'file', 60)) AS urls,
	count(DISTINCT s3sign_pre_get('s3.example.com', 'media', 'AKID', 'SECRET', 'file', 60, signed_at => clock_timestamp())) > 1 AS by_the_clock
FROM (SELECT pg_sleep(0.11) FROM generate_series(1, 12) OFFSET 0) AS slow;

-- not IMMUTABLE: nothing that outlives a statement is made of it (42P17, invalid_object_definition)
\set VERBOSITY sqlstate
CREATE INDEX ON objects (s3sign_pre_get('s3.example.com', 'media', 'AKID', 'SECRET', key, 60));
CREATE TEMP TABLE generated (key text, url text GENERATED ALWAYS AS (s3sign_pre_get('s3.example.com', 'media', 'AKID', 'SECRET', key, 60)) STORED);
\set VERBOSITY default

-- a view, a join, a default, an aggregate, a sort
CREATE TEMP VIEW urls AS SELECT id, key, s3sign_pre_get('s3.example.com', 'media', 'AKID', 'SECRET', key, 60) AS url FROM objects;
SELECT count(*) AS rows, count(DISTINCT url) AS urls, bool_and(pg_temp.verify(url, 'SECRET')) AS accepted FROM urls;
SELECT count(*) AS same FROM urls JOIN objects USING (id) WHERE url = s3sign_pre_get('s3.example.com', 'media', 'AKID', 'SECRET', objects.key, 60);
CREATE TEMP TABLE links (url text DEFAULT s3sign_pre_get('s3.example.com', 'media', 'AKID', 'SECRET', 'file', 60));
INSERT INTO links DEFAULT VALUES RETURNING pg_temp.verify(url, 'SECRET') AS accepted;
SELECT id FROM urls ORDER BY url COLLATE "C" LIMIT 3;

-- a function of one query is inlined, since it is not less volatile than s3sign_pre_get()
CREATE FUNCTION pg_temp.link(key text) RETURNS text LANGUAGE sql STABLE AS $$
	SELECT s3sign_pre_get('s3.example.com', 'media', 'AKID', 'SECRET', key, 60)
$$;
CREATE FUNCTION pg_temp.plan_of(query text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	plan json;
BEGIN
	EXECUTE 'EXPLAIN (VERBOSE, COSTS OFF, FORMAT JSON) ' || query INTO plan;
	RETURN plan;
END $$;
SELECT strpos(pg_temp.plan_of('SELECT pg_temp.link(key) FROM objects'), 's3sign_pre_get(') > 0 AS inlined;
SELECT bool_and(pg_temp.link(key) = url) AS same FROM urls;

-- cheap conditions come first, wherever they are: the empty key is never signed
INSERT INTO objects VALUES (101, '');
SELECT count(*) FROM objects WHERE s3sign_pre_get('s3.example.com', 'media', 'AKID', 'SECRET', key, 60) IS NOT NULL AND key <> '';

-- an error in the middle of a set leaves nothing behind
SELECT count(url) FROM urls;
SELECT id FROM urls WHERE url IS NOT NULL ORDER BY id OFFSET 99;
BEGIN;
DECLARE rows CURSOR FOR SELECT id, pg_temp.verify(url, 'SECRET') AS accepted FROM urls;
MOVE 99 IN rows;
FETCH rows;
SAVEPOINT before_it;
FETCH rows;
ROLLBACK TO before_it;
SELECT count(*) AS signed FROM urls WHERE key <> '' AND url IS NOT NULL;
COMMIT;
DO $$
DECLARE
	url text;
	errors int := 0;
BEGIN
	FOR i IN 1 .. 1000 LOOP
		BEGIN
			url := s3sign_pre_get(CASE WHEN i % 5 = 0 THEN 's3..com' ELSE 's3.example.com' END, CASE WHEN i % 5 = 1 THEN '' ELSE 'media' END,
				'AKID', 'SECRET', CASE WHEN i % 5 = 2 THEN '' ELSE 'file' END, CASE WHEN i % 5 = 3 THEN 0 ELSE 60 END,
				signed_at => '2026-01-02T03:04:05Z');
			ASSERT pg_temp.verify(url, 'SECRET');
		EXCEPTION WHEN invalid_parameter_value THEN
			errors := errors + 1;
		END;
	END LOOP;
	ASSERT errors = 800;
END $$;

-- whatever the search path holds, the library means its own
CREATE SCHEMA regress_s3sign;
CREATE FUNCTION regress_s3sign.statement_timestamp() RETURNS timestamptz LANGUAGE sql AS $$ SELECT timestamptz '2000-01-01' $$;
CREATE FUNCTION regress_s3sign.sha256(bytea) RETURNS bytea LANGUAGE sql AS $$ SELECT ''::bytea $$;
CREATE FUNCTION regress_s3sign.numeric_out(numeric) RETURNS cstring LANGUAGE internal AS 'numeric_out';
CREATE FUNCTION regress_s3sign.s3sign_version() RETURNS text LANGUAGE sql AS $$ SELECT 'other' $$;
SELECT s3sign_pre_get('s3.example.com', 'media', 'AKID', 'SECRET', 'file', 60, query => '{"a": 1.5}', signed_at => '2026-01-02T03:04:05Z') AS url \gset
SET search_path = regress_s3sign, pg_catalog, public;
SELECT s3sign_pre_get('s3.example.com', 'media', 'AKID', 'SECRET', 'file', 60, query => '{"a": 1.5}', signed_at => '2026-01-02T03:04:05Z') = :'url' AS same,
	pg_temp.signed(s3sign_pre_get('s3.example.com', 'media', 'AKID', 'SECRET', 'file', 60)) = pg_temp.iso(pg_catalog.statement_timestamp()) AS now;
SET search_path = '';
SELECT public.s3sign_pre_get('s3.example.com', 'media', 'AKID', 'SECRET', 'file', 60, query => '{"a": 1.5}', signed_at => '2026-01-02T03:04:05Z') = :'url' AS same;
RESET search_path;
SET client_min_messages = warning;
DROP SCHEMA regress_s3sign CASCADE;

DROP VIEW urls;
DROP TABLE links;
DROP EXTENSION s3sign;
