-- Limits: whatever a caller with USAGE passes, no URL leaves bucket, prefix, methods and life.
\getenv sources PG_ABS_SRCDIR
\set outcome :sources '/sql/include/outcome.sql'
\set ECHO none
\i :outcome
\set ECHO all
CREATE EXTENSION s3sign;

-- all methods, so that the other rules are what says no
CREATE SERVER regress_s3sign FOREIGN DATA WRAPPER s3sign OPTIONS (endpoint 'https://s3.example.com', bucket 'media', key_prefix 'pub/', max_duration '1h',
	methods 'get,head,put,delete,list,post,multipart,version');
CREATE USER MAPPING FOR PUBLIC SERVER regress_s3sign OPTIONS (access_key_id 'AKID', secret_access_key 'SECRET');
CREATE ROLE regress_s3sign_web;
GRANT USAGE ON FOREIGN SERVER regress_s3sign TO regress_s3sign_web;

-- a call's URL, less SigV4's parameters, or its error
CREATE FUNCTION pg_temp.call(function text, arguments text) RETURNS text LANGUAGE sql AS $$
	SELECT pg_temp.asked(pg_temp.outcome(format('SELECT s3sign_%s(''regress_s3sign'', %s)', function, arguments)))
$$;

SET ROLE regress_s3sign_web;

-- as a client sees it
SELECT s3sign_get('regress_s3sign', 'private/file');
SELECT s3sign_put('regress_s3sign', 'pub/file', query => '{"acl": ""}', headers => '{"x-amz-acl": "public-read"}');

-- file: begins with key_prefix, byte for byte; no segment that proxies and file stores resolve
SELECT file, pg_temp.call('get', format('%L', file))
FROM unnest(ARRAY['pub/file', 'pub/', 'pub//file', 'pub/.file', 'pub/file.', 'pub/...', 'pub/..file', 'pub/%2e%2e/file', 'pub/..\file', 'pub/a;..', 'pub/file?acl', 'pub/file#',
	'', 'pub', 'Pub/file', 'PUB/file', '/pub/file', ' pub/file', 'private/file', 'pubb/file', 'pu', U&'p\FF55b/file', '%70ub/file', '../pub/file',
	'pub/../private', 'pub/..', 'pub/.', 'pub/./file', 'pub/a/../../private', 'pub/a/..', 'pub//../private', '.', '..', './pub/file', '/../pub/file']) AS file;
SELECT function, file, pg_temp.call(function, format('%L', file))
FROM unnest(ARRAY['head', 'put', 'delete']) AS function, unnest(ARRAY['private/file', 'pub/../private', '']) AS file;
-- over 1024 bytes
SELECT pg_temp.call('get', format('%L', 'pub/' || repeat('a', 1021)));

-- bucket: its own or none
SELECT bucket, pg_temp.call('get', format('''pub/file'', bucket => %L', bucket)) AS get, left(pg_temp.call('delete', format('''pub/file'', bucket => %L', bucket)), 5) AS delete
FROM unnest(ARRAY['media', NULL, 'private', 'Media', 'media ', ' media', '', 'media/../private', 'media/pub', '../private', '.', 'media.', '%6Dedia', U&'m\0435dia']) AS bucket;

-- life: at most max_duration, however it is asked for
SELECT duration, pg_temp.call('get', format('''pub/file'', %s', duration)) AS get, left(pg_temp.call('put', format('''pub/file'', %s', duration)), 5) AS put
FROM unnest(ARRAY['3600', '1', 'NULL', '3601', '604800', '604801', '0', '-1', '-9223372036854775808', '9223372036854775807']) AS duration;
SELECT function, pg_temp.call(function, '''pub/file'', 3601, signed_at => ''2026-01-02T03:04:05Z''') FROM unnest(ARRAY['get', 'head', 'put', 'delete']) AS function;

-- signed_at: no stock of URLs for the future
SELECT signed_at, pg_temp.call('get', format('''pub/file'', signed_at => %s', signed_at)) AS get, left(pg_temp.call('put', format('''pub/file'', signed_at => %s', signed_at)), 5) AS put
FROM unnest(ARRAY['clock_timestamp()', 'now()', '''2026-01-02T03:04:05Z''', '''0001-01-01 00:00:00+00''', 'clock_timestamp() + ''5 s''', 'clock_timestamp() + ''15 s''', 'now() + ''7 d''', '''9999-12-31 00:00:00+00''', '''10000-01-01 00:00:00+00''',
	'''infinity''', '''-infinity''']) AS signed_at;

-- query: names of other operations, of SigV4 and SigV2, and names that only look like allowed ones
SELECT name, pg_temp.call('get', format('''pub/file'', query => %L', jsonb_build_object(name, 'x'))) AS get
FROM unnest(ARRAY['acl', 'ACL', 'acl=', 'tagging', 'uploads', 'uploadId', 'UPLOADID', 'delete', 'versions', 'versioning', 'prefix', 'Prefix', 'marker', 'list-type', 'location', 'policy', 'policyStatus',
	'cors', 'lifecycle', 'website', 'notification', 'replication', 'logging', 'encryption', 'requestPayment', 'retention', 'legal-hold', 'object-lock', 'torrent', 'select', 'restore', 'attributes',
	'renameObject', 'session', 'max-parts', 'encoding-type', 'x-amz-acl', 'X-Amz-Acl', 'x-amz-copy-source', 'X-Amz-Copy-Source', 'x-amz-tagging', 'x-amz-meta-a', 'x-amz-website-redirect-location',
	'content-type', 'host', 'authorization', 'AWSAccessKeyId', 'Signature', 'Expires', 'Action', 'X-HTTP-Method-Override', '_method',
	'Response-Content-Type', 'RESPONSE-CONTENT-TYPE', 'response%2Dcontent-type', 'response-content-type ', ' response-content-type', 'response_content_type', 'response-content-type[]',
	'response-content-type&acl', 'response-content-type=x&acl', E'response-content-type\n', U&'response\2010content-type', 'response-content', 'response-', 'partnumber', 'part%4Eumber', 'X-Id', 'x-ID',
	'versionId', 'versionid', 'VERSIONID', 'version%49d', 'version-id', 'X-Amz-Expires', 'x-amz-expires', 'X-Amz-Date', 'X-Amz-Credential', 'X-AMZ-SIGNATURE', 'x-amz-algorithm',
	'X-Amz-SignedHeaders', 'X-Amz-Security-Token', 'X-Amz-Content-Sha256', 'X-Amz%2DExpires', '']) AS name;

-- what the lists allow is allowed to some, and its value stays a value
SELECT name, pg_temp.call('get', format('''pub/file'', query => %L', jsonb_build_object(name, 'a&acl=b#?%26/..'))) AS get,
	pg_temp.call('head', format('''pub/file'', query => %L', jsonb_build_object(name, 'a'))) LIKE 'https:%' AS head,
	left(pg_temp.call('put', format('''pub/file'', query => %L', jsonb_build_object(name, 'a'))), 5) AS put,
	left(pg_temp.call('delete', format('''pub/file'', query => %L', jsonb_build_object(name, 'a'))), 5) AS delete
FROM unnest(ARRAY['response-cache-control', 'response-content-disposition', 'response-content-encoding', 'response-content-language', 'response-content-type', 'response-expires', 'partNumber', 'x-id']) AS name;
-- one among good ones is enough for a no, and so is one in an array
SELECT query, pg_temp.call('get', format('''pub/file'', query => %L', query))
FROM unnest(ARRAY['{"x-id": ["a", "b"]}', '{"x-id": 1, "acl": null}', '{"partNumber": 1, "uploadId": ["a"]}', '{"acl": [null]}', '{"acl": {}}', '{"x-id": {"acl": 1}}', '{"x-id": [["acl"]]}',
	'["acl"]', '"acl"', 'null', '{"versionId": ["a"]}']::jsonb[]) AS query;

-- headers: those that lead to another object, other rights, another method
SELECT name, pg_temp.call('put', format('''pub/file'', headers => %L', jsonb_build_object(name, 'x'))) AS put
FROM unnest(ARRAY['x-amz-copy-source', 'X-Amz-Copy-Source', 'X-AMZ-COPY-SOURCE', 'x-amz-copy-source-range', 'x-amz-copy-source-if-match', 'x-amz-rename-source', 'x-amz-acl', 'X-Amz-Acl',
	'x-amz-grant-full-control', 'x-amz-grant-read', 'x-amz-tagging', 'x-amz-tagging-directive', 'x-amz-metadata-directive', 'x-amz-website-redirect-location', 'x-amz-storage-class',
	'x-amz-server-side-encryption', 'x-amz-server-side-encryption-customer-key', 'x-amz-object-lock-mode', 'x-amz-object-lock-legal-hold', 'x-amz-bypass-governance-retention', 'x-amz-mfa',
	'x-amz-request-payer', 'x-amz-expected-bucket-owner', 'x-amz-write-offset-bytes', 'x-amz-decoded-content-length', 'x-amz-trailer', 'x-amz-meta', 'x-amz-metadata', 'x_amz_meta_a', 'x-amz-checksum',
	'x-goog-acl', 'x-oss-object-acl', 'x-http-method-override', 'x-forwarded-host', 'x-original-url', 'x-rewrite-url', 'forwarded', 'cookie', 'origin', 'if', 'ranges', 'content-typ', 'content-location',
	'x-amz-date', 'X-Amz-Security-Token', 'X-Amz-Credential', 'Host', 'authorization', 'transfer-encoding', 'content-type ', 'content-type:', E'content-type\n', 'x-amz-content-sha256', '']) AS name;
SELECT function, pg_temp.call(function, '''pub/file'', headers => ''{"Content-Type": "a", "x-amz-copy-source": "/private/file"}''') FROM unnest(ARRAY['get', 'head', 'put', 'delete']) AS function;
SELECT headers, pg_temp.call('put', format('''pub/file'', headers => %L', headers))
FROM unnest(ARRAY['{"x-amz-acl": ["a", "b"]}', '{"x-amz-acl": {}}', '{"content-type": ["a", ["b"]]}', '{"content-type": "a", "Content-Type": "b"}', '{"content-type": null}',
	'{"content-type": "a\r\nx-amz-acl: public-read"}', '["x-amz-acl"]', '"x-amz-acl: a"']::jsonb[]) AS headers;
-- what the lists allow, whatever its case
SELECT substring(s3sign_put('regress_s3sign', 'pub/file', headers => jsonb_object_agg(name, CASE name WHEN 'X-Amz-Content-Sha256' THEN 'UNSIGNED-PAYLOAD' WHEN 'content-length' THEN '1' ELSE 'x' END)) FROM 'SignedHeaders=([^&]*)&') AS signed
FROM unnest(ARRAY['Content-Type', 'content-length', 'CONTENT-MD5', 'Content-Encoding', 'content-language', 'content-disposition', 'Cache-Control', 'expires', 'Range', 'If-None-Match',
	'X-Amz-Meta-A', 'x-amz-checksum-sha256', 'x-amz-sdk-checksum-algorithm', 'X-Amz-Content-Sha256']) AS name;

SELECT s3sign_put('regress_s3sign', 'pub/file', headers => '{"if-match": "x"}') LIKE '%=host%3Bif-match&%' AS signed;
SELECT pg_temp.call('put', $$'pub/file', headers => '{"If-Match": "x", "if-none-match": "*"}'$$);

-- what an argument sets is set by nothing else
SELECT function, arguments, pg_temp.call(function, '''pub/file'', ' || arguments)
FROM (VALUES ('get', 'download_as => ''a'', query => ''{"response-content-disposition": "inline"}'''), ('get', 'download_as => ''a'', query => ''{"Response-Content-Disposition": "inline"}'''),
	('get', 'download_as => ''a'', query => ''{"response-content-disposition": []}'''), ('get', 'version_id => ''a'', query => ''{"versionId": "b"}'''), ('delete', 'query => ''{"versionid": "b"}'''),
	('put', 'query => ''{"versionId": "b"}'''), ('put', 'content_type => ''image/png'', headers => ''{"Content-Type": "text/html"}'''), ('put', 'content_type => ''image/png'', headers => ''{"content-type": "image/png"}'''),
	('put', 'content_type => E''image/png\nx-amz-acl: public-read'''), ('get', 'version_id => '''''), ('get', 'download_as => '''''), ('get', 'version_id => ''a&acl'''))
	AS calls (function, arguments);

-- the CHECK in docs/recipes.md accepts exactly the keys that are signed
SELECT count(*), count(*) FILTER (WHERE accepted) > 0 AS some, count(*) FILTER (WHERE accepted <> signed) AS different
FROM (SELECT key ~ '^pub/' AND key !~ '(^|[/\\])[.][.]?($|[/\\])' AND octet_length(key) <= 1024 AS accepted,
		(s3sign_get_many('regress_s3sign', ARRAY[key], skip_invalid => true))[1] IS NOT NULL AS signed
	FROM unnest(ARRAY['pub/', '/', 'p']) AS a, unnest(ARRAY['', 'pub/', '/', '.', 'x']) AS b,
		unnest(ARRAY['', '.', '..', '/', '\', 'a', '%2e', repeat('x', 600)]) AS c, unnest(ARRAY['', '.', '..', '/', '\', 'a', ' ', repeat('x', 420)]) AS d,
		unnest(ARRAY['', '.', '/', '\', E'\n', '..']) AS e, concat(a, b, c, d, e) AS key) AS keys;

RESET ROLE;
DROP USER MAPPING FOR PUBLIC SERVER regress_s3sign;
DROP SERVER regress_s3sign;
DROP EXTENSION s3sign;
DROP ROLE regress_s3sign_web;
