-- What statements come to, as one line: what the last one returns, or the error's SQLSTATE, message,
-- detail and hint. Nothing that they do stays. A secret in the error is what is returned then.

CREATE FUNCTION pg_temp.outcome(VARIADIC statements text[]) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	statement text;
	result text := 'accepted';
	message text;
	detail text;
	hint text;
BEGIN
	FOREACH statement IN ARRAY statements LOOP
		IF statement LIKE 'SELECT %' THEN
			EXECUTE statement INTO result;
		ELSE
			EXECUTE statement;
		END IF;
	END LOOP;
	RAISE EXCEPTION SQLSTATE 'ROLLB';
EXCEPTION
	WHEN SQLSTATE 'ROLLB' THEN
		RETURN result;
	WHEN OTHERS THEN
		GET STACKED DIAGNOSTICS
			message = MESSAGE_TEXT, detail = PG_EXCEPTION_DETAIL, hint = PG_EXCEPTION_HINT;
		IF concat_ws(' ', message, detail, hint) LIKE '%SECRET%' THEN
			RETURN 'the secret is in the message: ' || message;
		END IF;
		RETURN concat_ws(' | ', SQLSTATE || ' ' || message, nullif(detail, ''), nullif(hint, ''));
END $$;

-- for the reader: what a URL asks for, without SigV4's own parameters
CREATE FUNCTION pg_temp.asked(url text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT AS $$
	SELECT regexp_replace(regexp_replace(url, '(?<=[?&])X-Amz-[^&]*(&|$)', '', 'g'), '[?&]$', '')
$$;
