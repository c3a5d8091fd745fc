-- What an administrator opens on a named server, and only that: methods, allow_query, allow_headers;
-- and which servers can be named at all.
\getenv sources PG_ABS_SRCDIR
\set outcome :sources '/sql/include/outcome.sql'
\set ECHO none
\i :outcome
\set ECHO all
CREATE EXTENSION s3sign;

CREATE SERVER regress_s3sign FOREIGN DATA WRAPPER s3sign OPTIONS (endpoint 'https://s3.example.com', bucket 'media');
CREATE USER MAPPING FOR PUBLIC SERVER regress_s3sign OPTIONS (access_key_id 'AKID', secret_access_key 'SECRET');

-- methods
CREATE FUNCTION pg_temp.with_methods(methods text, function text, arguments text = '') RETURNS text LANGUAGE sql AS $$
	SELECT left(pg_temp.outcome(format('ALTER SERVER regress_s3sign OPTIONS (ADD methods %L)', methods), format('SELECT s3sign_%s(''regress_s3sign'', ''file''%s)', function, arguments)), 5)
$$;
SELECT function, pg_temp.asked(pg_temp.outcome(format('SELECT s3sign_%s(''regress_s3sign'', ''file'')', function))) AS by_default
FROM unnest(ARRAY['get', 'head', 'put', 'delete']) AS function;
SELECT methods, pg_temp.with_methods(methods, 'get') AS get, pg_temp.with_methods(methods, 'head') AS head, pg_temp.with_methods(methods, 'put') AS put, pg_temp.with_methods(methods, 'delete') AS delete,
	pg_temp.with_methods(methods, 'get', ', version_id => ''v''') AS get_version, pg_temp.with_methods(methods, 'head', ', version_id => ''v''') AS head_version,
	pg_temp.with_methods(methods, 'delete', ', version_id => ''v''') AS delete_version
FROM unnest(ARRAY['get', 'head', 'put', 'delete', 'list', 'post', 'multipart', 'version', 'get,version', 'head,version', 'delete,version', 'get,head,put,delete', 'list,post,multipart,version',
	'get,head,put,delete,version']) AS methods;
SELECT pg_temp.outcome('SELECT s3sign_get(''regress_s3sign'', ''file'', version_id => ''v'')');

-- no bucket of the server's: the caller's, within the rules for any
ALTER SERVER regress_s3sign OPTIONS (DROP bucket);
SELECT bucket, pg_temp.asked(pg_temp.outcome(format('SELECT s3sign_get(''regress_s3sign'', ''file'', bucket => %L)', bucket)))
FROM unnest(ARRAY[NULL, 'a', 'b c', '', '.', '..', 'a/b', '../a', 'a:b', E'a\n', 's3']) AS bucket;
ALTER SERVER regress_s3sign OPTIONS (SET endpoint 'https://s3.eu-west-1.amazonaws.com');
SELECT bucket, pg_temp.asked(pg_temp.outcome(format('SELECT s3sign_get(''regress_s3sign'', ''file'', bucket => %L)', bucket)))
FROM unnest(ARRAY['media', 'evil.com#', 'evil.com?', 'u@evil', 'evil.com', 'a--x-s3']) AS bucket;
ALTER SERVER regress_s3sign OPTIONS (SET endpoint 'https://s3.example.com', ADD bucket 'media', ADD methods 'get,head,put,delete,version');

-- allow_query and allow_headers: just the names, and never SigV4's or the version's
ALTER SERVER regress_s3sign OPTIONS (ADD allow_query 'acl, response-x ,a b, x-amz-expire, version', ADD allow_headers 'X-Amz-Acl, x-amz-meta');
SELECT function, query, pg_temp.asked(pg_temp.outcome(format('SELECT s3sign_%s(''regress_s3sign'', ''file'', query => %L)', function, query)))
FROM (VALUES ('get', '{"acl": null}'::jsonb), ('put', '{"acl": ""}'), ('delete', '{"response-x": 1}'), ('get', '{"a b": [1, "acl&tagging"]}'), ('get', '{"ACL": ""}'), ('get', '{"acl ": ""}'), ('get', '{"ac": ""}'),
	('get', '{"tagging": ""}'), ('get', '{"response-x ": ""}'), ('get', '{"acl, response-x": ""}'), ('put', '{"response-content-type": ""}'), ('get', '{"X-Amz-Expires": 604800}'),
	('get', '{"x-amz-expires": 604800}'), ('get', '{"x-amz-signature": "a"}'), ('get', '{"version": "a"}'), ('get', '{"versionId": "a"}'), ('put', '{"versionId": "a"}'), ('head', '{"versionid": "a"}'), ('delete', '{"versionId": "a"}')) AS calls (function, query);
SELECT headers, substring(outcome FROM 'SignedHeaders=([^&]*)&') AS signed, CASE WHEN outcome NOT LIKE 'https:%' THEN outcome END AS refused
FROM unnest(ARRAY['{"x-amz-acl": "private"}', '{"X-AMZ-ACL": "private"}', '{"x-amz-meta": 1, "X-Amz-Meta-A": 1}', '{"x-amz-ac": ""}', '{"x-amz-acl-x": ""}', '{"x-amz-tagging": ""}',
	'{"x-amz-acl, x-amz-meta": ""}']::jsonb[]) AS headers,
	pg_temp.outcome(format('SELECT s3sign_put(''regress_s3sign'', ''file'', headers => %L)', headers)) AS outcome;

-- servers that are none of ours: another wrapper's password is never used, whichever wrapper validates it
CREATE FOREIGN DATA WRAPPER regress_s3sign_other;
CREATE FOREIGN DATA WRAPPER "S3sign" VALIDATOR s3sign_validator;
CREATE SERVER regress_s3sign_other FOREIGN DATA WRAPPER regress_s3sign_other OPTIONS (endpoint 'https://s3.example.com', bucket 'media');
CREATE SERVER regress_s3sign_validated FOREIGN DATA WRAPPER "S3sign" OPTIONS (endpoint 'https://s3.example.com', bucket 'media');
CREATE USER MAPPING FOR PUBLIC SERVER regress_s3sign_other OPTIONS (access_key_id 'AKID', secret_access_key 'SECRET');
CREATE USER MAPPING FOR PUBLIC SERVER regress_s3sign_validated OPTIONS (access_key_id 'AKID', secret_access_key 'SECRET');
CREATE SERVER regress_s3sign_a23456789_123456789_123456789_123456789_12345678 FOREIGN DATA WRAPPER s3sign OPTIONS (endpoint 'https://s3.example.com', bucket 'media');
CREATE USER MAPPING FOR PUBLIC SERVER regress_s3sign_a23456789_123456789_123456789_123456789_12345678 OPTIONS (access_key_id 'AKID', secret_access_key 'SECRET');
-- a name is as in the catalog: not folded, quoted, qualified, trimmed or cut
SELECT left(server, 70) AS server, pg_temp.asked(pg_temp.outcome(format('SELECT s3sign_get(%L, ''file'')', server)))
FROM unnest(ARRAY['regress_s3sign', 'regress_s3sign_other', 'regress_s3sign_validated', 'Regress_s3sign', 'regress_s3sign ', ' regress_s3sign', '"regress_s3sign"', 'public.regress_s3sign', '', 's3sign',
	'https://s3.example.com', E'regress_s3sign\nx', 'regress_s3sign_a23456789_123456789_123456789_123456789_12345678',
	'regress_s3sign_a23456789_123456789_123456789_123456789_123456789', repeat('a', 3000000)]) AS server;
SELECT function, pg_temp.outcome(format('SELECT s3sign_%s(''regress_s3sign_other'', ''file'')', function)) FROM unnest(ARRAY['head', 'put', 'delete']) AS function;
-- renamed, our wrapper is no longer found
SELECT pg_temp.outcome('ALTER FOREIGN DATA WRAPPER s3sign RENAME TO regress_s3sign_old', 'SELECT s3sign_get(''regress_s3sign'', ''file'')');
SELECT pg_temp.outcome('ALTER SERVER regress_s3sign RENAME TO regress_s3sign_new', 'SELECT s3sign_get(''regress_s3sign'', ''file'')');

DROP USER MAPPING FOR PUBLIC SERVER regress_s3sign_a23456789_123456789_123456789_123456789_12345678;
DROP USER MAPPING FOR PUBLIC SERVER regress_s3sign_validated;
DROP USER MAPPING FOR PUBLIC SERVER regress_s3sign_other;
DROP USER MAPPING FOR PUBLIC SERVER regress_s3sign;
DROP SERVER regress_s3sign, regress_s3sign_other, regress_s3sign_validated, regress_s3sign_a23456789_123456789_123456789_123456789_12345678;
DROP FOREIGN DATA WRAPPER regress_s3sign_other;
DROP FOREIGN DATA WRAPPER "S3sign";
DROP EXTENSION s3sign;
