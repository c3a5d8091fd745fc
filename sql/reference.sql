-- The reference that other tests compare with (include/verify*.sql), against published signatures.
-- Needs no extension.
\getenv sources PG_ABS_SRCDIR
\set verify :sources '/sql/include/verify.sql'
\set verify_form :sources '/sql/include/verify_form.sql'
\set verify_request :sources '/sql/include/verify_request.sql'
\set ECHO none
\i :verify
\i :verify_form
\i :verify_request
\set ECHO all

-- HMAC-SHA-256: RFC 4231 §4.2, §4.3 and §4.7 (a key of 131 bytes)
SELECT encode(pg_temp.hmac(decode(repeat('0b', 20), 'hex'), 'Hi There'), 'hex')
	= 'b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7' AS rfc4231_1;
SELECT encode(pg_temp.hmac('Jefe', 'what do ya want for nothing?'), 'hex')
	= '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843' AS rfc4231_2;
SELECT encode(pg_temp.hmac(decode(repeat('aa', 131), 'hex'), 'Test Using Larger Than Block-Size Key - Hash Key First'), 'hex')
	= '60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54' AS rfc4231_6;

-- AWS, «Authenticating Requests: Using Query Parameters»: the signing key
SELECT encode(pg_temp.signing_key('wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY', '20130524', 'us-east-1', 's3'), 'hex')
	= 'dbb893acc010964918f1fd433add87c70e8b0db6be30c1fbeafefa5ec6ba8378' AS signing_key;

-- RFC 3986 §2.3
SELECT pg_temp.uri_encode('aZ09-._~ /+%' || U&'\00E9\20AC') AS in_query,
	pg_temp.uri_encode('a/b c', '/') AS in_path;

-- The first is of AWS's document, the others were published with its keys.
CREATE TEMP TABLE published (method text, path text, token text, further text, headers jsonb, signed text, signature text);
INSERT INTO published VALUES
	('GET', '/test.txt', '', '', '{}', 'host',
	 'aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404'),
	('GET', '/test.txt', '&X-Amz-Security-Token=oej5cie4uctureturdtuc5dctd', '', '{}', 'host',
	 'bf77b83a7135594046c90a7e7e10cf1a4c8f8ecc1d541d0f42bea6b7670870c7'),
	('GET', '/test.txt', '', '&response-content-type=text%2Fplain', '{}', 'host',
	 '9cee3ba363b3a52fed152d18bb250d52a459d0905600d9b032825a3794ffd2cb'),
	('PUT', '/test.txt', '', '', '{}', 'host',
	 'f4db56459304dafaa603a99a23c6bea8821890259a65c18ff503a4a72a80efd9'),
	('HEAD', '/test.txt', '', '', '{}', 'host',
	 'f9c58dec0c3cada1e6f133547c7b6b2ef9d7df87447a785ad1b23079005271e5'),
	('DELETE', '/test.txt', '', '', '{}', 'host',
	 'fb580faa6736a3af12ad5f9c3f1eea783af940a06f6a3de9dadb5679ca25cbfe'),
	('GET', '/', '', '&encoding-type=url&list-type=2', '{}', 'host',
	 '58e7f65928710f045f6a7e1f7a32b3426b4895900fad799db66faa3ff8b18bd5'),
	('POST', '/test.txt', '', '&uploads=1', '{}', 'host',
	 'a6289f9e5ff2a914c6e324403bcd00b1d258c568487faa50d317ef0910c25c0a'),
	('PUT', '/test.txt', '', '&partNumber=1&uploadId=abcd', '{}', 'host',
	 'd2ed12e1e116c88a79cd6d1726f5fe75c99db8a0292ba000f97ecc309a9303f8'),
	('POST', '/test.txt', '', '&uploadId=abcd', '{}', 'host',
	 '19b9d341ce3c6ebd9f049882e875dcad4adc493d9d46d55148f4113146c53dd8'),
	('DELETE', '/test.txt', '', '&uploadId=abcd', '{}', 'host',
	 '7670bc768a7cdb5c276a9dddadeefdffb52061f94db6c14b4a9284fdc195bb59'),
	('GET', '/test.txt', '', '',
	 '{"content-type": "application/x-www-form-urlencoded; charset=utf-8", "x-amz-date": "20150830T123600Z"}',
	 'content-type%3Bhost%3Bx-amz-date',
	 'e965ee011ab5dbe8aa2c04a1ff2db8503c0cc117f62ea9274415c0f593ea199f');

CREATE TEMP VIEW urls AS
	SELECT *, 'https://examplebucket.s3.amazonaws.com' || path
		|| '?X-Amz-Algorithm=AWS4-HMAC-SHA256'
		|| '&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request'
		|| '&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400' || token
		|| '&X-Amz-SignedHeaders=' || signed || further
		|| '&X-Amz-Signature=' || signature AS url,
		'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY' AS secret
	FROM published;

SELECT method, path, token || further AS further, pg_temp.verify(url, secret, method, headers)
FROM urls;

-- botocore, tests/unit/auth/test_signers.py; another service
SELECT pg_temp.verify('https://s3.us-west-2.amazonaws.com/mybucket/keyname/.bar'
	|| '?X-Amz-Algorithm=AWS4-HMAC-SHA256'
	|| '&X-Amz-Credential=access_key%2F20140101%2Fmyregion%2Fmyservice%2Faws4_request'
	|| '&X-Amz-Date=20140101T000000Z&X-Amz-Expires=60&X-Amz-SignedHeaders=host'
	|| '&X-Amz-Signature=ac1b8b9e47e8685c5c963d75e35e8741d55251cd955239cc1efad4dc7201db66', 'secret_key');

-- what is not as it was signed is refused
SELECT count(*) AS urls,
	count(*) FILTER (WHERE pg_temp.verify(url, secret || 'x', method, headers)) AS secret,
	count(*) FILTER (WHERE pg_temp.verify(url, secret, 'PATCH', headers)) AS method,
	count(*) FILTER (WHERE pg_temp.verify(url, secret, method, headers || '{"range": "bytes=0-9"}')) AS header,
	count(*) FILTER (WHERE pg_temp.verify(replace(url, 'examplebucket', 'other'), secret, method, headers)) AS host,
	count(*) FILTER (WHERE pg_temp.verify(replace(url, '?', 'x?'), secret, method, headers)) AS path,
	count(*) FILTER (WHERE pg_temp.verify(replace(url, '86400', '86401'), secret, method, headers)) AS expires,
	count(*) FILTER (WHERE pg_temp.verify(replace(url, '000000Z', '000001Z'), secret, method, headers)) AS "time",
	count(*) FILTER (WHERE pg_temp.verify(replace(url, '20130524', '20130525'), secret, method, headers)) AS "date",
	count(*) FILTER (WHERE pg_temp.verify(replace(url, 'us-east-1', 'us-east-2'), secret, method, headers)) AS region,
	count(*) FILTER (WHERE pg_temp.verify(replace(url, '&X-Amz-Signature', '&x=&X-Amz-Signature'), secret, method, headers)) AS parameter
FROM urls;

-- POST form: AWS, «Example: Browser-Based Upload using HTTP POST» (sigv4-post-example)
SELECT jsonb_build_object('fields', jsonb_build_object(
	'key', 'user/user1/photo.jpg', 'acl', 'public-read', 'Content-Type', 'image/jpeg', 'x-amz-meta-uuid', '14365123651274', 'x-amz-meta-tag', '',
	'x-amz-server-side-encryption', 'AES256', 'success_action_redirect', 'http://sigv4examplebucket.s3.amazonaws.com/successful_upload.html',
	'x-amz-credential', 'AKIAIOSFODNN7EXAMPLE/20151229/us-east-1/s3/aws4_request', 'x-amz-algorithm', 'AWS4-HMAC-SHA256', 'x-amz-date', '20151229T000000Z',
	'policy', replace(encode(convert_to(replace('{ "expiration": "2015-12-30T12:00:00.000Z",
  "conditions": [
    {"bucket": "sigv4examplebucket"},
    ["starts-with", "$key", "user/user1/"],
    {"acl": "public-read"},
    {"success_action_redirect": "http://sigv4examplebucket.s3.amazonaws.com/successful_upload.html"},
    ["starts-with", "$Content-Type", "image/"],
    {"x-amz-meta-uuid": "14365123651274"},
    {"x-amz-server-side-encryption": "AES256"},
    ["starts-with", "$x-amz-meta-tag", ""],

    {"x-amz-credential": "AKIAIOSFODNN7EXAMPLE/20151229/us-east-1/s3/aws4_request"},
    {"x-amz-algorithm": "AWS4-HMAC-SHA256"},
    {"x-amz-date": "20151229T000000Z" }
  ]
}', E'\n', E'\r\n'), 'UTF8'), 'base64'), E'\n', ''),
	'x-amz-signature', '8afdbf4008c03f22c2cd3cdb72e4afbb1f6a588f3255ac628749a66d7f09699e')) AS form \gset
SELECT length(pg_temp.policy_text(:'form')) AS bytes, pg_temp.form_fault(:'form', 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY', 'sigv4examplebucket') IS NULL AS accepted;
SELECT pg_temp.form_fault(:'form', 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEX', 'sigv4examplebucket') AS secret, pg_temp.form_fault(:'form', 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY', 'other') AS bucket;
SELECT filled, pg_temp.form_fault(:'form', 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY', 'sigv4examplebucket', filled)
FROM unnest(ARRAY['{"file": "x"}', '{"key": "user/user2/photo.jpg"}', '{"Content-Type": "text/html"}', '{"acl": "private"}', '{"x-amz-meta-tag": "any"}', '{"tagging": "x"}', '{"policy": "e30="}',
	'{"x-amz-credential": "AKIAIOSFODNN7EXAMPLE/20151230/us-east-1/s3/aws4_request"}', '{"x-amz-signature": null}']::jsonb[]) AS filled;

-- requests signed in their headers: AWS, «Examples: Signature Calculations» (sig-v4-header-based-auth)
CREATE TEMP TABLE requests (method text, payload text, request jsonb);
INSERT INTO requests
SELECT method, payload, jsonb_build_object('url', 'https://examplebucket.s3.amazonaws.com' || path, 'headers', headers::jsonb || jsonb_build_object(
	'x-amz-date', '20130524T000000Z', 'x-amz-content-sha256', encode(sha256(convert_to(payload, 'UTF8')), 'hex'),
	'Authorization', format('AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request, SignedHeaders=%s, Signature=%s', signed, signature)))
FROM (VALUES ('GET', '/test.txt', '{"Range": "bytes=0-9"}', '', 'host;range;x-amz-content-sha256;x-amz-date', 'f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41'),
	('PUT', '/test%24file.text', '{"Date": "Fri, 24 May 2013 00:00:00 GMT", "x-amz-storage-class": "REDUCED_REDUNDANCY"}', 'Welcome to Amazon S3.',
	 'date;host;x-amz-content-sha256;x-amz-date;x-amz-storage-class', '98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd'),
	('GET', '/?lifecycle=', '{}', '', 'host;x-amz-content-sha256;x-amz-date', 'fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543'),
	('GET', '/?max-keys=2&prefix=J', '{}', '', 'host;x-amz-content-sha256;x-amz-date', '34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7'))
	AS published (method, path, headers, payload, signed, signature);
SELECT method, request ->> 'url' AS url, pg_temp.verify_request(request, 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY', method, convert_to(payload, 'UTF8')) AS accepted FROM requests;
-- what is not as it was signed is refused
SELECT count(*) AS requests,
	count(*) FILTER (WHERE pg_temp.verify_request(request, 'other', method, convert_to(payload, 'UTF8'))) AS secret,
	count(*) FILTER (WHERE pg_temp.verify_request(request, secret, 'PATCH', convert_to(payload, 'UTF8'))) AS method,
	count(*) FILTER (WHERE pg_temp.verify_request(request, secret, method, 'other')) AS payload,
	count(*) FILTER (WHERE pg_temp.verify_request(jsonb_set(request, '{url}', to_jsonb((request ->> 'url') || 'x')), secret, method, convert_to(payload, 'UTF8'))) AS url,
	count(*) FILTER (WHERE pg_temp.verify_request(jsonb_set(request, '{headers,range}', '"bytes=0-8"'), secret, method, convert_to(payload, 'UTF8'))) AS header,
	count(*) FILTER (WHERE pg_temp.verify_request(jsonb_set(request, '{headers,x-amz-date}', '"20130524T000001Z"'), secret, method, convert_to(payload, 'UTF8'))) AS "time",
	count(*) FILTER (WHERE pg_temp.verify_request(request #- '{headers,x-amz-date}', secret, method, convert_to(payload, 'UTF8'))) AS no_time
FROM requests, (VALUES ('wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY')) AS keys (secret);
