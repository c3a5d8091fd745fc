-- A statement that runs for longer than its signatures are valid gets an error, never a dead URL.
CREATE EXTENSION s3sign;
CREATE SERVER regress_s3sign FOREIGN DATA WRAPPER s3sign OPTIONS (endpoint 'https://s3.example.com', bucket 'media',
	methods 'get,head,put,delete,list,post,multipart', default_duration '1');
CREATE USER MAPPING FOR PUBLIC SERVER regress_s3sign OPTIONS (access_key_id 'AKID', secret_access_key 'SECRET');
CREATE SERVER regress_s3sign_window FOREIGN DATA WRAPPER s3sign OPTIONS (endpoint 'https://s3.example.com', bucket 'media',
	cache_window '1', default_duration '1');
CREATE USER MAPPING FOR PUBLIC SERVER regress_s3sign_window OPTIONS (access_key_id 'AKID', secret_access_key 'SECRET');

-- the first row is signed in time, the second too late
SELECT s3sign_get('regress_s3sign', 'file') IS NOT NULL AS signed, CASE i WHEN 1 THEN pg_sleep(3.1) END
FROM generate_series(1, 2) AS i;

-- every function that signs, in one statement that began three seconds ago
CREATE FUNCTION pg_temp.outcome(call text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	message text;
	hint text;
BEGIN
	EXECUTE 'SELECT count(t) || '' rows'' FROM ' || call || ' AS t' INTO message;
	RETURN message;
EXCEPTION WHEN OTHERS THEN
	GET STACKED DIAGNOSTICS message = MESSAGE_TEXT, hint = PG_EXCEPTION_HINT;
	RETURN SQLSTATE || ' ' || message || ' | ' || hint;
END $$;
WITH late AS MATERIALIZED (SELECT pg_sleep(3.1))
SELECT call, pg_temp.outcome(call) FROM late, unnest(ARRAY[
	$q$s3sign_pre_get('s3.example.com', 'media', 'AKID', 'SECRET', 'file', 1)$q$,
	$q$s3sign_pre_put('s3.example.com', 'media', 'AKID', 'SECRET', 'file', 1)$q$,
	$q$s3sign_pre_head('s3.example.com', 'media', 'AKID', 'SECRET', 'file', 1)$q$,
	$q$s3sign_pre_delete('s3.example.com', 'media', 'AKID', 'SECRET', 'file', 1)$q$,
	$q$s3sign_pre_url('GET', 'https://s3.example.com/media/file', 'AKID', 'SECRET', 1)$q$,
	$q$s3sign_get('regress_s3sign', 'file')$q$,
	$q$s3sign_head('regress_s3sign', 'file')$q$,
	$q$s3sign_put('regress_s3sign', 'file')$q$,
	$q$s3sign_delete('regress_s3sign', 'file')$q$,
	$q$s3sign_list('regress_s3sign')$q$,
	$q$s3sign_post('regress_s3sign', 'file')$q$,
	$q$s3sign_upload('regress_s3sign', 'file', max_bytes => 1)$q$,
	$q$s3sign_upload('regress_s3sign', 'file')$q$,
	$q$s3sign_request('regress_s3sign', '{"method": "PUT", "key": "file", "expiresIn": 1}', 60)$q$,
	$q$s3sign_request('regress_s3sign', '{"method": "PUT", "key": "file", "maxBytes": 1, "expiresIn": 1}', 60)$q$,
	$q$s3sign_multipart_create('regress_s3sign', 'file')$q$,
	$q$s3sign_multipart_part('regress_s3sign', 'file', 'id', 1)$q$,
	$q$s3sign_multipart_parts('regress_s3sign', 'file', 'id', 2)$q$,
	$q$s3sign_multipart_complete('regress_s3sign', 'file', 'id')$q$,
	$q$s3sign_multipart_abort('regress_s3sign', 'file', 'id')$q$,
	$q$s3sign_multipart_list('regress_s3sign', 'file', 'id')$q$,
	-- cache_window counts: signed in this second for two
	$q$s3sign_get('regress_s3sign_window', 'file')$q$,
	-- still valid: longer ones, a later signing time, one that the caller chose, headers
	$q$s3sign_pre_get('s3.example.com', 'media', 'AKID', 'SECRET', 'file', 60)$q$,
	$q$s3sign_pre_get('s3.example.com', 'media', 'AKID', 'SECRET', 'file', 1, signed_at => clock_timestamp())$q$,
	$q$s3sign_pre_get('s3.example.com', 'media', 'AKID', 'SECRET', 'file', 1, signed_at => '2024-02-29T12:34:56Z')$q$,
	$q$s3sign_pre_url('GET', 'https://s3.example.com/media/file', 'AKID', 'SECRET', 1, signed_at => clock_timestamp())$q$,
	$q$s3sign_get('regress_s3sign', 'file', 60)$q$,
	$q$s3sign_get('regress_s3sign', 'file', signed_at => clock_timestamp())$q$,
	$q$s3sign_post('regress_s3sign', 'file', signed_at => clock_timestamp())$q$,
	$q$s3sign_multipart_parts('regress_s3sign', 'file', 'id', 2, signed_at => clock_timestamp())$q$,
	$q$s3sign_pre_headers('GET', 'https://s3.example.com/media/file', 'AKID', 'SECRET')$q$,
	$q$s3sign_headers('regress_s3sign', 'GET', 'file')$q$]) AS call;

DROP USER MAPPING FOR PUBLIC SERVER regress_s3sign_window;
DROP SERVER regress_s3sign_window;
DROP USER MAPPING FOR PUBLIC SERVER regress_s3sign;
DROP SERVER regress_s3sign;
DROP EXTENSION s3sign;
