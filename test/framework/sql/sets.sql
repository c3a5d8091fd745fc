SELECT * FROM framework_count_down(3, 'even');
SELECT framework_count_down(2, 'even');
-- none, and NULL for what has to be there
SELECT * FROM framework_count_down(0, 'even');
SELECT * FROM framework_count_down(NULL, 'even');
SELECT * FROM framework_count_down(1, NULL);
SELECT framework_count_down(NULL, NULL), 1 AS one;

-- many, some, several at once, again
SELECT count(*), sum(number), count(word) FROM framework_count_down(100000, 'even');
SELECT (framework_count_down(1000000000, 'even')).number LIMIT 2;
SELECT a.number, b.number FROM framework_count_down(2, 'a') AS a, framework_count_down(2, 'b') AS b ORDER BY 1, 2;
SELECT i, number FROM generate_series(0, 3) AS i LEFT JOIN LATERAL framework_count_down(i - 1, 'even') ON true ORDER BY 1, 2;
SELECT framework_count_down(2, 'a'), framework_count_down(3, 'b');
-- the argument of a row that is gone before its set is
SELECT left(word, 3) AS word, length(word) FROM (SELECT (framework_count_down(2, repeat(i::text, 5000))).* FROM generate_series(1, 3) AS i) AS sets WHERE number = 2;

BEGIN;
DECLARE rows SCROLL CURSOR WITH HOLD FOR SELECT number FROM framework_count_down(5, 'even');
FETCH 2 FROM rows;
FETCH BACKWARD 1 FROM rows;
COMMIT;
FETCH 2 FROM rows;
CLOSE rows;

-- an error before the first row and in the middle
SELECT * FROM framework_count_down(2000000000, 'even');
SELECT * FROM framework_count_down(3, 'throw');
SELECT framework_count_down(3, 'throw');
SELECT * FROM framework_count_down(3, 'server');
SELECT number FROM framework_count_down(2, 'even');
DO $$
BEGIN
	FOR i IN 1 .. 3 LOOP
		BEGIN
			PERFORM framework_count_down(3, 'throw');
		EXCEPTION WHEN OTHERS THEN
			RAISE NOTICE '%', SQLERRM;
		END;
	END LOOP;
END $$;

-- where no set may be
SELECT CASE WHEN true THEN framework_count_down(1, 'x') END;
SELECT 1 WHERE framework_count_down(1, 'x') IS NOT NULL;

-- a script of another version than the library
CREATE FUNCTION framework_no_set(integer, text) RETURNS record
	LANGUAGE c AS 's3sign_framework_test', 'framework_count_down';
CREATE FUNCTION framework_other_set(integer, text) RETURNS TABLE (number bigint, word text)
	LANGUAGE c AS 's3sign_framework_test', 'framework_count_down';
CREATE FUNCTION framework_set_of_text(integer, text) RETURNS SETOF text
	LANGUAGE c AS 's3sign_framework_test', 'framework_count_down';
SELECT framework_no_set(1, 'x');
SELECT framework_no_set(NULL, 'x');
SELECT * FROM framework_other_set(1, 'x');
SELECT framework_set_of_text(1, 'x');
DROP FUNCTION framework_no_set(integer, text), framework_other_set(integer, text), framework_set_of_text(integer, text);

-- flat in memory
SELECT max(used) - min(used) < 1e6 AS flat
FROM (SELECT CASE WHEN number % 500000 = 0 THEN (SELECT sum(total_bytes) FROM pg_backend_memory_contexts) END AS used
	FROM (SELECT (framework_count_down(1500000, 'even')).number OFFSET 0) AS sets) AS measured;
