-- 100,000 errors in one session leave nothing behind: neither on the C++ heap nor in the
-- server's memory contexts (both are malloc's), nor a live object
CREATE FUNCTION framework_too_few() RETURNS integer
	LANGUAGE c AS 's3sign_framework_test', 'framework_integer';
CREATE FUNCTION framework_other_string_row(name text, is_null boolean, OUT greeting text, OUT filled text)
	LANGUAGE c AS 's3sign_framework_test', 'framework_string_row';
CREATE PROCEDURE fail(times int) LANGUAGE plpgsql AS $$
BEGIN
	FOR i IN 1 .. times LOOP
		BEGIN
			CASE i % 13
				WHEN 0 THEN PERFORM framework_throw('invalid_parameter_value', 'a hint');
				WHEN 1 THEN PERFORM framework_throw('bad_alloc');
				WHEN 2 THEN PERFORM framework_throw('runtime_error');
				WHEN 3 THEN PERFORM framework_throw('int');
				WHEN 4 THEN PERFORM framework_throw('server_error');
				WHEN 5 THEN PERFORM framework_deep(5);
				WHEN 6 THEN PERFORM framework_over_borders(2);
				WHEN 7 THEN PERFORM framework_not_swallowed();
				WHEN 8 THEN PERFORM framework_too_few();
				WHEN 9 THEN PERFORM framework_lines('invalid', 5);
				WHEN 10 THEN PERFORM framework_lines('throw', 5);
				WHEN 11 THEN PERFORM count(*) FROM framework_lines('server', 5);
				WHEN 12 THEN PERFORM framework_other_string_row('x', false);
			END CASE;
			RAISE assert_failure;
		EXCEPTION WHEN OTHERS THEN
			NULL;
		END;
	END LOOP;
END
$$;

CALL fail(1000);
SELECT framework_heap() AS heap, (SELECT sum(total_bytes) FROM pg_backend_memory_contexts) AS contexts \gset
CALL fail(100000);
SELECT framework_heap() AS heap_now, (SELECT sum(total_bytes) FROM pg_backend_memory_contexts) AS contexts_now \gset
SELECT :heap_now - :heap < 100000 AS heap_stays, :contexts_now - :contexts < 100000 AS contexts_stay, framework_alive();
DROP PROCEDURE fail;
DROP FUNCTION framework_too_few(), framework_other_string_row(text, boolean);

-- without the server's caches, which grow by doubling
CREATE FUNCTION own_heap() RETURNS bigint LANGUAGE sql
	RETURN framework_heap() - (SELECT total_bytes FROM pg_backend_memory_contexts WHERE name = 'CacheMemoryContext');

-- nor do a million calls in one query; the first million fills the server's caches
SELECT count(framework_text(framework_repeat('x', i % 100))) FROM generate_series(1, 1000000) i;
SELECT own_heap() AS heap \gset
SELECT count(framework_text(framework_repeat('x', i % 100))) FROM generate_series(1, 1000000) i;
SELECT own_heap() - :heap < 100000 AS heap_stays;

-- nor do strings, in results, rows and sets, and sets that end early
CREATE PROCEDURE strings(times int) LANGUAGE plpgsql AS $$
BEGIN
	PERFORM count(framework_greet(t)), count(framework_perhaps_greet(t)), count((framework_string_row(t, false)).filled),
		count((framework_string_row_or_null(t)).filled), count(framework_words(t)), count(framework_bracket(framework_words(t)))
	FROM (SELECT repeat('x y ', i % 100) AS t FROM generate_series(1, times) i) AS texts;
	PERFORM count(line) FROM (SELECT (framework_lines('x', i % 10)).* FROM generate_series(1, times) i) AS lines;
	PERFORM count(line) FROM generate_series(1, times) i, LATERAL (SELECT (framework_lines('x', i)).line LIMIT 2) AS two;
END
$$;
-- the first use of LLVM keeps memory, and so do the server's caches
SET jit = off;
CALL strings(20000);
SELECT own_heap() AS heap \gset
CALL strings(20000);
SELECT own_heap() - :heap < 100000 AS heap_stays;
DROP PROCEDURE strings;
DROP FUNCTION own_heap();
