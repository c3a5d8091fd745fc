-- s3sign_post: a browser's form. What the policy says, that its fields satisfy it, and its limits.
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

CREATE SERVER regress_s3sign FOREIGN DATA WRAPPER s3sign OPTIONS (endpoint 'https://s3.example.com', bucket 'media', methods 'post');
CREATE USER MAPPING FOR PUBLIC SERVER regress_s3sign OPTIONS (access_key_id 'AKID', secret_access_key 'SECRET');
CREATE ROLE regress_s3sign_web;
GRANT USAGE ON FOREIGN SERVER regress_s3sign TO regress_s3sign_web;

-- the whole of one
SELECT s3sign_post('regress_s3sign', 'in/cat.png', 900, 1, 1000000, 'image/png', signed_at => '2026-01-02T23:50:05.678Z') AS form \gset
SELECT jsonb_pretty(:'form'::jsonb #- '{fields,policy}' #- '{fields,x-amz-signature}') AS form;
SELECT jsonb_pretty(pg_temp.policy(:'form')) AS policy;
SELECT pg_temp.form_fault(:'form', 'SECRET', 'media') IS NULL AS accepted, :'form'::jsonb #>> '{fields,policy}' ~ '^[A-Za-z0-9+/]+={0,2}$' AS one_line;

-- a call's form, or its error
CREATE FUNCTION pg_temp.form(arguments text, server text = 'regress_s3sign') RETURNS text LANGUAGE sql AS $$
	SELECT pg_temp.outcome(format('SELECT s3sign_post(%L, %s)', server, arguments))
$$;
-- what a call comes to: the conditions except SigV4's, or its error; an outcry where a server would not take the form
CREATE FUNCTION pg_temp.post(arguments text, filled jsonb = '{}') RETURNS text LANGUAGE sql AS $$
	SELECT CASE WHEN form LIKE '{%' THEN coalesce(pg_temp.form_fault(form::jsonb, 'SECRET', 'media', filled), pg_temp.conditions(form::jsonb)) ELSE form END
	FROM pg_temp.form(arguments) AS form
$$;

-- each argument
SELECT arguments, pg_temp.post(arguments) AS conditions, pg_temp.fields(CASE WHEN pg_temp.form(arguments) LIKE '{%' THEN pg_temp.form(arguments) END::jsonb) AS fields
FROM unnest(ARRAY['''file''', '''file'', max_bytes => 5', '''file'', min_bytes => 5', '''file'', min_bytes => 5, max_bytes => 5', '''file'', max_bytes => 0', '''file'', min_bytes => 0, max_bytes => 9223372036854775807',
	'''file'', content_type => ''image/png''', '''file'', content_type => ''text/plain; charset=utf-8''', '''file'', content_type => ''''',
	'''file'', fields => ''{"x-amz-meta-a": "b", "Cache-Control": "no-store", "success_action_status": 201}''', '''file'', fields => ''{"Content-Type": "a/b", "content-disposition": "attachment; filename=\"a\""}''',
	'''file'', fields => ''{"x-amz-checksum-sha256": "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=", "expires": "0"}''', '''file'', fields => ''{}'', conditions => ''[]''',
	'''file'', conditions => ''[["content-length-range", 1, 10]]''']) AS arguments;
-- what the browser fills in
SELECT arguments, filled, pg_temp.post(arguments, filled) AS conditions
FROM (VALUES ('''in/${filename}''', '{"key": "in/cat.png"}'::jsonb), ('''in/${filename}''', '{"key": "out/cat.png"}'), ('''${filename}''', '{"key": "any"}'), ('''file'', content_type => ''image/*''', '{"Content-Type": "image/png"}'),
	('''file'', content_type => ''image/*''', '{"Content-Type": "text/html"}'), ('''file'', content_type => ''*''', '{"Content-Type": "any"}'), ('''file'', content_type => ''image/png''', '{"Content-Type": "image/gif"}'),
	('''file'', conditions => ''[{"x-amz-meta-a": "b"}, ["starts-with", "$x-amz-meta-c", "d"], ["eq", "$Cache-Control", "no-store"]]''', '{"x-amz-meta-a": "b", "x-amz-meta-c": "de", "cache-control": "no-store"}'),
	('''file'', conditions => ''[{"x-amz-meta-a": "b"}, ["starts-with", "$x-amz-meta-c", "d"], ["eq", "$Cache-Control", "no-store"]]''', '{"x-amz-meta-a": "b", "x-amz-meta-c": "e", "cache-control": "no-store"}'),
	('''file''', '{"acl": "public-read"}'), ('''file''', '{"key": "other"}'), ('''file'', fields => ''{"success_action_status": "201"}''', '{"success_action_status": "200"}')) AS forms (arguments, filled);

-- a text of the caller's stays a text: in the policy, which is JSON in base64, and in the fields
CREATE TEMP TABLE hostile (text text);
INSERT INTO hostile VALUES ('"'), ('\'), ('\"'), ('a"}, {"acl": "public-read'), ('","key":"x'), ('\u0022'), (E'\n\r\t\b\f'), (E'\x01\x1f\x7f'), ('/'), ('</script>'), ('<!--'), ('&amp;'), (''''), ('%22'), (U&'\00FC\20AC'), (U&'\+01F600'),
	(U&'\2028\2029\FEFF'), (U&'\FFFF\+10FFFF'), (U&'e\0301'), ('$'), ('$key'), ('${'), ('{filename}'), ('$ {filename}'), ('a$filename'), ('*'), ('a*b');
-- U+FEFF by its name: releases of psql differ in its width
SELECT replace(text, U&'\FEFF', '(U+FEFF)') COLLATE "C" AS text, form #>> '{fields,key}' = 'in/' || text AND pg_temp.policy(form) -> 'conditions' @> jsonb_build_array(jsonb_build_object('key', 'in/' || text)) AS file,
	pg_temp.form_fault(form, 'SECRET', 'media') AS fault
FROM hostile, CAST(pg_temp.form(format('%L', 'in/' || text)) AS jsonb) AS form ORDER BY 1;
SELECT count(*) AS texts, count(*) FILTER (WHERE form #>> '{fields,x-amz-meta-a}' = text AND form #>> '{fields,content-disposition}' = text AND pg_temp.form_fault(form, 'SECRET', 'media') IS NULL) AS fields
FROM (SELECT text, CAST(pg_temp.form(format('''file'', fields => %L', jsonb_build_object('x-amz-meta-a', text, 'content-disposition', text))) AS jsonb) AS form FROM hostile) AS forms;
SELECT count(*) AS texts, count(*) FILTER (WHERE pg_temp.policy(form) -> 'conditions' @> jsonb_build_array(jsonb_build_array('starts-with', '$x-amz-meta-a', text), jsonb_build_object('x-amz-meta-b', text))
	AND pg_temp.form_fault(form, 'SECRET', 'media', jsonb_build_object('x-amz-meta-a', text || 'x', 'x-amz-meta-b', text)) IS NULL) AS conditions
FROM (SELECT text, CAST(pg_temp.form(format('''file'', conditions => %L', jsonb_build_array(jsonb_build_array('starts-with', '$x-amz-meta-a', text), jsonb_build_object('x-amz-meta-b', text)))) AS jsonb) AS form FROM hostile) AS forms;
SELECT count(*) AS texts, count(*) FILTER (WHERE form #>> '{fields,key}' = repeat(text, 100)) AS long FROM hostile, CAST(pg_temp.form(format('%L', repeat(text, 100))) AS jsonb) AS form WHERE octet_length(text) <= 10 AND text NOT IN ('/');

-- ${filename} at the end and nowhere else; where the key must have a prefix it can't be checked
SELECT file, pg_temp.post(format('%L', file), jsonb_build_object('key', replace(file, '${filename}', 'name'))) AS conditions
FROM unnest(ARRAY['${filename}', 'a/${filename}', 'a-${filename}', 'a/${filename}/b', '${filename}.png', '${filename}${filename}', '${filename} ', '${FILENAME}', '${filename', '$${filename}']) AS file;
SELECT left(pg_temp.post(format('%L', repeat('a', 1013) || '${filename}'), jsonb_build_object('key', repeat('a', 1020))), 60) AS of_1024_bytes, left(pg_temp.post(format('%L', repeat('a', 1014) || '${filename}')), 60) AS longer;

-- content_type: a star at its end alone
SELECT left(content_type, 30) AS content_type, left(pg_temp.post(format('''file'', content_type => %L', content_type), jsonb_build_object('Content-Type', replace(content_type, '*', 'x'))), 160) AS conditions
FROM unnest(ARRAY['image/*', 'image/svg*', '*', '*/*', 'im*age/png', 'image/**', 'image/png;*', E'image/png\nx: y', U&'image/\00FC', '"image/png', repeat('a', 5000)]) AS content_type;

-- sizes
SELECT sizes, pg_temp.post('''file'', ' || sizes) AS conditions
FROM unnest(ARRAY['min_bytes => -1', 'max_bytes => -1', 'min_bytes => 2, max_bytes => 1', 'min_bytes => 0', 'min_bytes => -9223372036854775808', 'max_bytes => -9223372036854775808', 'min_bytes => 9223372036854775807', 'min_bytes => NULL, max_bytes => NULL']) AS sizes;

-- fields: an object of scalars
SELECT fields, pg_temp.post(format('''file'', fields => %L', fields)) AS conditions
FROM unnest(ARRAY['[]', '"a"', 'null', '1', '{"x-amz-meta-a": {}}', '{"x-amz-meta-a": {"b": "c"}}', '{"x-amz-meta-a": ["b"]}', '{"x-amz-meta-a": []}', '{"x-amz-meta-a": null}', '{"x-amz-meta-a": true, "x-amz-meta-b": 1.50, "x-amz-meta-c": 1e30}', '{"x-amz-meta-a": ""}',
	'{"x-amz-meta-a": "b", "X-Amz-Meta-A": "c"}', '{"": "a"}', '{"x-amz-meta-": "a"}']::jsonb[]) AS fields;
-- conditions: an array of one-entry objects and of the three arrays that there are
SELECT conditions, pg_temp.post(format('''file'', conditions => %L', conditions), '{"x-amz-meta-a": "b"}') AS conditions
FROM unnest(ARRAY['{}', '"a"', 'null', '1', '["eq", "$x-amz-meta-a", "b"]', '[null]', '["eq"]', '[[]]', '[{}]', '[{"x-amz-meta-a": "b", "x-amz-meta-b": "c"}]', '[{"x-amz-meta-a": 1}]', '[{"x-amz-meta-a": ["b"]}]', '[{"x-amz-meta-a": {"b": "c"}}]', '[{"x-amz-meta-a": null}]',
	'[["eq", "$x-amz-meta-a"]]', '[["eq", "$x-amz-meta-a", "b", "c"]]', '[["eq", "x-amz-meta-a", "b"]]', '[["eq", "$", "b"]]', '[["eq", "$x-amz-meta-a", 1]]', '[["eq", "$x-amz-meta-a", null]]', '[["eq", "$x-amz-meta-a", ["b"]]]', '[["eq", ["$x-amz-meta-a"], "b"]]',
	'[["EQ", "$x-amz-meta-a", "b"]]', '[["Starts-With", "$x-amz-meta-a", "b"]]', '[["ends-with", "$x-amz-meta-a", "b"]]', '[["in", "$x-amz-meta-a", ["b"]]]', '[["", "$x-amz-meta-a", "b"]]', '[[["eq", "$x-amz-meta-a", "b"]]]', '[["eq", "$x-amz-meta-a", "b"], {"x-amz-meta-a": "b"}]',
	'[["content-length-range", 1]]', '[["content-length-range", 1, 2, 3]]', '[["content-length-range", "1", "2"]]', '[["content-length-range", -1, 2]]', '[["content-length-range", 3, 2]]', '[["content-length-range", 1.5, 2]]', '[["content-length-range", 1, 1e30]]',
	'[["content-length-range", 1, null]]', '[["content-length-range", 0, 9223372036854775807]]', '[["content-length-range", 1, 2.0]]', '[["Content-Length-Range", 1, 2]]', '[{"content-length-range": "1"}]', '[["eq", "$content-length-range", "1"]]', '[["starts-with", "$Content-Length-Range", ""]]']::jsonb[]) AS conditions;
SELECT pg_temp.post('''file'', max_bytes => 5, conditions => ''[["content-length-range", 1, 10]]''') AS two_ranges, pg_temp.post('''file'', conditions => ''[["content-length-range", 1, 10], ["content-length-range", 5, 7]]''') AS two_conditions;

-- names: the form's own are set by nothing else, others are on the list or allowed by the server
SELECT name, pg_temp.post(format('''file'', fields => %L', jsonb_build_object(name, 'x'))) AS field, left(pg_temp.form(format('''file'', conditions => %L', jsonb_build_array(jsonb_build_object(name, 'x')))), 5) AS condition,
	left(pg_temp.form(format('''file'', conditions => %L', jsonb_build_array(jsonb_build_array('eq', '$' || name, 'x')))), 5) AS eq, left(pg_temp.form(format('''file'', conditions => %L', jsonb_build_array(jsonb_build_array('starts-with', '$' || name, '')))), 5) AS starts_with
FROM unnest(ARRAY['key', 'Key', 'KEY', 'bucket', 'Bucket', 'policy', 'Policy', 'file', 'File', 'x-amz-algorithm', 'x-amz-credential', 'X-Amz-Credential', 'x-amz-date', 'x-amz-security-token', 'X-AMZ-SIGNATURE', 'x-amz-signature',
	'acl', 'ACL', 'x-amz-acl', 'tagging', 'x-amz-tagging', 'success_action_redirect', 'redirect', 'x-amz-storage-class', 'x-amz-server-side-encryption', 'x-amz-website-redirect-location', 'x-amz-meta', 'x-amz-grant-read', 'x-amz-copy-source', 'x-ignore-a', 'submit',
	'AWSAccessKeyId', 'Signature', 'success_action_status ', 'Success_Action_Status', 'content', 'content-', 'Content-Type', 'CONTENT-ENCODING', 'content-md5', 'Cache-Control', 'Expires', 'X-Amz-Meta-A', 'x-amz-checksum-crc32', 'x-amz-checksum', 'success_action_status', '$key', '']) AS name;
SELECT pg_temp.post('''file'', content_type => ''image/png'', fields => ''{"content-type": "text/html"}''') AS field_twice, pg_temp.post('''file'', content_type => ''image/png'', conditions => ''[["starts-with", "$Content-Type", ""]]''') AS condition_twice,
	pg_temp.post('''file'', content_type => ''image/*'', fields => ''{"Content-Type": "image/png"}''') AS field_of_the_prefix;
ALTER SERVER regress_s3sign OPTIONS (ADD allow_headers 'acl, Success_Action_Redirect,x-amz-storage-class,key');
SELECT fields, pg_temp.post(format('''file'', fields => %L', fields)) AS conditions
FROM unnest(ARRAY['{"acl": "private"}', '{"ACL": "private"}', '{"success_action_redirect": "https://example.com/?a=b"}', '{"x-amz-storage-class": "STANDARD_IA"}', '{"tagging": "x"}', '{"key": "x"}', '{"Key": "x"}']::jsonb[]) AS fields;
ALTER SERVER regress_s3sign OPTIONS (DROP allow_headers);

-- limits
SELECT left(pg_temp.outcome('ALTER SERVER regress_s3sign OPTIONS (SET methods ''get,head,put,delete,list,multipart,version'')', 'SELECT s3sign_post(''regress_s3sign'', ''file'')'), 300) AS methods,
	left(pg_temp.outcome('ALTER SERVER regress_s3sign OPTIONS (DROP methods)', 'SELECT s3sign_post(''regress_s3sign'', ''file'')'), 300) AS by_default;
SELECT function, pg_temp.outcome(format('SELECT s3sign_%s(''regress_s3sign'', ''file'')', function)) AS with_post_alone FROM unnest(ARRAY['get', 'put']) AS function;
ALTER SERVER regress_s3sign OPTIONS (ADD key_prefix 'pub/', ADD max_duration '1h', ADD default_duration '10min', ADD cache_window '30min');
SET ROLE regress_s3sign_web;
SELECT left(file, 30) AS file, left(pg_temp.post(format('%L', file)), 160) AS conditions
FROM unnest(ARRAY['pub/file', 'pub/', 'pub', 'private/file', 'Pub/file', '', 'pub/../private', 'pub/.', 'pub/${filename}', '${filename}', 'private/${filename}', 'pub/a/${filename}', 'pub/${filename}/b', 'pub/' || repeat('a', 1021)]) AS file;
SELECT bucket, left(pg_temp.form(format('''pub/file'', bucket => %L', bucket)), 60) AS form FROM unnest(ARRAY['media', 'private', '']) AS bucket;
-- life: the policy ends when its duration does, and the time is not rounded
SELECT duration, coalesce((pg_temp.policy(form::jsonb) ->> 'expiration')::timestamptz - date_trunc('second', statement_timestamp()) || '', form) AS life,
	form::jsonb #>> '{fields,x-amz-date}' = to_char(statement_timestamp() AT TIME ZONE 'UTC', 'YYYYMMDD"T"HH24MISS"Z"') AS now
FROM unnest(ARRAY['NULL', '1', '3600']) AS duration, pg_temp.form('''pub/file'', ' || duration) AS form;
SELECT duration, pg_temp.form('''pub/file'', ' || duration) AS refused FROM unnest(ARRAY['3601', '0', '-1', '604801', '9223372036854775807']) AS duration;
SELECT signed_at, left(pg_temp.form('''pub/file'', signed_at => ' || signed_at), 60) AS form FROM unnest(ARRAY['clock_timestamp() + ''1 min''', '''infinity''', '''10000-01-01''', '''2026-01-02T03:04:05+14''']) AS signed_at;
RESET ROLE;
ALTER SERVER regress_s3sign OPTIONS (DROP key_prefix, DROP max_duration, DROP default_duration, DROP cache_window);
SELECT signed_at, pg_temp.policy(form) ->> 'expiration' AS expiration, form #>> '{fields,x-amz-date}' AS date, pg_temp.form_fault(form, 'SECRET', 'media') IS NULL AS accepted
FROM unnest(ARRAY['2026-01-02T03:04:05.999Z', '2023-12-31T23:59:59Z', '2024-02-28T23:59:59Z', '1969-12-31T23:59:59Z', '0001-01-01T00:00:00Z']) AS signed_at, CAST(pg_temp.form(format('''file'', 60, signed_at => %L', signed_at)) AS jsonb) AS form;

-- NULLs, defaults, by position
SELECT s3sign_post(NULL, 'file') IS NULL AND s3sign_post('regress_s3sign', NULL) IS NULL AND s3sign_post(NULL, NULL, 60, 0, 1, 'a', '{}', '[]', 'media', now()) IS NULL AS nulls,
	s3sign_post('regress_s3sign', 'file', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL) = s3sign_post('regress_s3sign', 'file') AS defaults,
	s3sign_post('regress_s3sign', 'f', 60, 1, 2, 'a/b', '{"expires": 1}', '[{"x-amz-meta-a": "b"}]', 'media', '2026-01-02') = s3sign_post(server => 'regress_s3sign', file => 'f', duration => 60, min_bytes => 1, max_bytes => 2, content_type => 'a/b',
		fields => '{"expires": 1}', conditions => '[{"x-amz-meta-a": "b"}]', bucket => 'media', signed_at => '2026-01-02') AS by_position;

-- a session token is a field with its condition; so is what a mapping holds of JSON's characters
ALTER USER MAPPING FOR PUBLIC SERVER regress_s3sign OPTIONS (SET access_key_id 'AK"ID\', ADD session_token 'to/+ken=="\');
SELECT form #>> '{fields,x-amz-security-token}' AS token, form #>> '{fields,x-amz-credential}' AS credential, pg_temp.form_fault(form, 'SECRET', 'media') IS NULL AS accepted FROM s3sign_post('regress_s3sign', 'file', signed_at => '2026-01-02') AS form;
ALTER USER MAPPING FOR PUBLIC SERVER regress_s3sign OPTIONS (SET access_key_id 'AKID', DROP session_token);

-- where the form goes: the bucket, however it is addressed, its region in the credential; and where it can't go
SELECT endpoint, addressing, CASE WHEN form LIKE '{%' THEN form::jsonb ->> 'url' ELSE form END AS url, CASE WHEN form LIKE '{%' THEN form::jsonb #>> '{fields,x-amz-credential}' END AS credential,
	CASE WHEN form LIKE '{%' THEN pg_temp.form_fault(form::jsonb, 'SECRET', 'media') IS NULL END AS accepted
FROM (VALUES ('https://s3.example.com', 'path'), ('https://s3.example.com', 'virtual'), ('https://media.example.com', 'cname'), ('http://localhost:9000', 'path'), ('http://localhost:9000/base/path', 'path'), ('https://s3.amazonaws.com', 'virtual'),
	('https://s3.eu-west-1.amazonaws.com', 'virtual'), ('https://s3.eu-west-1.amazonaws.com', 'path'), ('https://storage.googleapis.com', 'path'), ('https://abc.r2.cloudflarestorage.com', 'path'), ('https://abc.eu.r2.cloudflarestorage.com', 'virtual'),
	('https://s3.us-west-004.backblazeb2.com', 'path'), ('https://s3.eu-central-003.backblazeb2.com', 'virtual'), ('https://abc.r2.cloudflarestorage.com.example.com', 'path')) AS servers (endpoint, addressing),
	pg_temp.outcome(format('ALTER SERVER regress_s3sign OPTIONS (SET endpoint %L, ADD addressing %L)', endpoint, addressing), 'SELECT s3sign_post(''regress_s3sign'', ''file'', 60, signed_at => ''2026-01-02T03:04:05Z'')') AS form;
SELECT pg_temp.outcome('ALTER SERVER regress_s3sign OPTIONS (ADD public_endpoint ''https://cdn.example.com/files'')', 'SELECT s3sign_post(''regress_s3sign'', ''file'')')::jsonb ->> 'url' AS public_endpoint;
SELECT pg_temp.outcome('ALTER SERVER regress_s3sign OPTIONS (SET bucket ''me"dia\'', ADD addressing ''path'')', 'SELECT s3sign_post(''regress_s3sign'', ''file'')')::jsonb ->> 'url' AS bucket;

-- what no server takes is refused before work is done on it, and before the server is looked at
CREATE TEMP TABLE too_much (what text, server text, fields jsonb, conditions jsonb);
INSERT INTO too_much
SELECT 'numbers', 'nosuch', NULL::jsonb, jsonb_agg(jsonb_build_array('content-length-range', 0, 1e131071::numeric)) FROM generate_series(1, 20000)
UNION ALL SELECT 'numbers in one element', 'nosuch', NULL, ('[[' || repeat('1e131071,', 9999) || '1]]')::jsonb
UNION ALL SELECT 'numbers in an object', 'nosuch', NULL, jsonb_build_array(jsonb_object_agg(i, 1e131071::numeric)) FROM generate_series(1, 9999) AS i
UNION ALL SELECT 'bytes', 'nosuch', NULL, jsonb_agg(jsonb_build_array('starts-with', '$x-amz-meta-a', repeat('a', 100000))) FROM generate_series(1, 11)
UNION ALL SELECT 'fields', 'nosuch', jsonb_object_agg('x-amz-meta-' || i, ''), NULL FROM generate_series(1, 50000) AS i
UNION ALL SELECT 'a hundred of each', 'regress_s3sign', jsonb_object_agg('x-amz-meta-' || i, ''), jsonb_agg(jsonb_build_array('eq', '$x-amz-meta-' || i, '')) FROM generate_series(1, 100) AS i;
SELECT what, left(pg_temp.outcome('SELECT 1', format('SELECT s3sign_post(server, ''file'', fields => fields, conditions => conditions) FROM too_much WHERE what = %L', what)), 50) AS form FROM too_much;

-- flat in memory
\set kilobytes :sources '/sql/include/kilobytes.sql'
\set ECHO none
\i :kilobytes
\set ECHO all
SELECT count(form) AS forms, count(used) AS measured, max(used[1]) - min(used[1]) < 1024 AS contexts, coalesce(max(used[2]) - min(used[2]) < 4096, true) AS process
FROM (SELECT s3sign_post('regress_s3sign', 'file ' || i, 60, 0, i, 'image/*', '{"x-amz-meta-a": "b"}', '[["starts-with", "$x-amz-meta-b", ""]]') AS form, CASE WHEN i IN (5000, 100000) THEN pg_temp.kilobytes() END AS used
	FROM generate_series(1, 100000) AS i OFFSET 0) AS rows;

DROP USER MAPPING FOR PUBLIC SERVER regress_s3sign;
DROP SERVER regress_s3sign;
DROP EXTENSION s3sign;
DROP ROLE regress_s3sign_web;
