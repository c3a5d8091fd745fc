-- s3sign_headers: requests of a named server, signed in their headers. Method and subresource are
-- one operation that the server allows, or nothing is signed.
\getenv sources PG_ABS_SRCDIR
\set outcome :sources '/sql/include/outcome.sql'
\set verify :sources '/sql/include/verify.sql'
\set verify_request :sources '/sql/include/verify_request.sql'
\set ECHO none
\i :outcome
\i :verify
\i :verify_request
\set ECHO all
CREATE EXTENSION s3sign;

-- published: AWS's documentation, «Examples: Signature Calculations»
CREATE SERVER regress_s3sign_aws FOREIGN DATA WRAPPER s3sign OPTIONS (endpoint 'https://s3.amazonaws.com', bucket 'examplebucket', methods 'get,put,list', allow_headers 'date,x-amz-storage-class');
CREATE USER MAPPING FOR PUBLIC SERVER regress_s3sign_aws OPTIONS (access_key_id 'AKIAIOSFODNN7EXAMPLE', secret_access_key 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY');
SELECT jsonb_pretty(s3sign_headers('regress_s3sign_aws', 'GET', 'test.txt', headers => '{"Range": "bytes=0-9"}', signed_at => '2013-05-24T00:00:00Z'));
SELECT request ->> 'url' AS url, right(request #>> '{headers,authorization}', 64) = '98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd' AS put,
	(SELECT string_agg(lower(key), ' ' ORDER BY lower(key)) FROM jsonb_each(request -> 'headers')) AS headers
FROM (SELECT jsonb_set(request, '{headers}', (SELECT jsonb_object_agg(lower(key), value) FROM jsonb_each(request -> 'headers'))) AS request
	FROM s3sign_headers('regress_s3sign_aws', 'PUT', 'test$file.text', headers => '{"Date": "Fri, 24 May 2013 00:00:00 GMT", "x-amz-storage-class": "REDUCED_REDUNDANCY"}', payload => 'Welcome to Amazon S3.', signed_at => '2013-05-24T00:00:00Z') AS request) AS lower_case;

CREATE SERVER regress_s3sign FOREIGN DATA WRAPPER s3sign OPTIONS (endpoint 'https://s3.example.com', bucket 'media', methods 'get,head,put,delete,list,post,multipart,version');
CREATE USER MAPPING FOR PUBLIC SERVER regress_s3sign OPTIONS (access_key_id 'AKID', secret_access_key 'SECRET', session_token 'TOKEN');
CREATE ROLE regress_s3sign_web;
GRANT USAGE ON FOREIGN SERVER regress_s3sign TO regress_s3sign_web;

CREATE FUNCTION pg_temp.call(method text, file text, query text = NULL, further text = '', server text = 'regress_s3sign') RETURNS text LANGUAGE sql AS $$
	SELECT pg_temp.outcome(format('SELECT s3sign_headers(%L, %L, %L, %L%s)', server, method, file, query, further))
$$;
-- what is asked for, or the error; an outcry where a server would not accept it
CREATE FUNCTION pg_temp.request(method text, file text, query text = NULL, further text = '') RETURNS text LANGUAGE sql AS $$
	SELECT CASE WHEN said NOT LIKE '{%' THEN said WHEN pg_temp.verify_request(said::jsonb, 'SECRET', method) THEN said::jsonb ->> 'url' ELSE 'not accepted: ' || said END
	FROM pg_temp.call(method, file, query, further) AS said
$$;
SET ROLE regress_s3sign_web;

-- the operations, one by one
SELECT method, file, query, pg_temp.request(method, file, query) AS request
FROM (VALUES ('GET', 'a b/c', NULL), ('HEAD', 'a', NULL), ('PUT', 'a', NULL), ('DELETE', 'a', NULL), ('GET', 'a', '{"versionId": "v"}'), ('HEAD', 'a', '{"versionId": "v"}'), ('DELETE', 'a', '{"versionId": "v"}'),
	('GET', 'a', '{"response-content-type": "text/plain", "partNumber": 1, "x-id": "GetObject"}'), ('GET', NULL, '{"list-type": 2}'), ('GET', NULL, '{"list-type": "2", "prefix": "a/", "delimiter": "/", "max-keys": 5, "start-after": "b", "continuation-token": "c", "encoding-type": "url", "fetch-owner": true}'),
	('POST', 'a', '{"uploads": null}'), ('POST', 'a', '{"uploads": ""}'), ('PUT', 'a', '{"partNumber": 1, "uploadId": "i"}'), ('POST', 'a', '{"uploadId": "i"}'), ('DELETE', 'a', '{"uploadId": "i"}'), ('GET', 'a', '{"uploadId": "i", "max-parts": 3, "part-number-marker": 2}'))
	AS calls (method, file, query);

-- everything else is no row of the table
SELECT method, file, query, pg_temp.request(method, file, query) AS refused
FROM (VALUES ('GET', 'a', '{"acl": ""}'), ('PUT', 'a', '{"acl": ""}'), ('GET', 'a', '{"tagging": null}'), ('PUT', 'a', '{"tagging": ""}'), ('DELETE', 'a', '{"tagging": ""}'), ('GET', 'a', '{"uploads": ""}'), ('GET', NULL, '{"uploads": ""}'), ('GET', NULL, NULL), ('GET', NULL, '{}'),
	('GET', NULL, '{"prefix": "a"}'), ('GET', NULL, '{"list-type": 1}'), ('GET', NULL, '{"list-type": ""}'), ('GET', NULL, '{"list-type": "02"}'), ('GET', NULL, '{"list-type": "2 "}'), ('GET', NULL, '{"List-Type": 2}'), ('GET', 'a', '{"list-type": 2}'), ('GET', NULL, '{"list-type": 2, "acl": ""}'), ('GET', NULL, '{"versions": ""}'),
	('GET', NULL, '{"list-type": 2, "versions": ""}'), ('GET', NULL, '{"list-type": 2, "uploads": ""}'), ('GET', NULL, '{"list-type": 2, "versionId": "v"}'), ('GET', NULL, '{"location": ""}'), ('GET', NULL, '{"policy": ""}'), ('HEAD', NULL, NULL), ('HEAD', NULL, '{"list-type": 2}'), ('PUT', NULL, NULL), ('PUT', NULL, '{"acl": ""}'),
	('PUT', NULL, '{"policy": ""}'), ('DELETE', NULL, NULL), ('DELETE', NULL, '{"policy": ""}'), ('POST', NULL, '{"delete": ""}'), ('POST', 'a', '{"delete": ""}'), ('POST', NULL, NULL), ('POST', 'a', NULL), ('POST', 'a', '{}'), ('POST', 'a', '{"select": "", "select-type": 2}'), ('POST', 'a', '{"restore": ""}'),
	('POST', 'a', '{"uploads": "", "uploadId": "i"}'), ('POST', 'a', '{"uploads": "", "acl": ""}'), ('POST', NULL, '{"uploads": ""}'), ('POST', NULL, '{"uploadId": "i"}'), ('PUT', 'a', '{"partNumber": 1}'), ('PUT', 'a', '{"uploadId": "i"}'), ('PUT', 'a', '{"partNumber": 1, "uploadId": "i", "acl": ""}'), ('PUT', 'a', '{"uploads": ""}'),
	('PUT', 'a', '{"versionId": "v"}'), ('PUT', 'a', '{"retention": ""}'), ('PUT', 'a', '{"legal-hold": ""}'), ('PUT', 'a', '{"renameObject": ""}'), ('HEAD', 'a', '{"uploadId": "i"}'), ('HEAD', 'a', '{"acl": ""}'), ('DELETE', 'a', '{"partNumber": 1}'), ('DELETE', 'a', '{"uploads": ""}'), ('DELETE', 'a', '{"uploadId": "i", "versionId": "v"}'),
	('GET', 'a', '{"uploadId": "i", "versionId": "v"}'), ('GET', 'a', '{"torrent": ""}'), ('GET', 'a', '{"attributes": ""}'), ('GET', 'a', '{"max-parts": 1}'), ('GET', 'a', '{"session": ""}'), ('PATCH', 'a', NULL), ('OPTIONS', 'a', NULL), ('TRACE', 'a', NULL), ('get', 'a', NULL), ('Get', 'a', NULL), ('', 'a', NULL), (' GET', 'a', NULL), (E'GET\n', 'a', NULL),
	('GETX', 'a', NULL), (E'PUT /b HTTP/1.1\r\n\r\nGET', 'a', NULL)) AS calls (method, file, query);
-- names in other cases, twice, in no value, in several: what a server may read otherwise than we do
SELECT method, file, query, pg_temp.request(method, file, query) AS refused
FROM (VALUES ('GET', NULL, '{"list-type": [2, 1]}'), ('GET', NULL, '{"list-type": [1, 2]}'), ('GET', NULL, '{"list-type": []}'), ('GET', NULL, '{"list-type": 2, "LIST-TYPE": 1}'), ('GET', NULL, '{"list-type": 2, "prefix": ["a", "b"]}'), ('POST', 'a', '{"uploads": []}'), ('POST', 'a', '{"Uploads": ""}'), ('POST', 'a', '{"uploads": ["", ""]}'),
	('PUT', 'a', '{"partNumber": [1, 2], "uploadId": "i"}'), ('PUT', 'a', '{"partNumber": [], "uploadId": "i"}'), ('PUT', 'a', '{"partNumber": 1, "uploadId": []}'), ('PUT', 'a', '{"partNumber": 1, "uploadId": ["i", "j"]}'), ('PUT', 'a', '{"PartNumber": 1, "UploadId": "i"}'), ('POST', 'a', '{"uploadId": []}'), ('DELETE', 'a', '{"uploadId": ["i", "j"]}'),
	('GET', 'a', '{"uploadid": "i"}'), ('GET', 'a', '{"versionid": "v"}'), ('GET', 'a', '{"versionId": ["v", "w"]}'), ('GET', 'a', '{"ACL": ""}'), ('GET', 'a', '{"acl": ["", ""]}'), ('GET', 'a', '{"X-Amz-Signature": "x"}'), ('GET', 'a', '{"x-amz-expires": 1}'), ('GET', 'a', '{"x-amz-acl": "public-read"}'), ('GET', 'a', '["acl"]'), ('GET', 'a', '{"acl": {}}'))
	AS calls (method, file, query);
SELECT method, file, query, pg_temp.request(method, file, query) AS empty_values
FROM (VALUES ('POST', 'a', '{"uploadId": ""}'), ('PUT', 'a', '{"partNumber": "", "uploadId": "i"}'), ('PUT', 'a', '{"partNumber": 1, "uploadId": ""}'), ('PUT', 'a', '{"partNumber": 0, "uploadId": "i"}'), ('PUT', 'a', '{"partNumber": 10001, "uploadId": "i"}'), ('PUT', 'a', '{"partNumber": "x", "uploadId": "i"}'),
	('DELETE', 'a', '{"uploadId": null}'), ('DELETE', 'a', '{"versionId": ""}'), ('GET', NULL, '{"list-type": 2, "max-keys": 0}'), ('GET', NULL, '{"list-type": 2, "max-keys": 1001}'), ('POST', 'a', '{"uploads": "1"}')) AS calls (method, file, query);
-- a header makes it another operation
SELECT headers, pg_temp.request('PUT', 'a', NULL, format(', headers => %L', headers)) AS put, left(pg_temp.request('PUT', 'a', '{"partNumber": 1, "uploadId": "i"}', format(', headers => %L', headers)), 5) AS part
FROM unnest(ARRAY['{"x-amz-copy-source": "/media/b"}', '{"X-Amz-Copy-Source": "/media/b"}', '{"x-amz-copy-source-range": "bytes=0-1"}', '{"x-amz-acl": "public-read"}', '{"x-amz-rename-source": "/b"}', '{"x-http-method-override": "DELETE"}', '{"x-amz-tagging": "a=b"}', '{"x-amz-date": "20260102T030405Z"}', '{"X-Amz-Security-Token": "T"}',
	'{"Authorization": "a"}', '{"Host": "a"}', '{"x-amz-content-sha256": "x"}', '{"transfer-encoding": "chunked"}']::jsonb[]) AS headers;
-- and those that are allowed are sent as they were signed
SELECT headers, (SELECT jsonb_object_agg(lower(key), value) FROM jsonb_each(request -> 'headers') WHERE lower(key) NOT IN ('authorization', 'x-amz-date')) AS sent, pg_temp.verify_request(request, 'SECRET', 'PUT', 'body') AS accepted
FROM unnest(ARRAY['{}', '{"Content-Type": " text/plain;  charset=utf-8 ", "If-None-Match": "*"}', '{"x-amz-meta-a": [1, "b"]}', '{"expires": 0}']::jsonb[]) AS headers,
	CAST(pg_temp.call('PUT', 'a', NULL, format(', headers => %L, payload => ''body''', headers)) AS jsonb) AS request;
SELECT payload, (SELECT value FROM jsonb_each_text(request -> 'headers') WHERE lower(key) = 'x-amz-content-sha256') = encode(sha256(coalesce(payload, '')), 'hex') AS hashed, pg_temp.verify_request(request, 'SECRET', 'PUT', coalesce(payload, '')) AS accepted
FROM unnest(ARRAY[NULL, '', 'x', '\x00ff'::bytea]) AS payload, CAST(pg_temp.call('PUT', 'a', NULL, format(', payload => %L', payload)) AS jsonb) AS request;

-- file: as everywhere
SELECT left(file, 30) AS file, left(pg_temp.request('GET', file), 60) AS get FROM unnest(ARRAY['', '.', '..', 'a/../b', 'a/./b', '/', '//a', 'a?acl', 'a#b', 'a%2F..', U&'\00FC', '${filename}', repeat('a', 1025)]) AS file;
SELECT bucket, left(pg_temp.request('GET', 'a', NULL, format(', bucket => %L', bucket)), 60) AS get, left(pg_temp.request('GET', NULL, '{"list-type": 2}', format(', bucket => %L', bucket)), 60) AS list FROM unnest(ARRAY['media', 'private', '', 'media/x']) AS bucket;
SELECT signed_at, left(pg_temp.request('GET', 'a', NULL, ', signed_at => ' || signed_at), 60) AS get FROM unnest(ARRAY['clock_timestamp()', 'clock_timestamp() + ''1 min''', '''infinity''', '''10000-01-01''', '''2026-01-02''']) AS signed_at;
RESET ROLE;

-- methods: each operation needs its own, versions one more
SELECT methods, string_agg(CASE WHEN left(said, 1) = '{' THEN 'yes' ELSE left(said, 5) END, ' ' ORDER BY i) AS get_head_put_delete_list_multipart_version
FROM unnest(ARRAY['get', 'head', 'put', 'delete', 'list', 'post', 'multipart', 'version', 'get,version', 'delete,version']) WITH ORDINALITY AS allowed (methods, place),
	(VALUES (1, 'GET', 'a', NULL), (2, 'HEAD', 'a', NULL), (3, 'PUT', 'a', NULL), (4, 'DELETE', 'a', NULL), (5, 'GET', NULL, '{"list-type": 2}'), (6, 'POST', 'a', '{"uploads": ""}'), (7, 'PUT', 'a', '{"partNumber": 1, "uploadId": "i"}'), (8, 'POST', 'a', '{"uploadId": "i"}'),
		(9, 'DELETE', 'a', '{"uploadId": "i"}'), (10, 'GET', 'a', '{"uploadId": "i"}'), (11, 'GET', 'a', '{"versionId": "v"}'), (12, 'DELETE', 'a', '{"versionId": "v"}')) AS calls (i, method, file, query),
	pg_temp.outcome(format('ALTER SERVER regress_s3sign OPTIONS (SET methods %L)', methods), format('SELECT s3sign_headers(''regress_s3sign'', %L, %L, %L)', method, file, query)) AS said
GROUP BY methods, place ORDER BY place;

-- key_prefix: of files and of lists
ALTER SERVER regress_s3sign OPTIONS (ADD key_prefix 'pub/');
SET ROLE regress_s3sign_web;
SELECT method, file, query, pg_temp.request(method, file, query) AS request
FROM (VALUES ('GET', 'pub/a', NULL), ('GET', 'private/a', NULL), ('PUT', 'private/a', NULL), ('DELETE', 'pub', NULL), ('POST', 'private/a', '{"uploads": ""}'), ('PUT', 'private/a', '{"partNumber": 1, "uploadId": "i"}'), ('GET', 'private/a', '{"uploadId": "i"}'), ('GET', 'pub/../private', NULL),
	('GET', NULL, '{"list-type": 2}'), ('GET', NULL, '{"list-type": 2, "prefix": "pub/"}'), ('GET', NULL, '{"list-type": 2, "prefix": "pub/a"}'), ('GET', NULL, '{"list-type": 2, "prefix": "private/"}'), ('GET', NULL, '{"list-type": 2, "prefix": ""}'), ('GET', NULL, '{"list-type": 2, "prefix": null}'), ('GET', NULL, '{"list-type": 2, "prefix": []}'),
	('GET', NULL, '{"list-type": 2, "prefix": ["pub/", "private/"]}'), ('GET', NULL, '{"list-type": 2, "prefix": ["pub/", "pub/"]}'), ('GET', NULL, '{"list-type": 2, "PREFIX": "pub/"}'), ('GET', NULL, '{"list-type": 2, "prefix": "pub/", "Prefix": "private/"}'), ('GET', NULL, '{"list-type": 2, "prefix": "pub"}')) AS calls (method, file, query);
RESET ROLE;
ALTER SERVER regress_s3sign OPTIONS (DROP key_prefix);

-- what the server opens is open, and no more
ALTER SERVER regress_s3sign OPTIONS (ADD allow_query 'acl,prefix,partNumber,delete,policy', ADD allow_headers 'x-amz-acl');
SELECT method, file, query, pg_temp.request(method, file, query) AS request
FROM (VALUES ('GET', 'a', '{"acl": ""}'), ('GET', 'a', '{"tagging": ""}'), ('GET', NULL, '{"acl": ""}'), ('GET', NULL, '{"policy": ""}'), ('GET', NULL, '{"list-type": 2, "acl": ""}'), ('PUT', NULL, '{"acl": ""}'), ('POST', 'a', '{"acl": ""}'), ('POST', NULL, '{"delete": ""}'), ('POST', 'a', '{"delete": ""}'),
	('DELETE', NULL, '{"policy": ""}'), ('PUT', 'a', '{"partNumber": 1, "uploadId": []}')) AS calls (method, file, query);
SELECT pg_temp.request('PUT', 'a', NULL, ', headers => ''{"X-Amz-Acl": "private"}''') AS header;
ALTER SERVER regress_s3sign OPTIONS (DROP allow_query, DROP allow_headers);

-- neither rounded by cache_window nor bound by max_duration, and never at the public endpoint
ALTER SERVER regress_s3sign OPTIONS (ADD max_duration '61', ADD default_duration '60', ADD cache_window '60', ADD public_endpoint 'https://cdn.example.com/files');
SELECT pg_temp.request('GET', 'a') AS url, (SELECT value FROM jsonb_each_text(s3sign_headers('regress_s3sign', 'GET', 'a') -> 'headers') WHERE lower(key) = 'x-amz-date') = to_char(statement_timestamp() AT TIME ZONE 'UTC', 'YYYYMMDD"T"HH24MISS"Z"') AS now;
ALTER SERVER regress_s3sign OPTIONS (DROP max_duration, DROP default_duration, DROP cache_window, DROP public_endpoint);

-- what a mapping holds becomes a header's value: nothing of it may end the line
SELECT option, pg_temp.outcome(format('ALTER USER MAPPING FOR PUBLIC SERVER regress_s3sign OPTIONS (SET %s E''A\r\nX-Amz-Acl: public-read'')', option), 'SELECT s3sign_headers(''regress_s3sign'', ''GET'', ''a'')') AS refused,
	pg_temp.outcome(format('ALTER USER MAPPING FOR PUBLIC SERVER regress_s3sign OPTIONS (SET %s U&''\00E4'')', option), 'SELECT s3sign_headers(''regress_s3sign'', ''GET'', ''a'')') AS not_ascii
FROM unnest(ARRAY['access_key_id', 'session_token']) AS option;

-- where it goes
SELECT endpoint, addressing, pg_temp.outcome(format('ALTER SERVER regress_s3sign OPTIONS (SET endpoint %L, ADD addressing %L)', endpoint, addressing), 'SELECT s3sign_headers(''regress_s3sign'', ''GET'', ''a'') ->> ''url''') AS get,
	pg_temp.outcome(format('ALTER SERVER regress_s3sign OPTIONS (SET endpoint %L, ADD addressing %L)', endpoint, addressing), 'SELECT s3sign_headers(''regress_s3sign'', ''GET'', query => ''{"list-type": 2}'') ->> ''url''') AS list
FROM (VALUES ('https://s3.example.com', 'path'), ('https://s3.example.com', 'virtual'), ('https://media.example.com', 'cname'), ('http://localhost:9000/base', 'path')) AS servers (endpoint, addressing);

-- NULLs, defaults, by position; the same as with the credentials in the call
SELECT s3sign_headers(NULL, 'GET', 'a') IS NULL AND s3sign_headers('regress_s3sign', NULL, 'a') IS NULL AS nulls, s3sign_headers('regress_s3sign', 'GET', 'a', NULL, NULL, NULL, NULL, NULL) = s3sign_headers('regress_s3sign', 'GET', 'a') AS defaults,
	s3sign_headers('regress_s3sign', 'PUT', 'f', '{}', '{"range": "1"}', 'p', 'media', '2026-01-02') = s3sign_headers(server => 'regress_s3sign', method => 'PUT', file => 'f', query => '{}', headers => '{"range": "1"}', payload => 'p', bucket => 'media', signed_at => '2026-01-02') AS by_position,
	s3sign_headers('regress_s3sign', 'PUT', 'a b', '{"partNumber": 1, "uploadId": "i/"}', '{"content-md5": "x"}', 'p', signed_at => '2026-01-02') = s3sign_pre_headers('PUT', 'https://s3.example.com/media/a%20b?uploadId=i%2F&partNumber=1', 'AKID', 'SECRET', session_token => 'TOKEN',
		headers => '{"content-md5": "x"}', payload => 'p', signed_at => '2026-01-02') AS same_as_pre;

-- flat in memory
\set kilobytes :sources '/sql/include/kilobytes.sql'
\set ECHO none
\i :kilobytes
\set ECHO all
SELECT count(request) AS requests, count(used) AS measured, max(used[1]) - min(used[1]) < 1024 AS contexts, coalesce(max(used[2]) - min(used[2]) < 4096, true) AS process
FROM (SELECT s3sign_headers('regress_s3sign', 'PUT', 'file ' || i, '{"partNumber": 1, "uploadId": "i"}', '{"x-amz-meta-a": "b"}', 'p') AS request, CASE WHEN i IN (5000, 100000) THEN pg_temp.kilobytes() END AS used
	FROM generate_series(1, 100000) AS i OFFSET 0) AS rows;

DROP USER MAPPING FOR PUBLIC SERVER regress_s3sign;
DROP USER MAPPING FOR PUBLIC SERVER regress_s3sign_aws;
DROP SERVER regress_s3sign, regress_s3sign_aws;
DROP EXTENSION s3sign;
DROP ROLE regress_s3sign_web;
