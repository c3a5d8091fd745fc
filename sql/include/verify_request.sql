-- A server's view of a request that is signed in its headers, in plain SQL. Needs verify.sql;
-- sql/reference.sql checks it against published signatures.
-- https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html

-- Whether a server of S3 with this secret accepts what {"url": ..., "headers": {...}} says to send.
CREATE FUNCTION pg_temp.verify_request(request jsonb, secret text, method text = 'GET', payload bytea = '')
RETURNS boolean LANGUAGE plpgsql IMMUTABLE STRICT AS $$
DECLARE
	parts text[] := regexp_match(request ->> 'url', '^https?://([^/?]+)(/[^?#]*)(?:\?([^#]*))?$');
	sent jsonb;
	claim text[];
	scope text[];
	sorted_query text;
	canonical_headers text;
	canonical_request text;
	string_to_sign text;
BEGIN
	SELECT jsonb_object_agg(lower(key), value) INTO sent
	FROM jsonb_each_text((request -> 'headers') || jsonb_build_object('host', parts[1]));
	claim := regexp_match(sent ->> 'authorization',
		'^AWS4-HMAC-SHA256 Credential=(.*), SignedHeaders=([!-~]+), Signature=([0-9a-f]{64})$');
	scope := regexp_match(claim[1], '/(\d{8})/([^/]+)/s3/aws4_request$');

	SELECT coalesce(string_agg(parameter, '&' ORDER BY
		split_part(parameter, '=', 1) COLLATE "C", split_part(parameter, '=', 2) COLLATE "C"), '')
	INTO sorted_query
	FROM string_to_table(parts[3], '&') AS parameter;
	SELECT string_agg(name || ':' || (sent ->> name) || E'\n', '' ORDER BY i)
	INTO canonical_headers
	FROM string_to_table(claim[2], ';') WITH ORDINALITY AS names (name, i);
	canonical_request := concat_ws(E'\n', method, parts[2], sorted_query,
		canonical_headers, claim[2], sent ->> 'x-amz-content-sha256');
	string_to_sign := concat_ws(E'\n',
		'AWS4-HMAC-SHA256', sent ->> 'x-amz-date', array_to_string(scope, '/') || '/s3/aws4_request',
		encode(sha256(convert_to(canonical_request, 'UTF8')), 'hex'));

	RETURN coalesce(parts[3], '') = sorted_query
		-- host and every x-amz-* are signed, and nothing but authorization is not
		AND string_to_array(claim[2], ';') = (SELECT array_agg(key ORDER BY key COLLATE "C") FROM jsonb_object_keys(sent - 'authorization') AS key)
		AND sent ->> 'x-amz-content-sha256' IN (encode(sha256(payload), 'hex'), 'UNSIGNED-PAYLOAD')
		AND starts_with(sent ->> 'x-amz-date', scope[1])
		AND encode(pg_temp.hmac(pg_temp.signing_key(secret, scope[1], scope[2], 's3'),
			convert_to(string_to_sign, 'UTF8')), 'hex') = claim[3];
END $$;
