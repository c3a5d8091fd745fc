-- The error of a call with one or two arguments wrong, as one line: SQLSTATE, message, hint.
-- Where identity, secret or session token appear in it, that is what is returned.

CREATE FUNCTION pg_temp.failure(
	duration bigint = 60, server text = 'https://s3.example.com', bucket text = 'media',
	file text = 'file', identity text = 'IDENTITY0123', secret text = 'SECRET0123',
	region text = NULL, session_token text = 'TOKEN0123', query jsonb = NULL, headers jsonb = NULL,
	addressing text = NULL, signed_at timestamptz = NULL)
RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	url text;
	message text;
	detail text;
	hint text;
	context text;
BEGIN
	url := s3sign_pre_get(server, bucket, identity, secret, file, duration,
		region, session_token, query, headers, addressing, signed_at);
	RETURN 'no error: ' || url;
EXCEPTION WHEN OTHERS THEN
	GET STACKED DIAGNOSTICS
		message = MESSAGE_TEXT, detail = PG_EXCEPTION_DETAIL, hint = PG_EXCEPTION_HINT,
		context = PG_EXCEPTION_CONTEXT;
	IF EXISTS (
		SELECT FROM unnest(ARRAY[message, detail, hint, context]) AS said,
			unnest(ARRAY[identity, secret, session_token]) AS kept
		WHERE length(kept) > 3 AND strpos(said, kept) > 0)
	THEN
		RETURN 'identity, secret or session token in the message: ' || message;
	END IF;
	RETURN concat_ws(' | ', SQLSTATE || ' ' || message, nullif(detail, ''), nullif(hint, ''));
END $$;
