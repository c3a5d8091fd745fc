-- What a named server signs: the URL that s3sign_pre_get() and its kin sign with the same in the call.
\getenv sources PG_ABS_SRCDIR
\set outcome :sources '/sql/include/outcome.sql'
\set verify :sources '/sql/include/verify.sql'
\set ECHO none
\i :outcome
\i :verify
\set ECHO all
CREATE EXTENSION s3sign;

CREATE SERVER regress_s3sign FOREIGN DATA WRAPPER s3sign OPTIONS (endpoint 'https://s3.amazonaws.com', bucket 'examplebucket', methods 'get,head,put,delete,version');
CREATE USER MAPPING FOR PUBLIC SERVER regress_s3sign OPTIONS (access_key_id 'AKIAIOSFODNN7EXAMPLE', secret_access_key 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY');

-- the URL of AWS's documentation
-- https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html
SELECT s3sign_get('regress_s3sign', 'test.txt', 86400, signed_at => '2013-05-24T00:00:00Z');

-- every argument, every function: the same URL as with the credentials in the call
CREATE FUNCTION pg_temp.same(method text, file text, of_named text, of_pre text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	named text;
	pre text;
BEGIN
	EXECUTE format('SELECT s3sign_%s(''regress_s3sign'', %L, 3600, signed_at => ''2026-01-02T03:04:05.678Z'' %s)', method, file, of_named) INTO named;
	EXECUTE format('SELECT s3sign_pre_%s(''https://s3.amazonaws.com'', ''examplebucket'', ''AKIAIOSFODNN7EXAMPLE'', ''wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY'', %L, 3600,
		signed_at => ''2026-01-02T03:04:05Z'' %s)', method, file, of_pre) INTO pre;
	RETURN CASE WHEN named = pre THEN 'same' ELSE concat_ws(E'\n', named, pre) END;
END $$;
SELECT method, file, pg_temp.same(method, file, '', '')
FROM unnest(ARRAY['get', 'head', 'put', 'delete']) AS method, unnest(ARRAY['file', '/a//b c', U&'\00FCber/\+01F600?#%25+&=']) AS file;
SELECT pg_temp.same('get', repeat('a', 1024), '', '');
SELECT method, named, pg_temp.same(method, 'file', ', ' || named, ', ' || pre)
FROM (VALUES ('get', 'version_id => ''a+b/c=''', 'query => ''{"versionId": "a+b/c="}'''), ('head', 'version_id => ''null''', 'query => ''{"versionId": "null"}'''),
	('delete', 'version_id => ''v''', 'query => ''{"versionId": "v"}'''), ('get', 'bucket => ''examplebucket''', 'region => ''us-east-1'''),
	('get', 'version_id => ''v'', query => ''{"x-id": ["b", "a"], "partNumber": 2}''', 'query => ''{"x-id": ["b", "a"], "versionId": "v", "partNumber": 2}'''),
	('get', 'download_as => ''a.txt'', version_id => ''v''', 'query => ''{"versionId": "v", "response-content-disposition": "attachment; filename=\"a.txt\""}'''),
	('get', 'headers => ''{"Range": "bytes=0-9", "if-match": "\"e\""}''', 'headers => ''{"range": "bytes=0-9", "if-match": "\"e\""}'''),
	('put', 'content_type => ''text/plain;  charset=utf-8''', 'headers => ''{"content-type": "text/plain; charset=utf-8"}'''), ('put', 'content_type => ''''', 'headers => ''{"content-type": ""}'''),
	('put', 'content_type => ''image/png'', headers => ''{"X-Amz-Meta-A": [1, true], "content-length": 5}''', 'headers => ''{"content-type": "image/png", "x-amz-meta-a": [1, true], "content-length": 5}'''),
	('put', 'headers => ''{"x-amz-content-sha256": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"}''',
		'headers => ''{"x-amz-content-sha256": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"}'''),
	('put', 'content_type => NULL, headers => ''{}'', query => ''{}'', bucket => NULL', 'headers => NULL')) AS calls (method, named, pre);

-- arguments by position, in the order of the documentation
SELECT s3sign_get('regress_s3sign', 'f', 60, 'a', 'v', '{"x-id": 1}', '{"range": 1}', 'examplebucket', '2026-01-02') = s3sign_get(server => 'regress_s3sign', file => 'f', duration => 60, download_as => 'a',
		version_id => 'v', query => '{"x-id": 1}', headers => '{"range": 1}', bucket => 'examplebucket', signed_at => '2026-01-02') AS get,
	s3sign_head('regress_s3sign', 'f', 60, 'v', '{"x-id": 1}', '{"range": 1}', 'examplebucket', '2026-01-02') = s3sign_head(server => 'regress_s3sign', file => 'f', duration => 60,
		version_id => 'v', query => '{"x-id": 1}', headers => '{"range": 1}', bucket => 'examplebucket', signed_at => '2026-01-02') AS head,
	s3sign_delete('regress_s3sign', 'f', 60, 'v', '{}', '{"range": 1}', 'examplebucket', '2026-01-02') = s3sign_delete(server => 'regress_s3sign', file => 'f', duration => 60,
		version_id => 'v', query => '{}', headers => '{"range": 1}', bucket => 'examplebucket', signed_at => '2026-01-02') AS delete,
	s3sign_put('regress_s3sign', 'f', 60, 'a/b', '{}', '{"range": 1}', 'examplebucket', '2026-01-02') = s3sign_put(server => 'regress_s3sign', file => 'f', duration => 60,
		content_type => 'a/b', query => '{}', headers => '{"range": 1}', bucket => 'examplebucket', signed_at => '2026-01-02') AS put;
-- NULL in an argument without a default gives NULL, in the others the default
SELECT s3sign_get(NULL, 'file') IS NULL AND s3sign_get('regress_s3sign', NULL) IS NULL AND s3sign_head(NULL, 'file') IS NULL AND s3sign_put('regress_s3sign', NULL) IS NULL
	AND s3sign_delete(NULL, NULL) IS NULL AS nulls,
	s3sign_get('regress_s3sign', 'file', NULL, NULL, NULL, NULL, NULL, NULL, NULL) = s3sign_get('regress_s3sign', 'file') AS defaults;

-- each option of the address
CREATE FUNCTION pg_temp.with_options(options text) RETURNS text LANGUAGE sql AS $$
	SELECT pg_temp.outcome('CREATE SERVER regress_s3sign_new FOREIGN DATA WRAPPER s3sign OPTIONS (' || options || ')',
		'CREATE USER MAPPING FOR PUBLIC SERVER regress_s3sign_new OPTIONS (access_key_id ''AKID'', secret_access_key ''SECRET'', session_token ''TOKEN'')',
		'SELECT s3sign_get(''regress_s3sign_new'', ''a/b c'', 60, bucket => ''media'', signed_at => ''2026-01-02T03:04:05Z'')')
$$;
SELECT endpoint, region, addressing, pg_temp.with_options(concat_ws(', ', format('endpoint %L', endpoint), 'region ' || quote_literal(region), 'addressing ' || quote_literal(addressing), bucket))
	= s3sign_pre_get(endpoint, 'media', 'AKID', 'SECRET', 'a/b c', 60, region, 'TOKEN', addressing => addressing, signed_at => '2026-01-02T03:04:05Z') AS same
FROM (VALUES ('s3.eu-west-1.amazonaws.com', NULL, NULL, 'bucket ''media'''), ('s3.eu-west-1.amazonaws.com', 'eu-west-2', 'path', NULL), ('http://localhost:9000/base', 'garage', 'virtual', NULL),
	('https://media.example.com', NULL, 'cname', NULL), ('abc.r2.cloudflarestorage.com', NULL, NULL, NULL)) AS servers (endpoint, region, addressing, bucket);

-- public_endpoint: shown instead of scheme, host, port and base path; signed is endpoint's own URL
WITH urls AS (
	SELECT *, pg_temp.with_options(format('endpoint %L, addressing %L, public_endpoint %L', endpoint, addressing, public_endpoint)) AS url,
		s3sign_pre_get(endpoint, 'media', 'AKID', 'SECRET', 'a/b c', 60, NULL, 'TOKEN', addressing => addressing, signed_at => '2026-01-02T03:04:05Z') AS own
	FROM (VALUES ('http://s3:9000', 'path', 'https://cdn.example.com'), ('http://s3:9000', 'path', 'https://cdn.example.com:8443/files/'), ('http://s3:9000/base', 'path', 'https://cdn.example.com'),
		('http://s3:9000/base', 'path', 'https://cdn.example.com/files'), ('s3.eu-west-1.amazonaws.com', 'virtual', 'cdn.example.com'), ('s3.eu-west-1.example.org/base', 'virtual', 'http://cdn.example.com:80/a/b'),
		('https://media.example.com', 'cname', 'https://[::1]:9000/x')) AS servers (endpoint, addressing, public_endpoint))
SELECT endpoint, pg_temp.asked(url) AS shown, pg_temp.asked(own) AS signed, split_part(url, '?', 2) = split_part(own, '?', 2) AS same_signature, pg_temp.verify(own, 'SECRET') AS accepted, pg_temp.verify(url, 'SECRET') AS by_itself
FROM urls;

-- defaults of duration: the least of default_duration and max_duration - cache_window
CREATE FUNCTION pg_temp.expires(options text, call text) RETURNS text LANGUAGE sql AS $$
	SELECT regexp_replace(pg_temp.outcome('CREATE SERVER regress_s3sign_new FOREIGN DATA WRAPPER s3sign OPTIONS (endpoint ''s3.example.com'', bucket ''media'', methods ''get,put''' || options || ')',
		'CREATE USER MAPPING FOR PUBLIC SERVER regress_s3sign_new OPTIONS (access_key_id ''AKID'', secret_access_key ''SECRET'')', 'SELECT ' || call), '^https:.*&X-Amz-Expires=(\d+)&.*$', '\1')
$$;
SELECT options, pg_temp.expires(options, 's3sign_get(''regress_s3sign_new'', ''a'')') AS get, pg_temp.expires(options, 's3sign_put(''regress_s3sign_new'', ''a'')') AS put,
	pg_temp.expires(options, 's3sign_get(''regress_s3sign_new'', ''a'', signed_at => now())') AS get_signed_at, pg_temp.expires(options, 's3sign_get(''regress_s3sign_new'', ''a'', 604799)') AS get_604799
FROM unnest(ARRAY['', ', default_duration ''60''', ', default_duration ''2h'', max_duration ''1h''', ', max_duration ''10min''', ', max_duration ''7d''', ', cache_window ''1h''', ', cache_window ''1h'', max_duration ''61min''',
	', cache_window ''604799''', ', cache_window ''1''', ', default_duration ''7d'', cache_window ''1d''']) AS options;
SELECT duration, pg_temp.expires(', max_duration ''1h'', cache_window ''10min''', format('s3sign_get(''regress_s3sign_new'', ''a'', %s)', duration)) AS get,
	pg_temp.expires(', max_duration ''1h'', cache_window ''10min''', format('s3sign_put(''regress_s3sign_new'', ''a'', %s)', duration)) AS put
FROM unnest(ARRAY[1, 3000, 3001, 3600, 3601]) AS duration;

DROP USER MAPPING FOR PUBLIC SERVER regress_s3sign;
DROP SERVER regress_s3sign;
DROP EXTENSION s3sign;
