-- Query parameters are signed, and shown as they are signed: encoded, sorted by encoded name and value.
\getenv sources PG_ABS_SRCDIR
\set verify :sources '/sql/include/verify.sql'
\set ECHO none
\i :verify
\set ECHO all
CREATE EXTENSION s3sign;

CREATE FUNCTION pg_temp.sign(query jsonb) RETURNS text LANGUAGE sql AS $$
	SELECT s3sign_pre_get('https://s3.example.com', 'media', 'AKID', 'SECRET', 'file', 60,
		session_token => 'T', query => query, signed_at => '2026-01-02T03:04:05Z')
$$;

-- what the URL has beside SigV4's own parameters
CREATE FUNCTION pg_temp.further(url text) RETURNS text LANGUAGE sql AS $$
	SELECT string_agg(parameter, '&' ORDER BY i)
	FROM string_to_table(split_part(url, '?', 2), '&') WITH ORDINALITY AS p (parameter, i)
	WHERE parameter !~ '^X-Amz-(Algorithm|Credential|Date|Expires|Security-Token|SignedHeaders|Signature)='
$$;

SELECT pg_temp.further(url) AS shown, pg_temp.verify(url, 'SECRET') AS accepted
FROM (VALUES (jsonb '{}'),
	-- strings, numbers, booleans, null; arrays repeat the name
	('{"s": "text", "empty": "", "n": 12.50, "big": 1e3, "t": true, "f": false, "null": null}'),
	('{"a": ["z", "b", 10, 9, true, null]}'), ('{"none": [], "one": ["x"]}'), ('{"same": ["x", "x"]}'),
	-- each character that is not unreserved
	('{"a b": "c d", "e&f": "g=h", "i+j": "k%l", "m/n": "o?p#q"}'),
	('{"quote\"''": "\\ \t\n"}'), ('{"\u00e9": "\u20ac", "key": "\ud83d\ude00"}'), ('{"-._~": "-._~"}'),
	-- a name is a name, whatever its prefix or case
	('{"acl": null, "ACL": null, "a": 1, "a-": 2, "a.": 3, "a0": 4, "aa": 5, "a%": 6}'),
	('{"response-content-disposition": "attachment; filename=\"a b.txt\"", "versionId": "3/L4kqtJlcpXroDTDmJ+rmSpXd3dIbrHY+MTRCxf3vjVBH40Nr8X8gdRQBpUMLUo"}'),
	('{"x-id": "GetObject", "partNumber": 7}'),
	('{"X-Amz-": 1, "X-Amz-Expire": 2, "X-Amz-Expires2": 3, "Y": 4, "W": 5}')) AS queries (query),
	pg_temp.sign(query) AS url;

-- the order among SigV4's own: a name before them, one between and one behind
SELECT pg_temp.unsigned(pg_temp.sign('{"A": 1, "X-Amz-E": 2, "X-Amz-T": 3, "b": 4}'));

-- as many as fit
SELECT count(*) AS parameters, pg_temp.verify(pg_temp.sign(jsonb_object_agg('p' || i, repeat('+', i))), 'SECRET')
FROM generate_series(1, 500) AS i;

DROP EXTENSION s3sign;
