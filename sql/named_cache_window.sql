-- cache_window: one URL for as long as the window lasts, and never for less than its duration.
\getenv sources PG_ABS_SRCDIR
\set verify :sources '/sql/include/verify.sql'
\set ECHO none
\i :verify
\set ECHO all
CREATE EXTENSION s3sign;

CREATE SERVER regress_s3sign FOREIGN DATA WRAPPER s3sign OPTIONS (endpoint 'https://s3.example.com', bucket 'media', methods 'get,head,put,delete', cache_window '6d');
CREATE USER MAPPING FOR PUBLIC SERVER regress_s3sign OPTIONS (access_key_id 'AKID', secret_access_key 'SECRET');

-- the signing time that the statement's should be rounded down to
CREATE FUNCTION pg_temp.iso(t timestamptz) RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT to_char(t AT TIME ZONE 'UTC', 'YYYYMMDD"T"HH24MISS"Z"') $$;
CREATE FUNCTION pg_temp.floored(t timestamptz, seconds int) RETURNS text LANGUAGE sql IMMUTABLE AS $$
	SELECT pg_temp.iso(to_timestamp(floor(extract(epoch FROM t) / seconds) * seconds))
$$;
CREATE FUNCTION pg_temp.signed(url text) RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT substring(url FROM '&X-Amz-Date=([^&]*)&') $$;
CREATE FUNCTION pg_temp.expires(url text) RETURNS int LANGUAGE sql IMMUTABLE AS $$ SELECT substring(url FROM '&X-Amz-Expires=([^&]*)&')::int $$;

-- get and head, and no other; not with a signed_at of the caller's
SELECT function, pg_temp.signed(url) = pg_temp.floored(statement_timestamp(), 518400) AS rounded, pg_temp.signed(url) = pg_temp.iso(statement_timestamp()) AS now, pg_temp.expires(url),
	pg_temp.verify(url, 'SECRET', upper(split_part(function, ' ', 1))) AS accepted
FROM (VALUES ('get', s3sign_get('regress_s3sign', 'file', 60)), ('head', s3sign_head('regress_s3sign', 'file', 60)), ('put', s3sign_put('regress_s3sign', 'file', 60)),
	('delete', s3sign_delete('regress_s3sign', 'file', 60)), ('get at', s3sign_get('regress_s3sign', 'file', 60, signed_at => statement_timestamp())),
	('head at', s3sign_head('regress_s3sign', 'file', 60, signed_at => statement_timestamp()))) AS calls (function, url);

-- two statements, one URL
SELECT s3sign_get('regress_s3sign', 'file', 60, 'a.txt') AS first, pg_temp.floored(statement_timestamp(), 518400) AS first_window \gset
SELECT pg_sleep(1.1);
SELECT s3sign_get('regress_s3sign', 'file', 60, 'a.txt') = :'first' AS same, pg_temp.floored(statement_timestamp(), 518400) = :'first_window' AS in_one_window \gset
SELECT :'same' = :'in_one_window' AS same_within_the_window;

-- every window, and duration is added to it
DO $$
DECLARE
	seconds int;
	url text;
BEGIN
	FOREACH seconds IN ARRAY ARRAY[1, 2, 7, 59, 60, 3600, 3601, 86400, 604799 - 60] LOOP
		EXECUTE format('ALTER SERVER regress_s3sign OPTIONS (SET cache_window %L)', seconds);
		url := s3sign_get('regress_s3sign', 'file', 60);
		ASSERT pg_temp.signed(url) = pg_temp.floored(statement_timestamp(), seconds), format('%s: %s', seconds, pg_temp.signed(url));
		ASSERT pg_temp.expires(url) = 60 + seconds, format('%s: %s', seconds, pg_temp.expires(url));
		ASSERT pg_temp.verify(url, 'SECRET'), format('%s: %s', seconds, url);
	END LOOP;
END $$;

DROP USER MAPPING FOR PUBLIC SERVER regress_s3sign;
DROP SERVER regress_s3sign;
DROP EXTENSION s3sign;
