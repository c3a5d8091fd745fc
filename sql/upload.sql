-- s3sign_upload: a ticket for one object. Which way it takes, and that every demand is bound there.
\getenv sources PG_ABS_SRCDIR
\set outcome :sources '/sql/include/outcome.sql'
\set verify :sources '/sql/include/verify.sql'
\set verify_form :sources '/sql/include/verify_form.sql'
\set ECHO none
\i :outcome
\i :verify
\i :verify_form
\set ECHO all
CREATE EXTENSION s3sign;

CREATE SERVER regress_s3sign FOREIGN DATA WRAPPER s3sign OPTIONS (endpoint 'https://s3.example.com', bucket 'media', methods 'put,post');
CREATE USER MAPPING FOR PUBLIC SERVER regress_s3sign OPTIONS (access_key_id 'AKID', secret_access_key 'SECRET');
CREATE ROLE regress_s3sign_web;
GRANT USAGE ON FOREIGN SERVER regress_s3sign TO regress_s3sign_web;

-- a key beyond U+FFFF: its policy holds the character itself, which Ceph does not read as an escape
SELECT convert_from(decode(s3sign_upload('regress_s3sign', U&'photos/\+01F600\00E9.jpg', max_bytes => 1000) #>> '{fields,policy}', 'base64'), 'UTF8') LIKE U&'%"key": "photos/\+01F600\\\\u00e9.jpg"%' AS raw;
-- 5 GiB is the most of one PUT
SELECT s3sign_upload('regress_s3sign', 'a', bytes => 5368709120) #>> '{headers,content-length}' AS most;

-- one of each
SELECT jsonb_pretty(s3sign_upload('regress_s3sign', 'in/cat.png', 900, 'image/png', 5, checksum_sha256 => '47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=', overwrite => false, signed_at => '2026-01-02T23:50:05.678Z')) AS put;
SELECT s3sign_upload('regress_s3sign', 'in/cat.png', 900, 'image/png', max_bytes => 5, signed_at => '2026-01-02T23:50:05.678Z') AS ticket \gset
SELECT jsonb_pretty(:'ticket'::jsonb #- '{fields,policy}' #- '{fields,x-amz-signature}') AS post;
SELECT jsonb_pretty(pg_temp.policy(:'ticket')) AS policy;

CREATE FUNCTION pg_temp.ticket(arguments text, server text = 'regress_s3sign') RETURNS text LANGUAGE sql AS $$
	SELECT pg_temp.outcome(format('SELECT s3sign_upload(%L, ''pub/file''%s)', server, arguments))
$$;
-- What a ticket binds, or its error; an outcry where a server would not take it: all keys, `fields`
-- of a form alone, a PUT accepted with just its headers, a POST with just its fields, and true to
-- its time.
CREATE FUNCTION pg_temp.upload(arguments text, filled jsonb = '{}') RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	said text := pg_temp.ticket(arguments);
	ticket jsonb;
	time text;
	ends timestamptz;
BEGIN
	IF said NOT LIKE '{%' THEN
		RETURN said;
	END IF;
	ticket := said;
	IF (SELECT array_agg(name ORDER BY name) FROM jsonb_object_keys(ticket) AS name WHERE name <> 'fields') <> ARRAY['expires_at', 'headers', 'key', 'method', 'url']
		OR ticket ? 'fields' <> (ticket ->> 'method' = 'POST') OR ticket ->> 'key' <> 'pub/file' THEN
		RETURN 'keys: ' || ticket;
	END IF;
	IF ticket ->> 'method' = 'PUT' THEN
		IF NOT pg_temp.verify(ticket ->> 'url', 'SECRET', 'PUT', (SELECT coalesce(jsonb_object_agg(lower(key), value), '{}') FROM jsonb_each_text(ticket -> 'headers'))) THEN
			RETURN 'not accepted: ' || ticket;
		END IF;
		time := substring(ticket ->> 'url' FROM 'X-Amz-Date=([^&]*)&');
		ends := to_timestamp(time, 'YYYYMMDD"T"HH24MISS"Z"')::timestamp AT TIME ZONE 'UTC' + make_interval(secs => substring(ticket ->> 'url' FROM 'X-Amz-Expires=(\d+)')::int);
	ELSE
		IF ticket ->> 'method' <> 'POST' OR pg_temp.form_fault(ticket, 'SECRET', 'media', filled) IS NOT NULL OR ticket -> 'headers' <> '{}' THEN
			RETURN concat('not accepted: ', pg_temp.form_fault(ticket, 'SECRET', 'media', filled), ' ', ticket);
		END IF;
		ends := pg_temp.policy(ticket) ->> 'expiration';
	END IF;
	IF (ticket ->> 'expires_at')::timestamptz IS DISTINCT FROM ends OR ticket ->> 'expires_at' NOT LIKE '____-__-__T__:__:__Z' THEN
		RETURN 'expires_at ' || (ticket ->> 'expires_at') || ', not ' || ends;
	END IF;
	RETURN concat_ws(' ', ticket ->> 'method', CASE WHEN ticket ->> 'method' = 'PUT' THEN ticket ->> 'headers' ELSE pg_temp.conditions(ticket) END);
END $$;
SET timezone = 'UTC';

-- a PUT, unless a range has to hold
SELECT arguments, pg_temp.upload(arguments) AS upload
FROM unnest(ARRAY['', ', 60', ', content_type => ''image/png''', ', bytes => 5', ', bytes => 0', ', bytes => 5, max_bytes => 5', ', bytes => 5, max_bytes => 10', ', max_bytes => 10', ', max_bytes => 0', ', content_type => ''a/b'', max_bytes => 10', ', overwrite => true', ', overwrite => false',
	', overwrite => NULL', ', overwrite => true, max_bytes => 10', ', bytes => 5, overwrite => false, content_type => ''a/b''', ', checksum_sha256 => ''47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=''', ', max_bytes => 10, checksum_sha256 => ''47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=''']) AS arguments;
-- what can't be bound is an error
SELECT arguments, pg_temp.upload(arguments) AS upload
FROM unnest(ARRAY[', max_bytes => 10, overwrite => false', ', bytes => 11, max_bytes => 10', ', bytes => -1', ', bytes => 5368709121', ', bytes => 6000000000, max_bytes => 6000000000', ', max_bytes => -1', ', bytes => -9223372036854775808', ', content_type => ''image/*''', ', bytes => 5, content_type => ''image/*''', ', content_type => E''a\nb''',
	U&', content_type => ''\00FC''', ', max_bytes => 10, content_type => E''a\nb''']) AS arguments;
SELECT pg_temp.upload(', max_bytes => 10, content_type => ''image/*''', '{"Content-Type": "image/png"}') AS prefix_in_a_form;
-- checksum_sha256: base64 of 32 bytes, as RFC 4648 writes it
SELECT checksum, pg_temp.upload(format(', checksum_sha256 => %L', checksum)) AS put, left(pg_temp.upload(format(', max_bytes => 1, checksum_sha256 => %L', checksum)), 5) AS post
FROM unnest(ARRAY['AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=', '', 'AAAA', '47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU', '47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFV=', '47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU=', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
	' 47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=', E'47DEQpj8HBSa+/TImW+5JCeuQeRkm5NM\npJWZG3hSuFU=', '47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSu==', '47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFUA', '47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuF=U', '!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!=',
	'47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=']) AS checksum;

-- headers: signed headers of a PUT, fields of a form
SELECT headers, pg_temp.upload(format(', headers => %L', headers)) AS put, pg_temp.upload(format(', bytes => 5, headers => %L', headers)) = pg_temp.upload(format(', bytes => 5, max_bytes => 9, headers => %L', headers)) AS same, pg_temp.upload(format(', max_bytes => 9, headers => %L', headers)) AS post
FROM unnest(ARRAY['{}', '{"X-Amz-Meta-A": "b", "cache-control": "no-store"}', '{"content-disposition": "attachment", "content-encoding": "gzip", "content-language": ["de", "en"], "expires": "x"}', '{"x-amz-checksum-crc32": "AAAAAA=="}', '{"if-match": "\"etag\""}', '{"if-none-match": "*"}',
	'{"content-md5": "x"}', '{"range": "x"}', '{"x-amz-sdk-checksum-algorithm": "CRC32"}', '{"x-amz-acl": "private"}', '{"x-amz-tagging": "a=b"}', '{"x-amz-meta-a": "${filename}"}', '{"x-amz-meta-a": null}', '{"x-amz-meta-a": "\n"}', '{"host": "x"}', '{"x-amz-date": "x"}', '{"content-length": 5}', '{"content-length": "+5"}', '[]']) AS headers;
CREATE FUNCTION pg_temp.allowing(query text) RETURNS text LANGUAGE sql AS $$
	SELECT pg_temp.outcome('ALTER SERVER regress_s3sign OPTIONS (ADD allow_headers ''x-amz-acl,x-amz-storage-class,x-amz-tagging,x-amz-expected-bucket-owner'')', 'SELECT ' || query)
$$;
SELECT headers, pg_temp.allowing(format('s3sign_upload(''regress_s3sign'', ''pub/file'', headers => %L) ->> ''headers''', headers)) AS put, pg_temp.allowing(format('pg_temp.fields(s3sign_upload(''regress_s3sign'', ''pub/file'', max_bytes => 9, headers => %L))', headers)) AS post
FROM unnest(ARRAY['{"x-amz-acl": "private"}', '{"x-amz-storage-class": "STANDARD_IA"}', '{"x-amz-tagging": "a=b"}', '{"x-amz-expected-bucket-owner": "123456789012"}', '{"x-amz-grant-read": "x"}']) AS headers;
-- what an argument sets, or what the other arguments exclude
SELECT arguments, pg_temp.upload(arguments) AS upload
FROM unnest(ARRAY[', content_type => ''a/b'', headers => ''{"Content-Type": "a/b"}''', ', bytes => 5, headers => ''{"content-length": 5}''', ', overwrite => false, headers => ''{"If-None-Match": "*"}''', ', overwrite => false, headers => ''{"if-match": "\"etag\""}''',
	', checksum_sha256 => ''47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='', headers => ''{"x-amz-checksum-sha256": "a"}''', ', checksum_sha256 => ''47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='', headers => ''{"x-amz-content-sha256": "UNSIGNED-PAYLOAD"}''',
	', max_bytes => 5, content_type => ''a/b'', headers => ''{"content-type": "a/b"}''', ', headers => ''{"content-type": "a/b"}''', ', overwrite => true, headers => ''{"if-none-match": "*"}''']) AS arguments;
-- a provider that knows no if-none-match of a PUT knows no if-match
SELECT pg_temp.outcome('ALTER SERVER regress_s3sign OPTIONS (SET endpoint ''https://storage.googleapis.com'')', 'SELECT s3sign_upload(''regress_s3sign'', ''file'', headers => ''{"if-match": "x"}'')') AS if_match;

-- providers without forms: a range can't be held there, all else can; and Google's, whose PUTs have no if-none-match
SELECT endpoint, arguments, CASE WHEN said LIKE '{%' THEN said::jsonb ->> 'method' ELSE said END AS upload
FROM unnest(ARRAY['https://abc.r2.cloudflarestorage.com', 'https://abc.eu.r2.cloudflarestorage.com', 'https://s3.us-west-004.backblazeb2.com', 'https://s3.eu-west-1.amazonaws.com', 'https://storage.googleapis.com', 'https://r2.cloudflarestorage.com.example.com']) AS endpoint,
	unnest(ARRAY['', ', max_bytes => 10', ', bytes => 5, max_bytes => 10', ', max_bytes => 10, content_type => ''image/*''', ', overwrite => false', ', checksum_sha256 => ''47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=''']) AS arguments,
	pg_temp.outcome(format('ALTER SERVER regress_s3sign OPTIONS (SET endpoint %L)', endpoint), format('SELECT s3sign_upload(''regress_s3sign'', ''pub/file''%s)', arguments)) AS said;

-- it needs the method that it picks
SELECT methods, left(pg_temp.outcome(format('ALTER SERVER regress_s3sign OPTIONS (SET methods %L)', methods), 'SELECT s3sign_upload(''regress_s3sign'', ''file'')'), 5) AS put,
	left(pg_temp.outcome(format('ALTER SERVER regress_s3sign OPTIONS (SET methods %L)', methods), 'SELECT s3sign_upload(''regress_s3sign'', ''file'', max_bytes => 5)'), 5) AS post,
	left(pg_temp.outcome(format('ALTER SERVER regress_s3sign OPTIONS (SET methods %L)', methods), 'SELECT s3sign_upload(''regress_s3sign'', ''file'', bytes => 5, max_bytes => 5)'), 5) AS exact
FROM unnest(ARRAY['put', 'post', 'put,post', 'get,head,delete,list,multipart,version']) AS methods;
SELECT pg_temp.outcome('ALTER SERVER regress_s3sign OPTIONS (SET methods ''put'')', 'SELECT s3sign_upload(''regress_s3sign'', ''file'', max_bytes => 5)') AS post, pg_temp.outcome('ALTER SERVER regress_s3sign OPTIONS (SET methods ''post'')', 'SELECT s3sign_upload(''regress_s3sign'', ''file'')') AS put;

-- the other limits, on both ways
ALTER SERVER regress_s3sign OPTIONS (ADD key_prefix 'pub/', ADD max_duration '1h', ADD default_duration '10min', ADD cache_window '30min');
SET ROLE regress_s3sign_web;
SELECT left(file, 30) AS file, left(pg_temp.outcome(format('SELECT s3sign_upload(''regress_s3sign'', %L)', file)), 60) AS put, left(pg_temp.outcome(format('SELECT s3sign_upload(''regress_s3sign'', %L, max_bytes => 5)', file)), 60) AS post
FROM unnest(ARRAY['pub/file', 'private/file', '', 'pub', 'pub/../private', 'pub/./x', 'pub/${filename}', '${filename}', 'pub/' || repeat('a', 1021)]) AS file;
SELECT further, left(pg_temp.ticket(further), 70) AS put, left(pg_temp.ticket(', max_bytes => 5' || further), 70) AS post
FROM unnest(ARRAY[', bucket => ''media''', ', bucket => ''private''', ', duration => 3600', ', duration => 3601', ', duration => 0', ', duration => 604801', ', signed_at => clock_timestamp() + ''1 min''', ', signed_at => ''infinity''', ', signed_at => ''10000-01-01''', ', signed_at => ''2026-01-02''']) AS further;
-- not rounded by cache_window; the default in force
SELECT pg_temp.upload('') AS put, pg_temp.upload(', max_bytes => 5') AS post,
	(pg_temp.ticket('')::jsonb ->> 'expires_at')::timestamptz - date_trunc('second', statement_timestamp()) AS put_life, (pg_temp.ticket(', max_bytes => 5')::jsonb ->> 'expires_at')::timestamptz - date_trunc('second', statement_timestamp()) AS post_life;
RESET ROLE;
-- ${filename} is a form's alone, and this is one object
ALTER SERVER regress_s3sign OPTIONS (DROP key_prefix);
SELECT left(pg_temp.outcome('SELECT s3sign_upload(''regress_s3sign'', ''${filename}'')'), 65) AS put, left(pg_temp.outcome('SELECT s3sign_upload(''regress_s3sign'', ''a/${filename}'', max_bytes => 5)'), 200) AS post;
-- the allow-lists are of what callers add, not of what the ticket binds
SELECT pg_temp.outcome('ALTER SERVER regress_s3sign OPTIONS (ADD allow_headers ''x-amz-acl'')', 'SELECT s3sign_upload(''regress_s3sign'', ''file'', bytes => 5, overwrite => false)') LIKE '{%' AS headers;

-- a session token; a public endpoint; a far zone
ALTER USER MAPPING FOR PUBLIC SERVER regress_s3sign OPTIONS (ADD session_token 'T+/=');
SELECT pg_temp.upload('') AS put, pg_temp.upload(', max_bytes => 5') AS post, pg_temp.ticket('')::jsonb ->> 'url' LIKE '%&X-Amz-Security-Token=T%2B%2F%3D&%' AS put_token, pg_temp.ticket(', max_bytes => 5')::jsonb #>> '{fields,x-amz-security-token}' AS post_token;
SELECT pg_temp.asked(pg_temp.outcome('ALTER SERVER regress_s3sign OPTIONS (ADD public_endpoint ''https://cdn.example.com/files'')', 'SELECT s3sign_upload(''regress_s3sign'', ''file'') ->> ''url''')) AS put,
	pg_temp.outcome('ALTER SERVER regress_s3sign OPTIONS (ADD public_endpoint ''https://cdn.example.com/files'')', 'SELECT s3sign_upload(''regress_s3sign'', ''file'', max_bytes => 5) ->> ''url''') AS post;
SET timezone = 'Pacific/Apia';
SET datestyle = 'German';
SELECT s3sign_upload('regress_s3sign', 'file', 60, signed_at => '2026-01-02T23:59:59Z') ->> 'expires_at' AS put, s3sign_upload('regress_s3sign', 'file', 60, max_bytes => 5, signed_at => '2026-01-02T23:59:59Z') ->> 'expires_at' AS post;
RESET datestyle;

-- NULLs, defaults, by position
SELECT s3sign_upload(NULL, 'file') IS NULL AND s3sign_upload('regress_s3sign', NULL) IS NULL AND s3sign_upload(NULL, NULL, max_bytes => 5) IS NULL AS nulls,
	s3sign_upload('regress_s3sign', 'file', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL) = s3sign_upload('regress_s3sign', 'file') AS defaults,
	s3sign_upload('regress_s3sign', 'f', 60, 'a/b', 1, 2, true, '47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=', '{"if-match": "*"}', 'media', '2026-01-02') = s3sign_upload(server => 'regress_s3sign', file => 'f', duration => 60, content_type => 'a/b', bytes => 1, max_bytes => 2,
		overwrite => true, checksum_sha256 => '47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=', headers => '{"if-match": "*"}', bucket => 'media', signed_at => '2026-01-02') AS by_position;

-- flat in memory
\set kilobytes :sources '/sql/include/kilobytes.sql'
\set ECHO none
\i :kilobytes
\set ECHO all
SELECT count(put) + count(post) AS tickets, count(used) AS measured, max(used[1]) - min(used[1]) < 1024 AS contexts, coalesce(max(used[2]) - min(used[2]) < 4096, true) AS process
FROM (SELECT s3sign_upload('regress_s3sign', 'file ' || i, 60, 'image/png', i) AS put, s3sign_upload('regress_s3sign', 'file ' || i, 60, 'image/png', max_bytes => i) AS post, CASE WHEN i IN (5000, 50000) THEN pg_temp.kilobytes() END AS used
	FROM generate_series(1, 50000) AS i OFFSET 0) AS rows;

DROP USER MAPPING FOR PUBLIC SERVER regress_s3sign;
DROP SERVER regress_s3sign;
DROP EXTENSION s3sign;
DROP ROLE regress_s3sign_web;
