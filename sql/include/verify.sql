-- A server's view of a presigned URL, in plain SQL: an implementation of AWS's document that shares
-- nothing with the extension. sql/reference.sql checks it against published signatures.
-- https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html

-- RFC 2104 with SHA-256
CREATE FUNCTION pg_temp.hmac(key bytea, message bytea) RETURNS bytea
LANGUAGE plpgsql IMMUTABLE STRICT AS $$
DECLARE
	i_pad bytea := decode(repeat('36', 64), 'hex');
	o_pad bytea := decode(repeat('5c', 64), 'hex');
BEGIN
	IF length(key) > 64 THEN
		key := sha256(key);
	END IF;
	FOR i IN 0 .. length(key) - 1 LOOP
		i_pad := set_byte(i_pad, i, get_byte(i_pad, i) # get_byte(key, i));
		o_pad := set_byte(o_pad, i, get_byte(o_pad, i) # get_byte(key, i));
	END LOOP;
	RETURN sha256(o_pad || sha256(i_pad || message));
END $$;

-- UriEncode(); keep => '/' for an object key
CREATE FUNCTION pg_temp.uri_encode(input text, keep text = '') RETURNS text
LANGUAGE sql IMMUTABLE STRICT AS $$
	SELECT coalesce(string_agg(
		CASE WHEN strpos('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~' || keep, chr(byte)) > 0
			THEN chr(byte)
			ELSE '%' || upper(lpad(to_hex(byte), 2, '0')) END, '' ORDER BY i), '')
	FROM convert_to(input, 'UTF8') AS bytes,
		generate_series(0, length(bytes) - 1) AS i,
		get_byte(bytes, i) AS byte
$$;

CREATE FUNCTION pg_temp.signing_key(secret text, date text, region text, service text) RETURNS bytea
LANGUAGE sql IMMUTABLE STRICT AS $$
	SELECT pg_temp.hmac(pg_temp.hmac(pg_temp.hmac(pg_temp.hmac(
		convert_to('AWS4' || secret, 'UTF8'),
		convert_to(date, 'UTF8')),
		convert_to(region, 'UTF8')),
		convert_to(service, 'UTF8')),
		convert_to('aws4_request', 'UTF8'))
$$;

-- Whether a server with this secret accepts the request: `headers` are those that the client sends
-- beside Host, in canonical form, and all of them have to be signed.
CREATE FUNCTION pg_temp.verify(url text, secret text, method text = 'GET', headers jsonb = '{}')
RETURNS boolean LANGUAGE plpgsql IMMUTABLE STRICT AS $$
DECLARE
	parts text[] := regexp_match(url, '^https?://([^/?]+)(/[^?#]*)\?([^#]*)&X-Amz-Signature=([0-9a-f]{64})$');
	host text := parts[1];
	path text := parts[2];
	query text := parts[3];
	scope text[] := regexp_match(query, '(?:^|&)X-Amz-Credential=[^&]*%2F(\d{8})%2F([^&%]+)%2F([^&%]+)%2Faws4_request&');
	time text := substring(query FROM '&X-Amz-Date=(\d{8}T\d{6}Z)&');
	payload text := coalesce(headers ->> 'x-amz-content-sha256', 'UNSIGNED-PAYLOAD');
	sorted_query text;
	canonical_headers text;
	signed_headers text;
	canonical_request text;
	string_to_sign text;
BEGIN
	SELECT string_agg(parameter, '&' ORDER BY
		split_part(parameter, '=', 1) COLLATE "C", split_part(parameter, '=', 2) COLLATE "C")
	INTO sorted_query
	FROM string_to_table(query, '&') AS parameter;

	SELECT string_agg(key || ':' || value || E'\n', '' ORDER BY key COLLATE "C"),
		string_agg(key, ';' ORDER BY key COLLATE "C")
	INTO canonical_headers, signed_headers
	FROM jsonb_each_text(headers || jsonb_build_object('host', host));

	canonical_request := concat_ws(E'\n',
		method, path, query, canonical_headers, signed_headers, payload);
	string_to_sign := concat_ws(E'\n',
		'AWS4-HMAC-SHA256', time, array_to_string(scope, '/') || '/aws4_request',
		encode(sha256(convert_to(canonical_request, 'UTF8')), 'hex'));

	RETURN url ~ '^[!-~]+$'
		AND query = sorted_query
		AND regexp_count(query, '(^|&)X-Amz-Algorithm=AWS4-HMAC-SHA256(&|$)') = 1
		AND regexp_count(query, '(^|&)X-Amz-(Algorithm|Credential|Date|Expires|SignedHeaders)=') = 5
		AND strpos(query || '&', '&X-Amz-SignedHeaders=' || pg_temp.uri_encode(signed_headers) || '&') > 0
		AND starts_with(time, scope[1])
		AND encode(pg_temp.hmac(pg_temp.signing_key(secret, scope[1], scope[2], scope[3]),
			convert_to(string_to_sign, 'UTF8')), 'hex') = parts[4];
END $$;

-- for the reader: a URL up to its signature
CREATE FUNCTION pg_temp.unsigned(url text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT AS $$
	SELECT regexp_replace(url, '&X-Amz-Signature=[0-9a-f]{64}$', '')
$$;
