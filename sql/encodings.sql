-- Databases in other encodings: what is signed is UTF-8.
\getenv sources PG_ABS_SRCDIR
\set verify :sources '/sql/include/verify.sql'
\set failure :sources '/sql/include/failure.sql'
\set ECHO none
\i :verify
\i :failure
\set ECHO all
CREATE EXTENSION s3sign;

SELECT current_database() AS home \gset
CREATE DATABASE regress_s3sign_latin1 TEMPLATE template0 ENCODING 'LATIN1' LOCALE_PROVIDER libc LOCALE 'C';
CREATE DATABASE regress_s3sign_euc_jp TEMPLATE template0 ENCODING 'EUC_JP' LOCALE_PROVIDER libc LOCALE 'C';
CREATE DATABASE regress_s3sign_sql_ascii TEMPLATE template0 ENCODING 'SQL_ASCII' LOCALE_PROVIDER libc LOCALE 'C';

-- in UTF8: e with acute accent (Latin-1), hiragana a (EUC_JP), in every text
SELECT s3sign_pre_get('https://s3.example.com', t, t, t, t, 60, session_token => t, query => jsonb_build_object(t, t), signed_at => '2026-01-02T03:04:05Z') AS latin1
FROM convert_from('\xc3a9', 'UTF8') AS t \gset
SELECT s3sign_pre_get('https://s3.example.com', t, t, t, t, 60, session_token => t, query => jsonb_build_object(t, t), signed_at => '2026-01-02T03:04:05Z') AS euc_jp
FROM convert_from('\xe38182', 'UTF8') AS t \gset
SELECT pg_temp.unsigned(:'latin1'), pg_temp.verify(:'latin1', convert_from('\xc3a9', 'UTF8'));
SELECT pg_temp.unsigned(:'euc_jp'), pg_temp.verify(:'euc_jp', convert_from('\xe38182', 'UTF8'));

-- LATIN1 is converted: the same URL from another byte
\connect regress_s3sign_latin1
CREATE EXTENSION s3sign;
\set ECHO none
\i :verify
\i :failure
\set ECHO all
SELECT octet_length(t) AS bytes,
	s3sign_pre_get('https://s3.example.com', t, t, t, t, 60, session_token => t, query => jsonb_build_object(t, t), signed_at => '2026-01-02T03:04:05Z') = :'latin1' AS same
FROM convert_from('\xe9', 'LATIN1') AS t;
-- what counts is the length in UTF-8
SELECT pg_temp.failure(file => repeat(convert_from('\xe9', 'LATIN1'), 512)) LIKE 'no error: %' AS bytes_1024;
SELECT pg_temp.failure(file => repeat(convert_from('\xe9', 'LATIN1'), 513));
SELECT pg_temp.failure(headers => jsonb_build_object('x', convert_from('\xe9', 'LATIN1')));
SELECT pg_temp.failure(server => convert_from('\xe9', 'LATIN1'));
-- a server's error may have what the database can't hold: the result has an escape for it
SELECT d.cause, replace(d.theirs, convert_from('\xe9', 'LATIN1'), 'KEPT') AS theirs, d.hint FROM s3sign_pre_get('https://s3.example.com', 'media', 'AKID', 'SECRET', 'file', 3600) AS url,
	s3sign_diagnose(url, '<Code>Erreur&#x3042;</Code><Message>&#233;, &#x3042;&#128512;&#65;</Message>', secret => 'SECRET') AS d;

-- EUC_JP is converted; \xF5A1 is a place for private characters, which have no code point
\connect regress_s3sign_euc_jp
CREATE EXTENSION s3sign;
\set ECHO none
\i :verify
\i :failure
\set ECHO all
SELECT octet_length(t) AS bytes,
	s3sign_pre_get('https://s3.example.com', t, t, t, t, 60, session_token => t, query => jsonb_build_object(t, t), signed_at => '2026-01-02T03:04:05Z') = :'euc_jp' AS same
FROM convert_from('\xa4a2', 'EUC_JP') AS t;
CREATE TEMP TABLE private (t text);
INSERT INTO private VALUES (E'SECRET0123\xf5\xa1');
SELECT pg_temp.failure(server => t) AS server, pg_temp.failure(bucket => t) AS bucket FROM private;
SELECT pg_temp.failure(identity => t) AS identity, pg_temp.failure(secret => t) AS secret FROM private;
SELECT pg_temp.failure(file => t) AS file, pg_temp.failure(region => t) AS region FROM private;
SELECT pg_temp.failure(session_token => t) AS session_token, pg_temp.failure(addressing => t) AS addressing FROM private;
SELECT pg_temp.failure(query => jsonb_build_object('a', t)) AS query, pg_temp.failure(headers => jsonb_build_object(t, 'a')) AS headers FROM private;
-- a server's error may have what the database can't hold: the result has an escape for it
SELECT d.cause, replace(d.theirs, convert_from('\xa4a2', 'EUC_JP'), 'KEPT') AS theirs, d.hint FROM s3sign_pre_get('https://s3.example.com', 'media', 'AKID', 'SECRET', 'file', 3600) AS url,
	s3sign_diagnose(url, '<Code>Erreur&#x20AC;</Code><Message>&#x3042;, &#x20AC;&#128512;&#65;</Message>', secret => 'SECRET') AS d;

-- SQL_ASCII knows no encoding: what is UTF-8 is signed, what is not is refused
\connect regress_s3sign_sql_ascii
CREATE EXTENSION s3sign;
\set ECHO none
\i :verify
\i :failure
\set ECHO all
SELECT s3sign_pre_get('https://s3.example.com', t, t, t, t, 60, session_token => t, query => jsonb_build_object(t, t), signed_at => '2026-01-02T03:04:05Z') = :'latin1' AS same
FROM (SELECT E'\xc3\xa9'::text) AS utf8 (t);
SELECT bytes, pg_temp.failure(file => convert_from(bytes, 'SQL_ASCII'))
FROM unnest(ARRAY['\xe9', '\xc3', '\x61c3', '\xc080', '\xeda080', '\xf4908080', '\xff']::bytea[]) AS bytes;
SELECT pg_temp.failure(server => E'\xe9') AS server, pg_temp.failure(bucket => E'\xe9') AS bucket;
SELECT pg_temp.failure(identity => E'IDENTITY0123\xe9') AS identity, pg_temp.failure(secret => E'SECRET0123\xe9') AS secret;
SELECT pg_temp.failure(session_token => E'TOKEN0123\xe9') AS session_token, pg_temp.failure(region => E'\xe9') AS region;
SELECT pg_temp.failure(query => jsonb_build_object('a', E'\xe9')) AS query, pg_temp.failure(headers => jsonb_build_object('a', E'\xe9')) AS headers;
-- no UTF-8 and a zero byte, from bytes in hex
SELECT d.cause, d.ours, d.theirs FROM s3sign_pre_get('https://s3.example.com', 'media', 'AKID', 'SECRET', 'file', 3600) AS url, s3sign_explain(url) AS e,
	s3sign_diagnose(url, format('<Code>SignatureDoesNotMatch</Code><CanonicalRequestBytes>%s</CanonicalRequestBytes>',
		replace(encode(convert_to(e.canonical_request, 'UTF8'), 'hex'), encode('file', 'hex'), 'c3a9' || 'e9' || '00' || 'eda080' || '5c')), secret => 'SECRET') AS d;

\connect :home
DROP DATABASE regress_s3sign_latin1;
DROP DATABASE regress_s3sign_euc_jp;
DROP DATABASE regress_s3sign_sql_ascii;
DROP EXTENSION s3sign;
