-- s3sign_request: the requests of an upload client. Which operation each is, what it binds, and what a client's JSON cannot do.
\getenv sources PG_ABS_SRCDIR
\set outcome :sources '/sql/include/outcome.sql'
\set verify :sources '/sql/include/verify.sql'
\set verify_form :sources '/sql/include/verify_form.sql'
\set uppy `cat "$PG_ABS_SRCDIR/test/signers/requests.json"`
\set ECHO none
\i :outcome
\i :verify
\i :verify_form
\set ECHO all
CREATE EXTENSION s3sign;
SET timezone = 'UTC';

-- the signer of @uppy/aws-s3 signs the same requests: see test/signers
CREATE SERVER regress_s3sign_uppy FOREIGN DATA WRAPPER s3sign OPTIONS (endpoint 'https://s3.eu-west-1.amazonaws.com', bucket 'media', addressing 'path', methods 'put,delete,multipart');
CREATE USER MAPPING FOR PUBLIC SERVER regress_s3sign_uppy OPTIONS (access_key_id 'AKIAIOSFODNN7EXAMPLE', secret_access_key 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY');
CREATE SERVER regress_s3sign_token FOREIGN DATA WRAPPER s3sign OPTIONS (endpoint 'https://s3.eu-west-1.amazonaws.com', bucket 'media', addressing 'path', methods 'put,delete,multipart');
CREATE USER MAPPING FOR PUBLIC SERVER regress_s3sign_token OPTIONS (access_key_id 'AKIAIOSFODNN7EXAMPLE', secret_access_key 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY', session_token 'token/+=');
SELECT request - 'key' AS request, count(*), count(*) FILTER (WHERE answer ->> 'url' = url) AS same_url, bool_and(answer ->> 'key' = request ->> 'key' AND answer ->> 'method' = request ->> 'method' AND answer ->> 'expires_at' = '2026-01-02T03:14:05Z') AS good
FROM jsonb_to_recordset(:'uppy') AS uppy (request jsonb, session_token text, url text),
	s3sign_request(CASE WHEN session_token IS NULL THEN 'regress_s3sign_uppy' ELSE 'regress_s3sign_token' END, request, signed_at => '2026-01-02T03:04:05Z') AS answer
GROUP BY 1 ORDER BY 1;

CREATE SERVER regress_s3sign FOREIGN DATA WRAPPER s3sign OPTIONS (endpoint 'https://s3.example.com', bucket 'media', methods 'put,post,delete,multipart');
CREATE USER MAPPING FOR PUBLIC SERVER regress_s3sign OPTIONS (access_key_id 'AKID', secret_access_key 'SECRET');
CREATE ROLE regress_s3sign_web;
GRANT USAGE ON FOREIGN SERVER regress_s3sign TO regress_s3sign_web;

-- one of each
SELECT jsonb_pretty(s3sign_request('regress_s3sign', '{"method": "PUT", "key": "in/cat.png", "contentType": "image/png", "bytes": 5, "overwrite": false, "checksum": {"sha256": "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="}, "headers": {"x-amz-meta-a": "b"}}', 900, signed_at => '2026-01-02T23:50:05.678Z')) AS url;
SELECT s3sign_request('regress_s3sign', '{"method": "PUT", "key": "in/cat.png", "contentType": "image/png", "maxBytes": 5, "headers": {"x-amz-meta-a": "b"}}', 900, signed_at => '2026-01-02T23:50:05.678Z') AS answer \gset
SELECT jsonb_pretty(:'answer'::jsonb #- '{fields,policy}' #- '{fields,x-amz-signature}') AS form;

-- An answer in one line, or its error; an outcry where a server would not take what it says: a URL
-- with just its headers, content-length beside, or a form with just its fields, true to its time.
CREATE FUNCTION pg_temp.ask(request text, further text = '', server text = 'regress_s3sign', filled jsonb = '{}') RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	said text := pg_temp.outcome(format('SELECT s3sign_request(%L, %L%s)', server, request, further));
	answer jsonb;
	url text;
	sent jsonb;
	ends timestamptz;
BEGIN
	IF said IS NULL OR said NOT LIKE '{%' THEN
		RETURN said;
	END IF;
	answer := said;
	url := answer ->> 'url';
	IF EXISTS (SELECT FROM jsonb_each(answer) WHERE value IN ('{}', 'null', '""')) OR NOT answer ?& ARRAY['method', 'url', 'key', 'expires_at'] OR answer - ARRAY['method', 'url', 'key', 'expires_at', 'headers', 'fields'] <> '{}' THEN
		RETURN concat('members: ', answer);
	END IF;
	IF answer ? 'fields' THEN
		IF answer ->> 'method' <> 'POST' OR answer ? 'headers' OR answer #>> '{fields,key}' <> answer ->> 'key' OR pg_temp.form_fault(answer, 'SECRET', 'media', filled) IS NOT NULL THEN
			RETURN concat('not accepted: ', pg_temp.form_fault(answer, 'SECRET', 'media', filled), ' ', answer);
		END IF;
		ends := pg_temp.policy(answer) ->> 'expiration';
	ELSE
		sent := coalesce(answer -> 'headers', '{}');
		IF url ~ 'X-Amz-SignedHeaders=[^&]*content-length' THEN
			sent := sent || jsonb_build_object('content-length', coalesce(request::jsonb ->> 'bytes', request::jsonb #>> '{headers,content-length}'));
		END IF;
		IF answer ->> 'method' <> request::jsonb ->> 'method' OR answer -> 'headers' ? 'content-length' OR NOT pg_temp.verify(url, 'SECRET', answer ->> 'method', sent) THEN
			RETURN concat('not accepted: ', answer);
		END IF;
		ends := to_timestamp(substring(url FROM 'X-Amz-Date=([^&]*)&'), 'YYYYMMDD"T"HH24MISS"Z"')::timestamp AT TIME ZONE 'UTC' + make_interval(secs => substring(url FROM 'X-Amz-Expires=(\d+)')::int);
	END IF;
	IF (answer ->> 'expires_at')::timestamptz IS DISTINCT FROM ends OR answer ->> 'expires_at' NOT LIKE '____-__-__T__:__:__Z' THEN
		RETURN 'expires_at ' || (answer ->> 'expires_at') || ', not ' || ends;
	END IF;
	RETURN concat_ws(' ', answer ->> 'method', substring(pg_temp.asked(url) FROM '^https://[^/]*(.*)'), nullif(sent::text, '{}'), CASE WHEN answer ? 'fields' THEN pg_temp.conditions(answer) END);
END $$;

-- the seven
CREATE TEMP TABLE requests (n int, request jsonb);
INSERT INTO requests VALUES (1, '{"method": "PUT"}'), (2, '{"method": "DELETE"}'), (3, '{"method": "POST"}'), (4, '{"method": "PUT", "uploadId": "ID", "partNumber": 7}'), (5, '{"method": "GET", "uploadId": "ID"}'), (6, '{"method": "POST", "uploadId": "ID"}'), (7, '{"method": "DELETE", "uploadId": "ID"}');
UPDATE requests SET request = request || '{"key": "a b/\u00fc+"}';
GRANT SELECT ON requests TO regress_s3sign_web;
SET ROLE regress_s3sign_web;
SELECT request - 'key' AS request, pg_temp.ask(request::text) AS answer FROM requests ORDER BY n;
-- and no other
SELECT request, pg_temp.ask(request) AS answer
FROM unnest(ARRAY['{"method": "GET", "key": "a"}', '{"method": "HEAD", "key": "a"}', '{"method": "HEAD", "key": "a", "uploadId": "ID"}', '{"method": "PUT", "key": "a", "uploadId": "ID"}', '{"method": "PUT", "key": "a", "partNumber": 1}', '{"method": "POST", "key": "a", "partNumber": 1}',
	'{"method": "POST", "key": "a", "uploadId": "ID", "partNumber": 1}', '{"method": "GET", "key": "a", "uploadId": "ID", "partNumber": 1}', '{"method": "DELETE", "key": "a", "uploadId": "ID", "partNumber": 1}', '{"method": "put", "key": "a"}', '{"method": "", "key": "a"}', '{"method": "PATCH", "key": "a"}', '{"method": "PUT ", "key": "a"}']) AS request;

-- what each request binds of each member
SELECT request - 'key' AS request, member, replace(pg_temp.ask((request || member::jsonb)::text), '/media/a%20b/%C3%BC%2B', '') AS answer
FROM requests, unnest(ARRAY['{"bytes": 5}', '{"maxBytes": 9}', '{"bytes": 5, "maxBytes": 9}', '{"overwrite": false}', '{"overwrite": true}', '{"contentType": "a/b"}', '{"contentType": "a/*"}', '{"checksum": {"sha256": "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="}}', '{"checksum": {"crc32": "AAAAAA=="}}', '{"headers": {"X-Amz-Meta-A": "  b  c"}}',
	'{"bytes": 5, "maxBytes": 9, "overwrite": false, "contentType": "a/b"}']) WITH ORDINALITY AS members (member, m)
ORDER BY m, n;
-- a form, where only the largest size is given
CREATE FUNCTION pg_temp.form(members text, filled jsonb = '{}') RETURNS text LANGUAGE sql AS $$
	SELECT pg_temp.ask((jsonb '{"method": "PUT", "key": "a b/\u00fc+", "maxBytes": 9}' || members::jsonb)::text, filled => filled)
$$;
SELECT members, pg_temp.form(members) AS answer
FROM unnest(ARRAY['{}', '{"contentType": "a/b"}', '{"contentType": "a*b"}', '{"overwrite": false}', '{"overwrite": true}', '{"checksum": {"crc32": "AAAAAA=="}}', '{"checksum": {}}', '{"headers": {"Cache-Control": "no-store", "x-amz-meta-a": "b"}}', '{"headers": {"if-match": "e"}}', '{"headers": {"x-amz-checksum-crc32": "AAAAAA=="}}',
	'{"headers": {"content-type": "a/b"}}', '{"headers": {"content-length": 5}}', '{"headers": {"x-amz-acl": "private"}}', '{"headers": {}}', '{"maxBytes": 0}', '{"maxBytes": 9223372036854775807}', '{"key": "a/${filename}"}', '{"key": "${filename}/a"}']) AS members;
SELECT pg_temp.form('{"contentType": "a/*"}', '{"Content-Type": "a/b"}') AS range_of_types;

-- the rules of each member
CREATE FUNCTION pg_temp.put(members text) RETURNS text LANGUAGE sql AS $$
	SELECT pg_temp.ask((jsonb '{"method": "PUT", "key": "a"}' || members::jsonb)::text)
$$;
CREATE FUNCTION pg_temp.part(members text) RETURNS text LANGUAGE sql AS $$
	SELECT pg_temp.ask((jsonb '{"method": "PUT", "key": "a", "uploadId": "ID", "partNumber": 1}' || members::jsonb)::text)
$$;
CREATE FUNCTION pg_temp.complete(members text) RETURNS text LANGUAGE sql AS $$
	SELECT pg_temp.ask((jsonb '{"method": "POST", "key": "a", "uploadId": "ID"}' || members::jsonb)::text)
$$;
SELECT members, pg_temp.put(members) AS put, pg_temp.complete(members) AS complete
FROM unnest(ARRAY['{"bytes": 0}', '{"bytes": 5368709120}', '{"bytes": 5368709121}', '{"bytes": 9223372036854775807}', '{"bytes": 9223372036854775808}', '{"bytes": -1}', '{"maxBytes": -1}', '{"bytes": 5, "maxBytes": 5}', '{"bytes": 6, "maxBytes": 5}']) AS members;
SELECT members, pg_temp.part(members) AS part
FROM unnest(ARRAY['{"partNumber": 10000}', '{"partNumber": 0}', '{"partNumber": 10001}', '{"partNumber": -1}', '{"partNumber": 4294967297}', '{"partNumber": 9223372036854775808}', '{"uploadId": ""}', '{"uploadId": "2~a b/&acl=\u00fc"}', '{"bytes": 5368709121}', '{"overwrite": false}']) AS members;
SELECT checksum, pg_temp.put(format('{"checksum": %s}', checksum)) AS put, left(pg_temp.part(format('{"checksum": %s}', checksum)), 40) AS part
FROM unnest(ARRAY['{}', '{"crc32": null}', '{"crc32c": "AAAAAA=="}', '{"crc64nvme": "AAAAAAAAAAA="}', '{"md5": "AAAAAAAAAAAAAAAAAAAAAA=="}', '{"sha1": "AAAAAAAAAAAAAAAAAAAAAAAAAAA="}', '{"sha256": "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=", "crc32": null}', '{"sha512": "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=="}',
	'{"xxhash3": "AAAAAAAAAAA="}', '{"xxhash64": "AAAAAAAAAAA="}', '{"xxhash128": "AAAAAAAAAAAAAAAAAAAAAA=="}', '{"crc32": "AAAAAA==", "md5": "AAAAAAAAAAAAAAAAAAAAAA=="}', '{"crc32": "AAAA"}', '{"crc32": ""}', '{"crc32": "AAAAAB=="}', '{"crc32": "AAAA AA=="}', '{"SHA256": "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="}',
	'{"type": "AAAAAA=="}', '{"": "AAAAAA=="}', '{"crc32": 0}', '{"crc32": ["AAAAAA=="]}', '{"crc32": {}}', '{"\u00fc\"": ""}']) AS checksum;
-- headers that a member sets, or that no caller may set
SELECT members, pg_temp.put(members) AS put
FROM unnest(ARRAY['{"bytes": 5, "headers": {"Content-Length": 6}}', '{"contentType": "a/b", "headers": {"Content-Type": "a/c"}}', '{"overwrite": false, "headers": {"If-None-Match": "e"}}', '{"overwrite": false, "headers": {"If-Match": "e"}}', '{"overwrite": true, "headers": {"if-none-match": "*"}}',
	'{"checksum": {"crc32": "AAAAAA=="}, "headers": {"x-amz-checksum-crc32": "AAAAAA=="}}', '{"checksum": {"sha256": "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="}, "headers": {"x-amz-content-sha256": "UNSIGNED-PAYLOAD"}}', '{"headers": {"x-amz-acl": "public-read"}}', '{"headers": {"x-amz-copy-source": "/media/b"}}', '{"headers": {"host": "x"}}',
	'{"headers": {"X-Amz-Date": "x"}}', '{"headers": {"x-amz-mp-object-size": 5}}', '{"headers": {"content-length": "+5"}}', '{"headers": {"content-length": [5, 6]}}', '{"headers": {"a b": "c"}}', '{"headers": {"cache-control": "a\nb"}}', '{"headers": {"cache-control": null}}', '{"headers": {"cache-control": {}}}', '{"headers": {"cache-control": "a", "Cache-Control": "a"}}',
	'{"contentType": ""}', '{"contentType": "a\r\nb"}', '{"contentType": "\u00fc"}']) AS members;
-- S3 ignores preconditions of the request that begins a multipart upload
SELECT headers, pg_temp.ask((jsonb '{"method": "POST", "key": "a"}' || jsonb_build_object('headers', headers::jsonb))::text) AS create
FROM unnest(ARRAY['{"If-None-Match": "*"}', '{"if-match": "e"}', '{"if-unmodified-since": "e", "x-amz-meta-if-match": "e"}']) AS headers;

-- what is no request
SELECT request, pg_temp.ask(request) AS answer
FROM unnest(ARRAY['{}', '[]', '"PUT"', '1', 'null', 'true', '[{"method": "PUT", "key": "a"}]', '{"method": "PUT"}', '{"key": "a"}', '{"method": null, "key": "a"}', '{"method": "PUT", "key": null}', '{"method": "PUT", "key": ""}', '{"method": "PUT", "key": "a", "Key": "b"}', '{"method": "PUT", "key": "a", "bucket": "b"}', '{"method": "PUT", "key": "a", "": 1}',
	'{"method": "PUT", "key": "a", "query": {"acl": ""}}', '{"method": "PUT", "key": "a", "signal": null}', '{"method": "PUT", "key": "a", "\u00fc\"\n": []}']) AS request;
-- each member with each other type
CREATE TEMP TABLE kinds (member text, good text);
INSERT INTO kinds VALUES ('method', 'string'), ('key', 'string'), ('uploadId', 'string'), ('partNumber', 'integer'), ('contentType', 'string'), ('expiresIn', 'integer'), ('bytes', 'integer'), ('maxBytes', 'integer'), ('overwrite', 'boolean'), ('checksum', 'object'), ('headers', 'object');
SELECT member, count(*) AS values, min(answer) AS each
FROM kinds, (VALUES ('string', '"1"'), ('integer', '1'), ('number', '1.5'), ('number', '1.0'), ('number', '1e-1'), ('number', '1e40'), ('number', '-1e40'), ('boolean', 'true'), ('object', '{"a": "b"}'), ('array', '[]'), ('array', '["PUT"]'), ('array', '[1]'), ('array', '[true]'), ('array', '[null]'), ('array', '[{}]'), ('array', '[[]]')) AS bad (kind, value),
	pg_temp.ask((jsonb '{"method": "PUT", "key": "a"}' || jsonb_build_object(member, value::jsonb))::text) AS answer
WHERE kind <> good GROUP BY member, answer ORDER BY member;
-- jsonb reads 1e3 as 1000, and of equal names the last
SELECT request, pg_temp.ask(request) AS answer
FROM unnest(ARRAY['{"method": "POST", "key": "a", "uploadId": "ID", "bytes": 1e3}', '{"method": "POST", "key": "a", "uploadId": "ID", "bytes": 1000e-3}', '{"method": "POST", "key": "a", "uploadId": "ID", "bytes": -0}', '{"method": "DELETE", "method": "PUT", "key": "b", "key": "a"}', '{"method": "PUT", "key": "a", "bytes": null, "maxBytes": null, "overwrite": null, "contentType": null, "expiresIn": null, "checksum": null, "headers": null, "uploadId": null, "partNumber": null}',
	'{"method": "PUT", "key": "a\u0001\n\u007f\"\\"}', '{"method": "PUT", "key": "\ud83d\ude00"}']) AS request;
-- deep, long and many
SELECT pg_temp.ask(format('{"method": "PUT", "key": "a", "headers": %s1%s}', repeat('{"a": ', 1000), repeat('}', 1000))) AS deep,
	pg_temp.ask(format('{"method": "PUT", "key": "a", "checksum": %s1%s}', repeat('[', 1000), repeat(']', 1000))) AS deep_array,
	pg_temp.ask(format('{"method": "PUT", "key": "a", "bytes": %s}', repeat('9', 100000))) AS long_number,
	pg_temp.ask(format('{"method": "PUT", "key": "a", "%s": 1}', repeat('n', 1000000))) AS long_name;
SELECT pg_temp.ask(format('{"method": "PUT", "key": "%s"}', repeat('k', 1024))) LIKE 'PUT %' AS longest_key, pg_temp.ask(format('{"method": "PUT", "key": "%s"}', repeat('k', 1025))) AS long_key,
	pg_temp.ask(format('{"method": "PUT", "key": "%s"}', repeat('k', 1048577))) AS longer_key, pg_temp.ask(format('{"method": "%s", "key": "a"}', repeat('P', 1048576))) AS long_method, pg_temp.ask(format('{"method": "GET", "key": "a", "uploadId": "%s"}', repeat('u', 1048577))) AS long_id,
	pg_temp.ask(jsonb_build_object('method', 'PUT', 'key', 'a', 'headers', (SELECT jsonb_object_agg('x-amz-meta-' || i, repeat('v', 1000)) FROM generate_series(1, 1100) AS i))::text) AS many_headers,
	pg_temp.ask(jsonb_build_object('method', 'PUT', 'key', 'a', 'checksum', (SELECT jsonb_object_agg('c' || i, NULL) FROM generate_series(1, 100000) AS i))::text) AS many_nulls;

-- NULL in an argument without a default gives NULL; elsewhere it means the default
SELECT s3sign_request(NULL, '{"method": "PUT", "key": "a"}') IS NULL AS server, s3sign_request('regress_s3sign', NULL) IS NULL AS request, s3sign_request(NULL, '{}') IS NULL AS bad_request;
SELECT pg_temp.ask('{"method": "PUT", "key": "a"}', ', NULL, NULL, NULL') AS defaults;
RESET ROLE;

-- the lifetime: the lesser of duration and expiresIn, and what the server's options and credentials allow
CREATE SERVER regress_s3sign_short FOREIGN DATA WRAPPER s3sign OPTIONS (endpoint 'https://s3.example.com', bucket 'media', methods 'put,post', max_duration '1h', default_duration '10min', cache_window '5min');
CREATE USER MAPPING FOR PUBLIC SERVER regress_s3sign_short OPTIONS (access_key_id 'AKID', secret_access_key 'SECRET', expires_at '2126-01-01T00:00:00Z');
CREATE FUNCTION pg_temp.lifetime(members jsonb, further text = '', server text = 'regress_s3sign') RETURNS text LANGUAGE sql AS $$
	SELECT CASE WHEN said LIKE '{%' THEN ((said::jsonb ->> 'expires_at')::timestamptz - date_trunc('second', now()))::text ELSE said END
	FROM pg_temp.outcome(format('SELECT s3sign_request(%L, %L, signed_at => now()%s)', server, '{"method": "PUT", "key": "a"}' || members, further)) AS said
$$;
SELECT members, further, pg_temp.lifetime(members, further) AS lifetime, pg_temp.lifetime(members || '{"maxBytes": 5}', further) AS of_a_form, pg_temp.lifetime(members, further, 'regress_s3sign_short') AS short
FROM unnest(ARRAY['{}', '{"expiresIn": 60}', '{"expiresIn": 604800}', '{"expiresIn": 604801}', '{"expiresIn": 1}', '{"expiresIn": 0}', '{"expiresIn": -1}', '{"expiresIn": 9223372036854775808}']::jsonb[]) AS members, unnest(ARRAY['', ', duration => 300', ', duration => 7200', ', duration => 0']) AS further;
ALTER USER MAPPING FOR PUBLIC SERVER regress_s3sign_short OPTIONS (SET expires_at '2026-01-01T00:00:00Z');
SELECT pg_temp.lifetime('{}', server => 'regress_s3sign_short') AS ended;
SELECT pg_temp.outcome('SELECT s3sign_request(''regress_s3sign'', ''{"method": "PUT", "key": "a"}'', signed_at => now() + interval ''1 hour'')') AS future;

-- the server's limits
CREATE FUNCTION pg_temp.ask_all(server text, members jsonb = '{}', further text = '') RETURNS TABLE (n int, answer text) LANGUAGE sql AS $$
	SELECT n, pg_temp.ask((request || members)::text, further, server) FROM requests UNION ALL SELECT 8, pg_temp.ask((request || '{"maxBytes": 9}' || members)::text, further, server) FROM requests WHERE n = 1 ORDER BY n
$$;
CREATE SERVER regress_s3sign_guarded FOREIGN DATA WRAPPER s3sign OPTIONS (endpoint 'https://s3.example.com', key_prefix 'pub/');
CREATE USER MAPPING FOR PUBLIC SERVER regress_s3sign_guarded OPTIONS (access_key_id 'AKID', secret_access_key 'SECRET');
SELECT methods, allowed FROM unnest(ARRAY['put', 'post', 'delete', 'multipart', 'get,head,list,version']) AS methods,
	pg_temp.outcome(format('ALTER SERVER regress_s3sign_guarded OPTIONS (ADD methods %L)', methods), 'SELECT string_agg(n || CASE WHEN answer LIKE ''42501%'' THEN '' no'' ELSE '' yes'' END, '', '' ORDER BY n) FROM pg_temp.ask_all(''regress_s3sign_guarded'', ''{"key": "pub/a"}'', '', bucket => ''''media'''''')') AS allowed;
ALTER SERVER regress_s3sign_guarded OPTIONS (ADD methods 'put,post,delete,multipart');
SELECT key, n, answer FROM unnest(ARRAY['pub/a', 'a', 'pub/../a', 'pub//', 'pub', '/pub/a']) AS key, pg_temp.ask_all('regress_s3sign_guarded', jsonb_build_object('key', key), ', bucket => ''media''') WHERE n IN (1, 6, 8);
SELECT n, answer FROM pg_temp.ask_all('regress_s3sign_guarded', '{"key": "pub/a"}') WHERE n IN (1, 6, 8);
SELECT pg_temp.ask('{"method": "PUT", "key": "a"}', ', bucket => ''other''') AS other_bucket, pg_temp.ask('{"method": "PUT", "key": "a"}', server => 'regress_s3sign_none') AS no_server;
-- allow_headers adds to what `headers` may have, and allow_query to nothing
ALTER SERVER regress_s3sign_guarded OPTIONS (ADD bucket 'media', ADD allow_headers 'x-amz-acl,x-amz-tagging,x-amz-storage-class', ADD allow_query 'acl');
SELECT headers, n, answer FROM unnest(ARRAY['{"x-amz-acl": "private"}', '{"x-amz-tagging": "a=b"}', '{"x-amz-grant-read": "id"}']) AS headers, pg_temp.ask_all('regress_s3sign_guarded', jsonb_build_object('key', 'pub/a', 'headers', headers::jsonb)) WHERE n IN (1, 3, 8);
-- a provider that cannot forbid overwriting, and one without forms
CREATE SERVER regress_s3sign_google FOREIGN DATA WRAPPER s3sign OPTIONS (endpoint 'https://storage.googleapis.com', bucket 'media', methods 'put,post,delete,multipart');
CREATE USER MAPPING FOR PUBLIC SERVER regress_s3sign_google OPTIONS (access_key_id 'AKID', secret_access_key 'SECRET');
SELECT n, answer FROM pg_temp.ask_all('regress_s3sign_google', '{"key": "a", "overwrite": false}');
SELECT pg_temp.ask('{"method": "PUT", "key": "a", "headers": {"if-match": "e"}}', server => 'regress_s3sign_google') AS if_match;
CREATE SERVER regress_s3sign_r2 FOREIGN DATA WRAPPER s3sign OPTIONS (endpoint 'https://0123456789abcdef.r2.cloudflarestorage.com', bucket 'media', methods 'put,post,delete,multipart');
CREATE USER MAPPING FOR PUBLIC SERVER regress_s3sign_r2 OPTIONS (access_key_id 'AKID', secret_access_key 'SECRET');
SELECT pg_temp.ask('{"method": "PUT", "key": "a", "maxBytes": 9}', server => 'regress_s3sign_r2') AS no_forms, pg_temp.ask('{"method": "PUT", "key": "a", "bytes": 9, "maxBytes": 9}', server => 'regress_s3sign_r2') AS put;
-- log_user is in each URL, and a form can't carry it
CREATE SERVER regress_s3sign_logged FOREIGN DATA WRAPPER s3sign OPTIONS (endpoint 'https://s3.example.com', bucket 'media', methods 'put,post,delete,multipart', log_user 'x-who:setting:regress.who');
CREATE USER MAPPING FOR PUBLIC SERVER regress_s3sign_logged OPTIONS (access_key_id 'AKID', secret_access_key 'SECRET');
SET regress.who = 'ann';
SELECT n, answer FROM pg_temp.ask_all('regress_s3sign_logged', '{"key": "a"}');

-- what the server demands of uploads
CREATE SERVER regress_s3sign_rules FOREIGN DATA WRAPPER s3sign OPTIONS (endpoint 'https://s3.eu-west-1.amazonaws.com', bucket 'media', addressing 'path', methods 'put,post,delete,multipart', upload_headers '{"x-amz-server-side-encryption": "AES256"}', content_types 'image/*, text/plain', max_bytes '10MB');
CREATE USER MAPPING FOR PUBLIC SERVER regress_s3sign_rules OPTIONS (access_key_id 'AKID', secret_access_key 'SECRET');
SELECT n, answer FROM pg_temp.ask_all('regress_s3sign_rules', '{"key": "a", "contentType": "image/png"}');
SELECT n, answer FROM pg_temp.ask_all('regress_s3sign_rules', '{"key": "a", "contentType": "image/png", "bytes": 10485760, "maxBytes": null}') WHERE n <> 8;
SELECT members, n, answer
FROM unnest(ARRAY['{}', '{"contentType": "text/html"}', '{"contentType": "image/png,text/html"}', '{"contentType": "image/*"}', '{"contentType": "Text/Plain; charset=utf-8"}', '{"contentType": "image/png", "bytes": 10485761}', '{"contentType": "image/png", "maxBytes": 10485761}', '{"contentType": "image/png", "bytes": 0, "maxBytes": 99999999999}',
	'{"contentType": "image/png", "bytes": 5, "headers": {"X-Amz-Server-Side-Encryption": "AES256"}}', '{"contentType": "image/png", "bytes": 5, "headers": {"content-length": 5}}', '{"contentType": "image/png", "headers": {"content-length": 99999999}}', '{"bytes": 5, "headers": {"content-type": "text/html"}}', '{"bytes": 5, "headers": {"content-type": ["image/png", "text/html"]}}']::jsonb[]) AS members, pg_temp.ask_all('regress_s3sign_rules', '{"key": "a"}' || members)
WHERE n = 1 OR n = 3 OR (n = 6 AND NOT members ? 'headers') OR (n = 8 AND NOT members ? 'bytes');
-- storage that does not check the size of a multipart upload
ALTER SERVER regress_s3sign_rules OPTIONS (SET endpoint 'https://s3.example.com');
SELECT n, answer FROM pg_temp.ask_all('regress_s3sign_rules', '{"key": "a", "contentType": "image/png", "bytes": 5}') WHERE n <> 8;

-- a client's JSON merged with the row's
CREATE TABLE regress_s3sign_files (id int PRIMARY KEY, key text, type text, bytes bigint);
INSERT INTO regress_s3sign_files VALUES (1, 'in/1', 'image/png', 5);
CREATE FUNCTION pg_temp.sign(id int, request jsonb) RETURNS jsonb LANGUAGE sql AS $$
	SELECT s3sign_request('regress_s3sign', request - ARRAY['overwrite', 'bytes', 'maxBytes', 'headers', 'expiresIn'] || jsonb_build_object('key', key, 'contentType', type, 'bytes', bytes, 'overwrite', false), 300)
	FROM regress_s3sign_files AS file WHERE file.id = sign.id
$$;
SELECT request - 'key' AS request, pg_temp.asked(answer ->> 'url') AS url, answer -> 'headers' AS headers
FROM requests, pg_temp.sign(1, request || '{"key": "../../etc", "overwrite": true, "bytes": 1, "maxBytes": 99999, "headers": {"x-amz-acl": "public-read"}, "expiresIn": 604800, "contentType": "text/html"}') AS answer ORDER BY n;
DROP TABLE regress_s3sign_files;

SET client_min_messages = warning;
DROP SERVER regress_s3sign, regress_s3sign_uppy, regress_s3sign_token, regress_s3sign_short, regress_s3sign_guarded, regress_s3sign_google, regress_s3sign_r2, regress_s3sign_logged, regress_s3sign_rules CASCADE;
DROP OWNED BY regress_s3sign_web;
DROP ROLE regress_s3sign_web;
DROP EXTENSION s3sign;
