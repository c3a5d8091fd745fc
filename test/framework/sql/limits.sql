-- no memory left: the backend's address space ends 100 MB from here
CREATE PROCEDURE leave(bytes text) LANGUAGE plpgsql AS $$
BEGIN
	EXECUTE format($copy$COPY (SELECT 1) TO PROGRAM 'cat >/dev/null; prlimit --pid %s --as=%s:unlimited'$copy$,
		pg_backend_pid(), bytes);
END
$$;
CREATE FUNCTION address_space() RETURNS bigint LANGUAGE sql
	AS $$ SELECT split_part(pg_read_file('/proc/self/statm'), ' ', 1)::bigint * 4096 $$;

CALL leave((address_space() + 100000000)::text);
SELECT state, message FROM framework_diagnostics('SELECT framework_hoard(200000000)');
SELECT state, message FROM framework_diagnostics('SELECT framework_allocate(25000000)');
SELECT state, message FROM framework_diagnostics('SELECT framework_repeat(''0123456789'', 20000000)');
-- a string for which there is room, though not for the result
SELECT framework_heap() AS heap \gset
SELECT state, message FROM framework_diagnostics('SELECT framework_repeat_string(''0123456789'', 6000000)');
SELECT state, message FROM framework_diagnostics('SELECT framework_words(repeat(''x'', 28000000))');
SELECT framework_heap() - :heap < 100000 AS heap_stays;
-- the session goes on, and what was there is free again
SELECT framework_hoard(30000000), framework_allocate(3000000) FROM generate_series(1, 10) i;
SELECT framework_heap() AS heap \gset
DO $$
BEGIN
	FOR i IN 1 .. 1000 LOOP
		BEGIN
			PERFORM framework_hoard(200000000);
			RAISE assert_failure;
		EXCEPTION WHEN out_of_memory THEN
			NULL;
		END;
	END LOOP;
END
$$;
SELECT framework_heap() - :heap < 100000 AS heap_stays;
CALL leave('unlimited');
SELECT framework_hoard(200000000);

-- more than there can be: memory runs out, or with 32 bits it is more than a vector can hold
SELECT state = CASE WHEN (pg_control_init()).max_data_alignment = 8 THEN '53200' ELSE 'XX000' END AS refused
	FROM framework_diagnostics('SELECT framework_hoard(9000000000000000000)');
SELECT state FROM framework_diagnostics('SELECT framework_hoard(-1)');
SELECT state, message FROM framework_diagnostics('SELECT framework_repeat(''0123456789'', 200000000)');

SELECT state, message FROM framework_diagnostics('SELECT framework_repeat_string(repeat(''x'', 100000000), 11)');
SELECT state, message FROM framework_diagnostics('SELECT framework_table(16384, 16384)');

-- values of 100 MB, as they are and toasted
CREATE TABLE huge AS SELECT framework_repeat('0123456789', 10000000) AS plain;
ALTER TABLE huge ADD stored text;
ALTER TABLE huge ALTER stored SET STORAGE EXTERNAL;
UPDATE huge SET stored = plain;
SELECT framework_size(plain), framework_size(stored), md5(framework_text(stored)) = md5(repeat('0123456789', 10000000))
FROM huge;
DROP TABLE huge;

-- a cancel in a loop of our own
SELECT state, message FROM framework_diagnostics('SELECT framework_cancel_itself()');
SELECT framework_integer(1);

DROP PROCEDURE leave;
DROP FUNCTION address_space;
