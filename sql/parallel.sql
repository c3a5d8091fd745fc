-- PARALLEL SAFE: workers sign what the leader would.
\getenv sources PG_ABS_SRCDIR
\set verify :sources '/sql/include/verify.sql'
\set ECHO none
\i :verify
\set ECHO all
CREATE EXTENSION s3sign;

CREATE TABLE regress_s3sign_objects (id int, key text);
INSERT INTO regress_s3sign_objects SELECT i, 'key ' || i FROM generate_series(1, 20000) AS i;
ALTER TABLE regress_s3sign_objects SET (parallel_workers = 2);
ANALYZE regress_s3sign_objects;

CREATE VIEW regress_s3sign_urls AS
	SELECT id, s3sign_pre_get('s3.example.com', 'media', 'AKID', 'SECRET', key, 60, signed_at => '2026-01-02T03:04:05Z') AS url,
		s3sign_pre_get('s3.example.com', 'media', 'AKID', 'SECRET', key, 60) AS url_now
	FROM regress_s3sign_objects;

SET max_parallel_workers_per_gather = 0;
CREATE TEMP TABLE serial AS SELECT id, url FROM regress_s3sign_urls;

SET max_parallel_workers_per_gather = 2;
SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
SET min_parallel_table_scan_size = 0;
SET parallel_leader_participation = off;

-- the workers sign, and the leader only gathers
CREATE FUNCTION pg_temp.workers(query text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	plan json;
	gather json;
BEGIN
	EXECUTE 'EXPLAIN (ANALYZE, VERBOSE, COSTS OFF, TIMING OFF, SUMMARY OFF, FORMAT JSON) ' || query INTO plan;
	gather := plan -> 0 -> 'Plan';
	RETURN format('%s, %s workers planned, some launched: %s, they sign: %s', gather ->> 'Node Type', gather ->> 'Workers Planned',
		(gather ->> 'Workers Launched')::int > 0, strpos(gather ->> 'Plans', 's3sign_pre_get(') > 0);
END $$;
SELECT pg_temp.workers('SELECT id, url FROM regress_s3sign_urls');
SELECT pg_temp.workers('SELECT id FROM regress_s3sign_urls WHERE url LIKE ''%0''');

CREATE TEMP TABLE parallel AS SELECT id, url FROM regress_s3sign_urls;
SELECT count(*) AS rows, count(*) FILTER (WHERE serial.url = parallel.url) AS same FROM serial JOIN parallel USING (id);
SELECT bool_and(pg_temp.verify(url, 'SECRET')) AS accepted FROM parallel WHERE id % 100 = 0;

-- they know when the leader's statement began
SELECT count(*) AS rows, count(DISTINCT substring(url_now FROM '&X-Amz-Date=([^&]*)&')) AS times,
	bool_and(strpos(url_now, to_char(statement_timestamp() AT TIME ZONE 'UTC', '"&X-Amz-Date="YYYYMMDD"T"HH24MISS"Z&"')) > 0) AS of_the_leader
FROM (SELECT url_now FROM regress_s3sign_urls OFFSET 0) AS urls;

-- an error in a worker is the error of the query
INSERT INTO regress_s3sign_objects VALUES (0, '');
\set VERBOSITY terse
SELECT count(*) FROM regress_s3sign_urls WHERE url IS NOT NULL;
\set VERBOSITY default

DELETE FROM regress_s3sign_objects WHERE key = '';

-- so do those of named servers: lists, parts, forms, tickets and requests
CREATE SERVER regress_s3sign FOREIGN DATA WRAPPER s3sign OPTIONS (endpoint 's3.example.com', bucket 'media', methods 'get,put,list,post,multipart');
CREATE USER MAPPING FOR PUBLIC SERVER regress_s3sign OPTIONS (access_key_id 'AKID', secret_access_key 'SECRET');
CREATE VIEW regress_s3sign_calls AS
	SELECT id, s3sign_list('regress_s3sign', key, signed_at => '2026-01-02') AS list, s3sign_multipart_part('regress_s3sign', key, 'ID', 1, signed_at => '2026-01-02') AS part,
		s3sign_post('regress_s3sign', key, max_bytes => id, signed_at => '2026-01-02') AS post, s3sign_upload('regress_s3sign', key, bytes => id, signed_at => '2026-01-02') AS upload,
		s3sign_headers('regress_s3sign', 'PUT', key, payload => convert_to(key, 'UTF8'), signed_at => '2026-01-02') AS headers,
		s3sign_pre_headers('PUT', 'https://s3.example.com/media/' || id, 'AKID', 'SECRET', payload => convert_to(key, 'UTF8'), signed_at => '2026-01-02') AS pre_headers,
		s3sign_pre_url('PUT', 'https://s3.example.com/media/' || id, 'AKID', 'SECRET', 60, signed_at => '2026-01-02') AS pre_url
	FROM regress_s3sign_objects WHERE id % 10 = 0;
CREATE FUNCTION pg_temp.gathers(query text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	plan json;
BEGIN
	EXECUTE 'EXPLAIN (ANALYZE, VERBOSE, COSTS OFF, TIMING OFF, SUMMARY OFF, FORMAT JSON) ' || query INTO plan;
	RETURN format('%s, some launched: %s, they sign: %s', plan -> 0 -> 'Plan' ->> 'Node Type', (plan -> 0 -> 'Plan' ->> 'Workers Launched')::int > 0, strpos(plan -> 0 -> 'Plan' ->> 'Plans', 's3sign_upload(') > 0);
END $$;
SELECT pg_temp.gathers('SELECT * FROM regress_s3sign_calls');
CREATE TEMP TABLE parallel_calls AS SELECT * FROM regress_s3sign_calls;
SET max_parallel_workers_per_gather = 0;
CREATE TEMP TABLE serial_calls AS SELECT * FROM regress_s3sign_calls;
SELECT count(*) AS rows, count(*) FILTER (WHERE s.list = p.list) AS list, count(*) FILTER (WHERE s.part = p.part) AS part, count(*) FILTER (WHERE s.post = p.post) AS post, count(*) FILTER (WHERE s.upload = p.upload) AS upload,
	count(*) FILTER (WHERE s.headers = p.headers) AS headers, count(*) FILTER (WHERE s.pre_headers = p.pre_headers) AS pre_headers, count(*) FILTER (WHERE s.pre_url = p.pre_url) AS pre_url
FROM serial_calls AS s JOIN parallel_calls AS p USING (id);

DROP VIEW regress_s3sign_calls;
DROP USER MAPPING FOR PUBLIC SERVER regress_s3sign;
DROP SERVER regress_s3sign;
DROP VIEW regress_s3sign_urls;
DROP TABLE regress_s3sign_objects;
DROP EXTENSION s3sign;
