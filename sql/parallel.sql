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

DROP VIEW regress_s3sign_urls;
DROP TABLE regress_s3sign_objects;
DROP EXTENSION s3sign;
