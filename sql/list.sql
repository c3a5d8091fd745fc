-- s3sign_list: ListObjectsV2 of a named server, within its prefix.
\getenv sources PG_ABS_SRCDIR
\set outcome :sources '/sql/include/outcome.sql'
\set verify :sources '/sql/include/verify.sql'
\set ECHO none
\i :outcome
\i :verify
\set ECHO all
CREATE EXTENSION s3sign;

-- the signature that SDKs publish for AWS's example bucket, encoding-type=url&list-type=2
CREATE SERVER regress_s3sign_aws FOREIGN DATA WRAPPER s3sign OPTIONS (endpoint 'https://s3.amazonaws.com', bucket 'examplebucket', methods 'list');
CREATE USER MAPPING FOR PUBLIC SERVER regress_s3sign_aws OPTIONS (access_key_id 'AKIAIOSFODNN7EXAMPLE', secret_access_key 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY');
SELECT s3sign_list('regress_s3sign_aws', duration => 86400, query => '{"encoding-type": "url"}', signed_at => '2013-05-24T00:00:00Z') AS url \gset
SELECT pg_temp.asked(:'url'), right(:'url', 64) = '58e7f65928710f045f6a7e1f7a32b3426b4895900fad799db66faa3ff8b18bd5' AS published;

CREATE SERVER regress_s3sign FOREIGN DATA WRAPPER s3sign OPTIONS (endpoint 'https://s3.example.com', bucket 'media', methods 'list');
CREATE USER MAPPING FOR PUBLIC SERVER regress_s3sign OPTIONS (access_key_id 'AKID', secret_access_key 'SECRET');
CREATE ROLE regress_s3sign_web;
GRANT USAGE ON FOREIGN SERVER regress_s3sign TO regress_s3sign_web;

-- a call's URL, less SigV4's parameters, or its error
CREATE FUNCTION pg_temp.list(arguments text = NULL) RETURNS text LANGUAGE sql AS $$
	SELECT pg_temp.asked(pg_temp.outcome('SELECT s3sign_list(' || concat_ws(', ', '''regress_s3sign''', arguments) || ')'))
$$;
-- whether a server accepts it
CREATE FUNCTION pg_temp.accepted(arguments text = NULL) RETURNS boolean LANGUAGE sql AS $$
	SELECT pg_temp.verify(pg_temp.outcome('SELECT s3sign_list(' || concat_ws(', ', '''regress_s3sign''', arguments) || ')'), 'SECRET')
$$;

-- each argument, and what its value may hold
SELECT arguments, pg_temp.list(arguments), pg_temp.accepted(arguments)
FROM unnest(ARRAY[NULL, 'prefix => ''a/b''', 'delimiter => ''/''', 'max_keys => 1', 'max_keys => 1000', 'start_after => ''a/b.txt''', 'continuation_token => ''1ueGcxLPRx1Tr/XYExHnhbYLgveDs2J/wm36Hy4vbOwM=''',
	'''p/'', 60, ''/'', 10, ''p/a'', ''t+/='', ''{"encoding-type": "url", "fetch-owner": true}'', ''media''', 'query => ''{"fetch-owner": "true"}''', 'query => ''{"encoding-type": ["url"]}''', 'query => ''{}''']) AS arguments;
SELECT value, pg_temp.list(format('prefix => %L', value)) AS prefix, bool_and(pg_temp.accepted(format('%s => %L', argument, value))) AS accepted
FROM unnest(ARRAY['a b', 'a+b', 'a%20b', 'a&b=c', 'a?b#c', '/', '//a', '.', '../', U&'\00FC\20AC\+01F600', E'\t\r\n\x01', '''"\', '~_-.', 'prefix=x&list-type=1']) AS value,
	unnest(ARRAY['prefix', 'delimiter', 'start_after', 'continuation_token']) AS argument
GROUP BY value ORDER BY value COLLATE "C";

-- by position, in the order of the documentation; NULL in server gives NULL, elsewhere the default
SELECT s3sign_list('regress_s3sign', 'p', 60, '/', 10, 'p/a', 't', '{"fetch-owner": 1}', 'media', '2026-01-02') = s3sign_list(server => 'regress_s3sign', prefix => 'p', duration => 60, delimiter => '/', max_keys => 10,
		start_after => 'p/a', continuation_token => 't', query => '{"fetch-owner": 1}', bucket => 'media', signed_at => '2026-01-02') AS by_position,
	s3sign_list(NULL) IS NULL AND s3sign_list(NULL, 'p', 60, '/', 10, 'p/a', 't', '{}', 'media', '2026-01-02') IS NULL AS nulls,
	s3sign_list('regress_s3sign', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL) = s3sign_list('regress_s3sign') AS defaults;

-- max_keys is 1..1000
SELECT max_keys, pg_temp.list(format('max_keys => %s', max_keys)) FROM unnest(ARRAY['0', '-1', '1001', '-2147483648', '2147483647', 'NULL']) AS max_keys;

-- what an argument or the operation sets is set by nothing else, whatever its case, given or not
SELECT name, pg_temp.list(format('query => %L', jsonb_build_object(name, 'x'))) AS alone, left(pg_temp.list(format('''p'', NULL, ''/'', 1, ''a'', ''t'', query => %L', jsonb_build_object(name, 'x'))), 5) AS beside
FROM unnest(ARRAY['list-type', 'List-Type', 'prefix', 'Prefix', 'PREFIX', 'delimiter', 'Delimiter', 'max-keys', 'MAX-KEYS', 'start-after', 'Start-After', 'continuation-token', 'Continuation-Token',
	'X-Amz-Expires', 'x-amz-signature', 'X-Amz-Content-Sha256']) AS name;
-- and what else makes it another operation, or another list, is not on the lists
SELECT name, pg_temp.list(format('query => %L', jsonb_build_object(name, 'x'))) AS list
FROM unnest(ARRAY['acl', 'versions', 'uploads', 'uploadId', 'location', 'policy', 'marker', 'key-marker', 'version-id-marker', 'versionId', 'delete', 'cors', 'response-content-type', 'partNumber', 'x-id',
	'prefix ', 'list-type[]', 'max_keys', 'fetch-Owner', 'Encoding-Type', 'x-amz-acl', 'x-amz-optional-object-attributes', '']) AS name;
SELECT query, pg_temp.list(format('query => %L', query)) AS list
FROM unnest(ARRAY['[]', '"url"', 'null', '{"encoding-type": {}}', '{"encoding-type": [["url"]]}', '{"fetch-owner": [true, false]}', '{"encoding-type": "url", "acl": null}']::jsonb[]) AS query;

-- methods: list, and nothing else will do
SELECT methods, left(pg_temp.outcome(format('ALTER SERVER regress_s3sign OPTIONS (SET methods %L)', methods), 'SELECT s3sign_list(''regress_s3sign'')'), 5) AS list
FROM unnest(ARRAY['list', 'get,head,put,delete,post,multipart,version', 'get,list', '']) AS methods;
SELECT pg_temp.outcome('ALTER SERVER regress_s3sign OPTIONS (DROP methods)', 'SELECT s3sign_list(''regress_s3sign'')') AS by_default;
SELECT function, pg_temp.outcome(format('SELECT s3sign_%s(''regress_s3sign'', ''file'')', function)) AS with_list_alone FROM unnest(ARRAY['get', 'head', 'put', 'delete']) AS function;

-- key_prefix: nothing outside of it is listed
ALTER SERVER regress_s3sign OPTIONS (ADD key_prefix 'pub/');
SET ROLE regress_s3sign_web;
SELECT prefix, pg_temp.list('prefix => ' || quote_nullable(prefix)) AS list
FROM unnest(ARRAY[NULL, 'pub/', 'pub/a', 'pub//', 'pub/.', 'pub/a/b c', '', 'pub', 'pu', 'Pub/', 'PUB/a', '/pub/', ' pub/', 'private/', 'pubb/', '%70ub/', U&'p\FF55b/', 'p', '/']) AS prefix;
SELECT pg_temp.list('start_after => ''private/a''') AS start_after, pg_temp.list('continuation_token => ''private/a''') AS continuation_token, pg_temp.list('delimiter => ''b/''') AS delimiter;
SELECT query, pg_temp.list(format('query => %L', query)) AS list FROM unnest(ARRAY['{"prefix": "private/"}', '{"PREFIX": ""}', '{"prefix": []}', '{"list-type": 1}', '{"prefix": "pub/"}']::jsonb[]) AS query;
RESET ROLE;
-- not even with leave to, where that can be given
SELECT name, pg_temp.asked(pg_temp.outcome(format('ALTER SERVER regress_s3sign OPTIONS (ADD allow_query %L)', name), format('SELECT s3sign_list(''regress_s3sign'', query => %L)', jsonb_build_object(name, 'private/')))) AS list
FROM unnest(ARRAY['prefix', 'Prefix', 'list-type', 'List-Type', 'start-after', 'continuation-token', 'max-keys', 'delimiter', 'X-Amz-Expires', 'versionId', 'uploads', 'uploadId', 'marker']) AS name;
ALTER SERVER regress_s3sign OPTIONS (DROP key_prefix);

-- bucket
SELECT bucket, pg_temp.list(format('bucket => %L', bucket)) FROM unnest(ARRAY['media', 'private', '', 'media/x', '../media', 'Media']) AS bucket;
ALTER SERVER regress_s3sign OPTIONS (DROP bucket);
SELECT bucket, pg_temp.list('bucket => ' || quote_nullable(bucket)) FROM unnest(ARRAY['media', NULL, 'a b', '', '.', '..', 'a/b', 'a:b']) AS bucket;
ALTER SERVER regress_s3sign OPTIONS (ADD bucket 'media');

-- life
ALTER SERVER regress_s3sign OPTIONS (ADD max_duration '1h', ADD cache_window '50min');
SELECT duration, regexp_replace(pg_temp.outcome(format('SELECT s3sign_list(''regress_s3sign'', duration => %s)', duration)), '^https.*&(X-Amz-Expires=\d+)&.*$', '\1') AS list
FROM unnest(ARRAY['NULL', '1', '3600', '3601', '0', '-1', '604801', '9223372036854775807']) AS duration;
SELECT signed_at, pg_temp.list(format('signed_at => %s', signed_at)) AS list
FROM unnest(ARRAY['clock_timestamp()', 'clock_timestamp() + ''1 min''', '''9999-12-31 00:00:00+00''', '''infinity''', '''0001-01-01 00:00:00+00''']) AS signed_at;
-- the time is the statement's, not rounded by cache_window
SELECT substring(s3sign_list('regress_s3sign') FROM '&X-Amz-Date=([^&]*)&') = to_char(statement_timestamp() AT TIME ZONE 'UTC', 'YYYYMMDD"T"HH24MISS"Z"') AS now;
ALTER SERVER regress_s3sign OPTIONS (DROP max_duration, DROP cache_window);

-- the bucket's own path, however it is addressed
SELECT endpoint, addressing, pg_temp.asked(url) AS url, pg_temp.verify(url, 'SECRET') AS accepted
FROM (VALUES ('https://s3.example.com', 'path'), ('https://s3.example.com', 'virtual'), ('https://media.example.com', 'cname'), ('http://localhost:9000', 'path'), ('http://localhost:9000/base/path', 'path'),
	('https://s3.eu-west-1.amazonaws.com', 'virtual'), ('https://s3.eu-west-1.amazonaws.com', 'path'), ('https://example.com/base', 'virtual'), ('https://example.com/base', 'cname')) AS servers (endpoint, addressing),
	pg_temp.outcome(format('ALTER SERVER regress_s3sign OPTIONS (SET endpoint %L, ADD addressing %L)', endpoint, addressing), 'SELECT s3sign_list(''regress_s3sign'', ''a/'')') AS url;
SELECT pg_temp.asked(pg_temp.outcome('ALTER SERVER regress_s3sign OPTIONS (ADD public_endpoint ''https://cdn.example.com/files'')', 'SELECT s3sign_list(''regress_s3sign'', ''a/'')')) AS public_endpoint;

-- no rights, no server
CREATE ROLE regress_s3sign_stranger;
SET ROLE regress_s3sign_stranger;
SELECT pg_temp.list() AS stranger;
RESET ROLE;
SELECT server, pg_temp.outcome(format('SELECT s3sign_list(%L)', server)) FROM unnest(ARRAY['', 'none', 'Regress_s3sign']) AS server;

DROP USER MAPPING FOR PUBLIC SERVER regress_s3sign;
SELECT pg_temp.list() AS without_mapping;
DROP USER MAPPING FOR PUBLIC SERVER regress_s3sign_aws;
DROP SERVER regress_s3sign, regress_s3sign_aws;
DROP EXTENSION s3sign;
DROP ROLE regress_s3sign_web, regress_s3sign_stranger;
