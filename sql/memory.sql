-- A million rows, and thousands of errors, in the memory that the first ones took.
CREATE EXTENSION s3sign;

\getenv sources PG_ABS_SRCDIR
\set kilobytes :sources '/sql/include/kilobytes.sql'
\set ECHO none
\i :kilobytes
\set ECHO all

-- between two rows of one query
SELECT count(url) AS urls, count(used) AS measured,
	max(used[1]) - min(used[1]) < 1024 AS contexts, coalesce(max(used[2]) - min(used[2]) < 4096, true) AS process
FROM (
	SELECT s3sign_pre_get('s3.example.com', 'media', 'AKID', 'SECRET', 'key ' || i, 3600, session_token => 'T', query => '{"versionId": "1", "a": ["b", 2]}',
			headers => '{"range": "bytes=0-9", "x-amz-meta-a": [" b ", 2]}') AS url,
		CASE WHEN i IN (10000, 1000000) THEN pg_temp.kilobytes() END AS used
	FROM generate_series(1, 1000000) AS i OFFSET 0) AS urls;

-- endpoints, secrets and regions that are not remembered
SELECT count(url) AS urls, count(used) AS measured,
	max(used[1]) - min(used[1]) < 1024 AS contexts, coalesce(max(used[2]) - min(used[2]) < 4096, true) AS process
FROM (
	SELECT s3sign_pre_get('s' || i || '.example.com', 'media', 'AKID', 'SECRET' || i, 'key', 3600, region => 'a-region-of-more-than-sixteen-bytes-' || i) AS url,
		CASE WHEN i IN (10000, 100000) THEN pg_temp.kilobytes() END AS used
	FROM generate_series(1, 100000) AS i OFFSET 0) AS urls;

-- errors: of an argument, of the endpoint, of a header, of the last one looked at
CREATE FUNCTION pg_temp.fail(times int) RETURNS int LANGUAGE plpgsql AS $$
DECLARE
	url text;
	errors int := 0;
BEGIN
	FOR i IN 1 .. times LOOP
		BEGIN
			url := s3sign_pre_get(CASE WHEN i % 4 = 1 THEN 'a-host-name-of-more-than-sixteen-bytes.' ELSE 's3.example.com' END, 'media', 'AKID',
				CASE WHEN i % 4 = 3 THEN '' ELSE 'SECRET' END, 'file', CASE WHEN i % 4 = 0 THEN 0 ELSE 60 END,
				headers => CASE WHEN i % 4 = 2 THEN '{"a": "b", "A": "c"}'::jsonb END);
		EXCEPTION WHEN invalid_parameter_value THEN
			errors := errors + 1;
		END;
	END LOOP;
	RETURN errors;
END $$;
SELECT pg_temp.fail(5000);
SELECT pg_temp.kilobytes() AS before \gset
SELECT pg_temp.fail(50000);
SELECT used[1] - (:'before'::bigint[])[1] < 1024 AS contexts, coalesce(used[2] - (:'before'::bigint[])[2] < 4096, true) AS process
FROM pg_temp.kilobytes() AS used;

-- and where texts of C++ are being made: forms, tickets, URLs taken apart, sets of parts; so long that a text lost by each error of a kind would show
CREATE SERVER regress_s3sign FOREIGN DATA WRAPPER s3sign OPTIONS (endpoint 'https://s3.example.com', bucket 'media', methods 'get,put,list,post,multipart');
SELECT format('ALTER SERVER regress_s3sign OPTIONS (ADD key_prefix %L)', repeat('p', 900)) AS alter \gset
:alter;
CREATE USER MAPPING FOR PUBLIC SERVER regress_s3sign OPTIONS (access_key_id 'AKID', secret_access_key 'SECRET');
CREATE TEMP TABLE calls (i int, call text);
INSERT INTO calls SELECT row_number() OVER () - 1, 'SELECT s3sign_' || replace(replace(call, 'PREFIX', repeat('p', 900)), 'LONG', repeat('x', 4000)) FROM unnest(ARRAY[
	$$post('regress_s3sign', 'PREFIX/${filename}', max_bytes => 5, fields => '{"x-amz-meta-a": "LONG"}')$$,
	$$post('regress_s3sign', 'PREFIX/f', fields => '{"x-amz-meta-a": "LONG", "acl": "public-read"}')$$,
	$$post('regress_s3sign', 'PREFIX/f', fields => '{"x-amz-meta-a": "LONG"}', conditions => '[["eq", "$x-amz-meta-b", "LONG"], ["content-length-range", 2, 1]]')$$,
	$$upload('regress_s3sign', 'PREFIX/${filename}', max_bytes => 5)$$,
	$$upload('regress_s3sign', 'PREFIX/f', max_bytes => 5, content_type => 'image/*/*')$$,
	$$upload('regress_s3sign', 'LONGER/f', bytes => 5, content_type => 'image/png')$$,
	$$pre_url('GET', 'https://a-host-of-more-than-sixteen-bytes.example.com/a%20path/LONG/%zz', 'AKID', 'SECRET', 60)$$,
	$$pre_url('GET', 'https://a-host-of-more-than-sixteen-bytes.example.com/a%20path/LONG?a=b&c=d&X-Amz-Date=e', 'AKID', 'SECRET', 60)$$,
	$$pre_headers('GET', 'https://a-host-of-more-than-sixteen-bytes.example.com/a%20path/LONG', E'A\nKID', 'SECRET', payload => 'LONG')$$,
	$$headers('regress_s3sign', 'GET', 'PREFIX/f', '{"acl": "LONG"}', payload => 'LONG')$$,
	$$list('regress_s3sign', 'LONG')$$,
	$$multipart_parts('regress_s3sign', 'f', 'ID', 3)$$]) AS call;
CREATE FUNCTION pg_temp.fail_all(times int) RETURNS int LANGUAGE plpgsql AS $body$
DECLARE
	statements text[] := (SELECT array_agg(call ORDER BY i) FROM calls);
	errors int := 0;
BEGIN
	FOR i IN 1 .. times LOOP
		BEGIN
			EXECUTE statements[1 + i % cardinality(statements)];
		EXCEPTION WHEN invalid_parameter_value OR insufficient_privilege THEN
			errors := errors + 1;
		END;
	END LOOP;
	RETURN errors;
END $body$;
SELECT pg_temp.fail_all(2400);
SELECT pg_temp.kilobytes() AS before \gset
SELECT pg_temp.fail_all(24000);
SELECT used[1] - (:'before'::bigint[])[1] < 1024 AS contexts, coalesce(used[2] - (:'before'::bigint[])[2] < 4096, true) AS process
FROM pg_temp.kilobytes() AS used;

DROP USER MAPPING FOR PUBLIC SERVER regress_s3sign;
DROP SERVER regress_s3sign;
DROP EXTENSION s3sign;
