-- Why a server refused a presigned URL. The bodies are of the documented shape (AWS, «Error
-- responses»); test/presigned/diagnosis.py has real servers' own.
CREATE EXTENSION s3sign;
SELECT s3sign_pre_get('https://s3.eu-west-1.amazonaws.com', 'media', 'AKID', 'SECRET', 'a b.txt', 3600, headers => '{"x-amz-meta-a": "1"}', signed_at => '2026-01-02T03:04:05Z') AS url \gset

-- the URL's own canonical request and string to sign, as a server would show them
CREATE FUNCTION pg_temp.body(code text, message text = '', before text = '', after text = '', more text = '') RETURNS text LANGUAGE sql AS $$
	SELECT format('<?xml version="1.0" encoding="UTF-8"?><Error><Code>%s</Code><Message>%s</Message>%s%s</Error>', code, message, more,
	CASE WHEN code = 'SignatureDoesNotMatch' THEN format('<StringToSign>%s</StringToSign><CanonicalRequest>%s</CanonicalRequest>', string_to_sign, replace(replace(canonical_request, before, after), '&', '&amp;')) END)
	FROM s3sign_explain(current_setting('regress.url'), headers => '{"x-amz-meta-a": "1"}')
$$;
SET regress.url = :'url';

SELECT what, d.cause, d.ours, d.theirs, d.hint FROM (VALUES
	('method', 'SignatureDoesNotMatch', '', 'GET', 'PUT', ''),
	('encoded twice', 'SignatureDoesNotMatch', '', '%20', '%2520', ''),
	('not encoded', 'SignatureDoesNotMatch', '', '%20', ' ', ''),
	('as a form', 'SignatureDoesNotMatch', '', '%20', '+', ''),
	('prefix of a proxy', 'SignatureDoesNotMatch', '', '/a%20b', '/files/a%20b', ''),
	('key', 'SignatureDoesNotMatch', '', 'b.txt', 'c.txt', ''),
	('query added', 'SignatureDoesNotMatch', '', '&X-Amz-SignedHeaders', '&X-Amz-Fbclid=1&X-Amz-SignedHeaders', ''),
	('expiry', 'SignatureDoesNotMatch', '', '3600', '7200', ''),
	('host', 'SignatureDoesNotMatch', '', 'host:media', 'host:proxy', ''),
	('header changed', 'SignatureDoesNotMatch', '', 'a:1', 'a:2', ''),
	('header missing', 'SignatureDoesNotMatch', '', 'a:1', 'a:', ''),
	('secret', 'SignatureDoesNotMatch', '', '', '', ''),
	('expired', 'AccessDenied', 'Request has expired', '', '', '<Expires>2026-01-02T04:04:05Z</Expires><ServerTime>2026-01-03T00:00:00Z</ServerTime>'),
	('early', 'AccessDenied', 'Request is not yet valid', '', '', '<ServerTime>2026-01-01T00:00:00Z</ServerTime>'),
	('header not signed', 'AccessDenied', 'There were headers present in the request which were not signed', '', '', '<HeadersNotSigned>x-amz-acl</HeadersNotSigned>'),
	('region', 'AuthorizationQueryParametersError', 'Error parsing the X-Amz-Credential parameter; the region ''eu-west-1'' is wrong; expecting ''us-east-2''', '', '', '<Region>us-east-2</Region>'),
	('identity', 'InvalidAccessKeyId', '', '', '', ''),
	('token', 'ExpiredToken', '', '', '', ''),
	('endpoint', 'PermanentRedirect', '', '', '', '<Endpoint>media.s3.us-east-2.amazonaws.com</Endpoint>'),
	('no key', 'NoSuchKey', '', '', '', ''),
	('busy', 'SlowDown', 'Please reduce your request rate.', '', '', ''),
	('no message', 'InvalidArgument', '', '', '', '')
) AS t (what, code, message, before, after, more),
	s3sign_diagnose(:'url', pg_temp.body(code, message, before, after, more), secret => 'SECRET', headers => '{"x-amz-meta-a": "1"}') AS d;

-- what the body does not tell, the URL may
SELECT what, d.cause, d.ours, CASE d.cause WHEN 'expired' THEN 'now' ELSE d.theirs END AS theirs FROM (VALUES
	('no XML', :'url', '<html>', 'SECRET'),
	('nothing', :'url', '', 'SECRET'),
	('a DTD', :'url', '<!DOCTYPE x><Code>NoSuchKey</Code>', 'SECRET'),
	('no URL', 'x', '', 'SECRET'),
	('cut off', left(:'url', -70), '', 'SECRET'),
	('another algorithm', replace(:'url', 'HMAC-SHA256', 'ECDSA-P256-SHA256'), '', 'SECRET'),
	('old', :'url', '<Code>AccessDenied</Code>', 'SECRET'),
	('code only', :'url', '<Code>SignatureDoesNotMatch</Code>', 'SECRET'),
	('another secret', :'url', '<Code>SignatureDoesNotMatch</Code>', 'secret'),
	('a parameter more', :'url' || '&utm=1', '<Code>SignatureDoesNotMatch</Code>', 'SECRET'),
	('encoded twice', replace(:'url', '%20', '%2520'), '<Code>SignatureDoesNotMatch</Code>', 'SECRET')
) AS t (what, url, body, secret), s3sign_diagnose(url, body, secret => secret, headers => '{"x-amz-meta-a": "1"}') AS d;
SELECT d.cause, d.ours, d.theirs FROM s3sign_diagnose(:'url', '<Code>SignatureDoesNotMatch</Code>', secret => 'SECRET', headers => '{"x-amz-meta-a": "1"}', method => 'PUT') AS d;
SELECT d.cause, d.ours, d.theirs FROM s3sign_diagnose(:'url', '<Code>SignatureDoesNotMatch</Code>', secret => 'SECRET') AS d;

-- line ends and quotes as Go's encoding/xml writes them (versitygw)
SELECT d.cause, d.ours, d.theirs FROM s3sign_diagnose(:'url', replace(replace(pg_temp.body('SignatureDoesNotMatch', '', 'b.txt', 'it''s.txt'), E'\n', '&#xA;'), '''', '&#39;'), secret => 'SECRET', headers => '{"x-amz-meta-a": "1"}') AS d;

-- NULL gives NULL; a body over 1 MiB, neither and both of server and secret are errors
SELECT s3sign_diagnose(NULL, '', secret => 'x') IS NULL AS no_url, s3sign_diagnose('', NULL, secret => 'x') IS NULL AS no_body;
SELECT s3sign_diagnose('', repeat('x', 1 << 21), secret => 'x');
SELECT s3sign_diagnose('', '');
SELECT s3sign_diagnose('', '', server => 'x', secret => 'x');
SELECT d.cause FROM s3sign_diagnose(:'url', repeat('<Code>', 100000), secret => 'SECRET') AS d;

-- a named server behind a public_endpoint: what the storage should have got is compared
CREATE SERVER regress_s3sign FOREIGN DATA WRAPPER s3sign OPTIONS (endpoint 'https://s3.eu-west-1.amazonaws.com', bucket 'media', public_endpoint 'https://cdn.example.com');
CREATE USER MAPPING FOR PUBLIC SERVER regress_s3sign OPTIONS (access_key_id 'AKID', secret_access_key 'SECRET');
SELECT s3sign_get('regress_s3sign', 'file') AS shown \gset
SELECT set_config('regress.url', replace(:'shown', 'cdn.example.com', 'media.s3.eu-west-1.amazonaws.com'), false) IS NOT NULL AS set;
SELECT d.cause, d.ours, d.theirs FROM s3sign_diagnose(:'shown', pg_temp.body('SignatureDoesNotMatch', before => 'host:media.s3.eu-west-1.amazonaws.com', after => 'host:cdn.example.com'), server => 'regress_s3sign') AS d;
SELECT d.cause, d.ours, d.theirs FROM s3sign_diagnose(:'shown', pg_temp.body('SignatureDoesNotMatch'), server => 'regress_s3sign') AS d;

DROP USER MAPPING FOR PUBLIC SERVER regress_s3sign;
DROP SERVER regress_s3sign;
DROP EXTENSION s3sign;
