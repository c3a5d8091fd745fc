-- 100,000 errors in one session leave nothing behind: neither on the C++ heap nor in the
-- server's memory contexts (both are malloc's), nor a live object
CREATE FUNCTION framework_too_few() RETURNS integer
	LANGUAGE c AS 's3sign_framework_test', 'framework_integer';
CREATE PROCEDURE fail(times int) LANGUAGE plpgsql AS $$
BEGIN
	FOR i IN 1 .. times LOOP
		BEGIN
			CASE i % 9
				WHEN 0 THEN PERFORM framework_throw('invalid_parameter_value', 'a hint');
				WHEN 1 THEN PERFORM framework_throw('bad_alloc');
				WHEN 2 THEN PERFORM framework_throw('runtime_error');
				WHEN 3 THEN PERFORM framework_throw('int');
				WHEN 4 THEN PERFORM framework_throw('server_error');
				WHEN 5 THEN PERFORM framework_deep(5);
				WHEN 6 THEN PERFORM framework_over_borders(2);
				WHEN 7 THEN PERFORM framework_not_swallowed();
				WHEN 8 THEN PERFORM framework_too_few();
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
DROP FUNCTION framework_too_few();

-- nor do a million calls in one query
SELECT framework_heap() AS heap \gset
SELECT count(framework_text(framework_repeat('x', i % 100))) FROM generate_series(1, 1000000) i;
SELECT framework_heap() - :heap < 100000 AS heap_stays;
