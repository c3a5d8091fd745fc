-- What the session has in its memory contexts and, where it is Linux, in its process: what C++ or
-- OpenSSL leaked would show only there. Under valgrind the process is full of valgrind's own.

CREATE FUNCTION pg_temp.kilobytes() RETURNS bigint[] LANGUAGE sql VOLATILE AS $$
	SELECT ARRAY[(SELECT sum(total_bytes) / 1024 FROM pg_backend_memory_contexts),
		CASE WHEN current_setting('s3sign_test.valgrind', true) IS NULL THEN
			substring(pg_read_file('/proc/self/status', 0, 100000, true) FROM 'RssAnon:\s*(\d+) kB')::bigint END]
$$;
