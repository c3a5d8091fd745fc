-- s3sign 1.0: presigned URLs of S3 (AWS Signature Version 4)

-- complain if script is sourced in psql, rather than via CREATE EXTENSION
\echo Use "CREATE EXTENSION s3sign" to load this file. \quit

-- About the library

CREATE FUNCTION s3sign_version() RETURNS text
	LANGUAGE c STABLE PARALLEL SAFE
	AS 'MODULE_PATHNAME';

COMMENT ON FUNCTION s3sign_version() IS
'release of the library, as major.minor.patch';

-- Presigned URLs with the credentials in the call
--
-- STABLE, as they read the clock where signed_at is NULL. Not STRICT, as the
-- arguments with a default may be NULL; NULL in another gives NULL.

CREATE FUNCTION s3sign_pre_get(
	server text, bucket text, identity text, secret text, file text, duration bigint,
	region text = NULL, session_token text = NULL, query jsonb = NULL, headers jsonb = NULL,
	addressing text = NULL, signed_at timestamptz = NULL)
	RETURNS text
	LANGUAGE c STABLE PARALLEL SAFE COST 100
	AS 'MODULE_PATHNAME';

COMMENT ON FUNCTION s3sign_pre_get(text, text, text, text, text, bigint, text, text, jsonb, jsonb, text, timestamptz) IS
'presigned URL to download an object: server is the endpoint, file the object key as stored, duration in seconds (1 to 604800)';

CREATE FUNCTION s3sign_pre_put(
	server text, bucket text, identity text, secret text, file text, duration bigint,
	region text = NULL, session_token text = NULL, query jsonb = NULL, headers jsonb = NULL,
	addressing text = NULL, signed_at timestamptz = NULL)
	RETURNS text
	LANGUAGE c STABLE PARALLEL SAFE COST 100
	AS 'MODULE_PATHNAME';

COMMENT ON FUNCTION s3sign_pre_put(text, text, text, text, text, bigint, text, text, jsonb, jsonb, text, timestamptz) IS
'presigned URL to upload an object: server is the endpoint, file the object key as stored, duration in seconds (1 to 604800)';

CREATE FUNCTION s3sign_pre_head(
	server text, bucket text, identity text, secret text, file text, duration bigint,
	region text = NULL, session_token text = NULL, query jsonb = NULL, headers jsonb = NULL,
	addressing text = NULL, signed_at timestamptz = NULL)
	RETURNS text
	LANGUAGE c STABLE PARALLEL SAFE COST 100
	AS 'MODULE_PATHNAME';

COMMENT ON FUNCTION s3sign_pre_head(text, text, text, text, text, bigint, text, text, jsonb, jsonb, text, timestamptz) IS
'presigned URL to ask for an object''s metadata: server is the endpoint, file the object key as stored, duration in seconds (1 to 604800)';

CREATE FUNCTION s3sign_pre_delete(
	server text, bucket text, identity text, secret text, file text, duration bigint,
	region text = NULL, session_token text = NULL, query jsonb = NULL, headers jsonb = NULL,
	addressing text = NULL, signed_at timestamptz = NULL)
	RETURNS text
	LANGUAGE c STABLE PARALLEL SAFE COST 100
	AS 'MODULE_PATHNAME';

COMMENT ON FUNCTION s3sign_pre_delete(text, text, text, text, text, bigint, text, text, jsonb, jsonb, text, timestamptz) IS
'presigned URL to delete an object: server is the endpoint, file the object key as stored, duration in seconds (1 to 604800)';
