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

-- Named servers: sign without seeing the secret
--
-- CREATE SERVER holds what is public and the guard-rails, CREATE USER MAPPING the secret, GRANT
-- USAGE says who may sign.

CREATE FUNCTION s3sign_validator(options text[], catalog oid) RETURNS void
	LANGUAGE c STRICT STABLE PARALLEL SAFE COST 100
	AS 'MODULE_PATHNAME';

COMMENT ON FUNCTION s3sign_validator(text[], oid) IS
'checks the options of servers and user mappings of the foreign-data wrapper s3sign';

CREATE FOREIGN DATA WRAPPER s3sign VALIDATOR s3sign_validator;

COMMENT ON FOREIGN DATA WRAPPER s3sign IS
'S3 endpoints to sign URLs for: their guard-rails, and in user mappings their credentials';

CREATE FUNCTION s3sign_get(
	server text, file text, duration bigint = NULL, download_as text = NULL, version_id text = NULL,
	query jsonb = NULL, headers jsonb = NULL, bucket text = NULL, signed_at timestamptz = NULL)
	RETURNS text
	LANGUAGE c STABLE PARALLEL SAFE COST 100
	AS 'MODULE_PATHNAME';

COMMENT ON FUNCTION s3sign_get(text, text, bigint, text, text, jsonb, jsonb, text, timestamptz) IS
'presigned URL to download an object of a named server; duration in seconds, download_as is the name that a browser saves it under';

CREATE FUNCTION s3sign_head(
	server text, file text, duration bigint = NULL, version_id text = NULL,
	query jsonb = NULL, headers jsonb = NULL, bucket text = NULL, signed_at timestamptz = NULL)
	RETURNS text
	LANGUAGE c STABLE PARALLEL SAFE COST 100
	AS 'MODULE_PATHNAME';

COMMENT ON FUNCTION s3sign_head(text, text, bigint, text, jsonb, jsonb, text, timestamptz) IS
'presigned URL to ask for the metadata of an object of a named server; duration in seconds';

CREATE FUNCTION s3sign_put(
	server text, file text, duration bigint = NULL, content_type text = NULL,
	query jsonb = NULL, headers jsonb = NULL, bucket text = NULL, signed_at timestamptz = NULL)
	RETURNS text
	LANGUAGE c STABLE PARALLEL SAFE COST 100
	AS 'MODULE_PATHNAME';

COMMENT ON FUNCTION s3sign_put(text, text, bigint, text, jsonb, jsonb, text, timestamptz) IS
'presigned URL to upload an object to a named server; duration in seconds, content_type has to be sent exactly so';

CREATE FUNCTION s3sign_delete(
	server text, file text, duration bigint = NULL, version_id text = NULL,
	query jsonb = NULL, headers jsonb = NULL, bucket text = NULL, signed_at timestamptz = NULL)
	RETURNS text
	LANGUAGE c STABLE PARALLEL SAFE COST 100
	AS 'MODULE_PATHNAME';

COMMENT ON FUNCTION s3sign_delete(text, text, bigint, text, jsonb, jsonb, text, timestamptz) IS
'presigned URL to delete an object of a named server; duration in seconds';

-- Whoever installed the extension can create servers and let others create them.
GRANT USAGE ON FOREIGN DATA WRAPPER s3sign TO @extowner@ WITH GRANT OPTION;
