-- s3sign_links and s3sign_unsign. test/links reads their grammar a second time.
\getenv sources PG_ABS_SRCDIR
\set outcome :sources '/sql/include/outcome.sql'
\set ECHO none
\i :outcome
\set ECHO all
CREATE EXTENSION s3sign;

CREATE SERVER regress_s3sign FOREIGN DATA WRAPPER s3sign OPTIONS (endpoint 'https://s3.example.com', bucket 'media');
CREATE USER MAPPING FOR PUBLIC SERVER regress_s3sign OPTIONS (access_key_id 'AKID', secret_access_key 'SECRET');
-- a text with «[KEY]» in place of the URL that s3sign_get signs, and nothing in place of any other
CREATE FUNCTION pg_temp.keys(signed text, query jsonb = NULL) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	url text;
	key text;
BEGIN
	FOR url IN SELECT m[1] FROM regexp_matches(signed, 'https://s3.example.com/media/[^ ?]*[?]X-Amz-Algorithm[^ "#]*[0-9a-f]{64}', 'g') AS m LOOP
		key := substring(url FROM '/media/([^?]*)');
		IF replace(url, '&amp;', '&') = s3sign_get('regress_s3sign', replace(replace(replace(replace(key, '%28', '('), '%29', ')'), '%5B', '['), '%5D', ']'), query => query) THEN
			signed := replace(signed, url, CASE WHEN url LIKE '%&amp;%' THEN '[&amp; ' ELSE '[' END || key || ']');
		END IF;
	END LOOP;
	RETURN signed;
END $$;

-- Markdown, HTML, prose; a fragment stays, and &amp; is written where it was
SELECT pg_temp.keys(s3sign_links('regress_s3sign', content, '{*}')) AS links, s3sign_unsign('regress_s3sign', content) AS unsigned
FROM unnest(ARRAY['![alt](s3://media/a.jpg "title")', '<a href="https://S3.Example.com:443/media/a?x-id=1&amp;X-Amz-Date=1#part">', 'see s3://media/a, s3://media/b.', '<s3://media/a(1)/[2].jpg>',
	'**s3://media/a** and s3://media/a', 's3://media/a%2E', 'no link', '']) AS content;

-- allowed: keys, prefixes, everything; NULL and nothing
SELECT allowed, pg_temp.keys(s3sign_links('regress_s3sign', 's3://media/a s3://media/a/b s3://media/ab s3://media/c', allowed)) AS links
FROM unnest(ARRAY['{a}', '{a/}', '{a/,a}', '{ab,NULL,c}', '{a*}', '{A}', '{""}', '{/}', '{}', '{NULL}', '{*}', '{{a},{c}}', NULL]) AS list, CAST(list AS text[]) AS allowed;
SELECT s3sign_links(NULL, 'a', '{*}'), s3sign_links('regress_s3sign', NULL, '{*}'), s3sign_links_jsonb('regress_s3sign', NULL, '{*}'), s3sign_unsign('regress_s3sign', NULL), s3sign_unsign_jsonb(NULL, '1');

-- what a writer may try: none of it is signed, where only `mine` is allowed
CREATE TABLE attack (attack text, content text);
INSERT INTO attack VALUES
	('a foreign key', '![](s3://media/payroll.pdf)'),
	('an expired URL of it', s3sign_get('regress_s3sign', 'payroll.pdf', signed_at => '2025-01-01')),
	('in HTML', replace(s3sign_get('regress_s3sign', 'payroll.pdf', signed_at => '2025-01-01'), '&', '&amp;')),
	('a URL in a URL', 'https://evil.com/?u=https://s3.example.com/media/mine'), ('the same', 'x://s3://media/mine'), ('the same', '-https://evil.com/https://s3.example.com/media/mine'),
	('another bucket', 's3://other/mine https://s3.example.com/other/mine'), ('its name in upper case', 's3://MEDIA/mine'),
	('the bucket encoded twice', 's3://m%2565dia/mine'), ('a reference in the host', 'https://s3&#46;example.com/media/mine'), ('percent-encoding in the host', 'https://s3%2Eexample.com/media/mine'),
	('a reference in the scheme', 's3&#58;//media/mine'), ('user information', 'https://s3.example.com@evil.com/media/mine https://x:y@s3.example.com/media/mine'),
	('a port', 'https://s3.example.com:8443/media/mine https://s3.example.com:/media/mine https://s3.example.com:0443/media/mine'), ('a port of the other scheme', 'https://s3.example.com:80/media/mine'),
	('a dot at the end of the host', 'https://s3.example.com./media/mine'), ('more at its end', 'https://s3.example.com.evil.com/media/mine'), ('more before it', 'https://xs3.example.com/media/mine'),
	('a wide letter', 'https://ｓ3.example.com/media/mine'), ('a wide slash', 's3://media／mine'), ('a combining accent', E's3://media/mine\u0301'), ('zero width', E's3://media/\u200bmine'), ('right to left', E's3://media/\u202emine'),
	('another scheme', 'http://s3.example.com/media/mine'), ('a backslash', 'https://s3.example.com\media/mine'), ('dots', 's3://media/../media/mine https://s3.example.com/x/../media/mine'), ('encoded dots', 's3://media/x/%2e%2e/mine'),
	('a slash more', 's3://media//mine https://s3.example.com//media/mine'), ('a slash less', 'https:/s3.example.com/media/mine'), ('a zero byte', 's3://media/mine%00 s3://media/%00mine'),
	('encoded twice', 's3://media/%256dine'), ('escaped twice', 'https://s3.example.com/media/mine?x-id=1&amp;amp;X-Amz-Date=1'), ('another operation', 'https://s3.example.com/media/mine?acl'),
	('a version', 'https://s3.example.com/media/mine?versionId=1 s3://media/mine?versionId=1'), ('a part', 'https://s3.example.com/media/mine?partNumber=1'), ('a prefix of the key', 's3://media/min'),
	('more after the key', 's3://media/mine2 s3://media/mine/x'), ('case', 's3://media/Mine'), ('an overlong slash', 's3://media%C0%AFmine'), ('no UTF-8', 's3://media/mine%ff'), ('only slashes', 's3://media///');
SELECT attack, s3sign_links('regress_s3sign', content, '{mine}') = content AS unchanged, s3sign_links_jsonb('regress_s3sign', to_jsonb(content), '{mine}') = to_jsonb(content) AS unchanged_jsonb FROM attack;
-- what is signed has nothing of the old query, in an allowed link either
SELECT pg_temp.keys(s3sign_links('regress_s3sign', s3sign_get('regress_s3sign', 'mine', signed_at => '2025-01-01', query => '{"response-content-type": "text/html"}'), '{mine}')) AS links;
SELECT pg_temp.keys(s3sign_links('regress_s3sign', 's3://media/mine', '{mine}', query => '{"response-content-disposition": "attachment"}'), '{"response-content-disposition": "attachment"}') AS links;

-- the limits of the server
ALTER SERVER regress_s3sign OPTIONS (ADD key_prefix 'pub/', ADD cache_window '6d', ADD log_user 'x-user');
SELECT regexp_replace(replace(s3sign_links('regress_s3sign', 's3://media/pub/a s3://media/a s3://media/public', '{*}', 3600), 'x-user=' || session_user, 'x-user=PERSON'), 'X-Amz-(Date|Credential|Signature)=[^& ]*&?', '', 'g') AS links;
SELECT s3sign_links('regress_s3sign', content, '{*}') = s3sign_get('regress_s3sign', 'pub/a') AS fresh, s3sign_unsign('regress_s3sign', content) AS unsigned
FROM (SELECT s3sign_get('regress_s3sign', 'pub/a', signed_at => '2025-01-01') AS content) AS old;
ALTER SERVER regress_s3sign OPTIONS (DROP log_user, SET key_prefix '{setting:regress.tenant}/');
SELECT s3sign_links('regress_s3sign', 'no link', '{}');
SELECT s3sign_unsign('regress_s3sign', 'no link');
SET regress.tenant = 'ann';
SELECT s3sign_unsign('regress_s3sign', 's3://media/ann/. s3://media/ann/(a) s3://media/bob/(a)');
ALTER SERVER regress_s3sign OPTIONS (DROP key_prefix, DROP cache_window, DROP bucket);
SELECT left(s3sign_links('regress_s3sign', 's3://media/a', '{*}', bucket => 'media'), 30) AS of_the_bucket, s3sign_links('regress_s3sign', 's3://media/a', '{*}', bucket => 'other') AS of_another, s3sign_unsign('regress_s3sign', 's3://other/(a)', 'other') AS unsigned;
SELECT call, pg_temp.outcome('SELECT ' || call) AS outcome
FROM unnest(ARRAY['s3sign_links(''regress_s3sign'', '''', ''{}'')', 's3sign_unsign(''regress_s3sign'', '''')', 's3sign_links(''no_such_server'', '''', ''{}'')', 's3sign_unsign(''no_such_server'', '''')',
	's3sign_links(''regress_s3sign'', '''', ''{}'', 0, bucket => ''b'')', 's3sign_links(''regress_s3sign'', '''', ''{}'', query => ''{"acl": ""}'', bucket => ''b'')', 's3sign_links(''regress_s3sign'', '''', ''{}'', query => ''{"partNumber": 1}'', bucket => ''b'')', 's3sign_links(''regress_s3sign'', repeat(''a'', 16777217), ''{}'', bucket => ''b'')',
	's3sign_unsign(''regress_s3sign'', repeat(''a'', 16777217), ''b'')', 's3sign_links_jsonb(''regress_s3sign'', to_jsonb(repeat(''a'', 16777217)), ''{}'', bucket => ''b'')', 's3sign_links(''regress_s3sign'', '''', ''{}'', bucket => '''')']) AS call;
ALTER SERVER regress_s3sign OPTIONS (ADD bucket 'media', ADD methods 'head');
SELECT pg_temp.outcome($$SELECT s3sign_links('regress_s3sign', '', '{}')$$) AS links, s3sign_unsign('regress_s3sign', 's3://media/(') AS unsigned;
ALTER SERVER regress_s3sign OPTIONS (DROP methods);

-- unsign needs USAGE, and neither a mapping nor a file; who has no USAGE may do neither
CREATE ROLE regress_s3sign_eve;
SET ROLE regress_s3sign_eve;
SELECT s3sign_unsign('regress_s3sign', '');
RESET ROLE;
GRANT USAGE ON FOREIGN SERVER regress_s3sign TO regress_s3sign_eve;
SET ROLE regress_s3sign_eve;
SELECT s3sign_unsign('regress_s3sign', 's3://media/(');
RESET ROLE;
CREATE SERVER regress_s3sign_bare FOREIGN DATA WRAPPER s3sign OPTIONS (endpoint 'https://s3.example.com', bucket 'media');
CREATE SERVER regress_s3sign_file FOREIGN DATA WRAPPER s3sign OPTIONS (endpoint 'https://s3.example.com', bucket 'media', credentials_file '/nonexistent');
SELECT server, s3sign_unsign(server, 's3://media/('), pg_temp.outcome(format('SELECT s3sign_links(%L, '''', ''{}'')', server)) AS links, s3sign_unsign(server, 's3://media/)x') FROM unnest(ARRAY['regress_s3sign_bare', 'regress_s3sign_file']) AS server;
CREATE USER MAPPING FOR PUBLIC SERVER regress_s3sign_bare OPTIONS (access_key_id 'AKID', secret_access_key 'SECRET');
SELECT s3sign_unsign('regress_s3sign_bare', 's3://media/('), left(s3sign_links('regress_s3sign_bare', 's3://media/(', '{*}'), 40) AS links;
ALTER USER MAPPING FOR PUBLIC SERVER regress_s3sign_bare OPTIONS (ADD expires_at '2024-02-29T12:34:56Z');
SELECT s3sign_unsign('regress_s3sign_bare', 's3://media/(');
SELECT s3sign_links('regress_s3sign_bare', '', '{}');
DROP OWNED BY regress_s3sign_eve;

-- a SECURITY DEFINER function signs as its owner
CREATE FUNCTION pg_temp.page(content text) RETURNS text LANGUAGE sql SECURITY DEFINER AS $$ SELECT public.s3sign_links('regress_s3sign', content, '{a}') $$;
SET ROLE regress_s3sign_eve;
SELECT left(pg_temp.page('s3://media/a'), 40) AS links;
RESET ROLE;
DROP ROLE regress_s3sign_eve;
-- parallel workers sign too
CREATE TABLE pages AS SELECT i, 's3://media/' || i || ' and s3://media/x' || i AS content FROM generate_series(1, 2000) AS i;
SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
SET min_parallel_table_scan_size = 0;
EXPLAIN (COSTS off) SELECT s3sign_links('regress_s3sign', content, ARRAY[i::text]) FROM pages;
SELECT count(*) AS rows, bool_and(links = s3sign_get('regress_s3sign', i::text) || ' and s3://media/x' || i) AS same FROM (SELECT i, s3sign_links('regress_s3sign', content, ARRAY[i::text]) AS links FROM pages) AS p;
RESET parallel_setup_cost;
RESET parallel_tuple_cost;
RESET min_parallel_table_scan_size;

-- jsonb: string values at any depth, names untouched, anything else as it was
SELECT pg_temp.keys(s3sign_links_jsonb('regress_s3sign', document, '{a}')::text) AS links, s3sign_unsign_jsonb('regress_s3sign', document) AS unsigned
FROM unnest(ARRAY['"s3://media/a"', '[1, null, true, "s3://media/a b", ["s3://media/%61", {}], 1.50]', '{"s3://media/a": {"b": "x s3://media/a.", "c": ["s3://media/(b)"]}, "": ""}', '[]', '{}', '7', 'null']::jsonb[]) AS document;
SELECT length(s3sign_links_jsonb('regress_s3sign', jsonb_agg('s3://media/' || i % 7), '{*}')::text) > 0 AS many FROM generate_series(1, 5000) AS i;

-- 10,000 links, and those after them stay; the same object has the same URL
SELECT count(*) AS links, count(*) FILTER (WHERE link LIKE 'https://%') AS signed, count(DISTINCT link) AS different, min(i) FILTER (WHERE link LIKE 's3:%') AS first_to_stay
FROM (SELECT string_agg('s3://media/' || i % 1000, ' ' ORDER BY i) AS content FROM generate_series(1, 10500) AS i) AS long,
	string_to_table(s3sign_links('regress_s3sign', content, '{*}'), ' ') WITH ORDINALITY AS t (link, i);
-- a link that is not allowed counts too: unsign reads the same 10,000
SELECT signed = content AS unchanged, s3sign_unsign('regress_s3sign', signed) = s3sign_unsign('regress_s3sign', content) AS same
FROM (SELECT string_agg('s3://media/' || CASE WHEN i > 10000 THEN 'mine' ELSE 'other' END, ' ' ORDER BY i) AS content FROM generate_series(1, 10001) AS i) AS long,
	s3sign_links('regress_s3sign', content, '{mine}') AS signed;
-- 10,000 links and as many elements of allowed
SELECT count(*) AS links, count(*) FILTER (WHERE link LIKE 'https://%') AS signed
FROM (SELECT string_agg('s3://media/' || i || '/a', ' ' ORDER BY i) AS content, array_agg(CASE i % 3 WHEN 0 THEN i || '/' WHEN 1 THEN i || '/a' ELSE 'x' || i END) AS allowed FROM generate_series(1, 10000) AS i) AS long,
	string_to_table(s3sign_links('regress_s3sign', content, allowed), ' ') AS link;
-- what is not a link is read once, and a timeout ends it
SELECT length(s3sign_links('regress_s3sign', repeat(content, 16000000 / length(content)), '{*}')) > 15000000 AS linear FROM unnest(ARRAY['a://', 'a', '://', '(', 's3://media/', ';', '&#38;', 'https://s3.example.com/media/', 's3://media/ ']) AS content;
SET statement_timeout = '50ms';
SELECT length(s3sign_unsign('regress_s3sign', string_agg(content, ''))) FROM (SELECT repeat('s3://media/.. ', 1000000) AS content, pg_sleep(0)) AS long;
RESET statement_timeout;

-- a line in the log for each URL that is signed is test/named's; here only that it changes nothing
ALTER SERVER regress_s3sign OPTIONS (ADD log 'on');
SELECT pg_temp.keys(s3sign_links('regress_s3sign', 's3://media/a s3://media/b s3://media/a', '{*}')) AS links;
ALTER SERVER regress_s3sign OPTIONS (DROP log);

-- other encodings: what is between links stays byte for byte, a link is converted, and one that can't be stays
SELECT current_database() AS home \gset
CREATE DATABASE regress_s3sign_latin1 TEMPLATE template0 ENCODING 'LATIN1' LOCALE_PROVIDER libc LOCALE 'C';
CREATE DATABASE regress_s3sign_euc_jp TEMPLATE template0 ENCODING 'EUC_JP' LOCALE_PROVIDER libc LOCALE 'C';
CREATE DATABASE regress_s3sign_sql_ascii TEMPLATE template0 ENCODING 'SQL_ASCII' LOCALE_PROVIDER libc LOCALE 'C';
\set script 'CREATE EXTENSION s3sign; CREATE SERVER regress_s3sign FOREIGN DATA WRAPPER s3sign OPTIONS (endpoint ''https://s3.example.com'', bucket ''media''); CREATE USER MAPPING FOR PUBLIC SERVER regress_s3sign OPTIONS (access_key_id ''AKID'', secret_access_key ''SECRET'');'
\connect regress_s3sign_latin1
:script
SELECT s3sign_unsign('regress_s3sign', convert_from('\xe9203a2073333a2f2f6d656469612fe920e9', 'LATIN1'))::bytea, s3sign_unsign('regress_s3sign', 's3://media/%E6%97%A5'),
	left(s3sign_links('regress_s3sign', convert_from('\x73333a2f2f6d656469612fe9', 'LATIN1'), ARRAY[convert_from('\xe9', 'LATIN1')]), 35) AS allowed;
\connect regress_s3sign_euc_jp
:script
SELECT s3sign_unsign('regress_s3sign', convert_from('\xc6fc73333a2f2f6d656469612fc6fc20c6fc8fb0a1', 'EUC_JP'))::bytea, s3sign_unsign_jsonb('regress_s3sign', to_jsonb(convert_from('\x73333a2f2f6d656469612fc6fc', 'EUC_JP')));
\connect regress_s3sign_sql_ascii
:script
SELECT s3sign_unsign('regress_s3sign', E'\xe9 s3://media/\xc3\xa9 s3://media/\xe9 s3://media/( \xff')::bytea;
\connect :home
DROP DATABASE regress_s3sign_latin1;
DROP DATABASE regress_s3sign_euc_jp;
DROP DATABASE regress_s3sign_sql_ascii;

DROP TABLE attack, pages;
DROP SERVER regress_s3sign, regress_s3sign_bare, regress_s3sign_file CASCADE;
DROP EXTENSION s3sign;
