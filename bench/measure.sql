-- measure.sql - the keys to sign, and functions that measure and compare the methods of peers.sql

-- ordinary names of objects, and names that must be encoded
CREATE TABLE ordinary AS
SELECT CASE i % 4
	WHEN 0 THEN 'photos/2026/' || md5(i::text) || '.jpg'
	WHEN 1 THEN 'users/' || i || '/avatar.png'
	WHEN 2 THEN gen_random_uuid()::text
	WHEN 3 THEN 'backups/db-' || i % 7 || '/' || i || '_full~' || md5(i::text) || '.tar.gz'
	END AS key,
	i::bigint AS number, 'bench1' AS one_server, 'bench' || i % 8 + 1 AS server,
	'tenant' || i % 1000 + 1 AS tenant,
	'https://s3.eu-west-1.amazonaws.com' AS one_endpoint,
	'https://s3.eu-west-' || i % 8 + 1 || '.amazonaws.com' AS endpoint, 'bucket1' AS one_bucket,
	'bucket' || i % 8 + 1 AS bucket
FROM generate_series(1, 200000) AS i;

CREATE TABLE hard AS
SELECT CASE i % 4
	WHEN 0 THEN 'Übersicht ' || i || ' (Kopie).pdf'
	WHEN 1 THEN '//a+b=c&d/' || i || '%41?x#y'
	WHEN 2 THEN '日本語/写真 ' || i || '🎉.jpg'
	WHEN 3 THEN E'tab\tquote''"\\/' || i || '/.../' || chr(128 + i % 900)
	END AS key,
	i::bigint AS number, 'bench1' AS one_server, 'bench' || i % 8 + 1 AS server,
	'tenant' || i % 1000 + 1 AS tenant,
	'https://s3.eu-west-1.amazonaws.com' AS one_endpoint,
	'https://s3.eu-west-' || i % 8 + 1 || '.amazonaws.com' AS endpoint, 'bucket1' AS one_bucket,
	'bucket' || i % 8 + 1 AS bucket
FROM generate_series(1, 50000) AS i;

CREATE TABLE pages10 AS SELECT array_agg(key) AS keys FROM ordinary GROUP BY number / 10;
CREATE TABLE pages1000 AS SELECT array_agg(key) AS keys FROM ordinary GROUP BY number / 1000;

VACUUM ANALYZE ordinary, hard, pages10, pages1000;

CREATE TABLE result (round int, way text, keys text, ns double precision);

-- In alternation, so that a change of the machine's speed affects all methods.
CREATE PROCEDURE measure(rounds int)
	LANGUAGE plpgsql
	AS $$
DECLARE
	w way;
	keys text;
	start bigint;
	signed bigint;
BEGIN
	FOR w IN SELECT DISTINCT ON (rows) * FROM way LOOP
		FOREACH keys IN ARRAY ARRAY['ordinary', 'hard'] LOOP
			EXECUTE format('CREATE TABLE %I AS SELECT * FROM %I LIMIT %s',
				keys || w.rows, keys, CASE keys WHEN 'hard' THEN w.rows / 4 ELSE w.rows END);
			EXECUTE format('ANALYZE %I', keys || w.rows);
		END LOOP;
	END LOOP;
	-- one more round, because the first use loads libraries
	FOR round IN 0 .. rounds LOOP
		FOREACH keys IN ARRAY ARRAY['ordinary', 'hard'] LOOP
			FOR w IN SELECT * FROM way WHERE position IS NOT NULL OR keys = 'ordinary' ORDER BY position LOOP
				start := cpu_ns();
				EXECUTE 'SELECT count(url) FROM (' || format(w.statement, keys || w.rows) || ') AS t'
					INTO signed;
				INSERT INTO result
					SELECT round, w.name, keys, (cpu_ns() - start)::double precision / signed WHERE round > 0;
			END LOOP;
		END LOOP;
	END LOOP;
END $$;

-- Medians of the rounds.
CREATE VIEW report AS
SELECT position, way, keys, percentile_cont(0.5) WITHIN GROUP (ORDER BY ns) AS ns,
	min(ns) AS lowest, max(ns) AS highest
FROM result JOIN way ON way = name
GROUP BY position, way, keys;

-- The median ratio of the times of `a` and `b` in the same round, with ordinary keys.
CREATE FUNCTION times(a text, b text) RETURNS double precision
	LANGUAGE sql STABLE
	AS $$ SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY a.ns / b.ns)
		FROM result AS a JOIN result AS b USING (round, keys)
		WHERE keys = 'ordinary' AND a.way = times.a AND b.way = times.b $$;

-- The lowest time of the rounds, as in the core's benchmark: other processes only add to it.
CREATE FUNCTION lowest(way text) RETURNS double precision
	LANGUAGE sql STABLE
	AS $$ SELECT lowest FROM report WHERE keys = 'ordinary' AND way = lowest.way $$;

-- A figure with its floor: the value must not be worse. Larger is better if floor < goal.
CREATE TABLE figure (position serial, what text, value double precision, floor double precision,
	goal double precision);

CREATE VIEW missed AS
SELECT what, value, floor FROM figure
WHERE value IS NULL OR CASE WHEN goal > floor THEN value < floor ELSE value > floor END;

-- The first keys of each table whose URLs are not the same with all methods.
CREATE FUNCTION differing_keys(count int) RETURNS TABLE (key text, urls text[])
	LANGUAGE plpgsql
	AS $$
DECLARE
	urls text := '';
	w way;
	keys text;
BEGIN
	FOREACH keys IN ARRAY ARRAY['ordinary', 'hard'] LOOP
		FOR w IN SELECT * FROM way WHERE position IS NOT NULL LOOP
			urls := urls || CASE WHEN urls = '' THEN '' ELSE ' UNION ALL ' END
				|| '(' || format(w.statement, keys) || format('LIMIT %s)', count);
		END LOOP;
	END LOOP;
	RETURN QUERY EXECUTE 'SELECT key, array_agg(DISTINCT url) FROM (' || urls || ') AS t
		GROUP BY key HAVING count(DISTINCT url) <> 1 OR count(url) <>
			(SELECT count(*) FROM way WHERE position IS NOT NULL)';
END $$;

-- Microseconds of CPU time to load a library and call it for the first time. Needs a fresh session.
CREATE FUNCTION first_call(library text, statement text, OUT loading double precision,
		OUT call double precision)
	LANGUAGE plpgsql
	AS $$
DECLARE
	start bigint := cpu_ns();
BEGIN
	EXECUTE format('LOAD %L', library);
	loading := (cpu_ns() - start) / 1e3;
	start := cpu_ns();
	EXECUTE statement;
	call := (cpu_ns() - start) / 1e3;
END $$;

-- Milliseconds of wall-clock time in which workers alone sign all ordinary keys several times.
CREATE FUNCTION by_workers(workers int) RETURNS double precision
	LANGUAGE plpgsql
	SET parallel_leader_participation = off
	SET parallel_setup_cost = 0
	SET parallel_tuple_cost = 0
	SET min_parallel_table_scan_size = 0
	AS $$
DECLARE
	start timestamptz;
BEGIN
	PERFORM set_config('max_parallel_workers_per_gather', workers::text, true);
	start := clock_timestamp();
	-- planned again, for this number of workers
	EXECUTE $q$ SELECT count(s3sign_get('bench', key)) FROM ordinary $q$;
	RETURN extract(epoch FROM clock_timestamp() - start) * 1e3;
END $$;

-- The growth of the session's own memory in kB from ten thousand to ten million URLs in one
-- statement.
CREATE FUNCTION memory_kb() RETURNS bigint
	LANGUAGE sql VOLATILE
	AS $$ SELECT substring(pg_read_file('/proc/self/status') FROM 'RssAnon:\s+(\d+)')::bigint $$;

-- The same from one server to a thousand. Needs a fresh session.
CREATE FUNCTION servers_kb() RETURNS bigint
	LANGUAGE plpgsql
	AS $$
DECLARE
	before bigint;
BEGIN
	PERFORM count(s3sign_get('tenant1', key)) FROM (SELECT key FROM ordinary LIMIT 1000) AS t;
	before := memory_kb();
	PERFORM count(s3sign_get(tenant, key)) FROM (SELECT key, tenant FROM ordinary LIMIT 1000) AS t;
	RETURN memory_kb() - before;
END $$;

CREATE FUNCTION growth_kb(urls bigint) RETURNS bigint
	LANGUAGE plpgsql
	AS $$
DECLARE
	before bigint;
BEGIN
	PERFORM count(s3sign_get('bench', key)) FROM (SELECT key FROM ordinary LIMIT 10000) AS t;
	before := memory_kb();
	PERFORM count(s3sign_get('bench', key))
		FROM generate_series(1, urls / 10000), (SELECT key FROM ordinary LIMIT 10000) AS t;
	RETURN memory_kb() - before;
END $$;
