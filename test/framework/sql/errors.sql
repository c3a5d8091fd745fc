-- each code of s3sign::error has its SQLSTATE
SELECT kind, d.state, d.message, d.hint
FROM unnest('{invalid_parameter_value, datetime_field_overflow, character_not_in_repertoire, feature_not_supported,
	program_limit_exceeded, object_not_in_prerequisite_state, insufficient_privilege, undefined_object,
	fdw_invalid_option_name, io_error, internal_error, division_by_zero, all digits, all letters}'::text[]) kind,
	framework_diagnostics(format('SELECT framework_throw(%L, %L)', kind, 'Do 100% of it.')) d;

-- and so have other exceptions
SELECT kind, d.state, d.message, d.hint
FROM unnest('{bad_alloc, runtime_error, int}'::text[]) kind,
	framework_diagnostics(format('SELECT framework_throw(%L)', kind)) d;
SELECT framework_alive();

-- what psql shows, with a hint and without
SELECT framework_throw('invalid_parameter_value', 'The hint.');
SELECT framework_throw('invalid_parameter_value');

-- message, detail and hint
SELECT framework_throw('detail', 'The hint.');
SELECT framework_throw('detail');

-- a server error goes through C++ frames whole, and destructors run
SELECT framework_deep(0);
\x on
SELECT * FROM framework_diagnostics('SELECT framework_deep(50)');
SELECT * FROM framework_diagnostics('SELECT framework_throw(''server_error'')');
SELECT * FROM framework_diagnostics('SELECT framework_not_swallowed()');
SELECT * FROM framework_diagnostics('SELECT framework_over_borders(0)');
SELECT * FROM framework_diagnostics('SELECT framework_over_borders(20)');
\x off
SELECT framework_alive();

-- a cancel is no std::exception
SET statement_timeout = '100ms';
SELECT framework_sleep_on();
RESET statement_timeout;
SELECT framework_alive();

-- caught, and all is as it was
SELECT framework_recover() FROM generate_series(1, 3);
SELECT framework_leave_by_exception();
SELECT framework_call_result();
SELECT framework_alive();

-- the session goes on, in the middle of a set and of a transaction as well
CREATE TABLE numbers AS SELECT i FROM generate_series(1, 100) i;
SELECT framework_throw('int') FROM numbers WHERE i > 50;
BEGIN;
INSERT INTO numbers VALUES (101);
SAVEPOINT s;
SELECT framework_deep(3);
ROLLBACK TO s;
INSERT INTO numbers VALUES (102);
COMMIT;
SELECT max(i), framework_alive() FROM numbers;
DROP TABLE numbers;
