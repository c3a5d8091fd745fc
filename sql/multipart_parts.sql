-- s3sign_multipart_parts: a set that streams, wherever a set may be used.
\getenv sources PG_ABS_SRCDIR
\set verify :sources '/sql/include/verify.sql'
\set ECHO none
\i :verify
\set ECHO all
CREATE EXTENSION s3sign;

CREATE SERVER regress_s3sign FOREIGN DATA WRAPPER s3sign OPTIONS (endpoint 'https://s3.example.com', bucket 'media', methods 'multipart');
CREATE USER MAPPING FOR PUBLIC SERVER regress_s3sign OPTIONS (access_key_id 'AKID', secret_access_key 'SECRET');

-- as declared: two columns, any number of rows
SELECT proretset, prorows > 1 AS many, pg_get_function_result(oid) AS result FROM pg_proc WHERE proname = 's3sign_multipart_parts';
SELECT * FROM s3sign_multipart_parts('regress_s3sign', 'file', 'ID', 0) AS parts (n, u);

-- 10,000 rows: each part once, in order, and the URL that s3sign_multipart_part() gives
SELECT count(*) AS rows, count(DISTINCT part_number) AS parts, min(part_number), max(part_number), count(DISTINCT url) AS urls,
	bool_and(url = s3sign_multipart_part('regress_s3sign', 'a b', 'ID/+', part_number)) AS same,
	bool_and(ordinality = part_number) AS in_order
FROM s3sign_multipart_parts('regress_s3sign', 'a b', 'ID/+', 10000) WITH ORDINALITY;
SELECT part_number, pg_temp.verify(url, 'SECRET', 'PUT') AS accepted FROM s3sign_multipart_parts('regress_s3sign', 'file', 'ID', 10000) WHERE part_number IN (1, 9, 10, 99, 100, 999, 1000, 9999, 10000);
-- one time for all, however slowly they are fetched
SELECT count(DISTINCT substring(url FROM 'X-Amz-Date=([^&]*)&')) AS times FROM s3sign_multipart_parts('regress_s3sign', 'file', 'ID', 3), LATERAL (SELECT pg_sleep(0.4 + 0 * part_number) OFFSET 0) AS slow;

-- only as far as rows are asked for
SELECT part_number FROM s3sign_multipart_parts('regress_s3sign', 'file', 'ID', 10000) LIMIT 1;
SELECT part_number FROM s3sign_multipart_parts('regress_s3sign', 'file', 'ID', 10000) LIMIT 0;
SELECT (s3sign_multipart_parts('regress_s3sign', 'file', 'ID', 10000)).part_number LIMIT 2;
BEGIN;
DECLARE parts SCROLL CURSOR FOR SELECT part_number, left(url, 58) AS url FROM s3sign_multipart_parts('regress_s3sign', 'file', 'ID', 10000);
FETCH 2 FROM parts;
FETCH ABSOLUTE 10000 FROM parts;
FETCH NEXT FROM parts;
FETCH PRIOR FROM parts;
FETCH ABSOLUTE 7 FROM parts;
CLOSE parts;
DECLARE parts NO SCROLL CURSOR FOR SELECT part_number FROM s3sign_multipart_parts('regress_s3sign', 'file', 'ID', 10000);
MOVE 9999 IN parts;
FETCH 2 FROM parts;
ROLLBACK;

-- in the select list, beside other sets and columns; whole rows and single columns
SELECT s3sign_multipart_parts('regress_s3sign', 'file', 'ID', 2) IS NOT NULL AS row;
SELECT (parts).part_number, left((parts).url, 50) AS url FROM (SELECT s3sign_multipart_parts('regress_s3sign', 'file', 'ID', 2) AS parts OFFSET 0) AS rows;
SELECT generate_series(1, 3) AS i, (s3sign_multipart_parts('regress_s3sign', 'file', 'ID', 2)).part_number;
SELECT pg_typeof(parts) AS type, (to_jsonb(parts) ->> 'part_number')::int AS part_number, jsonb_object_keys(to_jsonb(parts)) AS columns FROM s3sign_multipart_parts('regress_s3sign', 'file', 'ID', 1) AS parts;

-- joined, as an array, in EXISTS, in a union, in plpgsql, as an INSERT's source, from a plan
SELECT key, array_agg(part_number ORDER BY part_number) AS parts, bool_and(url LIKE format('https://s3.example.com/media/%s?%%&partNumber=%s&uploadId=%s&X-Amz-Signature=%%', key, part_number, id)) AS its_own
FROM (VALUES ('a', 'X', 3), ('b', 'Y', 1), ('c', 'Z', 2)) AS uploads (key, id, parts), LATERAL (SELECT * FROM s3sign_multipart_parts('regress_s3sign', key, id, parts)) AS urls GROUP BY key ORDER BY key;
SELECT key, part_number FROM (VALUES ('a', 2), ('b', NULL), (NULL, 2), ('d', 1)) AS uploads (key, parts) LEFT JOIN LATERAL s3sign_multipart_parts('regress_s3sign', key, 'ID', parts) ON true;
SELECT cardinality(ARRAY(SELECT url FROM s3sign_multipart_parts('regress_s3sign', 'file', 'ID', 10000))) AS urls, EXISTS (SELECT FROM s3sign_multipart_parts('regress_s3sign', 'file', 'ID', 10000)) AS any;
SELECT count(*) FROM (SELECT * FROM s3sign_multipart_parts('regress_s3sign', 'a', 'ID', 10) UNION SELECT * FROM s3sign_multipart_parts('regress_s3sign', 'a', 'ID', 12)) AS union_of_both;
CREATE TEMP TABLE links (part_number int, url text);
INSERT INTO links SELECT * FROM s3sign_multipart_parts('regress_s3sign', 'file', 'ID', 1000);
DO $$
DECLARE
	part record;
	parts int := 0;
BEGIN
	FOR part IN SELECT * FROM s3sign_multipart_parts('regress_s3sign', 'file', 'ID', 100) LOOP
		parts := parts + 1;
		ASSERT part.part_number = parts;
		EXIT WHEN parts = 50;
	END LOOP;
	ASSERT parts = 50;
END $$;
SET plan_cache_mode = force_generic_plan;
PREPARE parts(text, int) AS SELECT count(*), max(part_number) FROM s3sign_multipart_parts('regress_s3sign', $1, 'ID', $2);
EXECUTE parts('a', 3);
EXECUTE parts('b', 5);
EXECUTE parts(NULL, 5);
DEALLOCATE parts;
RESET plan_cache_mode;

-- an error is the query's, at the first row and in the middle; the set before it stays good
SELECT key, part_number FROM (VALUES ('a'), (''), ('b')) AS uploads (key), s3sign_multipart_parts('regress_s3sign', key, 'ID', 2);
BEGIN;
DECLARE parts CURSOR FOR SELECT key, part_number FROM (VALUES ('a', 2), ('b', 10001)) AS uploads (key, parts), LATERAL (SELECT * FROM s3sign_multipart_parts('regress_s3sign', key, 'ID', parts)) AS urls;
FETCH 2 FROM parts;
SAVEPOINT before_it;
FETCH 1 FROM parts;
ROLLBACK TO before_it;
SELECT count(*) FROM s3sign_multipart_parts('regress_s3sign', 'a', 'ID', 10000);
ROLLBACK;
-- the key changes while the rows are fetched: each is of one or the other
BEGIN;
DECLARE parts NO SCROLL CURSOR FOR SELECT (s3sign_multipart_parts('regress_s3sign', 'file', 'ID', 4)).*;
FETCH 1 FROM parts \gset first_
ALTER USER MAPPING FOR PUBLIC SERVER regress_s3sign OPTIONS (SET secret_access_key 'OTHER SECRET');
FETCH 1 FROM parts \gset second_
SELECT pg_temp.verify(:'first_url', 'SECRET', 'PUT') AS first, :second_part_number AS second, pg_temp.verify(:'second_url', 'SECRET', 'PUT') <> pg_temp.verify(:'second_url', 'OTHER SECRET', 'PUT') AS of_one_key;
ROLLBACK;

-- sets that are left half-way leave nothing open
DO $$
BEGIN
	FOR i IN 1 .. 2000 LOOP
		PERFORM url FROM s3sign_multipart_parts('regress_s3sign', 'file' || i, 'ID', 10) LIMIT 1;
		PERFORM (s3sign_multipart_parts('regress_s3sign', 'file' || i, 'ID', 10)).url LIMIT 3;
		BEGIN
			PERFORM 1 / (part_number - 2) FROM (SELECT (s3sign_multipart_parts('regress_s3sign', 'file', 'ID', 10)).part_number) AS parts;
			RAISE 'no error';
		EXCEPTION WHEN division_by_zero THEN
			NULL;
		END;
	END LOOP;
END $$;

-- each row as it is signed alone, though some are hashed together: after a setting or the key has changed
CREATE SERVER regress_s3sign_who FOREIGN DATA WRAPPER s3sign OPTIONS (endpoint 'https://s3.example.com', bucket 'media', methods 'multipart', log_user 'x-who:setting:app.who');
CREATE USER MAPPING FOR PUBLIC SERVER regress_s3sign_who OPTIONS (access_key_id 'AKID', secret_access_key 'SECRET');
SET app.who = 'first';
BEGIN;
DECLARE parts CURSOR FOR SELECT part_number, substring(url FROM 'x-who=([^&]*)') AS who,
	url = s3sign_multipart_part('regress_s3sign_who', 'file', 'ID', part_number, signed_at => '2026-01-02') AS same
FROM (SELECT (s3sign_multipart_parts('regress_s3sign_who', 'file', 'ID', 100, signed_at => '2026-01-02')).* OFFSET 0) AS parts;
FETCH 2 FROM parts;
SET LOCAL app.who = 'second';
FETCH 2 FROM parts;
ALTER USER MAPPING FOR PUBLIC SERVER regress_s3sign_who OPTIONS (SET secret_access_key 'ANOTHER');
FETCH 2 FROM parts;
MOVE 90 FROM parts;
FETCH ALL FROM parts;
COMMIT;
DROP USER MAPPING FOR PUBLIC SERVER regress_s3sign_who;
DROP SERVER regress_s3sign_who;

-- in the memory that the first rows took, and a set that streams does not keep its rows
\set kilobytes :sources '/sql/include/kilobytes.sql'
\set ECHO none
\i :kilobytes
\set ECHO all
SELECT count(url) AS urls, count(used) AS measured, max(used[1]) - min(used[1]) < 1024 AS contexts, coalesce(max(used[2]) - min(used[2]) < 4096, true) AS process
FROM (SELECT url, CASE WHEN upload IN (2, 30) AND part_number = 9999 THEN pg_temp.kilobytes() END AS used
	FROM (SELECT upload, (s3sign_multipart_parts('regress_s3sign', 'file ' || upload, 'ID', 10000)).* FROM generate_series(1, 30) AS upload OFFSET 0) AS urls OFFSET 0) AS rows;

-- parallel: a set is made where its scan is, by the leader or a worker
CREATE TABLE regress_s3sign_uploads (key text);
INSERT INTO regress_s3sign_uploads SELECT 'key ' || i FROM generate_series(1, 2000) AS i;
ANALYZE regress_s3sign_uploads;
SET max_parallel_workers_per_gather = 0;
CREATE TEMP TABLE serial AS SELECT key, part_number, md5(url) AS url FROM regress_s3sign_uploads, s3sign_multipart_parts('regress_s3sign', key, 'ID', 3, signed_at => '2026-01-02');
SET max_parallel_workers_per_gather = 2;
SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
SET min_parallel_table_scan_size = 0;
SET parallel_leader_participation = off;
CREATE FUNCTION pg_temp.plan_of(query text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	plan json;
BEGIN
	EXECUTE 'EXPLAIN (VERBOSE, COSTS OFF, FORMAT JSON) ' || query INTO plan;
	RETURN plan -> 0 -> 'Plan' ->> 'Node Type' || CASE WHEN strpos(plan -> 0 -> 'Plan' ->> 'Plans', 's3sign_multipart_parts(') > 0 THEN ', the set below' END;
END $$;
SELECT pg_temp.plan_of('SELECT key, part_number, url FROM regress_s3sign_uploads, s3sign_multipart_parts(''regress_s3sign'', key, ''ID'', 3, signed_at => ''2026-01-02'')');
SELECT count(*) AS rows, count(*) FILTER (WHERE serial.url = md5(parallel.url)) AS same
FROM serial JOIN (SELECT key, part_number, url FROM regress_s3sign_uploads, s3sign_multipart_parts('regress_s3sign', key, 'ID', 3, signed_at => '2026-01-02') OFFSET 0) AS parallel USING (key, part_number);
DROP TABLE regress_s3sign_uploads;

DROP USER MAPPING FOR PUBLIC SERVER regress_s3sign;
DROP SERVER regress_s3sign;
DROP EXTENSION s3sign;
