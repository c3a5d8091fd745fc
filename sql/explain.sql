-- The steps by which a server checks a presigned URL.
CREATE EXTENSION s3sign;

-- https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html prints each of them
SELECT 'https://examplebucket.s3.amazonaws.com/test.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host&X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404' AS url,
	'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY' AS secret \gset
\pset format unaligned
\x on
SELECT * FROM s3sign_explain(:'url', secret => :'secret');
-- without a secret no signature; with the wrong one another
SELECT e.canonical_request IS NOT NULL AS canonical_request, e.string_to_sign IS NOT NULL AS string_to_sign, e.signature, e.matches FROM s3sign_explain(:'url') AS e;
SELECT e.signature <> right(:'url', 64) AS other, e.matches FROM s3sign_explain(:'url', secret => 'x') AS e;
-- method and headers as they are sent; a signed header that is not sent is empty
SELECT e.canonical_request FROM s3sign_explain(replace(:'url', '=host', '=content-type%3Bhost%3Brange'), method => 'PUT', headers => '{"Content-Type": " a  b ", "x": "y"}') AS e;
-- written otherwise, the same is hashed
SELECT count(DISTINCT e.string_to_sign), bool_and(e.matches) FROM unnest(ARRAY[:'url', replace(:'url', '%2F', '%2f'), replace(:'url', 'test', '%74es%74'), replace(:'url', 'https://example', 'HTTPS://EXAMPLE')]) AS u, s3sign_explain(u, secret => :'secret') AS e;
-- another service: the path normalised and encoded twice, the hash of nothing
SELECT e.canonical_request, e.matches FROM s3sign_explain(s3sign_pre_url('GET', 'https://api.example.com/a/../b%20c', 'AKID', 'SECRET', 60, 'eu-west-1', 'execute-api', signed_at => '2026-01-02'), secret => 'SECRET') AS e;
\x off
\pset format aligned
-- what is no presigned URL has no steps
SELECT count(*) AS texts, bool_and(s3sign_explain(text, secret => 'x') IS NULL OR s3sign_explain(text, secret => 'x') IS NOT DISTINCT FROM (NULL, NULL, NULL, NULL)::record) AS all_null
FROM unnest(ARRAY[NULL, '', 'x', 'https://h/', left(:'url', -1), :'url' || '&X-Amz-Date=1', replace(:'url', 'HMAC', 'ECDSA'), :'url' || '&X-Amz-Content-Sha256=%FF', :'url' || '&X-Amz-Content-Sha256=%0A', :'url' || '&X-Amz-Content-Sha256=%00']) AS text;
SELECT s3sign_explain(:'url', server => 'a', secret => 'b');

-- No oracle: who may use a named server learns no signature that its limits do not allow.
CREATE SERVER regress_s3sign FOREIGN DATA WRAPPER s3sign OPTIONS (endpoint 'https://s3.amazonaws.com', bucket 'examplebucket', key_prefix 'pub/', methods 'head');
CREATE USER MAPPING FOR PUBLIC SERVER regress_s3sign OPTIONS (access_key_id 'AKIAIOSFODNN7EXAMPLE', secret_access_key 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY');
SELECT e.canonical_request IS NOT NULL AS canonical_request, e.signature, e.matches FROM s3sign_explain(:'url', server => 'regress_s3sign') AS e;
SELECT left(:'url', -64) || repeat('0', 64) AS forged \gset
SELECT e.canonical_request IS NOT NULL AS canonical_request, e.signature, e.matches FROM s3sign_explain(:'forged', server => 'regress_s3sign') AS e;
-- whatever is asked, the signature that would be right is in no answer
SELECT count(*) AS answers, count(*) FILTER (WHERE said ~ right(:'url', 64)) AS with_signature
FROM (SELECT s3sign_explain(u, server => 'regress_s3sign', method => m)::text FROM unnest(ARRAY['GET', 'PUT', 'HEAD']) AS m, unnest(ARRAY[:'forged', :'forged' || '&a=b', replace(:'forged', 'test', '%74est')]) AS u
	UNION ALL SELECT s3sign_verify(:'forged', server => 'regress_s3sign')::text
	UNION ALL SELECT s3sign_verify(replace(:'forged', '/test', '/pub/test'), server => 'regress_s3sign')::text
	UNION ALL SELECT s3sign_diagnose(:'forged', format('<Error><Code>%s</Code><CanonicalRequest>%s</CanonicalRequest><StringToSign>%s</StringToSign></Error>', code, canonical, string), server => 'regress_s3sign')::text
		FROM s3sign_explain(:'forged') AS e, unnest(ARRAY['SignatureDoesNotMatch', 'AccessDenied', 'x']) AS code,
			unnest(ARRAY['', 'x', replace(e.canonical_request, '&', '&amp;'), replace(e.canonical_request, '&', '&amp;') || 'x']) AS canonical, unnest(ARRAY['', 'x', e.string_to_sign, e.string_to_sign || 'x']) AS string) AS t (said);
DROP USER MAPPING FOR PUBLIC SERVER regress_s3sign;
DROP SERVER regress_s3sign;
DROP EXTENSION s3sign;
