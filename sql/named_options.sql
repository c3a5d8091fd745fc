-- Options of named servers and user mappings: what CREATE and ALTER take, and what is said of others.
\getenv sources PG_ABS_SRCDIR
\set outcome :sources '/sql/include/outcome.sql'
\set ECHO none
\i :outcome
\set ECHO all
CREATE EXTENSION s3sign;

-- as a client sees it
CREATE SERVER regress_s3sign FOREIGN DATA WRAPPER s3sign OPTIONS (endpoint 'https://s3.example.com', secret_access_key 'SECRET');
CREATE SERVER regress_s3sign FOREIGN DATA WRAPPER s3sign OPTIONS (endpoint 'https://s3.example.com', buckets 'media');

CREATE FUNCTION pg_temp.server(options text) RETURNS text LANGUAGE sql AS $$
	SELECT pg_temp.outcome('CREATE SERVER regress_s3sign FOREIGN DATA WRAPPER s3sign' || coalesce(' OPTIONS (' || nullif(options, '') || ')', ''))
$$;
CREATE FUNCTION pg_temp.server_with(options text) RETURNS text LANGUAGE sql AS $$
	SELECT pg_temp.server('endpoint ''https://s3.example.com'', ' || options)
$$;

-- endpoint: required, of the grammar of s3sign_pre_get()
SELECT options, pg_temp.server(options)
FROM unnest(ARRAY['', 'bucket ''media''', 'endpoint ''''', 'endpoint ''ftp://s3.example.com''', 'endpoint ''https://u:SECRET@s3.example.com''', 'endpoint ''s3.example.com?x''',
	'endpoint ''s3 .example.com''', 'endpoint ''s3express-control.eu-west-1.amazonaws.com''', 'endpoint ''s3.example.com''', 'endpoint ''http://[::1]:9000/base''']) AS options;

-- the parts of an address, alone and together
SELECT options, pg_temp.server_with(options)
FROM unnest(ARRAY['region ''''', 'region ''a b''', 'region ''garage''', 'addressing ''''', 'addressing ''PATH''', 'addressing ''auto''', 'addressing ''cname''',
	'bucket ''''', 'bucket ''..''', 'bucket ''a/b''', 'bucket ''Media''', 'bucket ''Media'', addressing ''virtual''', 'bucket ''s3''', 'bucket ''s3'', addressing ''path''',
	'public_endpoint ''''', 'public_endpoint ''cdn.example.com/a/../b''', 'public_endpoint ''https://cdn.example.com/media''']) AS options;

-- lists of names
SELECT options, pg_temp.server_with(options)
FROM unnest(ARRAY['methods ''''', 'methods ''get,''', 'methods ''GET''', 'methods ''get put''', 'methods ''get, ,put''', 'methods ''get,SECRET''',
	'methods ''get,head,put,delete,list,post,multipart,version''', 'methods '' put , put ''',
	'allow_query ''''', 'allow_query '',''', 'allow_query ''acl,,tagging''', 'allow_query ''acl, tagging''', 'allow_query ''acl,X-Amz-Expires''', 'allow_query ''x-amz-signature''', 'allow_query ''versionID, acl''',
	'allow_headers ''''', 'allow_headers ''x-a,''', 'allow_headers ''x a''', 'allow_headers ''x-amz-acl:''', 'allow_headers ''Authorization''', 'allow_headers ''x-a, Host''',
	'allow_headers ''X-Amz-Date''', 'allow_headers ''x-amz-acl, X-Amz-Tagging''',
	'key_prefix ''''', 'key_prefix ''pub/''']) AS options;

-- a credentials file is for a superuser; the profile's name is not checked before the file is read
SELECT options, pg_temp.server_with(options)
FROM unnest(ARRAY['credentials_file ''''', 'credentials_file ''credentials''', 'credentials_file ''/dev/null''', 'profile ''''', 'profile ''media''']) AS options;

-- durations: seconds, or with a unit as in postgresql.conf; what is in force then
CREATE FUNCTION pg_temp.expires(value text) RETURNS text LANGUAGE sql AS $$
	SELECT regexp_replace(pg_temp.outcome(
		format('CREATE SERVER regress_s3sign FOREIGN DATA WRAPPER s3sign OPTIONS (endpoint ''s3.example.com'', bucket ''media'', default_duration ''7d'', max_duration %L)', value),
		'CREATE USER MAPPING FOR PUBLIC SERVER regress_s3sign OPTIONS (access_key_id ''AKID'', secret_access_key ''SECRET'')',
		'SELECT s3sign_get(''regress_s3sign'', ''file'')'), '^https:.*X-Amz-Expires=(\d+)&.*$', '\1')
$$;
SELECT value, pg_temp.expires(value) AS expires
FROM unnest(ARRAY['1', '900', '900s', '15min', '1h', '7d', '168h', '604800', ' 30 s ', '30  s', '007', '0', '-1', '8d', '169h', '604801', '1.5h', '900ms', '1w', '1H', '1 hour', '1h30min',
	'+1', '0x10', '1e3', '', ' ', 's', E'1\n', 'SECRET', '9223372036854775807', '9223372036854775807d', '9223372036854775808']) AS value;
SELECT option, value, pg_temp.server_with(format('%s %L', option, value))
FROM unnest(ARRAY['default_duration', 'cache_window']) AS option, unnest(ARRAY['1', '7d', '604799', '0', '8d', 'x']) AS value;
SELECT options, pg_temp.server_with(options)
FROM unnest(ARRAY['cache_window ''1h'', max_duration ''1h''', 'cache_window ''1h'', max_duration ''3601''', 'default_duration ''2h'', max_duration ''1h''']) AS options;

-- names that no server has; a credential is told where it belongs
SELECT options, pg_temp.server_with(options)
FROM unnest(ARRAY['host ''x''', '"Endpoint" ''x''', 'method ''get''', 'access_key_id ''AKID''', 'secret_access_key ''SECRET''', 'session_token ''SECRET''',
	'"Secret_access_key" ''x''', 'password ''SECRET''']) AS options;

-- ALTER SERVER is given all options that there will be
CREATE SERVER regress_s3sign FOREIGN DATA WRAPPER s3sign OPTIONS (endpoint 'https://s3.example.com', bucket 'media', cache_window '1h');
SELECT options, pg_temp.outcome('ALTER SERVER regress_s3sign OPTIONS (' || options || ')')
FROM unnest(ARRAY['DROP endpoint', 'SET endpoint ''''', 'SET bucket ''..''', 'DROP bucket', 'ADD max_duration ''30min''', 'ADD max_duration ''61min''', 'SET cache_window ''7d''',
	'ADD secret_access_key ''SECRET''', 'ADD wrong ''x''', 'ADD methods ''put''', 'ADD addressing ''virtual'', SET bucket ''Media''']) AS options;

-- user mappings: a whole key pair, or nothing
CREATE FUNCTION pg_temp.mapping(options text) RETURNS text LANGUAGE sql AS $$
	SELECT pg_temp.outcome('CREATE USER MAPPING FOR CURRENT_USER SERVER regress_s3sign' || coalesce(' OPTIONS (' || nullif(options, '') || ')', ''))
$$;
SELECT options, pg_temp.mapping(options)
FROM unnest(ARRAY['', 'access_key_id ''AKID'', secret_access_key ''SECRET''', 'secret_access_key ''SECRET'', session_token ''TOKEN'', access_key_id ''AKID''',
	'access_key_id ''AKID''', 'secret_access_key ''SECRET''', 'session_token ''TOKEN''', 'access_key_id ''AKID'', session_token ''TOKEN''',
	'access_key_id '''', secret_access_key ''SECRET''', 'access_key_id ''AKID'', secret_access_key ''''', 'access_key_id ''AKID'', secret_access_key ''SECRET'', session_token ''''',
	'"user" ''x''', 'password ''SECRET''', 'bucket ''media''', 'endpoint ''x''', 'access_key_id ''AKID'', secret_access_key ''SECRET'', region ''x''', '"ACCESS_KEY_ID" ''AKID''']) AS options;
CREATE USER MAPPING FOR CURRENT_USER SERVER regress_s3sign OPTIONS (access_key_id 'AKID', secret_access_key 'SECRET');
SELECT options, pg_temp.outcome('ALTER USER MAPPING FOR CURRENT_USER SERVER regress_s3sign OPTIONS (' || options || ')')
FROM unnest(ARRAY['DROP access_key_id', 'DROP secret_access_key', 'DROP access_key_id, DROP secret_access_key', 'ADD session_token ''TOKEN''', 'SET secret_access_key ''''',
	'SET secret_access_key ''SECRET+2''', 'ADD profile ''x''']) AS options;

-- the wrapper has none; foreign tables are refused: without a handler they break information_schema
SELECT statement, pg_temp.outcome(statement)
FROM unnest(ARRAY['ALTER FOREIGN DATA WRAPPER s3sign OPTIONS (ADD endpoint ''s3.example.com'')', 'CREATE FOREIGN DATA WRAPPER other VALIDATOR s3sign_validator OPTIONS (secret_access_key ''SECRET'')',
	'CREATE FOREIGN TABLE t (key text) SERVER regress_s3sign OPTIONS (bucket ''media'')', 'CREATE FOREIGN TABLE t (key text OPTIONS (bucket ''media'')) SERVER regress_s3sign',
	'CREATE FOREIGN TABLE t (key text) SERVER regress_s3sign', 'IMPORT FOREIGN SCHEMA a FROM SERVER regress_s3sign INTO public']) AS statement;

-- the validator called by hand
SELECT statement, pg_temp.outcome(statement)
FROM unnest(ARRAY['SELECT s3sign_validator(ARRAY[''endpoint=s3.example.com''], ''pg_foreign_server''::regclass) IS NULL', 'SELECT s3sign_validator(ARRAY[''endpoint''], ''pg_foreign_server''::regclass)',
	'SELECT s3sign_validator(ARRAY[NULL], ''pg_foreign_server''::regclass)', 'SELECT s3sign_validator(''{}'', 0) IS NULL', 'SELECT s3sign_validator(''{a=1}'', 0)']) AS statement;

-- without being a superuser: all but a credentials file, which bars every change of its server
CREATE ROLE regress_s3sign_admin;
GRANT USAGE ON FOREIGN DATA WRAPPER s3sign TO regress_s3sign_admin;
CREATE SERVER regress_s3sign_file FOREIGN DATA WRAPPER s3sign OPTIONS (endpoint 'https://s3.example.com', bucket 'media', credentials_file '/nowhere/credentials');
ALTER SERVER regress_s3sign_file OWNER TO regress_s3sign_admin;
ALTER SERVER regress_s3sign OWNER TO regress_s3sign_admin;
SET ROLE regress_s3sign_admin;
SELECT pg_temp.outcome('CREATE SERVER regress_s3sign_other FOREIGN DATA WRAPPER s3sign OPTIONS (endpoint ''https://s3.example.com'', credentials_file ''/nowhere/credentials'')');
SELECT options, pg_temp.outcome('ALTER SERVER ' || options)
FROM unnest(ARRAY['regress_s3sign OPTIONS (ADD credentials_file ''/nowhere/credentials'')', 'regress_s3sign OPTIONS (SET bucket ''other'')', 'regress_s3sign_file OPTIONS (SET bucket ''other'')',
	'regress_s3sign_file OPTIONS (SET credentials_file ''/nowhere/other'')', 'regress_s3sign_file OPTIONS (ADD profile ''other'')', 'regress_s3sign_file OPTIONS (ADD methods ''put'')']) AS options;
RESET ROLE;

DROP USER MAPPING FOR CURRENT_USER SERVER regress_s3sign;
DROP SERVER regress_s3sign, regress_s3sign_file;
DROP EXTENSION s3sign;
DROP ROLE regress_s3sign_admin;
