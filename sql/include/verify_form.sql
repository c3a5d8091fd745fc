-- A server's view of a POST form, in plain SQL, and the policy for the reader. Needs verify.sql;
-- sql/reference.sql checks it against published signatures.
-- https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-HTTPPOSTConstructPolicy.html

-- the policy's bytes, as they were signed
CREATE FUNCTION pg_temp.policy_text(form jsonb) RETURNS text
LANGUAGE sql IMMUTABLE STRICT AS $$
	SELECT convert_from(decode(form #>> '{fields,policy}', 'base64'), 'UTF8')
$$;

CREATE FUNCTION pg_temp.policy(form jsonb) RETURNS jsonb
LANGUAGE sql IMMUTABLE STRICT AS $$
	SELECT pg_temp.policy_text(form)::jsonb
$$;

-- for the reader: the conditions except SigV4's own
CREATE FUNCTION pg_temp.conditions(form jsonb) RETURNS text
LANGUAGE sql IMMUTABLE STRICT AS $$
	SELECT string_agg(condition::text, ' ' ORDER BY i)
	FROM jsonb_array_elements(pg_temp.policy(form) -> 'conditions') WITH ORDINALITY AS conditions (condition, i)
	WHERE NOT condition ?| ARRAY['x-amz-algorithm', 'x-amz-credential', 'x-amz-date', 'x-amz-security-token']
$$;

-- and the fields except SigV4's own and the policy
CREATE FUNCTION pg_temp.fields(form jsonb) RETURNS jsonb
LANGUAGE sql IMMUTABLE STRICT AS $$
	SELECT (form -> 'fields') - ARRAY['policy', 'x-amz-algorithm', 'x-amz-credential', 'x-amz-date', 'x-amz-security-token', 'x-amz-signature']
$$;

-- Whether a condition is about a form field, and the field satisfies it.
CREATE FUNCTION pg_temp.satisfied(condition jsonb, name text, value text) RETURNS boolean
LANGUAGE sql IMMUTABLE STRICT AS $$
	SELECT CASE jsonb_typeof(condition)
		WHEN 'object' THEN EXISTS (SELECT FROM jsonb_each_text(condition) AS c WHERE lower(c.key) = lower(name) AND c.value = satisfied.value)
		ELSE lower(condition ->> 1) = '$' || lower(name) AND CASE condition ->> 0
			WHEN 'eq' THEN condition ->> 2 = value
			WHEN 'starts-with' THEN starts_with(value, condition ->> 2)
			ELSE false END
		END
$$;

-- What is wrong with a form in the eyes of a server with this secret: its bucket, its key or a
-- field that is filled in by the browser may be given. NULL: nothing.
CREATE FUNCTION pg_temp.form_fault(form jsonb, secret text, bucket text, filled jsonb = '{}') RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT AS $$
DECLARE
	fields jsonb := (form -> 'fields') || filled;
	credential text[] := regexp_match(fields ->> 'x-amz-credential', '^(.*)/(\d{8})/([^/]+)/s3/aws4_request$');
	conditions jsonb;
	fault text;
BEGIN
	IF credential IS NULL OR NOT starts_with(fields ->> 'x-amz-date', credential[2]) THEN
		RETURN 'credential';
	END IF;
	IF encode(pg_temp.hmac(pg_temp.signing_key(secret, credential[2], credential[3], 's3'), convert_to(fields ->> 'policy', 'UTF8')), 'hex')
		IS DISTINCT FROM fields ->> 'x-amz-signature' THEN
		RETURN 'signature';
	END IF;
	conditions := pg_temp.policy(form) -> 'conditions';
	-- every field needs a condition, and has to satisfy each that is about it
	SELECT 'no condition for ' || key INTO fault
	FROM jsonb_each_text(fields || jsonb_build_object('bucket', bucket)) AS field
	WHERE key NOT IN ('policy', 'x-amz-signature', 'file')
		AND NOT EXISTS (SELECT FROM jsonb_array_elements(conditions) AS condition
			WHERE CASE jsonb_typeof(condition) WHEN 'object' THEN EXISTS (SELECT FROM jsonb_object_keys(condition) AS name WHERE lower(name) = lower(key))
				ELSE lower(condition ->> 1) = '$' || lower(key) END)
	ORDER BY key LIMIT 1;
	IF fault IS NULL THEN
		SELECT 'not satisfied: ' || condition::text INTO fault
		FROM jsonb_array_elements(conditions) AS condition
		WHERE condition ->> 0 IS DISTINCT FROM 'content-length-range'
			AND NOT EXISTS (SELECT FROM jsonb_each_text(fields || jsonb_build_object('bucket', bucket)) AS field
				WHERE pg_temp.satisfied(condition, key, value))
		LIMIT 1;
	END IF;
	RETURN fault;
END $$;
