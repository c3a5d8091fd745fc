-- Keys that verifying derives: cached if the URL matches and was signed on a day next to today, so that no URL of a stranger empties the cache.
CREATE EXTENSION s3sign;
CREATE SERVER regress_s3sign FOREIGN DATA WRAPPER s3sign OPTIONS (endpoint 'https://s3.example.com', bucket 'media');
CREATE USER MAPPING FOR PUBLIC SERVER regress_s3sign OPTIONS (access_key_id 'AKID', secret_access_key 'SECRET');
CREATE TEMP TABLE urls AS
	SELECT day, s3sign_pre_get('https://s3.example.com', 'media', 'AKID', 'SECRET', 'file', 60, signed_at => statement_timestamp() + day * interval '1 day') AS url
	FROM generate_series(-2, 2) AS day;
CREATE TEMP TABLE strange AS
	SELECT i, s3sign_pre_get('https://s3.example.com', 'media', 'AKID', 'another secret', 'file', 60, 'region-' || i) AS url FROM generate_series(1, 2) AS i;
-- the keys of these URLs are no longer cached
SELECT count(s3sign_pre_get('https://s3.example.com', 'media', 'AKID', 'SECRET ' || i, 'file', 60)) FROM generate_series(1, 1100) AS i;

-- deriving a key of a server reads its mapping again
CREATE FUNCTION pg_temp.mapping_reads() RETURNS bigint LANGUAGE sql VOLATILE AS $$
	SELECT pg_stat_get_xact_numscans('pg_user_mapping'::regclass) + pg_stat_get_xact_numscans('pg_user_mapping_user_server_index'::regclass)
$$;
CREATE FUNCTION pg_temp.verify_with_reads(url text, OUT reason text, OUT derived boolean) LANGUAGE plpgsql AS $$
DECLARE
	before bigint := pg_temp.mapping_reads();
BEGIN
	reason := (s3sign_verify(url, 'regress_s3sign')).reason;
	derived := pg_temp.mapping_reads() > before;
END $$;
SELECT day, v.* FROM (SELECT * FROM urls ORDER BY day) AS u, pg_temp.verify_with_reads(url) AS v;
SELECT day, v.* FROM (SELECT * FROM urls ORDER BY day) AS u, pg_temp.verify_with_reads(url) AS v;
SELECT i, v.* FROM (SELECT * FROM strange ORDER BY i) AS s, pg_temp.verify_with_reads(url) AS v;
SELECT i, v.* FROM (SELECT * FROM strange ORDER BY i) AS s, pg_temp.verify_with_reads(url) AS v;

DROP USER MAPPING FOR PUBLIC SERVER regress_s3sign;
DROP SERVER regress_s3sign;
DROP EXTENSION s3sign;
