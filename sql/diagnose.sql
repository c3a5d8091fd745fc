-- Why a server refused a presigned URL. The bodies are of the documented shape (AWS, «Error
-- responses»); test/unit/real_*_test.cpp have those of people's reports, and
-- test/presigned/diagnosis.py real servers' own.
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

-- white space is the transport's: a browser makes blanks of line ends, a mail program wraps; the bytes are in hex
SELECT what, d.cause, d.ours, d.theirs FROM pg_temp.body('SignatureDoesNotMatch') AS same, pg_temp.body('SignatureDoesNotMatch', '', 'GET', 'PUT') AS other,
	(VALUES ('lines', E'\n', E'\n'), ('blanks', E'\n', ' '), ('CRLF', E'\n', E'\r\n'), ('wrapped', 'X-Amz', E'X-\nAmz')) AS t (what, before, after),
	LATERAL (VALUES (same), (other)) AS b (body),
	s3sign_diagnose(:'url', replace(body, before, after), secret => 'SECRET', headers => '{"x-amz-meta-a": "1"}') AS d;
SELECT d.cause FROM s3sign_explain(:'url', headers => '{"x-amz-meta-a": "1"}') AS e, s3sign_diagnose(:'url',
	format('<Code>SignatureDoesNotMatch</Code><CanonicalRequest>changed</CanonicalRequest><CanonicalRequestBytes>%s</CanonicalRequestBytes>', regexp_replace(encode(e.canonical_request::bytea, 'hex'), '..', '\& ', 'g')),
	secret => 'SECRET', headers => '{"x-amz-meta-a": "1"}') AS d;

-- the string to sign holds the hash of the request
SELECT d.cause FROM s3sign_explain(:'url', headers => '{"x-amz-meta-a": "1"}') AS e, LATERAL (VALUES (e.string_to_sign), (replace(e.string_to_sign, E'\n', ' ')), (left(e.string_to_sign, -1) || '!')) AS t (text),
	s3sign_diagnose(:'url', format('<Code>SignatureDoesNotMatch</Code><StringToSign>%s</StringToSign>', text), secret => 'SECRET', headers => '{"x-amz-meta-a": "1"}') AS d;

-- what the secret computes comes before what the error says
SELECT what, d.cause, d.ours, d.theirs FROM (VALUES
	('Garage, another secret', 'secret', 'GET', '<Error><Code>AccessDenied</Code><Message>Forbidden: Invalid signature</Message><Region>eu-west-1</Region></Error>'),
	('B2, PUT', 'SECRET', 'PUT', '<Error><Code>AccessDenied</Code><Message>Signature validation failed</Message></Error>'),
	('no key, another secret', 'secret', 'GET', '<Error><Code>NoSuchKey</Code></Error>'),
	('no error, HEAD', 'SECRET', 'HEAD', '<html>')
) AS t (what, secret, method, body), s3sign_diagnose(:'url', body, secret => secret, method => method, headers => '{"x-amz-meta-a": "1"}') AS d;

-- the meaning of messages; a blank after the code, so that body() shows no request
SELECT what, d.cause, d.ours, CASE d.cause WHEN 'clock' THEN 'now' ELSE d.theirs END AS theirs FROM (VALUES
	('MinIO', 'AccessDenied', 'Request is not valid yet', ''),
	('cut off by a shell', 'AuthorizationQueryParametersError', 'Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential, X-Amz-Signature, X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires parameters.', ''),
	('Oracle', 'SignatureDoesNotMatch ', 'The secret key required to complete authentication could not be found. The region must be specified if this is not the home region for the tenancy.', ''),
	('Tencent', 'PathStyleDomainForbidden', '', ''),
	('Huawei', 'VirtualHostDomainRequired', '', ''),
	('Authorization', 'InvalidArgument', 'Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter, Signature query string parameter or the Authorization header should be specified', '<ArgumentName>Authorization</ArgumentName>'),
	('location', 'IllegalLocationConstraintException', '', '')
) AS t (what, code, message, more), s3sign_diagnose(:'url', pg_temp.body(code, message, more => more), secret => 'SECRET', headers => '{"x-amz-meta-a": "1"}') AS d;

-- escaped for JSON or HTML, and JSON itself
SELECT what, d.cause, d.ours, d.theirs FROM (VALUES
	('JSON', replace(pg_temp.body('SignatureDoesNotMatch', '', 'GET', 'PUT'), '/', '\/')),
	('a string of JSON', to_json(pg_temp.body('SignatureDoesNotMatch', '', 'GET', 'PUT'))::text),
	('a member of JSON', json_build_object('body', pg_temp.body('SignatureDoesNotMatch', '', 'GET', 'PUT'))::text),
	('HTML', replace(replace(replace(pg_temp.body('SignatureDoesNotMatch', '', 'GET', 'PUT'), '&', '&amp;'), '<', '&lt;'), '>', '&gt;')),
	('JSON itself', '{"code": "InvalidAccessKeyId", "message": "m"}'),
	('Supabase', '{"statusCode": "403", "error": "SignatureDoesNotMatch", "message": "m"}')
) AS t (what, body), s3sign_diagnose(:'url', body, secret => 'SECRET', headers => '{"x-amz-meta-a": "1"}') AS d;

-- another signature, and the url of a form
SELECT what, d.cause, d.ours, d.theirs, d.hint FROM (VALUES
	('version 2', 'https://media.s3.amazonaws.com/a?AWSAccessKeyId=AKID&Expires=1141889120&Signature=vjbyPxybdZaNmGa%2ByT272YEAiv4%3D', '<Error><Code>SignatureDoesNotMatch</Code></Error>'),
	('Google', 'https://storage.googleapis.com/media/a?X-Goog-Algorithm=GOOG4-RSA-SHA256&X-Goog-Credential=a', ''),
	('over a week', replace(:'url', 'Expires=3600', 'Expires=604801'), '<Error><Code>InvalidArgument</Code><Message>X-Amz-Expires must be less than a week</Message></Error>'),
	('form, a field', 'https://media.s3.amazonaws.com/', '<Error><Code>AccessDenied</Code><Message>Invalid according to Policy: Extra input fields: bucket</Message></Error>'),
	('form, a condition', 'https://media.s3.amazonaws.com/', '<Error><Code>AccessDenied</Code><Message>Invalid according to Policy: Policy Condition failed: ["eq", "$Content-Type", "image/jpeg"]</Message></Error>'),
	('form, a size', 'https://media.s3.amazonaws.com/', '<Error><Code>EntityTooLarge</Code></Error>'),
	('no form', 'https://media.s3.amazonaws.com/', '<Error><Code>AccessDenied</Code></Error>')
) AS t (what, url, body), s3sign_diagnose(url, body, secret => 'SECRET') AS d;

-- line ends and quotes as Go's encoding/xml writes them (versitygw)
SELECT d.cause, d.ours, d.theirs FROM s3sign_diagnose(:'url', replace(replace(pg_temp.body('SignatureDoesNotMatch', '', 'b.txt', 'it''s.txt'), E'\n', '&#xA;'), '''', '&#39;'), secret => 'SECRET', headers => '{"x-amz-meta-a": "1"}') AS d;

-- characters beyond ASCII; bytes in hex that are no UTF-8, and a zero byte
SELECT d.cause, d.theirs, d.hint FROM s3sign_diagnose(:'url', '<Error><Code>Refus&#233;</Code><Message>Acc&#232;s refus&#xe9; &#x1F600;</Message></Error>', secret => 'SECRET', headers => '{"x-amz-meta-a": "1"}') AS d;
SELECT d.cause, d.ours, d.theirs FROM s3sign_explain(:'url', headers => '{"x-amz-meta-a": "1"}') AS e, s3sign_diagnose(:'url',
	format('<Code>SignatureDoesNotMatch</Code><CanonicalRequestBytes>%s</CanonicalRequestBytes>', replace(encode(e.canonical_request::bytea, 'hex'), encode('b.txt', 'hex'), 'c3a9' || 'e9' || '00' || 'eda080' || '5c')),
	secret => 'SECRET', headers => '{"x-amz-meta-a": "1"}') AS d;

-- NULL gives NULL; a body over 1 MiB, neither and both of server and secret are errors
SELECT s3sign_diagnose(NULL, '', secret => 'x') IS NULL AS no_url, s3sign_diagnose('', NULL, secret => 'x') IS NULL AS no_body;
SELECT s3sign_diagnose('', repeat('x', 1 << 21), secret => 'x');
SELECT s3sign_diagnose('', '');
SELECT s3sign_diagnose('', '', server => 'x', secret => 'x');
SELECT d.cause FROM s3sign_diagnose(:'url', repeat('<Code>', 100000), secret => 'SECRET', headers => '{"x-amz-meta-a": "1"}') AS d;

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
