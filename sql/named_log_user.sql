-- log_user: every URL says who had it signed, in a parameter that its signature covers.
\getenv sources PG_ABS_SRCDIR
\set outcome :sources '/sql/include/outcome.sql'
\set ECHO none
\i :outcome
\set ECHO all
CREATE EXTENSION s3sign;

SELECT options, pg_temp.outcome('CREATE SERVER regress_s3sign FOREIGN DATA WRAPPER s3sign OPTIONS (endpoint ''https://s3.example.com'', ' || options || ')') AS create
FROM unnest(ARRAY['log_user ''x-user''', 'log_user ''x-user:session_user''', 'log_user ''x-a-1:setting:app.login''', 'log_user ''x-user:claim:https://x/sub''',
	'log_user ''''', 'log_user ''user''', 'log_user ''X-User''', 'log_user ''x-''', 'log_user ''x-user:''', 'log_user ''x-user:sub''', 'log_user ''x-user:setting:user''', 'log_user ''x-user:claim:''',
	'log_user ''x-id''', 'log_user ''x-amz-user''', 'log_user ''x-goog-user''', 'log_user ''x-oss-user''', 'log_user ''x-cos-user''', 'log_user ''x-obs-user''',
	'log_user ''x-user'', allow_query ''X-User''', 'log_user ''x-user'', allow_query ''x-users''']) AS options;

CREATE SERVER regress_s3sign FOREIGN DATA WRAPPER s3sign OPTIONS (endpoint 'https://s3.example.com', bucket 'media', addressing 'path', log_user 'x-user:claim:sub', methods 'get,head,put,delete,list,post,multipart,version', allow_query 'x-users');
CREATE USER MAPPING FOR PUBLIC SERVER regress_s3sign OPTIONS (access_key_id 'AKID', secret_access_key 'SECRET');
CREATE FUNCTION pg_temp.call(call text) RETURNS text LANGUAGE sql AS $$ SELECT pg_temp.asked(pg_temp.outcome('SELECT ' || call)) $$;

-- in every URL, and in the URL of s3sign_headers
SET request.jwt.claims = '{"sub": "ann b&c=\u00fc/\ud83d\ude00"}';
SELECT call, replace(pg_temp.call(call), 'x-user=ann%20b%26c%3D%C3%BC%2F%F0%9F%98%80', '<user>') AS said
FROM unnest(ARRAY['s3sign_get(''regress_s3sign'', ''a'')', 's3sign_get(''regress_s3sign'', ''a'', version_id => ''v'', query => ''{"x-id": "GetObject", "x-users": 1}'')', 's3sign_head(''regress_s3sign'', ''a'')', 's3sign_put(''regress_s3sign'', ''a'')', 's3sign_delete(''regress_s3sign'', ''a'')',
	's3sign_list(''regress_s3sign'')', 's3sign_upload(''regress_s3sign'', ''a'', bytes => 1) ->> ''url''', 's3sign_multipart_create(''regress_s3sign'', ''a'')', 's3sign_multipart_part(''regress_s3sign'', ''a'', ''id'', 1)',
	'max(url) FROM s3sign_multipart_parts(''regress_s3sign'', ''a'', ''id'', 2)', 's3sign_multipart_complete(''regress_s3sign'', ''a'', ''id'')', 's3sign_multipart_abort(''regress_s3sign'', ''a'', ''id'')', 's3sign_multipart_list(''regress_s3sign'', ''a'', ''id'')',
	's3sign_headers(''regress_s3sign'', ''GET'', ''a'') ->> ''url''']) AS call;

-- a form can't carry it
SELECT pg_temp.call('s3sign_post(''regress_s3sign'', ''a'')');
SELECT pg_temp.call('s3sign_upload(''regress_s3sign'', ''a'', max_bytes => 1)');

-- nobody else sets it
SELECT call, pg_temp.call(call) AS said
FROM unnest(ARRAY['s3sign_get(''regress_s3sign'', ''a'', query => ''{"x-user": "bob"}'')', 's3sign_get(''regress_s3sign'', ''a'', query => ''{"X-USER": null}'')', 's3sign_list(''regress_s3sign'', query => ''{"x-user": "bob"}'')',
	's3sign_headers(''regress_s3sign'', ''GET'', ''a'', ''{"x-user": "bob"}'')', 's3sign_multipart_list(''regress_s3sign'', ''a'', ''id'', query => ''{"x-user": []}'')']) AS call;

-- what is no value
SELECT claims, pg_temp.outcome(format('SET request.jwt.claims = %L', claims), 'SELECT pg_temp.call(''s3sign_get(''''regress_s3sign'''', ''''a'''')'')') AS get
FROM unnest(ARRAY['{"sub": "a/../{b}"}', '{"sub": "."}', '{"sub": 7}', '{"sub": ""}', '{"sub": "a\nb"}', '{"sub": "\u0085"}', '{}', '', '{"sub": ["a"]}']) AS claims;
SELECT length, left(pg_temp.outcome(format('SET request.jwt.claims = %L', json_build_object('sub', repeat(U&'\00fc', length))), 'SELECT pg_temp.call(''s3sign_get(''''regress_s3sign'''', ''''a'''')'')'), 5) AS get FROM unnest(ARRAY[128, 129]) AS length;

-- the other sources
ALTER SERVER regress_s3sign OPTIONS (SET log_user 'x-user:setting:app.login');
SET app.login = 'ann';
SELECT pg_temp.call('s3sign_get(''regress_s3sign'', ''a'')');
ALTER SERVER regress_s3sign OPTIONS (SET log_user 'x-who');
CREATE ROLE regress_s3sign_ann;
GRANT USAGE ON FOREIGN SERVER regress_s3sign TO regress_s3sign_ann;
SET SESSION AUTHORIZATION regress_s3sign_ann;
SELECT pg_temp.call('s3sign_get(''regress_s3sign'', ''a'')');
RESET SESSION AUTHORIZATION;

-- verify neither demands nor compares it, also of a list below a prefix; a change of it breaks the signature
ALTER SERVER regress_s3sign OPTIONS (SET log_user 'x-user:claim:sub', ADD key_prefix 'pub/');
SET request.jwt.claims = '{"sub": "ann"}';
SELECT s3sign_get('regress_s3sign', 'pub/a') AS url, s3sign_list('regress_s3sign') AS list \gset
SET request.jwt.claims = '{"sub": "bob"}';
SELECT s3sign_verify(:'url', 'regress_s3sign') AS get, s3sign_verify(:'list', 'regress_s3sign') AS list, s3sign_verify(replace(:'url', 'x-user=ann', 'x-user=bob'), 'regress_s3sign') AS changed,
	s3sign_verify(replace(:'url', '&x-user=ann', ''), 'regress_s3sign') AS left_out, s3sign_verify(:'url', secret => 'SECRET') AS by_secret;
RESET request.jwt.claims;
SELECT s3sign_verify(:'url', 'regress_s3sign') AS get, s3sign_verify(s3sign_pre_get('https://s3.example.com', 'media', 'AKID', 'SECRET', 'pub/a', 60, addressing => 'path'), 'regress_s3sign') AS without;

-- within a cache_window a person's URL stays the same, and is another person's never
ALTER SERVER regress_s3sign OPTIONS (ADD cache_window '1d', SET log_user 'x-user:setting:app.login');
SET app.login = 'ann';
SELECT s3sign_get('regress_s3sign', 'pub/a') AS ann \gset
SET app.login = 'bob';
SELECT s3sign_get('regress_s3sign', 'pub/a') AS bob \gset
SELECT pg_sleep(1.1);
SET app.login = 'ann';
SELECT s3sign_get('regress_s3sign', 'pub/a') = :'ann' AS same, :'bob' <> :'ann' AS other;

SET client_min_messages = warning;
DROP EXTENSION s3sign CASCADE;
DROP ROLE regress_s3sign_ann;
