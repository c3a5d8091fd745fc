-- Lists, multipart uploads, forms and calls in databases of other encodings: texts there, UTF-8 in what is signed.
\getenv sources PG_ABS_SRCDIR
\set outcome :sources '/sql/include/outcome.sql'
\set verify :sources '/sql/include/verify.sql'
\set verify_form :sources '/sql/include/verify_form.sql'
SELECT current_database() AS home \gset
CREATE DATABASE regress_s3sign_latin1 TEMPLATE template0 ENCODING 'LATIN1' LOCALE_PROVIDER libc LOCALE 'C';
CREATE DATABASE regress_s3sign_sql_ascii TEMPLATE template0 ENCODING 'SQL_ASCII' LOCALE_PROVIDER libc LOCALE 'C';

-- what UTF8 signs for e with acute accent in every place
CREATE EXTENSION s3sign;
SELECT format('CREATE SERVER regress_s3sign FOREIGN DATA WRAPPER s3sign OPTIONS (endpoint ''https://s3.example.com'', bucket %L, key_prefix %L, methods ''get,put,list,post,multipart'')', 'media' || e, 'pub/' || e),
	format('CREATE USER MAPPING FOR PUBLIC SERVER regress_s3sign OPTIONS (access_key_id ''AKID'', secret_access_key %L)', 'SECRET' || e)
FROM convert_from('\xc3a9', 'UTF8') AS e \gexec
SELECT s3sign_list('regress_s3sign', 'pub/' || e || e, 60, e, 7, e, e, signed_at => '2026-01-02') AS list, s3sign_multipart_part('regress_s3sign', 'pub/' || e, e, 1, 60, signed_at => '2026-01-02') AS part,
	s3sign_post('regress_s3sign', 'pub/' || e, 60, fields => jsonb_build_object('x-amz-meta-a', e), conditions => jsonb_build_array(jsonb_build_array('starts-with', '$x-amz-meta-b', e)), signed_at => '2026-01-02') #>> '{fields,policy}' AS policy,
	s3sign_headers('regress_s3sign', 'GET', 'pub/' || e, signed_at => '2026-01-02') AS headers, s3sign_upload('regress_s3sign', 'pub/' || e, 60, signed_at => '2026-01-02') ->> 'url' AS upload
FROM convert_from('\xc3a9', 'UTF8') AS e \gset
DROP USER MAPPING FOR PUBLIC SERVER regress_s3sign;
DROP SERVER regress_s3sign;
DROP EXTENSION s3sign;

-- LATIN1
\connect regress_s3sign_latin1
CREATE EXTENSION s3sign;
\set ECHO none
\i :outcome
\i :verify
\i :verify_form
\set ECHO all
SET client_encoding = 'UTF8';
SELECT format('CREATE SERVER regress_s3sign FOREIGN DATA WRAPPER s3sign OPTIONS (endpoint ''https://s3.example.com'', bucket %L, key_prefix %L, methods ''get,put,list,post,multipart'')', 'media' || e, 'pub/' || e),
	format('CREATE USER MAPPING FOR PUBLIC SERVER regress_s3sign OPTIONS (access_key_id ''AKID'', secret_access_key %L)', 'SECRET' || e)
FROM convert_from('\xe9', 'LATIN1') AS e \gexec
SELECT s3sign_list('regress_s3sign', 'pub/' || e || e, 60, e, 7, e, e, signed_at => '2026-01-02') = :'list' AS list, s3sign_multipart_part('regress_s3sign', 'pub/' || e, e, 1, 60, signed_at => '2026-01-02') = :'part' AS part,
	(SELECT url FROM s3sign_multipart_parts('regress_s3sign', 'pub/' || e, e, 1, 60, signed_at => '2026-01-02')) = :'part' AS parts,
	s3sign_headers('regress_s3sign', 'GET', 'pub/' || e, signed_at => '2026-01-02') = :'headers' AS headers, s3sign_upload('regress_s3sign', 'pub/' || e, 60, signed_at => '2026-01-02') ->> 'url' = :'upload' AS upload
FROM convert_from('\xe9', 'LATIN1') AS e;
SELECT request ->> 'url' = :'upload' AS request, request ->> 'key' = 'pub/' || e AS key, octet_length(request ->> 'key') AS bytes
FROM convert_from('\xe9', 'LATIN1') AS e, s3sign_request('regress_s3sign', jsonb_build_object('method', 'PUT', 'key', 'pub/' || e), 60, signed_at => '2026-01-02') AS request;
-- the policy is the same; the fields are texts of the database
SELECT form #>> '{fields,policy}' = :'policy' AS policy, form #>> '{fields,key}' = 'pub/' || e AS key, octet_length(form #>> '{fields,key}') AS bytes, form #>> '{fields,x-amz-meta-a}' = e AS field, form ->> 'url' AS url,
	pg_temp.form_fault(form, 'SECRET' || e, 'media' || e, jsonb_build_object('x-amz-meta-b', e)) IS NULL AS accepted
FROM convert_from('\xe9', 'LATIN1') AS e,
	s3sign_post('regress_s3sign', 'pub/' || e, 60, fields => jsonb_build_object('x-amz-meta-a', e), conditions => jsonb_build_array(jsonb_build_array('starts-with', '$x-amz-meta-b', e)), signed_at => '2026-01-02') AS form;
-- another letter is another prefix
SELECT pg_temp.outcome(format('SELECT s3sign_list(''regress_s3sign'', %L)', 'pub/' || x)) AS list, pg_temp.outcome(format('SELECT s3sign_post(''regress_s3sign'', %L)', 'pub/' || x)) AS post FROM convert_from('\xe8', 'LATIN1') AS x;
-- a header can't hold it, a URL not as it is
SELECT pg_temp.outcome(format('SELECT s3sign_headers(''regress_s3sign'', ''PUT'', %L, headers => %L)', 'pub/' || e, jsonb_build_object('x-amz-meta-a', e))) AS header, pg_temp.outcome(format('SELECT s3sign_pre_url(''GET'', %L, ''A'', ''S'', 60)', 'https://s3.example.com/' || e)) AS url
FROM convert_from('\xe9', 'LATIN1') AS e;

-- SQL_ASCII: what is UTF-8 is signed, what is not is refused, in JSON too
\connect regress_s3sign_sql_ascii
CREATE EXTENSION s3sign;
\set ECHO none
\i :outcome
\set ECHO all
CREATE SERVER regress_s3sign FOREIGN DATA WRAPPER s3sign OPTIONS (endpoint 'https://s3.example.com', bucket 'media', methods 'get,put,list,post,multipart');
CREATE USER MAPPING FOR PUBLIC SERVER regress_s3sign OPTIONS (access_key_id 'AKID', secret_access_key 'SECRET');
SELECT function, arguments, pg_temp.outcome(format('SELECT s3sign_%s(''regress_s3sign'', %s)', function, format(arguments, E'\xe9'))) AS refused, left(pg_temp.outcome(format('SELECT s3sign_%s(''regress_s3sign'', %s)', function, format(arguments, E'\xc3\xa9'))), 30) AS signed
FROM (VALUES ('list', '%L'), ('list', 'delimiter => %L'), ('list', 'start_after => %L'), ('list', 'continuation_token => %L'), ('multipart_create', '%L'), ('multipart_create', '''f'', content_type => %L'), ('multipart_part', '''f'', %L, 1'), ('multipart_abort', '''f'', %L'), ('post', '%L'), ('post', '''f'', content_type => %L'),
	('upload', '%L'), ('upload', '''f'', content_type => %L'), ('upload', '''f'', checksum_sha256 => %L'), ('headers', '%L, ''f'''), ('headers', '''GET'', %L')) AS calls (function, arguments);
SELECT pg_temp.outcome(format('SELECT s3sign_post(''regress_s3sign'', ''f'', fields => %L)', E'{"x-amz-meta-a": "\xe9"}')) AS field, pg_temp.outcome(format('SELECT s3sign_post(''regress_s3sign'', ''f'', conditions => %L)', E'[{"x-amz-meta-a": "\xe9"}]')) AS condition,
	pg_temp.outcome(format('SELECT s3sign_post(''regress_s3sign'', ''f'', conditions => %L)', E'[["eq", "$x-amz-meta-\xe9", "a"]]')) AS name;
SELECT request, pg_temp.outcome(format('SELECT s3sign_request(''regress_s3sign'', %L)', format(request, E'\xe9'))) AS refused, left(pg_temp.outcome(format('SELECT s3sign_request(''regress_s3sign'', %L)', format(request, E'\xc3\xa9'))), 30) AS signed
FROM unnest(ARRAY['{"method": "PUT", "key": "%s"}', '{"method": "PUT", "key": "a", "contentType": "%s"}', '{"method": "GET", "key": "a", "uploadId": "%s"}', '{"method": "%s", "key": "a"}', '{"method": "PUT", "key": "a", "%s": 1}', '{"method": "PUT", "key": "a", "checksum": {"%s": ""}}']) AS request;
SELECT pg_temp.outcome(format('SELECT s3sign_pre_url(''GET'', ''https://s3.example.com/f'', %L, ''S'', 60)', E'A\xe9')) AS identity, pg_temp.outcome(format('SELECT s3sign_pre_headers(''GET'', ''https://s3.example.com/f'', ''A'', %L)', E'SECRET\xe9')) AS secret,
	pg_temp.outcome(format('SELECT s3sign_pre_url(''GET'', %L, ''A'', ''S'', 60)', E'https://s3.example.com/\xe9')) AS url, pg_temp.outcome(format('SELECT s3sign_pre_url(%L, ''https://s3.example.com/f'', ''A'', ''S'', 60)', E'G\xe9')) AS method;

\connect :home
DROP DATABASE regress_s3sign_latin1;
DROP DATABASE regress_s3sign_sql_ascii;
