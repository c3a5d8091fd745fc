-- s3sign_get_many: element by element what s3sign_get gives.
\getenv sources PG_ABS_SRCDIR
\set outcome :sources '/sql/include/outcome.sql'
\set verify :sources '/sql/include/verify.sql'
\set kilobytes :sources '/sql/include/kilobytes.sql'
\set ECHO none
\i :outcome
\i :verify
\i :kilobytes
\set ECHO all
CREATE EXTENSION s3sign;

CREATE SERVER regress_s3sign FOREIGN DATA WRAPPER s3sign OPTIONS (endpoint 'https://s3.example.com', bucket 'media', allow_query 'a', allow_headers 'x-b');
CREATE USER MAPPING FOR PUBLIC SERVER regress_s3sign OPTIONS (access_key_id 'AKID', secret_access_key 'SECRET', session_token 'TOKEN/+');

-- keys that are hard to encode, each size of a key, and each number of keys up to three batches
CREATE TEMP TABLE keys AS SELECT i, CASE i % 8
	WHEN 0 THEN repeat('x', 1 + i % 1024) WHEN 1 THEN 'Übersicht ' || i || ' (Kopie).pdf' WHEN 2 THEN '//a+b=c&d/' || i || '%41?x#y'
	WHEN 3 THEN '日本語/写真 ' || i || '🎉.jpg' WHEN 4 THEN E'tab\tquote''"\\{},' || i || '/.../' || chr(128 + i % 900) WHEN 5 THEN 'null'
	WHEN 6 THEN repeat('%', 1 + i % 1024) END AS key
FROM generate_series(1, 1100) AS i;
SELECT count(*) AS elements, count(url) AS urls, count(*) FILTER (WHERE url IS NOT DISTINCT FROM s3sign_get('regress_s3sign', key, 60)) AS same, bool_and(pg_temp.verify(url, 'SECRET')) AS accepted
FROM (SELECT array_agg(key ORDER BY i) AS keys FROM keys) AS page, unnest(keys, s3sign_get_many('regress_s3sign', keys, 60)) AS pairs (key, url);
SELECT count(*) AS arrays, bool_and(s3sign_get_many('regress_s3sign', keys) = ARRAY(SELECT s3sign_get('regress_s3sign', key) FROM unnest(keys) AS key)) AS same
FROM generate_series(0, 100) AS size, LATERAL (SELECT coalesce(array_agg('key ' || i), '{}') AS keys FROM generate_series(1, size) AS i) AS page;
-- query, headers, bucket, signed_at and default_duration, with public_endpoint
ALTER SERVER regress_s3sign OPTIONS (ADD public_endpoint 'https://cdn.example.com/base', ADD default_duration '77', DROP bucket);
SELECT bool_and(url = s3sign_get('regress_s3sign', key, query => '{"a": ["1", "ü"], "response-content-type": "a/b"}', headers => '{"x-b": " c ", "range": "bytes=0-9"}', bucket => 'other', signed_at => '2026-01-02T03:04:05Z')) AS same, min(left(url, 43)) AS url
FROM (SELECT array_agg(key ORDER BY i) AS keys FROM keys WHERE i < 100 AND key IS NOT NULL) AS page,
	unnest(keys, s3sign_get_many('regress_s3sign', keys, query => '{"a": ["1", "ü"], "response-content-type": "a/b"}', headers => '{"x-b": " c ", "range": "bytes=0-9"}', bucket => 'other', signed_at => '2026-01-02T03:04:05Z')) AS pairs (key, url);
ALTER SERVER regress_s3sign OPTIONS (DROP public_endpoint, DROP default_duration, ADD bucket 'media');

-- shapes: dimensions, lower bounds, NULL at any place, duplicates, nothing
CREATE FUNCTION pg_temp.keys(urls text[]) RETURNS text[] LANGUAGE sql AS $$ SELECT replace(regexp_replace(urls::text, 'https://s3.example.com/media/([^?]*)[?][^,}]*', '\1', 'g'), '"', '')::text[] $$;
SELECT files, pg_temp.keys(s3sign_get_many('regress_s3sign', files)) AS urls, pg_column_size(s3sign_get_many('regress_s3sign', files)) = pg_column_size(s3sign_get_many('regress_s3sign', files)::text::text[]) AS same_size
FROM unnest(ARRAY['{a,b,a}', '{{a,b},{c,d}}', '[0:1][5:6]={{a,NULL},{NULL,b}}', '{NULL}', '{NULL,NULL,a}', '{a,NULL}', '[-1:7]={a,b,c,d,e,f,g,h,NULL}', '{{{{{{a}}}}}}', '{}', NULL]::text[]) AS list, CAST(list AS text[]) AS files;
SELECT s3sign_get_many(NULL, '{a}'), s3sign_get_many('regress_s3sign', NULL), s3sign_get_many('regress_s3sign', '{}', skip_invalid => NULL);
-- as arrays are stored, and elements of another type
CREATE TEMP TABLE stored (plain text[], compressed text[], outside text[]);
ALTER TABLE stored ALTER outside SET STORAGE EXTERNAL;
INSERT INTO stored SELECT '{a}', array_agg(repeat('x', 1000)), array_agg(i || repeat('y', 10)) FROM generate_series(1, 1000) AS i;
SELECT cardinality(s3sign_get_many('regress_s3sign', plain)) AS plain, (SELECT bool_and(url = s3sign_get('regress_s3sign', repeat('x', 1000))) FROM unnest(s3sign_get_many('regress_s3sign', compressed)) AS url) AS compressed,
	(SELECT bool_and(url = s3sign_get('regress_s3sign', key)) FROM unnest(outside, s3sign_get_many('regress_s3sign', outside)) AS pairs (key, url)) AS outside FROM stored;
SELECT s3sign_get_many('regress_s3sign', ARRAY['a']::varchar[]) = ARRAY[s3sign_get('regress_s3sign', 'a')] AS varchar;

-- errors of one key: those of s3sign_get, with its position and without its value; NULL where invalid keys are skipped
ALTER SERVER regress_s3sign OPTIONS (ADD key_prefix 'pub/');
SELECT left(key, 12) AS key, pg_temp.outcome(format('SELECT s3sign_get_many(''regress_s3sign'', ARRAY[NULL, ''pub/a'', %L])', key)) AS outcome,
	split_part(pg_temp.outcome(format('SELECT s3sign_get_many(''regress_s3sign'', ARRAY[NULL, ''pub/a'', %L])', key)), ' | ', 1) = split_part(pg_temp.outcome(format('SELECT s3sign_get(''regress_s3sign'', %L)', key)), ' | ', 1) AS as_get,
	pg_temp.keys(s3sign_get_many('regress_s3sign', ARRAY['pub/b', key, 'pub/c', NULL, key], skip_invalid => true)) AS skipped
FROM unnest(ARRAY['', 'pub/' || repeat('x', 1021), 'pub/' || repeat('ü', 511), 'private/SECRETARY', 'pub', 'pub/./a', 'pub/../a', 'pub/a\..', repeat('x', 1048577)]) AS key;
ALTER SERVER regress_s3sign OPTIONS (DROP key_prefix);
SELECT pg_temp.outcome($$SELECT s3sign_get_many('regress_s3sign', '{a,//}')$$) AS slashes, s3sign_get_many('regress_s3sign', '{//,.,..}', skip_invalid => true) AS skipped;
-- the first of several, in the second batch, and in two dimensions
SELECT pg_temp.outcome(format('SELECT s3sign_get_many(''regress_s3sign'', %L)', array_agg(CASE WHEN i IN (50, 51) THEN '' ELSE 'a' END))) FROM generate_series(1, 100) AS i;
SELECT s3sign_get_many('regress_s3sign', '[0:1][0:1]={{a,b},{c,..}}');
SELECT count(*) FILTER (WHERE url IS NULL) AS skipped, bool_and(url IS NOT DISTINCT FROM CASE WHEN key NOT LIKE '../%' THEN s3sign_get('regress_s3sign', key) END) AS same
FROM (SELECT array_agg(CASE WHEN i % 3 = 0 THEN '../' || i ELSE 'a' || i END ORDER BY i) AS keys FROM generate_series(1, 1000) AS i) AS page, unnest(keys, s3sign_get_many('regress_s3sign', keys, skip_invalid => true)) AS pairs (key, url);

-- everything else is an error, whether there is a key or not, and whether invalid keys are skipped or not
CREATE ROLE regress_s3sign_eve;
SELECT call, pg_temp.outcome(format('SELECT s3sign_get_many(%s, skip_invalid => true)', replace(call, 'FILES', quote_literal(files)))) AS outcome
FROM unnest(ARRAY['{a}', '{}']) AS files, unnest(ARRAY['''no_such_server'', FILES', '''regress_s3sign'', FILES, 0', '''regress_s3sign'', FILES, query => ''{"acl": null}''', '''regress_s3sign'', FILES, query => ''{"versionId": "1"}''',
	'''regress_s3sign'', FILES, headers => ''{"x-c": "1"}''', '''regress_s3sign'', FILES, headers => ''{"host": "1"}''', '''regress_s3sign'', FILES, bucket => ''other''', '''regress_s3sign'', FILES, signed_at => ''infinity''',
	'''regress_s3sign'', FILES, signed_at => ''2999-01-01''']) AS call ORDER BY 1, 2;
SET ROLE regress_s3sign_eve;
SELECT s3sign_get_many('regress_s3sign', '{}', skip_invalid => true);
RESET ROLE;
GRANT USAGE ON FOREIGN SERVER regress_s3sign TO regress_s3sign_eve;
SET ROLE regress_s3sign_eve;
SELECT s3sign_get_many('regress_s3sign', '{a}') = ARRAY[s3sign_get('regress_s3sign', 'a')] AS with_usage;
RESET ROLE;
DROP OWNED BY regress_s3sign_eve;
DROP ROLE regress_s3sign_eve;
ALTER SERVER regress_s3sign OPTIONS (ADD methods 'head');
SELECT pg_temp.outcome($$SELECT s3sign_get_many('regress_s3sign', '{}')$$) AS methods;
ALTER SERVER regress_s3sign OPTIONS (DROP methods);

-- the window of cache_window, and the end of the credentials
ALTER SERVER regress_s3sign OPTIONS (ADD cache_window '6d');
SELECT s3sign_get_many('regress_s3sign', '{a,b}', 60) = ARRAY[s3sign_get('regress_s3sign', 'a', 60), s3sign_get('regress_s3sign', 'b', 60)] AS same_window;
ALTER SERVER regress_s3sign OPTIONS (DROP cache_window);
SELECT floor(extract(epoch FROM clock_timestamp()))::bigint + 1000 AS expires_at \gset
ALTER USER MAPPING FOR PUBLIC SERVER regress_s3sign OPTIONS (ADD expires_at :'expires_at');
SELECT s3sign_get_many('regress_s3sign', '{a,b}', 3600) = ARRAY[s3sign_get('regress_s3sign', 'a', 3600), s3sign_get('regress_s3sign', 'b', 3600)] AS same_end;
ALTER USER MAPPING FOR PUBLIC SERVER regress_s3sign OPTIONS (SET expires_at '2024-02-29T12:34:56Z');
SELECT s3sign_get_many('regress_s3sign', '{}', skip_invalid => true);
ALTER USER MAPPING FOR PUBLIC SERVER regress_s3sign OPTIONS (DROP expires_at);

-- a statement timeout ends a long array
CREATE TEMP TABLE long AS SELECT array_fill('a'::text, '{500000}') AS files;
SET statement_timeout = '50ms';
SELECT cardinality(s3sign_get_many('regress_s3sign', files)) FROM long;
RESET statement_timeout;
-- in the memory that the first arrays took, keys that are skipped and errors included
SELECT sum(cardinality(urls)) AS urls, count(used) AS measured, max(used[1]) - min(used[1]) < 1024 AS contexts, coalesce(max(used[2]) - min(used[2]) < 4096, true) AS process
FROM (SELECT s3sign_get_many('regress_s3sign', array_fill('key ' || i, '{1000}') || '..'::text, skip_invalid => true) AS urls, CASE WHEN i IN (100, 1000) THEN pg_temp.kilobytes() END AS used
	FROM generate_series(1, 1000) AS i OFFSET 0) AS pages;

-- other encodings: converted key by key, and what can't be converted is an invalid key
SELECT current_database() AS home \gset
CREATE DATABASE regress_s3sign_latin1 TEMPLATE template0 ENCODING 'LATIN1' LOCALE_PROVIDER libc LOCALE 'C';
CREATE DATABASE regress_s3sign_sql_ascii TEMPLATE template0 ENCODING 'SQL_ASCII' LOCALE_PROVIDER libc LOCALE 'C';
\connect regress_s3sign_latin1
CREATE EXTENSION s3sign;
SET client_encoding = 'UTF8';
CREATE SERVER regress_s3sign FOREIGN DATA WRAPPER s3sign OPTIONS (endpoint 'https://s3.example.com', bucket 'media');
CREATE USER MAPPING FOR PUBLIC SERVER regress_s3sign OPTIONS (access_key_id 'AKID', secret_access_key 'SECRET');
SELECT bool_and(url = s3sign_get('regress_s3sign', key) AND url LIKE 'https://s3.example.com/media/_/%C3%A9?%') AS same
FROM (SELECT array_agg(i % 10 || '/' || convert_from('\xe9', 'LATIN1')) AS keys FROM generate_series(1, 100) AS i) AS page, unnest(keys, s3sign_get_many('regress_s3sign', keys)) AS pairs (key, url);
\connect regress_s3sign_sql_ascii
CREATE EXTENSION s3sign;
CREATE SERVER regress_s3sign FOREIGN DATA WRAPPER s3sign OPTIONS (endpoint 'https://s3.example.com', bucket 'media');
CREATE USER MAPPING FOR PUBLIC SERVER regress_s3sign OPTIONS (access_key_id 'AKID', secret_access_key 'SECRET');
SELECT s3sign_get_many('regress_s3sign', ARRAY['a', E'\xe9']);
SELECT url IS NULL AS skipped FROM unnest(s3sign_get_many('regress_s3sign', ARRAY['a', E'\xe9', E'\xc3\xa9'], skip_invalid => true)) AS url;
\connect :home
DROP DATABASE regress_s3sign_latin1;
DROP DATABASE regress_s3sign_sql_ascii;

DROP USER MAPPING FOR PUBLIC SERVER regress_s3sign;
DROP SERVER regress_s3sign;
DROP EXTENSION s3sign;
