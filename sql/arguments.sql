-- Arguments in all the ways that SQL and drivers pass them.
\getenv sources PG_ABS_SRCDIR
\set verify :sources '/sql/include/verify.sql'
\set ECHO none
\i :verify
\set ECHO all
CREATE EXTENSION s3sign;

-- NULL where there is no default gives NULL, even beside what would be an error
SELECT s3sign_pre_get(NULL, 'media', 'AKID', 'SECRET', 'file', 0) IS NULL AS server,
	s3sign_pre_get('s3.example.com', NULL, 'AKID', 'SECRET', 'file', 0) IS NULL AS bucket,
	s3sign_pre_get('s3.example.com', 'media', NULL, 'SECRET', 'file', 0) IS NULL AS identity,
	s3sign_pre_get('s3.example.com', 'media', 'AKID', NULL, 'file', 0) IS NULL AS secret,
	s3sign_pre_get('s3.example.com', 'media', 'AKID', 'SECRET', NULL, 0) IS NULL AS file,
	s3sign_pre_get('s3.example.com', '', 'AKID', 'SECRET', 'file', NULL) IS NULL AS duration;
SELECT s3sign_pre_put('s3.example.com', 'media', 'AKID', 'SECRET', NULL, 60) IS NULL AS put,
	s3sign_pre_head('s3.example.com', 'media', 'AKID', 'SECRET', NULL, 60) IS NULL AS head,
	s3sign_pre_delete('s3.example.com', 'media', 'AKID', 'SECRET', NULL, 60) IS NULL AS delete;

-- an explicit NULL where there is one means the default
SELECT s3sign_pre_get('s3.example.com', 'media', 'AKID', 'SECRET', 'file', 60)
	= s3sign_pre_get('s3.example.com', 'media', 'AKID', 'SECRET', 'file', 60, NULL, NULL, NULL, NULL, NULL, NULL) AS same;

-- by name, in any order
SELECT s3sign_pre_get(signed_at => '2026-01-02T03:04:05Z', addressing => 'virtual', headers => '{"range": "bytes=0-9"}',
	query => '{"versionId": "1"}', session_token => 'T', region => 'eu-west-1', duration => 60, file => 'file', secret => 'SECRET',
	identity => 'AKID', bucket => 'media', server => 'http://s3.example.com') AS named \gset
SELECT pg_temp.unsigned(:'named'), pg_temp.verify(:'named', 'SECRET', 'GET', '{"range": "bytes=0-9"}');
SELECT :'named' = s3sign_pre_get('http://s3.example.com', 'media', 'AKID', 'SECRET', 'file', 60, 'eu-west-1', 'T', '{"versionId": "1"}',
	'{"range": "bytes=0-9"}', 'virtual', '2026-01-02T03:04:05Z') AS positional;

-- the four functions sign four methods
SELECT pg_temp.verify(s3sign_pre_get('s3.example.com', 'media', 'AKID', 'SECRET', 'file', 60), 'SECRET', 'GET') AS get,
	pg_temp.verify(s3sign_pre_put('s3.example.com', 'media', 'AKID', 'SECRET', 'file', 60), 'SECRET', 'PUT') AS put,
	pg_temp.verify(s3sign_pre_head('s3.example.com', 'media', 'AKID', 'SECRET', 'file', 60), 'SECRET', 'HEAD') AS head,
	pg_temp.verify(s3sign_pre_delete('s3.example.com', 'media', 'AKID', 'SECRET', 'file', 60), 'SECRET', 'DELETE') AS delete;

-- parameters whose types the driver leaves open
PREPARE untyped AS SELECT s3sign_pre_get($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12);
SELECT parameter_types FROM pg_prepared_statements WHERE name = 'untyped';
EXECUTE untyped('http://s3.example.com', 'media', 'AKID', 'SECRET', 'file', '60', 'eu-west-1', 'T', '{"versionId": "1"}', '{"range": "bytes=0-9"}', 'virtual', '2026-01-02T03:04:05Z') \gset
SELECT :'s3sign_pre_get' = :'named' AS same;
DEALLOCATE untyped;

-- other types that become text, bigint and timestamptz by themselves
CREATE DOMAIN pg_temp.object_key AS varchar(100);
SET timezone = 'UTC';
SELECT :'named' = s3sign_pre_get('http://s3.example.com'::varchar(40), 'media'::name, 'AKID '::char(9), 'SECRET'::varchar, 'file'::pg_temp.object_key, 60::int2,
	'eu-west-1'::name, 'T'::varchar(1), '{"versionId": "1"}', '{"range": "bytes=0-9"}', 'virtual'::char(20), '2026-01-02 03:04:05'::timestamp) AS int2;
SELECT :'named' = s3sign_pre_get('http://s3.example.com', 'media', 'AKID', 'SECRET', 'file', 60::int4,
	'eu-west-1', 'T', '{"versionId": "1"}', '{"range": "bytes=0-9"}', 'virtual', '2026-01-02 04:04:05+01') AS int4;
SELECT s3sign_pre_get('s3.example.com', 'media', 'AKID', 'SECRET', 'file', 60::int8, signed_at => '2026-01-02')
	= s3sign_pre_get('s3.example.com', 'media', 'AKID', 'SECRET', 'file', 60, signed_at => '2026-01-02'::date) AS int8;
RESET timezone;

-- text as rows hold it: with a header of one byte, compressed, out of line, out of line and compressed
CREATE TEMP TABLE objects (kind text, token text, query jsonb);
ALTER TABLE objects ALTER token SET STORAGE EXTERNAL, ALTER query SET STORAGE EXTERNAL;
INSERT INTO objects VALUES ('short', 'T', '{"a": 1}'), ('external', repeat('+/=', 2000), jsonb_build_object('a', repeat('b', 9000)));
ALTER TABLE objects ALTER token SET STORAGE MAIN, ALTER query SET STORAGE MAIN;
INSERT INTO objects VALUES ('compressed', repeat('+/=', 2000), jsonb_build_object('a', repeat('b', 9000)));
ALTER TABLE objects ALTER token SET STORAGE EXTENDED, ALTER query SET STORAGE EXTENDED;
INSERT INTO objects SELECT 'both', left(string_agg(md5(i::text), ''), 5000) || repeat('x', 3000), jsonb_object_agg(i, md5(i::text) || repeat('x', 100)) FROM generate_series(1, 300) AS i;
SELECT kind, octet_length(token) AS bytes, pg_column_size(token) BETWEEN 2 AND 127 AS short,
	pg_column_compression(token) IS NOT NULL AS token_compressed, pg_column_compression(query) IS NOT NULL AS query_compressed
FROM objects;
SELECT pg_relation_size(reltoastrelid) > 0 AS out_of_line FROM pg_class WHERE oid = 'objects'::regclass;
SELECT kind, pg_temp.verify(url, 'SECRET') AS accepted,
	strpos(url, '&X-Amz-Security-Token=' || pg_temp.uri_encode(token) || '&') > 0 AS token,
	(SELECT bool_and(strpos(translate(url, '?', '&'), '&' || key || '=' || value || '&') > 0) FROM jsonb_each_text(query)) AS query
FROM objects, s3sign_pre_get('s3.example.com', 'media', 'AKID', 'SECRET', kind, 60, session_token => token, query => query) AS url;

DROP EXTENSION s3sign;
