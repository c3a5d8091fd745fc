-- Texts for a log; test/unit/redact_*.cpp have each way to write a secret.
CREATE EXTENSION s3sign;
SELECT s3sign_redact('GET https://examplebucket.s3.amazonaws.com/test.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Date=20130524T000000Z&X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835 HTTP/1.1 403');
SELECT s3sign_redact('Authorization: AWS4-HMAC-SHA256 Credential=AKID/20260102/r/s3/aws4_request, SignedHeaders=host, Signature=ab; Authorization: AWS AKID:ab=');
SELECT s3sign_redact('nothing to hide'), s3sign_redact('') = '' AS empty, s3sign_redact(NULL) IS NULL AS is_null;
SELECT s3sign_redact(U&'\00FC?X-Amz-Signature=ab&\65E5=\672C');
SELECT s3sign_redact('{"url":"https://h/k?X-Amz-Signature\u003dab\u0026a=1","log":"a\nSignature: ab","policy":"eyJ\/ab"}');
SELECT s3sign_redact('CREATE USER MAPPING FOR PUBLIC SERVER media OPTIONS (access_key_id ''AKID'', secret_access_key ''ab'', session_token ''ab'')');
SELECT s3sign_redact('SELECT s3sign_pre_get(server => ''h'', secret => ''ab'')');
SELECT s3sign_redact('<StringToSign>AWS4-HMAC-SHA256</StringToSign><input value="ab" name="x-amz-signature">');
SELECT s3sign_redact(s3sign_redact(text)) = s3sign_redact(text) AS idempotent FROM (VALUES (':// ://&=@signature://;credential@%25:')) AS t (text);
SELECT s3sign_redact('<Error><Code>InvalidToken</Code><Token-0>ab</Token-0></Error>');
SELECT s3sign_redact('<ArgumentName>Authorization</ArgumentName><ArgumentValue>Bearer ab</ArgumentValue>'), s3sign_redact('{"name": "X-Amz-Credential", "value": "ab"}');
SELECT s3sign_redact('secret_key = "ab" {"secretKey": "ab"} DO_SPACES_SECRET=ab');
SELECT s3sign_redact(text) = text AS kept FROM (VALUES ('UPDATE users SET secret_key = $1 WHERE id = 5'), ('{"token_count": 5, "secret": null}')) AS t (text);

-- a quote in a literal, a literal in a literal, dollar quotes
SELECT s3sign_redact('OPTIONS (secret_access_key ''a''''b'', session_token $$ab$$, a $t$b$t$)'), s3sign_redact(format('EXECUTE %L', format('ALTER USER MAPPING FOR a SERVER b OPTIONS (SET secret_access_key %L)', 'ab')));
SELECT s3sign_redact('X-aws-ec2-metadata-token: ab'), s3sign_redact('?Action=AssumeRoleWithWebIdentity&WebIdentityToken=ab%2Bc&a=b'), s3sign_redact('%3FWebIdentityToken%3Dab%252Bc%26a');

-- what our own functions make
SELECT count(*) AS texts, bool_and(s3sign_redact(s3sign_redact(text)) = s3sign_redact(text)) AS idempotent, bool_or(replace(s3sign_redact(text), encode(sha256(''), 'hex'), '') ~ 'AKID|TOKEN|[0-9a-f]{64}|eyJ') AS leaks
FROM (SELECT s3sign_pre_get('s3.example.com', 'media', 'AKID/+', 'SECRET', 'file' || i, 60, session_token => 'TOKEN/+=') FROM generate_series(1, 100) AS i
	UNION ALL SELECT s3sign_pre_headers('GET', 'https://s3.example.com/a', 'AKID', 'SECRET', session_token => 'TOKEN')::text) AS t (text);
CREATE SERVER regress_s3sign FOREIGN DATA WRAPPER s3sign OPTIONS (endpoint 'https://s3.example.com', bucket 'media', methods 'post');
CREATE USER MAPPING FOR PUBLIC SERVER regress_s3sign OPTIONS (access_key_id 'AKID', secret_access_key 'SECRET', session_token 'TOKEN');
SELECT s3sign_redact(s3sign_post('regress_s3sign', 'file')::text) ~ 'AKID|TOKEN|[0-9a-f]{64}|eyJ' AS leaks;
DROP USER MAPPING FOR PUBLIC SERVER regress_s3sign;
DROP SERVER regress_s3sign;

-- linear: each of these took hours
SELECT count(s3sign_redact(text)) FROM (SELECT repeat(piece, 1000000 / length(piece)) FROM unnest(ARRAY['value=%22', 'value="a ', 'policy:%0A', 'authorization:%0AAWS4-', '%2525', '&amp;amp;', '\']) AS piece) AS t (text);
SELECT length(s3sign_redact(repeat('?X-Amz-Signature=0123456789&', 100000)));
SELECT length(s3sign_redact(repeat('x', 16 * 1024 * 1024)));
SELECT s3sign_redact(repeat('x', 16 * 1024 * 1024 + 1));
SET statement_timeout = '50ms';
SELECT sum(length(s3sign_redact(repeat('value=%22', 1800000)))) FROM generate_series(1, 100);
RESET statement_timeout;
DROP EXTENSION s3sign;
