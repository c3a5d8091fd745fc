-- rows of OUT parameters: a column of each type
SET timezone = 'UTC';
SELECT * FROM framework_row(1369353600, 'a,b c,ü', '{"k": [1]}');
SELECT (framework_row(0, '', NULL)).*;
SELECT (framework_row(0, 'a,', '1')).texts = '{a,""}', (framework_row(0, '', '1')).texts = '{}';
SELECT (framework_row(0, 'a', '1')).j IS NULL, (framework_row(0, 'a', NULL)).j IS NULL;

-- days and times of seconds since 1970
SELECT r.day = (timestamp 'epoch' + at * interval '1 second')::date AS day,
	r.instant = to_timestamp(at) AS instant, r.instant, r.day
FROM unnest('{-62135596800, -86401, -86400, -1, 0, 86399, 86400, 946684799, 946684800, 253402300799}'::bigint[]) AS at,
	framework_row(at, '', NULL) r;

-- columns that are NULL, and rows that are
SELECT n.*, n IS NULL AS is_null FROM framework_nulls(NULL) n;
SELECT * FROM framework_nulls('x');
SELECT framework_perhaps(true), framework_perhaps(false) IS NULL, framework_perhaps(NULL) IS NULL;
SELECT count(*), count(t) FROM framework_perhaps(false);
SELECT (framework_row(NULL, 'a', NULL)).truth IS NULL;

-- never a set
SELECT count(*) FROM pg_proc WHERE proname IN ('framework_row', 'framework_nulls', 'framework_perhaps') AND proretset;

-- in WHERE, of many rows, in a nested call, in a cursor and from PL/pgSQL
SELECT count(*), sum((framework_row(i, i || ',x', NULL)).b) FROM generate_series(1, 10000) i
WHERE (framework_nulls(i::text)).truth AND (framework_row(i, i || ',x', NULL)).texts[1] = i::text;
DO $$
DECLARE
	r record;
BEGIN
	FOR i IN 1..100 LOOP
		r := framework_row(i, 'x', to_jsonb(i));
		ASSERT r.b = i AND r.j = to_jsonb(i) AND r.texts = '{x}';
	END LOOP;
END
$$;

-- a row's memory is given back before the query ends
CREATE TEMPORARY TABLE before AS SELECT sum(total_bytes) AS bytes FROM pg_backend_memory_contexts;
SELECT count((framework_nulls(i::text)).t), max(CASE WHEN i = 300000 THEN (SELECT sum(total_bytes)
	FROM pg_backend_memory_contexts) END) - (SELECT bytes FROM before) < 1e7 AS given_back
FROM generate_series(1, 300000) i;

-- a script of another version than the library
CREATE FUNCTION framework_row_of_fewer(given text, OUT t text)
	LANGUAGE c VOLATILE AS 's3sign_framework_test', 'framework_nulls';
CREATE FUNCTION framework_row_of_more(given text, OUT t text, OUT truth boolean, OUT more text)
	LANGUAGE c VOLATILE AS 's3sign_framework_test', 'framework_nulls';
CREATE FUNCTION framework_row_of_others(given text, OUT t text, OUT truth text)
	LANGUAGE c VOLATILE AS 's3sign_framework_test', 'framework_nulls';
SELECT framework_row_of_fewer('x');
SELECT framework_row_of_more('x');
SELECT framework_row_of_others('x');
SELECT framework_row_of_fewer(NULL);
DROP FUNCTION framework_row_of_fewer(text), framework_row_of_more(text), framework_row_of_others(text);
