-- s3sign_pre_url: any method, any URL, any service of SigV4.
\getenv sources PG_ABS_SRCDIR
\set outcome :sources '/sql/include/outcome.sql'
\set verify :sources '/sql/include/verify.sql'
\set ECHO none
\i :outcome
\i :verify
\set ECHO all
CREATE EXTENSION s3sign;

-- published: AWS's documentation, S3 and IAM (General Reference, «Create a signed request»); botocore's test of another service
SELECT s3sign_pre_url('GET', 'https://examplebucket.s3.amazonaws.com/test.txt', 'AKIAIOSFODNN7EXAMPLE', 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY', 86400, signed_at => '2013-05-24T00:00:00Z');
SELECT right(s3sign_pre_url('GET', 'https://iam.amazonaws.com/?Action=ListUsers&Version=2010-05-08', 'AKIDEXAMPLE', 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY', 60, 'us-east-1', 'iam',
	headers => '{"Content-Type": "application/x-www-form-urlencoded; charset=utf-8"}', signed_at => '2015-08-30T12:36:00Z'), 64) = '37ac2f4fde00b0ac9bd9eadeb459b1bbee224158d66e7ae5fcadb70b2d181d02' AS iam;

-- the same URL as the functions that know S3's addressing
CREATE FUNCTION pg_temp.url(method text, url text, duration bigint = 60, further text = '') RETURNS text LANGUAGE sql AS $$
	SELECT pg_temp.outcome(format('SELECT s3sign_pre_url(%L, %L, ''AKID'', ''SECRET'', %L, signed_at => ''2026-01-02T03:04:05Z''%s)', method, url, duration, further))
$$;
SELECT pg_temp.url('GET', 'https://s3.example.com/media/a%20b?versionId=x%2Fy') = s3sign_pre_get('https://s3.example.com', 'media', 'AKID', 'SECRET', 'a b', 60, query => '{"versionId": "x/y"}', signed_at => '2026-01-02T03:04:05Z') AS get,
	pg_temp.url('PUT', 'https://s3.eu-west-1.amazonaws.com/a.b/c', 60, ', region => ''eu-west-1''') = s3sign_pre_put('s3.eu-west-1.amazonaws.com', 'a.b', 'AKID', 'SECRET', 'c', 60, signed_at => '2026-01-02T03:04:05Z') AS put,
	pg_temp.url('DELETE', 'https://s3.example.com/media/c', 60, ', session_token => ''T'', headers => ''{"x-amz-mfa": "1 2"}''')
		= s3sign_pre_delete('s3.example.com', 'media', 'AKID', 'SECRET', 'c', 60, session_token => 'T', headers => '{"x-amz-mfa": "1 2"}', signed_at => '2026-01-02T03:04:05Z') AS delete;

-- method: any token, as it is written
SELECT method, pg_temp.asked(url) AS url, pg_temp.verify(url, 'SECRET', method) AS accepted
FROM unnest(ARRAY['GET', 'HEAD', 'PUT', 'POST', 'DELETE', 'PATCH', 'OPTIONS', 'PROPFIND', 'M-SEARCH', '', ' GET', 'GET ', E'GET\n', 'G T', 'GET/', U&'G\00CBT', 'get', 'a!#$%&''*+-.^_`|~z']) AS method, pg_temp.url(method, 'https://s3.example.com/x') AS url;
SELECT left(pg_temp.url(repeat('A', 100000), 'https://s3.example.com/x'), 100) NOT LIKE '%AAAA%' AS not_repeated;

-- each component is decoded once and encoded again, and shown so
SELECT url AS given, pg_temp.asked(signed) AS signed, pg_temp.verify(signed, 'SECRET') AS accepted
FROM unnest(ARRAY['https://s3.example.com', 'https://s3.example.com/', 'https://s3.example.com?', 'https://s3.example.com?acl', 'https://s3.example.com/?acl', 'https://s3.example.com/media/?acl=', 'https://s3.example.com/media?a=1&a&b=2&&a=0',
	'HTTPS://S3.Example.COM:443/x', 'http://s3.example.com:80/x', 'http://s3.example.com:443/x', 'https://s3.example.com:8443/x', 'https://[::1]:9000/x', 'https://10.0.0.1/x',
	'https://s3.example.com/%7Ea%7e-._~', 'https://s3.example.com/%41%2f%2F%2e/', 'https://s3.example.com/a//b/../c/./d', 'https://s3.example.com/%2e%2e/%2E', 'https://s3.example.com/%25%2541%00x'::text,
	'https://s3.example.com/a+b''()*!$&,;=:@', 'https://s3.example.com/%E2%82%AC/%F0%9F%98%80', 'https://s3.example.com/%FF%FE', 'https://s3.example.com/"<>[]^`{|}\',
	'https://s3.example.com/x?b=%2f%2F&a=%7e~&%41=%20%2B%26%3D%23', 'https://s3.example.com/x?a=b=c&d==', 'https://s3.example.com/x?=v', 'https://s3.example.com/x?a=/?:@!$''()*,;', 'https://s3.example.com/x?%E2%82%AC=%FF&"[]=`{|}\^<>',
	'https://s3.example.com/x?a-b=1&a=2&a%20b=3', 'https://s3.example.com/x?X-Amz=1&X-Amy-Z=2&x-amz-acl=3']) AS url, pg_temp.url('GET', url) AS signed;

-- refused
SELECT url, pg_temp.url('GET', url) AS refused
FROM unnest(ARRAY['', 'x', 's3.example.com/x', '//s3.example.com/x', '/x', 'ftp://s3.example.com/x', 'javascript:alert(1)', 'https:', 'https:/s3.example.com/x', 'https:///x', 'https://?x', 'https://:443/x', 'https://user@s3.example.com/x', 'https://user:password@s3.example.com/x',
	'https://s3.example.com:0/x', 'https://s3.example.com:65536/x', 'https://s3.example.com:x/x', 'https://s3..example.com/x', 'https://s3.exa mple.com/x', U&'https://s3.ex\00E4mple.com/x', 'https://s3.example.com%2Fx/y', 'https://[::1/x', 'https://[fe80::1%25eth0]/x',
	'https://s3.example.com/x#', 'https://s3.example.com/x#f', 'https://s3.example.com?a#f', 'https://s3.example.com/a b', 'https://s3.example.com/x?a b', 'https://s3.example.com/x?a+b', 'https://s3.example.com/x?a=b+c',
	U&'https://s3.example.com/\00E4', U&'https://s3.example.com/x?\00E4', E'https://s3.example.com/\t', E'https://s3.example.com/x?\n', E'https://s3.example.com/x\x7f', 'https://s3.example.com/%', 'https://s3.example.com/%4', 'https://s3.example.com/%4g', 'https://s3.example.com/%%20',
	'https://s3.example.com/x?%', 'https://s3.example.com/x?a=%4', 'https://s3.example.com/x?a=%g4', ' https://s3.example.com/x', 'https://s3.example.com/x ', 'https://s3.example.com\x']) AS url;
-- parameters of SigV4, whatever their case or encoding
SELECT parameter, pg_temp.url('GET', 'https://s3.example.com/x?a=b&' || parameter) AS refused
FROM unnest(ARRAY['X-Amz-Signature=a', 'X-Amz-Expires=1', 'x-amz-expires=1', 'X-AMZ-DATE', 'X-Amz-Credential=', 'X-Amz-Algorithm=AWS4-HMAC-SHA256', 'X-Amz-SignedHeaders=host', 'X-Amz-Security-Token=t', 'X-Amz-Content-Sha256=UNSIGNED-PAYLOAD',
	'X%2DAmz-Signature=a', '%58-amz-Date=a', 'x-amz-e%78pires=1']) AS parameter;
-- other arguments
SELECT further, pg_temp.url('GET', 'https://s3.example.com/x', further => ', ' || further) AS refused
FROM unnest(ARRAY['region => ''''', 'region => ''a/b''', 'region => ''us east''', 'region => repeat(''a'', 65)', 'service => ''''', 'service => ''s3/a''', U&'service => ''s\00FC''', 'session_token => ''''', 'headers => ''[]''', 'headers => ''{"host": "a"}''', 'headers => ''{"authorization": "a"}''',
	'headers => ''{"x-amz-date": "a"}''', 'headers => ''{"X-Amz-Security-Token": "a"}''', 'headers => ''{"a": "b", "A": "c"}''', 'headers => ''{"a": "b\nc"}''', 'headers => ''{"user-agent": "a"}''', 'payload_sha256 => ''''', 'payload_sha256 => ''abc''',
	'payload_sha256 => upper(repeat(''ab'', 32))', 'payload_sha256 => repeat(''g'', 64)', 'payload_sha256 => repeat(''a'', 65)']) AS further;
SELECT duration, pg_temp.url('GET', 'https://s3.example.com/x', duration) AS refused FROM unnest(ARRAY[0, -1, 604801, 9223372036854775807]) AS duration;
SELECT pg_temp.outcome('SELECT s3sign_pre_url(''GET'', ''https://s3.example.com/x'', '''', ''SECRET'', 60)') AS identity, pg_temp.outcome('SELECT s3sign_pre_url(''GET'', ''https://s3.example.com/x'', ''AKID'', '''', 60)') AS secret,
	pg_temp.outcome('SELECT s3sign_pre_url(''GET'', ''https://s3.example.com/x'', ''AKID'', ''SECRET'', 60, signed_at => ''infinity'')') AS signed_at, pg_temp.outcome('SELECT s3sign_pre_url(''GET'', ''https://s3.example.com/x'', ''AKID'', ''SECRET'', 60, signed_at => ''10000-01-01'')') AS year;
-- arguments that were swapped: the secret is in no message
SELECT pg_temp.outcome('SELECT s3sign_pre_url(''SECRET/'', ''https://s3.example.com/x'', ''AKID'', ''S'', 60)') AS method, pg_temp.outcome('SELECT s3sign_pre_url(''GET'', ''SECRET'', ''AKID'', ''S'', 60)') AS url,
	pg_temp.outcome('SELECT s3sign_pre_url(''GET'', ''https://SECRET:a/x'', ''AKID'', ''S'', 60)') AS host, pg_temp.outcome('SELECT s3sign_pre_url(''GET'', ''https://s3.example.com/SECRET%'', ''AKID'', ''S'', 60)') AS path,
	pg_temp.outcome('SELECT s3sign_pre_url(''GET'', ''https://s3.example.com/x'', ''AKID'', ''S'', 60, ''SECRET/'')') AS region, pg_temp.outcome('SELECT s3sign_pre_url(''GET'', ''https://s3.example.com/x'', ''AKID'', ''S'', 60, ''r'', ''SECRET/'')') AS service,
	pg_temp.outcome('SELECT s3sign_pre_url(''GET'', ''https://s3.example.com/x'', ''AKID'', ''S'', 60, payload_sha256 => ''SECRET'')') AS payload_sha256;

-- region: read from the host where it is NULL, of S3's hosts at least
SELECT url, substring(pg_temp.url('GET', url) FROM 'X-Amz-Credential=([^&]*)') AS credential
FROM unnest(ARRAY['https://s3.eu-west-1.amazonaws.com/media/x', 'https://media.s3.eu-west-1.amazonaws.com/x', 'https://s3.amazonaws.com/media/x', 'https://abc.r2.cloudflarestorage.com/media/x', 'https://s3.example.com/media/x',
	'https://s3.eu-west-1.amazonaws.com.evil.com/x', 'http://localhost:9000/x']) AS url;
SELECT substring(pg_temp.url('GET', 'https://s3.eu-west-1.amazonaws.com/media/x', further => ', region => ''eu-west-2''') FROM 'X-Amz-Credential=([^&]*)') AS asked_for;

-- payload_sha256: of S3 in the query, of others in the canonical request alone
SELECT service, payload_sha256, pg_temp.asked(url) AS url, substring(url FROM 'X-Amz-Content-Sha256=([^&]*)') AS shown,
	pg_temp.verify(url, 'SECRET', 'PUT', jsonb_build_object()) AS by_unsigned
FROM unnest(ARRAY['s3', 'execute-api']) AS service, unnest(ARRAY[NULL, 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855', 'UNSIGNED-PAYLOAD', repeat('ab', 32)]) AS payload_sha256,
	pg_temp.url('PUT', 'https://s3.example.com/x', further => format(', service => %L, payload_sha256 => %L', service, payload_sha256)) AS url;

-- NULLs
SELECT s3sign_pre_url(NULL, 'https://s3.example.com/x', 'AKID', 'SECRET', 60) IS NULL AND s3sign_pre_url('GET', NULL, 'AKID', 'SECRET', 60) IS NULL AND s3sign_pre_url('GET', 'https://s3.example.com/x', NULL, 'SECRET', 60) IS NULL
	AND s3sign_pre_url('GET', 'https://s3.example.com/x', 'AKID', NULL, 60) IS NULL AND s3sign_pre_url('GET', 'https://s3.example.com/x', 'AKID', 'SECRET', NULL) IS NULL AS nulls,
	s3sign_pre_url('GET', 'https://s3.example.com/x', 'AKID', 'SECRET', 60, NULL, NULL, NULL, NULL, NULL, NULL) = s3sign_pre_url('GET', 'https://s3.example.com/x', 'AKID', 'SECRET', 60) AS defaults,
	s3sign_pre_url('PUT', 'https://s3.example.com/x', 'AKID', 'SECRET', 60, 'r', 'sv', 't', '{"a": "b"}', repeat('ab', 32), '2026-01-02') = s3sign_pre_url(method => 'PUT', url => 'https://s3.example.com/x', identity => 'AKID', secret => 'SECRET',
		duration => 60, region => 'r', service => 'sv', session_token => 't', headers => '{"a": "b"}', payload_sha256 => repeat('ab', 32), signed_at => '2026-01-02') AS by_position,
	substring(s3sign_pre_url('GET', 'https://s3.example.com/x', 'AKID', 'SECRET', 60) FROM '&X-Amz-Date=([^&]*)&') = to_char(statement_timestamp() AT TIME ZONE 'UTC', 'YYYYMMDD"T"HH24MISS"Z"') AS now;
-- hosts that need another signer
SELECT url, pg_temp.url('GET', url) AS refused
FROM unnest(ARRAY['https://b--use1-az4--x-s3.s3express-use1-az4.us-east-1.amazonaws.com/x', 'https://ap-123456789012.op-01.s3-outposts.us-east-1.amazonaws.com/x', 'https://ap-123456789012.s3-object-lambda.us-east-1.amazonaws.com/x',
	'https://alias.mrap.accesspoint.s3-global.amazonaws.com/x']) AS url;

-- off S3 the path is normalised and encoded twice, where it is signed alone: the signature of botocore (1.29.27)
SELECT pg_temp.asked(url), right(url, 64) = 'af48645da4771c41e63edd5480699fe69391bfdf432a9b5600be71a881c510fe' AS as_botocore
FROM pg_temp.url('GET', 'https://api.example.com/a%20b/../c//d%2fe/', further => ', service => ''execute-api''') AS url;

-- RDS: the token of botocore's generate_db_auth_token() (1.29.27) with the same time and keys; it is without the scheme
SELECT substr(s3sign_pre_url('GET', 'https://db.example.eu-west-1.rds.amazonaws.com:5432/?Action=connect&DBUser=app_user', 'AKIAIOSFODNN7EXAMPLE', 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY', 900, 'eu-west-1', 'rds-db',
	signed_at => '2024-02-29T12:34:56Z'), 9) = 'db.example.eu-west-1.rds.amazonaws.com:5432/?Action=connect&DBUser=app_user&X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20240229%2Feu-west-1%2Frds-db%2Faws4_request'
	'&X-Amz-Date=20240229T123456Z&X-Amz-Expires=900&X-Amz-SignedHeaders=host&X-Amz-Signature=8c23ca10dcab88b7fda92567014fb4d2aa373f8e54ed48d63473243590302812' AS as_botocore;

DROP EXTENSION s3sign;
