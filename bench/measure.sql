-- measure.sql - the keys to sign, and how the ways of peers.sql are measured and compared

-- as applications name objects; and with what has to be encoded
CREATE TABLE ordinary AS
SELECT CASE i % 4
	WHEN 0 THEN 'photos/2026/' || md5(i::text) || '.jpg'
	WHEN 1 THEN 'users/' || i || '/avatar.png'
	WHEN 2 THEN gen_random_uuid()::text
	WHEN 3 THEN 'backups/db-' || i % 7 || '/' || i || '_full~' || md5(i::text) || '.tar.gz'
	END AS key
FROM generate_series(1, 200000) AS i;

CREATE TABLE hard AS
SELECT CASE i % 4
	WHEN 0 THEN 'Übersicht ' || i || ' (Kopie).pdf'
	WHEN 1 THEN '//a+b=c&d/' || i || '%41?x#y'
	WHEN 2 THEN '日本語/写真 ' || i || '🎉.jpg'
	WHEN 3 THEN E'tab\tquote''"\\/' || i || '/.../' || chr(128 + i % 900)
	END AS key
FROM generate_series(1, 50000) AS i;

VACUUM ANALYZE ordinary, hard;

-- The session's time on a processor, in steps of a few milliseconds: what else the machine does is
-- not measured.
CREATE FUNCTION cpu_ns() RETURNS bigint
	LANGUAGE sql VOLATILE
	AS $$ SELECT split_part(pg_read_file('/proc/self/schedstat'), ' ', 1)::bigint $$;

CREATE TABLE result (round int, way text, keys text, ns double precision);

-- By turns, so that a change of the machine's speed meets all ways.
CREATE PROCEDURE measure(rounds int)
	LANGUAGE plpgsql
	AS $$
DECLARE
	w way;
	keys text;
	start bigint;
	signed bigint;
BEGIN
	-- one round more for what the first use loads
	FOR round IN 0 .. rounds LOOP
		FOREACH keys IN ARRAY ARRAY['ordinary', 'hard'] LOOP
			FOR w IN SELECT * FROM way ORDER BY position LOOP
				start := cpu_ns();
				EXECUTE 'SELECT count(url) FROM (' || format(w.statement, keys) || format('LIMIT %s) AS t',
					CASE keys WHEN 'hard' THEN w.rows / 4 ELSE w.rows END) INTO signed;
				INSERT INTO result
					SELECT round, w.name, keys, (cpu_ns() - start)::double precision / signed WHERE round > 0;
			END LOOP;
		END LOOP;
	END LOOP;
END $$;

-- Medians of the rounds; the ratio is to the plpgsql of the same round.
CREATE VIEW report AS
SELECT way, keys, percentile_cont(0.5) WITHIN GROUP (ORDER BY r.ns) AS ns,
	min(r.ns) AS lowest, max(r.ns) AS highest,
	percentile_cont(0.5) WITHIN GROUP (ORDER BY plpgsql.ns / r.ns) AS ratio
FROM result AS r
JOIN (SELECT round, keys, ns FROM result WHERE way = 'plpgsql, pgcrypto') AS plpgsql USING (round, keys)
GROUP BY way, keys;

-- How many times the explicit call a named server's costs, in the same round.
CREATE VIEW named_to_explicit AS
SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY named.ns / explicit.ns) AS ratio
FROM result AS named JOIN result AS explicit USING (round, keys)
WHERE keys = 'ordinary' AND named.way = 's3sign, named server' AND explicit.way = 's3sign';

-- Keys whose URLs are not the same in all ways: of the first of each table.
CREATE FUNCTION differing_keys(count int) RETURNS TABLE (key text, urls text[])
	LANGUAGE plpgsql
	AS $$
DECLARE
	urls text := '';
	w way;
	keys text;
BEGIN
	FOREACH keys IN ARRAY ARRAY['ordinary', 'hard'] LOOP
		FOR w IN SELECT * FROM way LOOP
			urls := urls || CASE WHEN urls = '' THEN '' ELSE ' UNION ALL ' END
				|| '(' || format(w.statement, keys) || format('LIMIT %s)', count);
		END LOOP;
	END LOOP;
	RETURN QUERY EXECUTE 'SELECT key, array_agg(DISTINCT url) FROM (' || urls || ') AS t
		GROUP BY key HAVING count(DISTINCT url) <> 1 OR count(url) <> (SELECT count(*) FROM way)';
END $$;

-- Microseconds, measured inside of a session that is to be a fresh one: for loading the library,
-- for the first URL, and for the first URL with another secret.
CREATE FUNCTION first_urls(OUT loading double precision, OUT of_session double precision,
		OUT of_secret double precision)
	LANGUAGE plpgsql
	AS $$
DECLARE
	secret text;
	start timestamptz := clock_timestamp();
	took double precision;
BEGIN
	LOAD 's3sign';
	loading := extract(epoch FROM clock_timestamp() - start) * 1e6;
	FOREACH secret IN ARRAY ARRAY['wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY', 'another'] LOOP
		start := clock_timestamp();
		PERFORM s3sign_pre_get('https://s3.amazonaws.com', 'examplebucket', 'AKIAIOSFODNN7EXAMPLE', secret,
			'test.txt', 900);
		took := extract(epoch FROM clock_timestamp() - start) * 1e6;
		of_session := coalesce(of_session, took);
		of_secret := took;
	END LOOP;
END $$;
