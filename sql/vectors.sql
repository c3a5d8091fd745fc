-- Published signatures, through the functions.
CREATE EXTENSION s3sign;

-- AWS, «Authenticating Requests: Using Query Parameters»: the example, character for character
SELECT s3sign_pre_get('https://s3.amazonaws.com', 'examplebucket', 'AKIAIOSFODNN7EXAMPLE',
	'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY', 'test.txt', 86400, signed_at => '2013-05-24T00:00:00Z')
	= 'https://examplebucket.s3.amazonaws.com/test.txt'
	'?X-Amz-Algorithm=AWS4-HMAC-SHA256'
	'&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request'
	'&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host'
	'&X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404' AS documented;

-- Those of sql/reference.sql that these functions can express, the whole URL
CREATE TEMP TABLE published (method text, session_token text, query jsonb, shown text, signature text);
INSERT INTO published VALUES
	('get', NULL, NULL, '&X-Amz-SignedHeaders=host',
	 'aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404'),
	('get', 'oej5cie4uctureturdtuc5dctd', NULL, '&X-Amz-Security-Token=oej5cie4uctureturdtuc5dctd&X-Amz-SignedHeaders=host',
	 'bf77b83a7135594046c90a7e7e10cf1a4c8f8ecc1d541d0f42bea6b7670870c7'),
	('get', NULL, '{"response-content-type": "text/plain"}', '&X-Amz-SignedHeaders=host&response-content-type=text%2Fplain',
	 '9cee3ba363b3a52fed152d18bb250d52a459d0905600d9b032825a3794ffd2cb'),
	('put', NULL, NULL, '&X-Amz-SignedHeaders=host',
	 'f4db56459304dafaa603a99a23c6bea8821890259a65c18ff503a4a72a80efd9'),
	('head', NULL, NULL, '&X-Amz-SignedHeaders=host',
	 'f9c58dec0c3cada1e6f133547c7b6b2ef9d7df87447a785ad1b23079005271e5'),
	('delete', NULL, NULL, '&X-Amz-SignedHeaders=host',
	 'fb580faa6736a3af12ad5f9c3f1eea783af940a06f6a3de9dadb5679ca25cbfe'),
	('put', NULL, '{"uploadId": "abcd", "partNumber": 1}', '&X-Amz-SignedHeaders=host&partNumber=1&uploadId=abcd',
	 'd2ed12e1e116c88a79cd6d1726f5fe75c99db8a0292ba000f97ecc309a9303f8'),
	('delete', NULL, '{"uploadId": "abcd"}', '&X-Amz-SignedHeaders=host&uploadId=abcd',
	 '7670bc768a7cdb5c276a9dddadeefdffb52061f94db6c14b4a9284fdc195bb59');

CREATE FUNCTION pg_temp.sign(method text, session_token text, query jsonb) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	url text;
BEGIN
	EXECUTE format('SELECT s3sign_pre_%s($1, $2, $3, $4, $5, $6, session_token => $7, query => $8, signed_at => $9)', method)
	INTO url
	USING 'https://s3.amazonaws.com', 'examplebucket', 'AKIAIOSFODNN7EXAMPLE',
		'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY', 'test.txt', 86400, session_token, query,
		timestamptz '2013-05-24T00:00:00Z';
	RETURN url;
END $$;

SELECT method, session_token, query, pg_temp.sign(method, session_token, query)
	= 'https://examplebucket.s3.amazonaws.com/test.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256'
	|| '&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request'
	|| '&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400' || shown
	|| '&X-Amz-Signature=' || signature AS equal
FROM published;

DROP EXTENSION s3sign;
