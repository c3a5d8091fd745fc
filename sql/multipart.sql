-- s3sign_multipart_...: large objects in parts. What each asks for, and its limits.
\getenv sources PG_ABS_SRCDIR
\set outcome :sources '/sql/include/outcome.sql'
\set verify :sources '/sql/include/verify.sql'
\set ECHO none
\i :outcome
\i :verify
\set ECHO all
CREATE EXTENSION s3sign;

-- the signatures that SDKs publish for AWS's example bucket
CREATE SERVER regress_s3sign_aws FOREIGN DATA WRAPPER s3sign OPTIONS (endpoint 'https://s3.amazonaws.com', bucket 'examplebucket', methods 'multipart');
CREATE USER MAPPING FOR PUBLIC SERVER regress_s3sign_aws OPTIONS (access_key_id 'AKIAIOSFODNN7EXAMPLE', secret_access_key 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY');
SELECT operation, pg_temp.asked(url), right(url, 64) = signature AS published
FROM (VALUES ('part', s3sign_multipart_part('regress_s3sign_aws', 'test.txt', 'abcd', 1, 86400, signed_at => '2013-05-24T00:00:00Z'), 'd2ed12e1e116c88a79cd6d1726f5fe75c99db8a0292ba000f97ecc309a9303f8'),
	('parts', (SELECT url FROM s3sign_multipart_parts('regress_s3sign_aws', 'test.txt', 'abcd', 1, 86400, signed_at => '2013-05-24T00:00:00Z')), 'd2ed12e1e116c88a79cd6d1726f5fe75c99db8a0292ba000f97ecc309a9303f8'),
	('complete', s3sign_multipart_complete('regress_s3sign_aws', 'test.txt', 'abcd', 86400, signed_at => '2013-05-24T00:00:00Z'), '19b9d341ce3c6ebd9f049882e875dcad4adc493d9d46d55148f4113146c53dd8'),
	('abort', s3sign_multipart_abort('regress_s3sign_aws', 'test.txt', 'abcd', 86400, signed_at => '2013-05-24T00:00:00Z'), '7670bc768a7cdb5c276a9dddadeefdffb52061f94db6c14b4a9284fdc195bb59'))
	AS published (operation, url, signature);

CREATE SERVER regress_s3sign FOREIGN DATA WRAPPER s3sign OPTIONS (endpoint 'https://s3.example.com', bucket 'media', key_prefix 'pub/', max_duration '1h', methods 'multipart');
CREATE USER MAPPING FOR PUBLIC SERVER regress_s3sign OPTIONS (access_key_id 'AKID', secret_access_key 'SECRET', session_token 'TOKEN');
CREATE ROLE regress_s3sign_web;
GRANT USAGE ON FOREIGN SERVER regress_s3sign TO regress_s3sign_web;

-- the operations: method and arguments between file and duration
CREATE TEMP TABLE operations (operation text, method text, arguments text);
INSERT INTO operations VALUES ('create', 'POST', ''), ('part', 'PUT', ', ''ID'', 7'), ('parts', 'PUT', ', ''ID'', 1'), ('complete', 'POST', ', ''ID'''), ('abort', 'DELETE', ', ''ID'''), ('list', 'GET', ', ''ID''');
GRANT SELECT ON operations TO regress_s3sign_web;

-- an operation's URL or error; the set's first URL
CREATE FUNCTION pg_temp.signed(operation text, file text, arguments text) RETURNS text LANGUAGE sql AS $$
	SELECT pg_temp.outcome(format('SELECT %s(s3sign_multipart_%s(''regress_s3sign'', %L%s))%s', CASE WHEN operation = 'parts' THEN '' END, operation, file, arguments, CASE WHEN operation = 'parts' THEN '.url' END))
$$;
CREATE FUNCTION pg_temp.call(operation text, file text = 'pub/file', further text = '') RETURNS text LANGUAGE sql AS $$
	SELECT pg_temp.asked(pg_temp.signed(operation, file, arguments || further)) FROM operations WHERE operations.operation = call.operation
$$;

SET ROLE regress_s3sign_web;

-- what each asks for, and a server accepts it by its method and no other
SELECT operation, pg_temp.asked(url) AS asked, (SELECT string_agg(other, ' ') FROM unnest(ARRAY['GET', 'HEAD', 'PUT', 'POST', 'DELETE']) AS other WHERE pg_temp.verify(url, 'SECRET', other)) AS accepted
FROM operations, pg_temp.signed(operation, 'pub/a b/' || U&'\00FC+', arguments) AS url;
-- further arguments
SELECT operation, further, pg_temp.call(operation, further => ', ' || further) AS asked, pg_temp.verify(pg_temp.signed(operation, 'pub/file', arguments || ', ' || further), 'SECRET', method, headers::jsonb) AS accepted
FROM operations JOIN (VALUES ('create', 'content_type => ''image/png''', '{"content-type": "image/png"}'), ('create', 'headers => ''{"X-Amz-Meta-A": " b  c ", "cache-control": "no-store"}''', '{"x-amz-meta-a": "b c", "cache-control": "no-store"}'),
	('create', 'content_type => ''a/b'', headers => ''{"x-amz-checksum-algorithm": "SHA256"}''', '{"content-type": "a/b", "x-amz-checksum-algorithm": "SHA256"}'),
	('part', 'headers => ''{"Content-MD5": "1B2M2Y8AsgTpgAmY7PhCfg==", "content-length": 0}''', '{"content-md5": "1B2M2Y8AsgTpgAmY7PhCfg==", "content-length": "0"}'),
	('complete', 'headers => ''{"if-none-match": "*"}''', '{"if-none-match": "*"}'), ('abort', 'headers => ''{"if-match": "e"}''', '{"if-match": "e"}'),
	('list', 'query => ''{"max-parts": 2, "part-number-marker": "1"}''', '{}'), ('list', 'query => ''{"max-parts": 2}'', headers => ''{"range": "x"}''', '{"range": "x"}')) AS more (operation, further, headers) USING (operation);

-- upload_id is the server's word: any, but not none
SELECT left(upload_id, 60) AS upload_id, left(pg_temp.asked(url), 140) AS part, pg_temp.verify(url, 'SECRET', 'PUT') AS accepted, pg_temp.signed('complete', 'pub/file', format(', %L', upload_id)) LIKE 'https:%' AS complete
FROM unnest(ARRAY['VXBsb2FkIElEIGZvciA2aWWpbmcncyBteS1tb3ZpZS5tMnRzIHVwbG9hZA', '2~abc.d_e-f', 'a&uploadId=b', 'a=b+c d%20', 'a&acl', '?#/..', U&'\00FC', repeat('x', 2000)]) AS upload_id,
	pg_temp.signed('part', 'pub/file', format(', %L, 1', upload_id)) AS url;
SELECT operation, pg_temp.signed(operation, 'pub/file', replace(arguments, '''ID''', '''''')) AS empty FROM operations WHERE arguments <> '';
SELECT part_number, pg_temp.asked(pg_temp.signed('part', 'pub/file', format(', ''ID'', %s', part_number))) AS part FROM unnest(ARRAY['1', '10000', '0', '10001', '-1', '-2147483648', '2147483647']) AS part_number;
SELECT parts, pg_temp.asked(pg_temp.signed('parts', 'pub/file', format(', ''ID'', %s', parts))) AS parts FROM unnest(ARRAY['1', '10000', '0', '10001', '-1', '-2147483648', '2147483647']) AS parts;

-- NULL in an argument without a default gives NULL, or no row; elsewhere it means the default
SELECT s3sign_multipart_create(NULL, 'pub/file') IS NULL AND s3sign_multipart_create('regress_s3sign', NULL) IS NULL AS create,
	s3sign_multipart_part(NULL, 'pub/file', 'ID', 1) IS NULL AND s3sign_multipart_part('regress_s3sign', NULL, 'ID', 1) IS NULL AND s3sign_multipart_part('regress_s3sign', 'pub/file', NULL, 1) IS NULL
		AND s3sign_multipart_part('regress_s3sign', 'pub/file', 'ID', NULL) IS NULL AS part,
	s3sign_multipart_complete(NULL, 'pub/file', 'ID') IS NULL AND s3sign_multipart_complete('regress_s3sign', NULL, 'ID') IS NULL AND s3sign_multipart_complete('regress_s3sign', 'pub/file', NULL) IS NULL AS complete,
	s3sign_multipart_abort(NULL, 'pub/file', 'ID') IS NULL AND s3sign_multipart_abort('regress_s3sign', NULL, 'ID') IS NULL AND s3sign_multipart_abort('regress_s3sign', 'pub/file', NULL) IS NULL AS abort,
	s3sign_multipart_list(NULL, 'pub/file', 'ID') IS NULL AND s3sign_multipart_list('regress_s3sign', NULL, 'ID') IS NULL AND s3sign_multipart_list('regress_s3sign', 'pub/file', NULL) IS NULL AS list,
	(SELECT count(*) FROM s3sign_multipart_parts(NULL, 'pub/file', 'ID', 3)) + (SELECT count(*) FROM s3sign_multipart_parts('regress_s3sign', NULL, 'ID', 3))
		+ (SELECT count(*) FROM s3sign_multipart_parts('regress_s3sign', 'pub/file', NULL, 3)) + (SELECT count(*) FROM s3sign_multipart_parts('regress_s3sign', 'pub/file', 'ID', NULL)) AS rows;
SELECT s3sign_multipart_create('regress_s3sign', 'pub/f', NULL, NULL, NULL, NULL, NULL) = s3sign_multipart_create('regress_s3sign', 'pub/f') AS create,
	s3sign_multipart_part('regress_s3sign', 'pub/f', 'ID', 1, NULL, NULL, NULL, NULL) = s3sign_multipart_part('regress_s3sign', 'pub/f', 'ID', 1) AS part,
	(SELECT url FROM s3sign_multipart_parts('regress_s3sign', 'pub/f', 'ID', 1, NULL, NULL, NULL)) = s3sign_multipart_part('regress_s3sign', 'pub/f', 'ID', 1) AS parts,
	s3sign_multipart_complete('regress_s3sign', 'pub/f', 'ID', NULL, NULL, NULL, NULL, NULL) = s3sign_multipart_complete('regress_s3sign', 'pub/f', 'ID') AS complete,
	s3sign_multipart_abort('regress_s3sign', 'pub/f', 'ID', NULL, NULL, NULL, NULL, NULL) = s3sign_multipart_abort('regress_s3sign', 'pub/f', 'ID') AS abort,
	s3sign_multipart_list('regress_s3sign', 'pub/f', 'ID', NULL, NULL, NULL, NULL, NULL) = s3sign_multipart_list('regress_s3sign', 'pub/f', 'ID') AS list;
-- by position, in the order of the documentation
SELECT s3sign_multipart_create('regress_s3sign', 'pub/f', 60, 'a/b', '{"range": 1}', 'media', '2026-01-02')
		= s3sign_multipart_create(server => 'regress_s3sign', file => 'pub/f', duration => 60, content_type => 'a/b', headers => '{"range": 1}', bucket => 'media', signed_at => '2026-01-02') AS create,
	s3sign_multipart_part('regress_s3sign', 'pub/f', 'ID', 2, 60, '{"range": 1}', 'media', '2026-01-02')
		= s3sign_multipart_part(server => 'regress_s3sign', file => 'pub/f', upload_id => 'ID', part_number => 2, duration => 60, headers => '{"range": 1}', bucket => 'media', signed_at => '2026-01-02') AS part,
	(SELECT array_agg(parts) FROM s3sign_multipart_parts('regress_s3sign', 'pub/f', 'ID', 2, 60, 'media', '2026-01-02') AS parts)
		= (SELECT array_agg(parts) FROM s3sign_multipart_parts(server => 'regress_s3sign', file => 'pub/f', upload_id => 'ID', parts => 2, duration => 60, bucket => 'media', signed_at => '2026-01-02') AS parts) AS parts,
	s3sign_multipart_complete('regress_s3sign', 'pub/f', 'ID', 60, '{}', '{"range": 1}', 'media', '2026-01-02')
		= s3sign_multipart_complete(server => 'regress_s3sign', file => 'pub/f', upload_id => 'ID', duration => 60, query => '{}', headers => '{"range": 1}', bucket => 'media', signed_at => '2026-01-02') AS complete,
	s3sign_multipart_abort('regress_s3sign', 'pub/f', 'ID', 60, '{}', '{"range": 1}', 'media', '2026-01-02')
		= s3sign_multipart_abort(server => 'regress_s3sign', file => 'pub/f', upload_id => 'ID', duration => 60, query => '{}', headers => '{"range": 1}', bucket => 'media', signed_at => '2026-01-02') AS abort,
	s3sign_multipart_list('regress_s3sign', 'pub/f', 'ID', 60, '{"max-parts": 2}', '{"range": 1}', 'media', '2026-01-02')
		= s3sign_multipart_list(server => 'regress_s3sign', file => 'pub/f', upload_id => 'ID', duration => 60, query => '{"max-parts": 2}', headers => '{"range": 1}', bucket => 'media', signed_at => '2026-01-02') AS list;

-- limits: each says no to each operation
SELECT operation, left(pg_temp.call(operation, 'private/file'), 5) AS key_prefix, left(pg_temp.call(operation, 'pub/../private'), 5) AS segments, left(pg_temp.call(operation, ''), 5) AS empty,
	left(pg_temp.call(operation, 'pub/' || repeat('a', 1021)), 5) AS too_long, left(pg_temp.call(operation, further => ', bucket => ''private'''), 5) AS bucket, left(pg_temp.call(operation, further => ', duration => 3601'), 5) AS max_duration,
	left(pg_temp.call(operation, further => ', duration => 0'), 5) AS no_duration, left(pg_temp.call(operation, further => ', duration => 604801'), 5) AS too_much,
	left(pg_temp.call(operation, further => ', signed_at => clock_timestamp() + ''1 min'''), 5) AS future, left(pg_temp.call(operation, further => ', signed_at => ''infinity'''), 5) AS infinite,
	left(pg_temp.call(operation, further => ', bucket => ''media'', duration => 3600, signed_at => ''2026-01-02'''), 5) AS allowed
FROM operations;
SELECT pg_temp.call('parts', 'private/file'), pg_temp.call('parts', further => ', duration => 3601');

-- query: the operation's own, whatever the case; other operations' and other uploads' are not on the lists
SELECT name, pg_temp.call('list', further => format(', query => %L', jsonb_build_object(name, 'x'))) AS list, left(pg_temp.call('complete', further => format(', query => %L', jsonb_build_object(name, 'x'))), 5) AS complete,
	left(pg_temp.call('abort', further => format(', query => %L', jsonb_build_object(name, 'x'))), 5) AS abort
FROM unnest(ARRAY['max-parts', 'part-number-marker', 'uploadId', 'uploadid', 'UPLOADID', 'uploads', 'partNumber', 'Max-Parts', 'acl', 'tagging', 'versionId', 'encoding-type', 'x-id', 'response-content-type', 'X-Amz-Expires', '']) AS name;
-- headers: a part may not be a copy, nor an upload public
SELECT name, pg_temp.call('create', further => format(', headers => %L', jsonb_build_object(name, 'x'))) AS create, left(pg_temp.call('part', further => format(', headers => %L', jsonb_build_object(name, 'x'))), 5) AS part,
	left(pg_temp.call('complete', further => format(', headers => %L', jsonb_build_object(name, 'x'))), 5) AS complete, left(pg_temp.call('abort', further => format(', headers => %L', jsonb_build_object(name, 'x'))), 5) AS abort,
	left(pg_temp.call('list', further => format(', headers => %L', jsonb_build_object(name, 'x'))), 5) AS list
FROM unnest(ARRAY['x-amz-copy-source', 'X-Amz-Copy-Source', 'x-amz-copy-source-range', 'x-amz-acl', 'x-amz-grant-read', 'x-amz-tagging', 'x-amz-storage-class', 'x-amz-website-redirect-location', 'host', 'x-amz-date', 'x-http-method-override',
	'x-amz-meta-a', 'if-none-match']) AS name;
SELECT pg_temp.call('create', further => ', content_type => ''a/b'', headers => ''{"Content-Type": "a/b"}''') AS twice, pg_temp.call('create', further => ', content_type => E''a\nb''') AS break;
RESET ROLE;

-- methods: multipart alone is what each needs
SELECT methods, string_agg(left(pg_temp.outcome(format('ALTER SERVER regress_s3sign OPTIONS (SET methods %L)', methods), format('SELECT s3sign_multipart_%s(''regress_s3sign'', ''pub/file''%s)::text', operation, arguments)), 5), ' ' ORDER BY operation) AS operations
FROM unnest(ARRAY['multipart', 'get,head,put,delete,list,post,version']) AS methods, operations GROUP BY methods ORDER BY methods;
SELECT function, pg_temp.outcome(format('SELECT s3sign_%s(''regress_s3sign'', ''pub/file'')', function)) AS with_multipart_alone FROM unnest(ARRAY['get', 'put', 'delete']) AS function;
-- a listing of parts is no reading: cache_window leaves it alone
ALTER SERVER regress_s3sign OPTIONS (ADD cache_window '50min');
SELECT operation, substring(url FROM '&X-Amz-Date=([^&]*)&') = to_char(statement_timestamp() AT TIME ZONE 'UTC', 'YYYYMMDD"T"HH24MISS"Z"') AS now, substring(url FROM '&X-Amz-Expires=(\d+)&') AS expires
FROM operations, pg_temp.signed(operation, 'pub/file', arguments || ', duration => 3600') AS url;
-- allow_query opens its names, but none that tells the operation
SELECT name, pg_temp.asked(pg_temp.outcome(format('ALTER SERVER regress_s3sign OPTIONS (ADD allow_query %L)', name), format('SELECT s3sign_multipart_list(''regress_s3sign'', ''pub/file'', ''ID'', query => %L)', jsonb_build_object(name, 'x')))) AS list,
	pg_temp.asked(pg_temp.outcome(format('ALTER SERVER regress_s3sign OPTIONS (ADD allow_query %L)', name), format('SELECT s3sign_multipart_abort(''regress_s3sign'', ''pub/file'', ''ID'', query => %L)', jsonb_build_object(name, 'x')))) AS abort
FROM unnest(ARRAY['acl', 'x-id', 'uploadId', 'UploadId', 'uploads', 'versionId', 'partNumber']) AS name;
SELECT pg_temp.asked(pg_temp.outcome('ALTER SERVER regress_s3sign OPTIONS (ADD allow_headers ''x-amz-copy-source'')', 'SELECT s3sign_multipart_part(''regress_s3sign'', ''pub/file'', ''ID'', 1, headers => ''{"x-amz-copy-source": "/media/pub/a"}'')')) AS allow_headers;

DROP TABLE operations;
DROP USER MAPPING FOR PUBLIC SERVER regress_s3sign;
DROP USER MAPPING FOR PUBLIC SERVER regress_s3sign_aws;
DROP SERVER regress_s3sign, regress_s3sign_aws;
DROP EXTENSION s3sign;
DROP ROLE regress_s3sign_web;
