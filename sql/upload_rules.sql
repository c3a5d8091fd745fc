-- upload_headers, content_types, max_bytes: what a server adds to each upload and demands of it, and
-- that no caller gets around it.
\getenv sources PG_ABS_SRCDIR
\set outcome :sources '/sql/include/outcome.sql'
\set verify :sources '/sql/include/verify.sql'
\set verify_form :sources '/sql/include/verify_form.sql'
\set verify_request :sources '/sql/include/verify_request.sql'
\set ECHO none
\i :outcome
\i :verify
\i :verify_form
\i :verify_request
\set ECHO all
CREATE EXTENSION s3sign;

-- the options' values
CREATE FUNCTION pg_temp.server(option text, value text, further text = '') RETURNS text LANGUAGE sql AS $$
	SELECT pg_temp.outcome(format('CREATE SERVER regress_s3sign FOREIGN DATA WRAPPER s3sign OPTIONS (endpoint ''https://s3.example.com'', %I %L%s)', option, value, further))
$$;
SELECT left(value, 150) AS value, pg_temp.server('upload_headers', value) AS create
FROM unnest(ARRAY['{"x-amz-server-side-encryption": "AES256"}', ' {"X-Amz-Tagging" : "a=b&c=d", "x-amz-meta-team": 7, "x-amz-server-side-encryption-bucket-key-enabled": true, "cache-control": "  no-store  "} ', '{"x-amz-meta-a": "\u0062"}',
	'', '{}', '[]', '"x-amz-acl"', 'x-amz-acl: private', '{"x-amz-acl": "private"', '{"x-amz-acl": "private"} x', '{"x-amz-acl": null}', '{"x-amz-acl": ["private"]}', '{"x-amz-acl": {}}', '{"x-amz-acl": ""}', '{"x-amz-acl": "  "}',
	'{"x-amz-acl": "a\nb"}', '{"x-amz-meta-a": "\u00fc"}', '{"x-amz-acl": "private", "X-AMZ-ACL": "public-read"}', '{"": "a"}', '{"a b": "c"}', '{"content-type": "text/html"}', '{"Content-Length": 5}', '{"content-md5": "a"}', '{"if-none-match": "*"}', '{"range": "a"}', '{"host": "a"}',
	'{"x-amz-date": "a"}', '{"authorization": "a"}', '{"x-amz-content-sha256": "UNSIGNED-PAYLOAD"}', '{"x-amz-checksum-sha256": "a"}', '{"x-amz-mp-object-size": 1}', '{"x-amz-copy-source": "a"}', '{"x-amz-meta-": "a"}',
	'{"x-amz-server-side-encryption-customer-algorithm": "AES256"}', '{"X-Amz-Server-Side-Encryption-Customer-Key": "key"}', '{"x-amz-server-side-encryption-customer-key-md5": "a"}', '{"x-custom": "a"}',
	'{"x-amz-meta-a": "' || repeat('a', 4096) || '"}']) AS value;
SELECT pg_temp.server('upload_headers', '{"X-Amz-Tagging": "a=b"}', ', allow_headers ''x-amz-tagging''') AS also_allowed;
SELECT left(value, 40) AS value, pg_temp.server('content_types', value) AS create
FROM unnest(ARRAY['image/png', 'Image/PNG, application/pdf', 'image/*', 'image/*,video/*', 'application/vnd.ms-excel', '', 'image', 'image/', '/png', '*', '*/*', '*/png', 'image/p*', 'image/png;q=1', 'image/png, ', 'a/b/c', 'image /png', E'image/png\n', 'a/' || repeat('b', 4096)]) AS value;
SELECT value, pg_temp.server('max_bytes', value) AS create
FROM unnest(ARRAY['1', '10MB', ' 10 MB ', '5GB', '1TB', '5B', '5kB', '', '0', '-1', '+1', '1.5MB', '10mb', '10M', '10 MiB', 'MB', '0x10', '9223372036854775807', '9223372036854775808', '8388608TB', '8388607TB']) AS value;

CREATE SERVER regress_s3sign FOREIGN DATA WRAPPER s3sign OPTIONS (endpoint 'https://s3.eu-west-1.amazonaws.com', bucket 'media', methods 'get,put,post,multipart,delete,list',
	allow_headers 'x-amz-copy-source,x-amz-copy-source-range,x-goog-copy-source,x-amz-grant-read,acl', allow_query 'X-Amz-Acl,x-amz-copy-source,tagging');
CREATE USER MAPPING FOR PUBLIC SERVER regress_s3sign OPTIONS (access_key_id 'AKID', secret_access_key 'SECRET');

CREATE FUNCTION pg_temp.signed_headers(url text) RETURNS text LANGUAGE sql AS $$
	SELECT replace(substring(url FROM 'SignedHeaders=([^&]*)&'), '%3B', ';')
$$;
-- what a call signs, or its error: a URL's signed headers, a ticket's or request's headers, a form's conditions
CREATE FUNCTION pg_temp.sign(call text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	said text := pg_temp.outcome('SELECT ' || call);
	fault text;
BEGIN
	IF said LIKE 'https://%' THEN
		RETURN pg_temp.signed_headers(said);
	ELSIF said NOT LIKE '{%' THEN
		RETURN said;
	ELSIF said::jsonb ? 'fields' THEN
		fault := pg_temp.form_fault(said::jsonb, 'SECRET', 'media');
		RETURN coalesce('not accepted: ' || fault, pg_temp.conditions(said::jsonb));
	ELSIF said::jsonb #>> '{headers,Authorization}' IS NOT NULL THEN
		RETURN 'headers ' || ((said::jsonb -> 'headers') - ARRAY['Authorization', 'x-amz-date', 'x-amz-content-sha256'])::text;
	ELSIF NOT pg_temp.verify(said::jsonb ->> 'url', 'SECRET', 'PUT', said::jsonb -> 'headers') THEN
		RETURN 'not accepted: ' || said;
	END IF;
	RETURN said::jsonb ->> 'headers';
END $$;
CREATE FUNCTION pg_temp.calls(VARIADIC calls text[], OUT call text, OUT said text) RETURNS SETOF record LANGUAGE sql AS $$
	SELECT call, pg_temp.sign(regexp_replace(call, '(s3sign_\w+)\(', '\1(''regress_s3sign'', ')) FROM unnest(calls) AS call
$$;

-- --- sizes are plain decimal numbers, on every server
SELECT * FROM pg_temp.calls($q$s3sign_put('a', headers => '{"content-length": 0}')$q$, $q$s3sign_put('a', headers => '{"content-length": [5]}')$q$, $q$s3sign_put('a', headers => '{"content-length": [5, 5]}')$q$,
	$q$s3sign_put('a', headers => '{"content-length": "+5"}')$q$, $q$s3sign_put('a', headers => '{"content-length": -5}')$q$, $q$s3sign_put('a', headers => '{"content-length": "05"}')$q$, $q$s3sign_put('a', headers => '{"Content-Length": "5, 6"}')$q$,
	$q$s3sign_put('a', headers => '{"content-length": 1e3}')$q$, $q$s3sign_put('a', headers => '{"content-length": "1e3"}')$q$, $q$s3sign_put('a', headers => '{"content-length": ""}')$q$, $q$s3sign_put('a', headers => '{"content-length": "99999999999999999999"}')$q$,
	$q$s3sign_multipart_complete('a', 'id', headers => '{"x-amz-mp-object-size": 5}')$q$, $q$s3sign_multipart_complete('a', 'id', headers => '{"x-amz-mp-object-size": [5, 6]}')$q$, $q$s3sign_multipart_complete('a', 'id', headers => '{"x-amz-mp-object-size": "0x5"}')$q$,
	$q$s3sign_multipart_create('a', headers => '{"x-amz-mp-object-size": 5}')$q$, $q$s3sign_put('a', headers => '{"x-amz-mp-object-size": 5}')$q$,
	$q$s3sign_headers('PUT', 'a', headers => '{"content-length": "+5"}')$q$, $q$s3sign_upload('a', headers => '{"content-length": "+5"}')$q$);
SELECT pg_temp.outcome($q$SELECT s3sign_pre_put('s3.example.com', 'media', 'AKID', 'key', 'a', 60, headers => '{"content-length": "+5"}')$q$) AS without_a_server;
-- both preconditions at once: S3 answers 501
SELECT * FROM pg_temp.calls($q$s3sign_upload('a', overwrite => false, headers => '{"if-match": "\"etag\""}')$q$, $q$s3sign_put('a', headers => '{"if-match": "\"etag\"", "If-None-Match": "*"}')$q$);

-- --- upload_headers: signed and returned, of put, multipart_create, tickets and s3sign_headers
ALTER SERVER regress_s3sign OPTIONS (ADD upload_headers '{"x-amz-server-side-encryption": "AES256", "X-Amz-Acl": "private", "cache-control": "no-store", "x-amz-meta-team": "a  b"}');
SELECT * FROM pg_temp.calls($q$s3sign_put('a')$q$, $q$s3sign_put('a', content_type => 'a/b', headers => '{"x-amz-meta-a": "b", "x-amz-meta-z": "y"}')$q$, $q$s3sign_multipart_create('a')$q$, $q$s3sign_upload('a')$q$,
	$q$s3sign_upload('a', bytes => 5, headers => '{"x-amz-meta-z": 1}')$q$, $q$s3sign_headers('PUT', 'a', payload => 'abc')$q$, $q$s3sign_headers('POST', 'a', '{"uploads": ""}')$q$,
	$q$s3sign_post('a')$q$, $q$s3sign_post('a', content_type => 'a/b', fields => '{"x-amz-meta-z": "y"}')$q$, $q$s3sign_upload('a', max_bytes => 5, headers => '{"expires": "x"}')$q$,
	-- and of nothing else
	$q$s3sign_get('a')$q$, $q$s3sign_delete('a')$q$, $q$s3sign_list(NULL)$q$, $q$s3sign_multipart_part('a', 'id', 1)$q$, $q$max(url) FROM s3sign_multipart_parts('a', 'id', 2)$q$, $q$s3sign_multipart_complete('a', 'id')$q$,
	$q$s3sign_multipart_abort('a', 'id')$q$, $q$s3sign_multipart_list('a', 'id')$q$, $q$s3sign_headers('GET', 'a')$q$, $q$s3sign_headers('PUT', 'a', '{"uploadId": "id", "partNumber": 1}')$q$);
SELECT pg_temp.verify(s3sign_put('regress_s3sign', 'a'), 'SECRET', 'PUT', headers) AS with, pg_temp.verify(s3sign_put('regress_s3sign', 'a'), 'SECRET', 'PUT', headers || '{"x-amz-acl": "public-read"}') AS changed,
	pg_temp.verify_request(s3sign_headers('regress_s3sign', 'PUT', 'a', payload => 'abc'), 'SECRET', 'PUT', 'abc') AS in_headers
FROM (SELECT '{"x-amz-server-side-encryption": "AES256", "x-amz-acl": "private", "cache-control": "no-store", "x-amz-meta-team": "a b"}'::jsonb AS headers) AS sent;
SELECT s3sign_verify(s3sign_put('regress_s3sign', 'a'), 'regress_s3sign', method => 'PUT', headers => s3sign_upload('regress_s3sign', 'a') -> 'headers') AS verified;
-- never the caller's to set, whatever its case
SELECT * FROM pg_temp.calls($q$s3sign_put('a', headers => '{"X-AMZ-ACL": "public-read"}')$q$, $q$s3sign_put('a', headers => '{"cache-control": "no-store"}')$q$, $q$s3sign_put('a', query => '{"X-Amz-Acl": "public-read"}')$q$, $q$s3sign_multipart_create('a', headers => '{"cache-control": "x"}')$q$,
	$q$s3sign_upload('a', headers => '{"cache-control": "x"}')$q$, $q$s3sign_upload('a', max_bytes => 1, headers => '{"Cache-Control": "x"}')$q$, $q$s3sign_headers('PUT', 'a', headers => '{"x-amz-meta-team": "x"}')$q$,
	$q$s3sign_headers('PUT', 'a', query => '{"X-Amz-Acl": "x"}')$q$, $q$s3sign_post('a', fields => '{"Cache-Control": "x"}')$q$, $q$s3sign_post('a', fields => '{"acl": "public-read"}')$q$, $q$s3sign_post('a', conditions => '[{"ACL": "public-read"}]')$q$,
	$q$s3sign_post('a', conditions => '[["starts-with", "$x-amz-meta-team", ""]]')$q$, $q$s3sign_post('a', fields => '{"x-amz-acl": "public-read"}')$q$);
-- a form carries what S3 documents for it
SELECT header, pg_temp.outcome(format('ALTER SERVER regress_s3sign OPTIONS (SET upload_headers %L, DROP allow_headers)', jsonb_build_object(header, 'a=1')), 'SELECT pg_temp.fields(s3sign_post(''regress_s3sign'', ''a''))') AS post
FROM unnest(ARRAY['cache-control', 'content-disposition', 'content-encoding', 'content-language', 'expires', 'x-amz-acl', 'x-amz-expected-bucket-owner', 'x-amz-grant-read', 'x-amz-meta-a', 'x-amz-object-lock-mode', 'x-amz-request-payer', 'x-amz-server-side-encryption',
	'x-amz-server-side-encryption-aws-kms-key-id', 'x-amz-server-side-encryption-bucket-key-enabled', 'x-amz-server-side-encryption-context', 'x-amz-storage-class', 'x-amz-tagging', 'x-amz-website-redirect-location']) AS header;

-- a copy takes the source's headers
SELECT * FROM pg_temp.calls($q$s3sign_put('a', headers => '{"x-amz-copy-source": "/media/b"}')$q$, $q$s3sign_put('a', headers => '{"X-Goog-Copy-Source": "/media/b"}')$q$, $q$s3sign_put('a', query => '{"x-amz-copy-source": "/media/b"}')$q$,
	$q$s3sign_multipart_part('a', 'id', 1, headers => '{"x-amz-copy-source": "/media/b", "x-amz-copy-source-range": "bytes=0-9"}')$q$, $q$s3sign_upload('a', headers => '{"x-amz-copy-source": "/media/b"}')$q$,
	$q$s3sign_headers('PUT', 'a', headers => '{"x-amz-copy-source": "/media/b"}')$q$, $q$s3sign_headers('PUT', 'a', '{"uploadId": "id", "partNumber": 1}', '{"x-amz-copy-source": "/media/b"}')$q$);
ALTER SERVER regress_s3sign OPTIONS (DROP upload_headers);
SELECT * FROM pg_temp.calls($q$s3sign_put('a', headers => '{"x-amz-copy-source": "/media/b"}')$q$);

-- --- content_types
ALTER SERVER regress_s3sign OPTIONS (ADD content_types 'image/PNG, video/*, application/pdf');
SELECT type, pg_temp.sign(format('s3sign_put(''regress_s3sign'', ''a'', content_type => %L)', type)) AS put, pg_temp.sign(format('s3sign_post(''regress_s3sign'', ''a'', content_type => %L)', type)) AS post
FROM unnest(ARRAY['image/png', 'IMAGE/Png', 'image/png; charset=utf-8', 'image/png;a="b"', 'image/png ; a', 'video/mp4', 'video/mp4;codecs=x', NULL, 'text/html', 'image/svg+xml', 'image/pngx', 'image', 'image/', '/png', 'image/png,text/html', 'image/png, text/html', 'text/html,image/png', 'image/png;a=b,text/html',
	'video/mp4,text/html', 'video/*', 'video/a*', 'video/a/b', 'video/', 'image/png text/html', 'image/png/', 'image / png', 'text/html;image/png', 'application/pdf(text/html)']) AS type;
SELECT * FROM pg_temp.calls($q$s3sign_put('a', headers => '{"Content-Type": "image/png"}')$q$, $q$s3sign_put('a', headers => '{"content-type": ["image/png", "text/html"]}')$q$, $q$s3sign_put('a', headers => '{"content-type": "text/html"}')$q$, $q$s3sign_multipart_create('a', content_type => 'image/png')$q$,
	$q$s3sign_multipart_create('a', content_type => 'text/html')$q$, $q$s3sign_multipart_create('a')$q$, $q$s3sign_upload('a', content_type => 'image/png')$q$, $q$s3sign_upload('a')$q$, $q$s3sign_upload('a', content_type => 'text/html')$q$,
	$q$s3sign_upload('a', max_bytes => 5, content_type => 'image/png')$q$, $q$s3sign_upload('a', max_bytes => 5, content_type => 'text/html')$q$, $q$s3sign_upload('a', max_bytes => 5, content_type => 'video/*')$q$, $q$s3sign_upload('a', max_bytes => 5)$q$,
	$q$s3sign_headers('PUT', 'a')$q$, $q$s3sign_headers('PUT', 'a', headers => '{"content-type": "image/png"}')$q$, $q$s3sign_headers('PUT', 'a', headers => '{"content-type": "text/html"}')$q$, $q$s3sign_headers('POST', 'a', '{"uploads": ""}')$q$,
	-- the parts and the end have none
	$q$s3sign_multipart_part('a', 'id', 1)$q$, $q$max(url) FROM s3sign_multipart_parts('a', 'id', 2)$q$, $q$s3sign_multipart_complete('a', 'id')$q$, $q$s3sign_get('a')$q$);
-- a form fixes one type, by argument, field or condition
SELECT * FROM pg_temp.calls($q$s3sign_post('a', fields => '{"Content-Type": "image/png"}')$q$, $q$s3sign_post('a', fields => '{"content-type": "text/html"}')$q$, $q$s3sign_post('a', fields => '{"Content-Type": "image/png\r\nx"}')$q$);
SELECT conditions, pg_temp.outcome(format('SELECT pg_temp.conditions(s3sign_post(''regress_s3sign'', ''a'', conditions => %L))', conditions)) AS post
FROM unnest(ARRAY['[{"Content-Type": "image/png"}]', '[["eq", "$CONTENT-TYPE", "image/png"]]', '[["eq", "$Content-Type", "text/html"]]', '[["starts-with", "$Content-Type", "image/png"]]', '[["starts-with", "$content-type", ""]]', '[{"Content-Type": "image/png"}, {"content-type": "text/html"}]',
	'[{"Content-Type": "image/png"}, ["starts-with", "$Content-Type", "image/"]]', '[{"x-amz-meta-content-type": "image/png"}]']) AS conditions;
SELECT * FROM pg_temp.calls($q$s3sign_post('a', content_type => 'video/*')$q$, $q$s3sign_post('a', content_type => '*')$q$, $q$s3sign_post('a')$q$, $q$s3sign_post('a', fields => '{"Content-Type": "image/png"}', conditions => '[["starts-with", "$Content-Type", ""]]')$q$);
ALTER SERVER regress_s3sign OPTIONS (DROP content_types);

-- --- max_bytes
ALTER SERVER regress_s3sign OPTIONS (ADD max_bytes '1kB');
SELECT * FROM pg_temp.calls($q$s3sign_put('a')$q$, $q$s3sign_put('a', headers => '{"content-length": 0}')$q$, $q$s3sign_put('a', headers => '{"content-length": 1024}')$q$, $q$s3sign_put('a', headers => '{"content-length": 1025}')$q$, $q$s3sign_put('a', headers => '{"content-length": "99999999999999999999"}')$q$,
	$q$s3sign_put('a', headers => '{"content-length": [5, 5]}')$q$, $q$s3sign_put('a', headers => '{"content-length": "-5"}')$q$, $q$s3sign_put('a', query => '{"content-length": 5}')$q$, $q$s3sign_put('a', headers => '{"x-amz-content-sha256": "STREAMING-UNSIGNED-PAYLOAD-TRAILER"}')$q$,
	$q$s3sign_upload('a')$q$, $q$s3sign_upload('a', bytes => 1024)$q$, $q$s3sign_upload('a', bytes => 1025)$q$, $q$s3sign_upload('a', bytes => 5, max_bytes => 10000)$q$, $q$s3sign_upload('a', max_bytes => 1024)$q$, $q$s3sign_upload('a', max_bytes => 1025)$q$,
	$q$s3sign_upload('a', headers => '{"content-length": 1025}')$q$, $q$s3sign_upload('a', headers => '{"content-length": 5}')$q$,
	$q$s3sign_post('a')$q$, $q$s3sign_post('a', max_bytes => 1024)$q$, $q$s3sign_post('a', min_bytes => 10, max_bytes => 1025)$q$, $q$s3sign_post('a', min_bytes => 5)$q$, $q$s3sign_post('a', conditions => '[["content-length-range", 0, 1024]]')$q$,
	$q$s3sign_post('a', conditions => '[["content-length-range", 0, 1025]]')$q$, $q$s3sign_post('a', max_bytes => 5, conditions => '[["content-length-range", 0, 5000]]')$q$, $q$s3sign_post('a', conditions => '[["content-length-range", 0, 5], ["content-length-range", 0, 5000]]')$q$,
	$q$s3sign_post('a', fields => '{"content-length": 5}')$q$);
-- the payload's length counts where the signature has its hash
SELECT * FROM pg_temp.calls($q$s3sign_headers('PUT', 'a')$q$, $q$s3sign_headers('PUT', 'a', payload => repeat('a', 1024)::bytea)$q$, $q$s3sign_headers('PUT', 'a', payload => repeat('a', 1025)::bytea)$q$, $q$s3sign_headers('PUT', 'a', payload => 'abc', headers => '{"content-length": 1025}')$q$,
	$q$s3sign_headers('PUT', 'a', payload => repeat('a', 1025)::bytea, headers => '{"content-length": 5}')$q$, $q$s3sign_headers('PUT', 'a', headers => '{"x-amz-content-sha256": "UNSIGNED-PAYLOAD"}')$q$,
	$q$s3sign_headers('PUT', 'a', headers => '{"x-amz-content-sha256": "UNSIGNED-PAYLOAD", "content-length": 5}')$q$, $q$s3sign_headers('PUT', 'a', headers => '{"x-amz-content-sha256": "STREAMING-AWS4-HMAC-SHA256-PAYLOAD"}')$q$,
	$q$s3sign_headers('PUT', 'a', headers => '{"x-amz-content-sha256": "STREAMING-UNSIGNED-PAYLOAD-TRAILER", "content-length": 1025}')$q$,
	$q$s3sign_headers('PUT', 'a', headers => '{"x-amz-content-sha256": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"}')$q$, $q$s3sign_headers('PUT', 'a', headers => '{"x-amz-copy-source": "/media/b"}')$q$);
-- a multipart upload ends with its size, which has to be checked by the storage
SELECT * FROM pg_temp.calls($q$s3sign_multipart_create('a')$q$, $q$s3sign_multipart_part('a', 'id', 1)$q$, $q$s3sign_multipart_complete('a', 'id', headers => '{"x-amz-mp-object-size": 1024}')$q$, $q$s3sign_multipart_complete('a', 'id', headers => '{"X-Amz-Mp-Object-Size": 1025}')$q$,
	$q$s3sign_multipart_complete('a', 'id')$q$, $q$s3sign_multipart_complete('a', 'id', headers => '{"content-length": 5}')$q$, $q$s3sign_multipart_complete('a', 'id', query => '{"x-amz-mp-object-size": 5}')$q$, $q$s3sign_headers('POST', 'a', '{"uploadId": "id"}', payload => 'abc')$q$,
	$q$s3sign_headers('POST', 'a', '{"uploadId": "id"}', '{"x-amz-mp-object-size": 1024}', repeat('a', 2000)::bytea)$q$);
ALTER SERVER regress_s3sign OPTIONS (SET endpoint 'https://s3.example.com');
SELECT * FROM pg_temp.calls($q$s3sign_multipart_create('a')$q$, $q$s3sign_multipart_part('a', 'id', 1)$q$, $q$max(url) FROM s3sign_multipart_parts('a', 'id', 2)$q$, $q$s3sign_multipart_complete('a', 'id', headers => '{"x-amz-mp-object-size": 5}')$q$, $q$s3sign_headers('POST', 'a', '{"uploads": ""}')$q$,
	$q$s3sign_headers('PUT', 'a', '{"uploadId": "id", "partNumber": 1}')$q$, $q$s3sign_multipart_abort('a', 'id')$q$, $q$s3sign_multipart_list('a', 'id')$q$);

-- --- with log and log_user
SET client_min_messages = warning;
ALTER SERVER regress_s3sign OPTIONS (ADD log 'on', ADD log_user 'x-who', ADD upload_headers '{"x-amz-meta-team": "a"}', ADD content_types 'a/*');
SELECT pg_temp.sign($q$s3sign_upload('regress_s3sign', 'a', bytes => 5, content_type => 'a/b')$q$) AS put, s3sign_upload('regress_s3sign', 'a', bytes => 5, content_type => 'a/b') ->> 'url' LIKE '%&x-who=%' AS who,
	pg_temp.sign($q$s3sign_upload('regress_s3sign', 'a', max_bytes => 5, content_type => 'a/b')$q$) AS form, pg_temp.sign($q$s3sign_post('regress_s3sign', 'a', max_bytes => 5, content_type => 'a/b')$q$) AS post;

-- a changed option counts at once, also for a URL that is signed again and again
CREATE FUNCTION pg_temp.twice() RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	one text := pg_temp.signed_headers(s3sign_put('regress_s3sign', 'a', content_type => 'a/b', headers => '{"content-length": 5}'));
BEGIN
	ALTER SERVER regress_s3sign OPTIONS (SET upload_headers '{"x-amz-meta-other": "a"}');
	RETURN one || ' -> ' || pg_temp.signed_headers(s3sign_put('regress_s3sign', 'a', content_type => 'a/b', headers => '{"content-length": 5}'));
END $$;
SELECT pg_temp.twice();

-- flat in memory
ALTER SERVER regress_s3sign OPTIONS (DROP log);
\set kilobytes :sources '/sql/include/kilobytes.sql'
\set ECHO none
\i :kilobytes
\set ECHO all
SELECT count(url) AS urls, count(used) AS measured, max(used[1]) - min(used[1]) < 1024 AS contexts, coalesce(max(used[2]) - min(used[2]) < 4096, true) AS process
FROM (SELECT s3sign_put('regress_s3sign', 'file ' || i, 60, 'a/b', headers => '{"content-length": 5, "x-amz-meta-z": 1}') AS url, CASE WHEN i IN (5000, 50000) THEN pg_temp.kilobytes() END AS used
	FROM generate_series(1, 50000) AS i OFFSET 0) AS rows;

DROP USER MAPPING FOR PUBLIC SERVER regress_s3sign;
DROP SERVER regress_s3sign;
DROP EXTENSION s3sign;
