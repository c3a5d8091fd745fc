-- What a session remembers (endpoints read, signing keys derived) never shows in a URL.
\getenv sources PG_ABS_SRCDIR
\set verify :sources '/sql/include/verify.sql'
\set ECHO none
\i :verify
\set ECHO all
CREATE EXTENSION s3sign;

-- more servers, secrets, days and regions than are remembered, in an order in which each comes back
CREATE TEMP VIEW calls AS
	SELECT i, 's' || i * 7 % 1031 || '.example.com' AS server, 'bucket-' || i % 3 AS bucket, 'Secret ' || i * i % 1033 AS secret,
		'region-' || i % 2 AS region, timestamptz '2026-01-02T03:04:05Z' + i / 50 % 3 * interval '1 day' AS signed_at
	FROM generate_series(1, 4000) AS i;
SELECT count(*) AS calls, count(DISTINCT (server, bucket, region)) AS targets, count(DISTINCT (secret, region, signed_at)) AS signing_keys,
	count(DISTINCT url) AS urls, bool_and(i % 8 > 0 OR pg_temp.verify(url, secret)) AS accepted,
	bool_and(starts_with(url, 'https://' || server || '/' || bucket || '/file?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKID%2F'
		|| to_char(signed_at AT TIME ZONE 'UTC', 'YYYYMMDD') || '%2F' || region || '%2Fs3%2F')) AS address
FROM calls, s3sign_pre_get(server, bucket, 'AKID', secret, 'file', 60, region, signed_at => signed_at) AS url;

-- neighbours that differ in one thing
SELECT count(*) AS calls, count(DISTINCT url) AS urls, bool_and(pg_temp.verify(url, secret)) AS accepted
FROM generate_series(1, 2), (VALUES
	('a.example.com', 'bcd', 'SECRET', NULL, NULL, timestamptz '2026-01-02T03:04:05Z'),
	('a.example.co', 'bcd', 'SECRET', NULL, NULL, '2026-01-02T03:04:05Z'),
	('a.example.com', 'bcde', 'SECRET', NULL, NULL, '2026-01-02T03:04:05Z'),
	('a.example.com', 'bcd', 'SECRETS', NULL, NULL, '2026-01-02T03:04:05Z'),
	('a.example.com', 'bcd', 'SECRET', 'auto', NULL, '2026-01-02T03:04:05Z'),
	('a.example.com', 'bcd', 'SECRET', NULL, 'virtual', '2026-01-02T03:04:05Z'),
	('a.example.com', 'bcd', 'SECRET', NULL, 'cname', '2026-01-02T03:04:05Z'),
	('a.example.com', 'bcd', 'SECRET', NULL, NULL, '2026-01-03T03:04:05Z'),
	('http://a.example.com', 'bcd', 'SECRET', NULL, NULL, '2026-01-02T03:04:05Z')) AS calls (server, bucket, secret, region, addressing, signed_at),
	s3sign_pre_get(server, bucket, 'AKID', secret, 'file', 60, region, addressing => addressing, signed_at => signed_at) AS url;

-- a date changes at midnight in UTC, wherever the session is
SET timezone = 'Pacific/Auckland';
SELECT count(DISTINCT substring(url FROM 'AKID%2F(\d{8})%2F')) AS days, bool_and(pg_temp.verify(url, 'SECRET')) AS accepted
FROM unnest(ARRAY['2026-01-01T23:59:59.999Z', '2026-01-02T00:00:00Z', '2026-01-01T23:59:59Z', '2026-01-02T12:00:00Z']::timestamptz[]) AS signed_at,
	s3sign_pre_get('s3.example.com', 'media', 'AKID', 'SECRET', 'file', 60, signed_at => signed_at) AS url;
RESET timezone;

-- in a loop, between errors and after a rollback
DO $$
DECLARE
	url text;
BEGIN
	FOR i IN 1 .. 300 LOOP
		BEGIN
			url := s3sign_pre_get('s' || i % 20 || '.example.com', 'media', 'AKID', CASE WHEN i % 4 = 3 THEN '' ELSE 'Secret ' || i % 18 END, 'file', 60);
			ASSERT i % 4 <> 3 AND pg_temp.verify(url, 'Secret ' || i % 18);
			ASSERT starts_with(url, 'https://s' || i % 20 || '.example.com/media/file?');
		EXCEPTION WHEN invalid_parameter_value THEN
			ASSERT i % 4 = 3;
		END;
	END LOOP;
END $$;
BEGIN;
SELECT pg_temp.verify(s3sign_pre_get('rolled.example.com', 'media', 'AKID', 'rolled back', 'file', 60), 'rolled back') AS before;
ROLLBACK;
SELECT pg_temp.verify(s3sign_pre_get('rolled.example.com', 'media', 'AKID', 'rolled back', 'file', 60), 'rolled back') AS after;

DROP EXTENSION s3sign;
