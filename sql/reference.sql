-- The reference that other tests compare with (include/verify.sql), against published signatures.
-- Needs no extension.
\getenv sources PG_ABS_SRCDIR
\set verify :sources '/sql/include/verify.sql'
\set ECHO none
\i :verify
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
