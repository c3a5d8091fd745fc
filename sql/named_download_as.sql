-- download_as: the browser saves the object under this name, and the name stays a name.
-- RFC 6266 §4.1 (quoted-string), RFC 8187 §3.2 (filename*)
\getenv sources PG_ABS_SRCDIR
\set verify :sources '/sql/include/verify.sql'
\set ECHO none
\i :verify
\set ECHO all
CREATE EXTENSION s3sign;

CREATE SERVER regress_s3sign FOREIGN DATA WRAPPER s3sign OPTIONS (endpoint 'https://s3.example.com', bucket 'media');
CREATE USER MAPPING FOR PUBLIC SERVER regress_s3sign OPTIONS (access_key_id 'AKID', secret_access_key 'SECRET');

CREATE TEMP TABLE names (i int GENERATED ALWAYS AS IDENTITY, name text);
INSERT INTO names (name) VALUES ('a.txt'), ('a b.txt'), ('a;b=c, d.txt'), ('''a''.txt'), ('a.'), ('..'), ('~$&+*()!#@^`{|}[]<>:?'),
	-- out of the quotes, out of the header, out of the folder, out of the decoding
	('a"b.txt'), ('"'), ('a"; filename="evil.exe'), ('a\"b'), ('a\'), (E'a\r\nSet-Cookie: a=b'), (E'a\nb'), (E'\t\x01\x1f\x7f'), ('../../etc/passwd'), ('C:\Windows\a.exe'), ('a%22b.txt'), ('100%'), ('a%0d%0ab'),
	('UTF-8''''evil.exe'), ('a"; filename*=UTF-8''''evil.exe'), ('a.txt&acl'),
	-- not ASCII
	(U&'\00FCber.txt'), (U&'e\0301.txt'), (U&'\20AC rates.pdf'), (U&'\65E5\672C\8A9E.txt'), (U&'\+01F600.png'), (U&'\+01F468\200D\+01F469.png'), (U&'\FF02a\FF0F.txt'),
	-- C1 controls, lines, directions of writing: U+0080 to U+009F, U+2028, U+2029, the marks, embeddings, overrides and isolates
	(U&'a\0080\0085\009F\00A0b'), (U&'a\2028\2029b'), (U&'photo\202Egpj.exe'), (U&'\061C\200E\200F\202A\202B\202C\202D\202E\2066\2067\2068\2069'),
	(repeat('a', 300)), (repeat(U&'\00E9', 300));

-- what it should be, said in SQL: harmful characters are `_`; the quoted name is ASCII without quotes and `%`
CREATE FUNCTION pg_temp.attachment(name text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
	SELECT 'attachment; filename="' || ascii || '"' || CASE WHEN ascii <> clean THEN '; filename*=UTF-8''''' || pg_temp.uri_encode(clean) ELSE '' END
	FROM (SELECT string_agg(CASE WHEN code < 32 OR code BETWEEN 127 AND 159 OR code IN (47, 92, 1564, 8206, 8207) OR code BETWEEN 8232 AND 8238 OR code BETWEEN 8294 AND 8297 THEN '_' ELSE chr(code) END, '' ORDER BY i) AS clean
		FROM regexp_split_to_table(name, '') WITH ORDINALITY AS characters (c, i), ascii(c) AS code) AS cleaned,
		regexp_replace(clean, '[^ !#$&-~]', '_', 'g') AS ascii
$$;
CREATE TEMP VIEW downloads AS
	SELECT i, name, pg_temp.attachment(name) AS header, s3sign_get('regress_s3sign', 'file', 60, name, signed_at => '2026-01-02T03:04:05Z') AS url FROM names;

SELECT i, left(header, 120) AS header, strpos(url, '&response-content-disposition=' || pg_temp.uri_encode(header) || '&X-Amz-Signature=') > 0 AS so, pg_temp.verify(url, 'SECRET') AS accepted
FROM downloads ORDER BY i;
-- no name has more than one quoted string, or more than one name of a kind
SELECT count(*) AS names, count(*) FILTER (WHERE header ~ '^attachment; filename="[^"\\[:cntrl:]]*"(; filename\*=UTF-8''''[A-Za-z0-9._~%-]+)?$') AS well_formed FROM downloads;
-- any single byte
SELECT bool_and(strpos(s3sign_get('regress_s3sign', 'file', 60, chr(code)), '&response-content-disposition=' || pg_temp.uri_encode(pg_temp.attachment(chr(code))) || '&X-Amz-Signature=') > 0) AS so
FROM generate_series(1, 127) AS code;

DROP VIEW downloads;
DROP USER MAPPING FOR PUBLIC SERVER regress_s3sign;
DROP SERVER regress_s3sign;
DROP EXTENSION s3sign;
