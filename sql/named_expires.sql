-- Credentials that end: no URL, form or ticket lives longer than they do.
\getenv sources PG_ABS_SRCDIR
\set verify :sources '/sql/include/verify.sql'
\set ECHO none
\i :verify
\set ECHO all
CREATE EXTENSION s3sign;

CREATE SERVER regress_s3sign FOREIGN DATA WRAPPER s3sign OPTIONS (endpoint 'https://s3.example.com', bucket 'media', methods 'get,head,put,delete,list,post,multipart');
CREATE USER MAPPING FOR PUBLIC SERVER regress_s3sign OPTIONS (access_key_id 'AKID', secret_access_key 'SECRET', expires_at '2024-02-29T13:34:56.9+01:00');

-- they have ended, which is looked at before the limits; a signing time before the end does not help
SELECT s3sign_get('regress_s3sign', 'file');
SELECT s3sign_get('regress_s3sign', 'file', signed_at => '2024-02-29T12:00:00Z');
SELECT s3sign_get('regress_s3sign', 'file', query => '{"acl": null}');

CREATE FUNCTION pg_temp.error(statement text) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
	EXECUTE statement;
	RETURN 'none';
EXCEPTION WHEN OTHERS THEN
	RETURN SQLSTATE || ' ' || SQLERRM;
END $$;
SELECT call, pg_temp.error('SELECT ' || call) FROM unnest(ARRAY['s3sign_head(''regress_s3sign'', ''file'')', 's3sign_put(''regress_s3sign'', ''file'')',
	's3sign_delete(''regress_s3sign'', ''file'')', 's3sign_list(''regress_s3sign'')', 's3sign_post(''regress_s3sign'', ''file'')', 's3sign_upload(''regress_s3sign'', ''file'', max_bytes => 1)',
	's3sign_upload(''regress_s3sign'', ''file'')', 's3sign_multipart_create(''regress_s3sign'', ''file'')', 's3sign_multipart_parts(''regress_s3sign'', ''file'', ''id'', 2)',
	's3sign_get_many(''regress_s3sign'', ''{file}'')', 's3sign_headers(''regress_s3sign'', ''GET'', ''file'')']) AS call;

-- what only looks does not ask when they end
SELECT s3sign_pre_get('https://s3.example.com', 'media', 'AKID', 'SECRET', 'file', 900, signed_at => '2024-02-29T12:30:00Z') AS url \gset
SELECT s3sign_verify(:'url', 'regress_s3sign', at => '2024-02-29T12:31:00Z'), (s3sign_explain(:'url', 'regress_s3sign')).matches;
SELECT (s3sign_diagnose(:'url', '<Error><Code>AccessDenied</Code><Message>Request has expired</Message></Error>', 'regress_s3sign')).cause;

-- they end in 1000 seconds; signed 500 seconds ago, a URL has at most 1500
SELECT floor(extract(epoch FROM clock_timestamp()))::bigint AS now \gset
SELECT to_timestamp(:now - 500) AS signed_at, :now + 1000 AS expires_at \gset
ALTER USER MAPPING FOR PUBLIC SERVER regress_s3sign OPTIONS (SET expires_at :'expires_at');
CREATE FUNCTION pg_temp.expires(url text) RETURNS bigint LANGUAGE sql IMMUTABLE AS $$ SELECT substring(url FROM '&X-Amz-Expires=([^&]*)&')::bigint $$;
CREATE FUNCTION pg_temp.signed(url text) RETURNS bigint LANGUAGE sql IMMUTABLE AS $$ SELECT extract(epoch FROM (s3sign_parse(url)).signed_at)::bigint $$;
CREATE FUNCTION pg_temp.seconds(t text) RETURNS bigint LANGUAGE sql STABLE AS $$ SELECT extract(epoch FROM t::timestamptz)::bigint $$;
SELECT duration, pg_temp.expires(s3sign_get('regress_s3sign', 'file', duration, signed_at => :'signed_at')) FROM unnest(ARRAY[1, 1499, 1500, 1501, 604800]) AS duration;
SELECT function, pg_temp.expires(url), pg_temp.verify(url, 'SECRET', method) AS accepted FROM (VALUES
	('head', 'HEAD', s3sign_head('regress_s3sign', 'file', 3600, signed_at => :'signed_at')), ('put', 'PUT', s3sign_put('regress_s3sign', 'file', 3600, signed_at => :'signed_at')),
	('delete', 'DELETE', s3sign_delete('regress_s3sign', 'file', 3600, signed_at => :'signed_at')), ('list', 'GET', s3sign_list('regress_s3sign', duration => 3600, signed_at => :'signed_at')),
	('part', 'PUT', s3sign_multipart_part('regress_s3sign', 'file', 'id', 1, 3600, signed_at => :'signed_at')),
	('put ticket', 'PUT', s3sign_upload('regress_s3sign', 'file', 3600, signed_at => :'signed_at') ->> 'url')) AS calls (function, method, url);
SELECT pg_temp.seconds(s3sign_upload('regress_s3sign', 'file', 3600, signed_at => :'signed_at') ->> 'expires_at') - :now AS put_ticket,
	pg_temp.seconds(form ->> 'expires_at') - :now AS form_ticket, pg_temp.seconds(convert_from(decode(form -> 'fields' ->> 'policy', 'base64'), 'UTF8')::jsonb ->> 'expiration') - :now AS form
FROM s3sign_upload('regress_s3sign', 'file', 3600, max_bytes => 1, signed_at => :'signed_at') AS form;
SELECT pg_temp.seconds(convert_from(decode(s3sign_post('regress_s3sign', 'file', 60, signed_at => :'signed_at') -> 'fields' ->> 'policy', 'base64'), 'UTF8')::jsonb ->> 'expiration') - :now AS shorter_form;
SELECT s3sign_headers('regress_s3sign', 'GET', 'file') IS NOT NULL AS headers;

-- without signed_at: until they end, and never longer
SELECT pg_temp.signed(url) + pg_temp.expires(url) - :now AS until, pg_temp.signed(url) >= :now AS now FROM s3sign_get('regress_s3sign', 'file', 3600) AS url;

-- with cache_window a URL stays the same in two statements, and ends with the credentials
ALTER SERVER regress_s3sign OPTIONS (ADD cache_window '6d');
SELECT s3sign_get('regress_s3sign', 'file', 60) AS first \gset
SELECT pg_sleep(1.1);
SELECT s3sign_get('regress_s3sign', 'file', 60) = :'first' OR pg_temp.signed(s3sign_get('regress_s3sign', 'file', 60)) <> pg_temp.signed(:'first') AS same_within_the_window;
SELECT pg_temp.signed(:'first') % 518400 AS floored, pg_temp.expires(:'first') = least(518460, :now + 1000 - pg_temp.signed(:'first')) AS bounded;

-- every time has an offset, whatever the session's time zone
SELECT expires_at, pg_temp.error(format('ALTER USER MAPPING FOR PUBLIC SERVER regress_s3sign OPTIONS (SET expires_at %L)', expires_at))
FROM unnest(ARRAY['', 'tomorrow', 'infinity', '2099-01-01', '2099-01-01 00:00:00', '2099-01-01T00:00:00 CET', '2099-02-29T00:00:00Z', '4070908800.5', '-1', '2099-01-01T00:00:00+0100']) AS expires_at;
ALTER USER MAPPING FOR PUBLIC SERVER regress_s3sign OPTIONS (SET expires_at 'tomorrow');
SET timezone = 'America/New_York';
SELECT expires_at, pg_temp.error(format('ALTER USER MAPPING FOR PUBLIC SERVER regress_s3sign OPTIONS (SET expires_at %L)', expires_at)),
	pg_temp.error('SELECT s3sign_get(''regress_s3sign'', ''file'')')
FROM unnest(ARRAY['2099-01-01T00:00:00Z', '2099-01-01 00:00:00.123-12:00', '4070908800', '4070908800123', '1999-12-31T23:59:59+14:00', '0', '1700000000999']) AS expires_at;
CREATE SERVER regress_s3sign_none FOREIGN DATA WRAPPER s3sign OPTIONS (endpoint 'https://s3.example.com');
CREATE USER MAPPING FOR PUBLIC SERVER regress_s3sign_none OPTIONS (expires_at '4070908800');
CREATE USER MAPPING FOR PUBLIC SERVER regress_s3sign_none OPTIONS (access_key_id 'AKID', secret_access_key 'SECRET', expires_at 'tomorrow');

DROP SERVER regress_s3sign_none;
DROP USER MAPPING FOR PUBLIC SERVER regress_s3sign;
DROP SERVER regress_s3sign;
DROP EXTENSION s3sign;
