-- Named servers in databases of other encodings: names and options there, UTF-8 in the URL.
\getenv sources PG_ABS_SRCDIR
\set outcome :sources '/sql/include/outcome.sql'
\set verify :sources '/sql/include/verify.sql'
SELECT current_database() AS home \gset
CREATE DATABASE regress_s3sign_latin1 TEMPLATE template0 ENCODING 'LATIN1' LOCALE_PROVIDER libc LOCALE 'C';
CREATE DATABASE regress_s3sign_sql_ascii TEMPLATE template0 ENCODING 'SQL_ASCII' LOCALE_PROVIDER libc LOCALE 'C';
CREATE ROLE regress_s3sign_web;

-- what UTF8 signs for e with acute accent in every place
CREATE EXTENSION s3sign;
SELECT s3sign_pre_get('https://s3.example.com', b, i, s, k || 'x', 60, session_token => t, query => jsonb_build_object('response-content-disposition', 'attachment; filename="_.txt"; filename*=UTF-8''''%C3%A9.txt', 'versionId', k),
	signed_at => '2026-01-02T03:04:05Z') AS url
FROM convert_from('\xc3a9', 'UTF8') AS e, concat('media', e) AS b, concat('AKID', e) AS i, concat('SECRET', e) AS s, concat('TOKEN', e) AS t, concat('pub/', e, '/') AS k \gset
DROP EXTENSION s3sign;

-- LATIN1: the server's name, its options and those of the mapping are in the database's encoding
\connect regress_s3sign_latin1
CREATE EXTENSION s3sign;
\set ECHO none
\i :outcome
\i :verify
\set ECHO all
SET client_encoding = 'UTF8';
SELECT format('CREATE SERVER %I FOREIGN DATA WRAPPER s3sign OPTIONS (endpoint ''https://s3.example.com'', bucket %L, key_prefix %L, methods ''get,version'', allow_query %L)', 'regress_s3sign_' || e, 'media' || e, 'pub/' || e || '/', e),
	format('CREATE USER MAPPING FOR PUBLIC SERVER %I OPTIONS (access_key_id %L, secret_access_key %L, session_token %L)', 'regress_s3sign_' || e, 'AKID' || e, 'SECRET' || e, 'TOKEN' || e)
FROM convert_from('\xe9', 'LATIN1') AS e \gexec
SELECT octet_length(e) AS bytes, s3sign_get('regress_s3sign_' || e, 'pub/' || e || '/x', 60, e || '.txt', 'pub/' || e || '/', signed_at => '2026-01-02T03:04:05Z') = :'url' AS same,
	s3sign_get('regress_s3sign_' || e, 'pub/' || e || '/x', bucket => 'media' || e) IS NOT NULL AS bucket
FROM convert_from('\xe9', 'LATIN1') AS e;
-- another letter, and the two bytes of its UTF-8, are other names
SELECT encode(convert_to(x, 'LATIN1'), 'hex') AS bytes, pg_temp.outcome(format('SELECT s3sign_get(%L, %L)', 'regress_s3sign_' || x, 'pub/' || e || '/x')) AS server,
	pg_temp.outcome(format('SELECT s3sign_get(%L, %L)', 'regress_s3sign_' || e, 'pub/' || x || '/x')) AS file
FROM convert_from('\xe9', 'LATIN1') AS e, unnest(ARRAY[convert_from('\xe8', 'LATIN1'), convert_from('\xc3a9', 'LATIN1'), 'e']) AS x;
SELECT pg_temp.outcome(format('SELECT s3sign_get(%L, %L, bucket => %L)', 'regress_s3sign_' || e, 'pub/' || e || '/x', 'media' || x)) AS bucket,
	pg_temp.outcome(format('SELECT s3sign_get(%L, %L, query => %L)', 'regress_s3sign_' || e, 'pub/' || e || '/x', jsonb_build_object(x, ''))) AS query
FROM convert_from('\xe9', 'LATIN1') AS e, convert_from('\xe8', 'LATIN1') AS x;
SELECT pg_temp.asked(s3sign_get('regress_s3sign_' || e, 'pub/' || e || '/x', query => jsonb_build_object(e, ''))) AS query FROM convert_from('\xe9', 'LATIN1') AS e;
-- rights: the name in the message is the database's
SET ROLE regress_s3sign_web;
SELECT pg_temp.outcome(format('SELECT s3sign_get(%L, ''x'')', 'regress_s3sign_' || e)) AS stranger FROM convert_from('\xe9', 'LATIN1') AS e;
RESET ROLE;

-- SQL_ASCII: what is not UTF-8 is refused, a secret too, without a word of it
\connect regress_s3sign_sql_ascii
CREATE EXTENSION s3sign;
\set ECHO none
\i :outcome
\set ECHO all
SELECT pg_temp.outcome(format(E'CREATE SERVER regress_s3sign FOREIGN DATA WRAPPER s3sign OPTIONS (endpoint ''https://s3.example.com'', bucket %L)', E'media\xe9')) AS bucket;
CREATE SERVER regress_s3sign FOREIGN DATA WRAPPER s3sign OPTIONS (endpoint 'https://s3.example.com', bucket 'media');
SELECT pg_temp.outcome(format('CREATE USER MAPPING FOR PUBLIC SERVER regress_s3sign OPTIONS (access_key_id ''AKID'', secret_access_key %L)', E'SECRET\xe9')) AS secret;
CREATE USER MAPPING FOR PUBLIC SERVER regress_s3sign OPTIONS (access_key_id 'AKID', secret_access_key 'SECRET');
SELECT pg_temp.outcome(format('SELECT s3sign_get(''regress_s3sign'', %L)', E'\xe9')) AS file, pg_temp.outcome(format('SELECT s3sign_get(''regress_s3sign'', ''file'', download_as => %L)', E'\xe9')) AS download_as;
SELECT pg_temp.outcome(format('SELECT s3sign_get(''regress_s3sign'', ''file'', bucket => %L)', E'\xe9')) AS bucket, pg_temp.outcome(format('SELECT s3sign_get(%L, ''file'')', E'\xe9')) AS server;
SELECT pg_temp.outcome(format('SELECT s3sign_get(''regress_s3sign'', ''file'', version_id => %L)', E'\xe9')) AS version_id;

\connect :home
DROP DATABASE regress_s3sign_latin1;
DROP DATABASE regress_s3sign_sql_ascii;
DROP ROLE regress_s3sign_web;
