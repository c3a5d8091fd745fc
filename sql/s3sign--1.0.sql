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
'presigned URL to read an object''s metadata: server is the endpoint, file the object key as stored, duration in seconds (1 to 604800)';

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
-- CREATE SERVER holds public settings and limits, CREATE USER MAPPING the secret, GRANT
-- USAGE says who may sign.

CREATE FUNCTION s3sign_validator(options text[], catalog oid) RETURNS void
	LANGUAGE c STRICT STABLE PARALLEL SAFE COST 100
	AS 'MODULE_PATHNAME';

COMMENT ON FUNCTION s3sign_validator(text[], oid) IS
'checks the options of servers and user mappings of the foreign-data wrapper s3sign';

CREATE FOREIGN DATA WRAPPER s3sign VALIDATOR s3sign_validator;

COMMENT ON FOREIGN DATA WRAPPER s3sign IS
'signs URLs for S3: servers hold endpoints and limits, user mappings credentials';

CREATE FUNCTION s3sign_get(
	server text, file text, duration bigint = NULL, download_as text = NULL, version_id text = NULL,
	query jsonb = NULL, headers jsonb = NULL, bucket text = NULL, signed_at timestamptz = NULL)
	RETURNS text
	LANGUAGE c STABLE PARALLEL SAFE COST 100
	AS 'MODULE_PATHNAME';

COMMENT ON FUNCTION s3sign_get(text, text, bigint, text, text, jsonb, jsonb, text, timestamptz) IS
'presigned URL to download an object of a named server; duration in seconds, download_as is the name that a browser saves it under';

CREATE FUNCTION s3sign_get_many(
	server text, files text[], duration bigint = NULL, query jsonb = NULL, headers jsonb = NULL,
	bucket text = NULL, signed_at timestamptz = NULL, skip_invalid boolean = false)
	RETURNS text[]
	LANGUAGE c STABLE PARALLEL SAFE COST 1000
	AS 'MODULE_PATHNAME';

COMMENT ON FUNCTION s3sign_get_many(text, text[], bigint, jsonb, jsonb, text, timestamptz, boolean) IS
'presigned URLs to download objects of a named server, in the order of files; skip_invalid gives NULL for a file that cannot be signed';

CREATE FUNCTION s3sign_links(
	server text, content text, allowed text[], duration bigint = NULL, query jsonb = NULL,
	bucket text = NULL, signed_at timestamptz = NULL)
	RETURNS text
	LANGUAGE c STABLE PARALLEL SAFE COST 1000
	AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION s3sign_links(text, text, text[], bigint, jsonb, text, timestamptz) IS
'a text with its links to allowed objects of a named server replaced by presigned URLs';

CREATE FUNCTION s3sign_links_jsonb(
	server text, document jsonb, allowed text[], duration bigint = NULL, query jsonb = NULL,
	bucket text = NULL, signed_at timestamptz = NULL)
	RETURNS jsonb
	LANGUAGE c STABLE PARALLEL SAFE COST 1000
	AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION s3sign_links_jsonb(text, jsonb, text[], bigint, jsonb, text, timestamptz) IS
'a jsonb document with the links in its strings to allowed objects of a named server replaced by presigned URLs';

CREATE FUNCTION s3sign_unsign(server text, content text, bucket text = NULL)
	RETURNS text
	LANGUAGE c STABLE PARALLEL SAFE COST 1000
	AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION s3sign_unsign(text, text, text) IS
'a text with its links to objects of a named server replaced by s3://bucket/key, to be stored';

CREATE FUNCTION s3sign_unsign_jsonb(server text, document jsonb, bucket text = NULL)
	RETURNS jsonb
	LANGUAGE c STABLE PARALLEL SAFE COST 1000
	AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION s3sign_unsign_jsonb(text, jsonb, text) IS
'a jsonb document with the links in its strings to objects of a named server replaced by s3://bucket/key, to be stored';

CREATE FUNCTION s3sign_head(
	server text, file text, duration bigint = NULL, version_id text = NULL,
	query jsonb = NULL, headers jsonb = NULL, bucket text = NULL, signed_at timestamptz = NULL)
	RETURNS text
	LANGUAGE c STABLE PARALLEL SAFE COST 100
	AS 'MODULE_PATHNAME';

COMMENT ON FUNCTION s3sign_head(text, text, bigint, text, jsonb, jsonb, text, timestamptz) IS
'presigned URL to read the metadata of an object of a named server; duration in seconds';

CREATE FUNCTION s3sign_put(
	server text, file text, duration bigint = NULL, content_type text = NULL,
	query jsonb = NULL, headers jsonb = NULL, bucket text = NULL, signed_at timestamptz = NULL)
	RETURNS text
	LANGUAGE c STABLE PARALLEL SAFE COST 100
	AS 'MODULE_PATHNAME';

COMMENT ON FUNCTION s3sign_put(text, text, bigint, text, jsonb, jsonb, text, timestamptz) IS
'presigned URL to upload an object to a named server; duration in seconds, the client must send content_type unchanged';

CREATE FUNCTION s3sign_delete(
	server text, file text, duration bigint = NULL, version_id text = NULL,
	query jsonb = NULL, headers jsonb = NULL, bucket text = NULL, signed_at timestamptz = NULL)
	RETURNS text
	LANGUAGE c STABLE PARALLEL SAFE COST 100
	AS 'MODULE_PATHNAME';

COMMENT ON FUNCTION s3sign_delete(text, text, bigint, text, jsonb, jsonb, text, timestamptz) IS
'presigned URL to delete an object of a named server; duration in seconds';

-- Named servers: lists, multipart uploads, browser forms

CREATE FUNCTION s3sign_list(
	server text, prefix text = NULL, duration bigint = NULL, delimiter text = NULL, max_keys integer = NULL,
	start_after text = NULL, continuation_token text = NULL, query jsonb = NULL, bucket text = NULL,
	signed_at timestamptz = NULL)
	RETURNS text
	LANGUAGE c STABLE PARALLEL SAFE COST 100
	AS 'MODULE_PATHNAME';

COMMENT ON FUNCTION s3sign_list(text, text, bigint, text, integer, text, text, jsonb, text, timestamptz) IS
'presigned URL to list objects of a named server (ListObjectsV2); prefix defaults to the server''s key_prefix, max_keys 1 to 1000';

CREATE FUNCTION s3sign_multipart_create(
	server text, file text, duration bigint = NULL, content_type text = NULL,
	headers jsonb = NULL, bucket text = NULL, signed_at timestamptz = NULL)
	RETURNS text
	LANGUAGE c STABLE PARALLEL SAFE COST 100
	AS 'MODULE_PATHNAME';

COMMENT ON FUNCTION s3sign_multipart_create(text, text, bigint, text, jsonb, text, timestamptz) IS
'presigned URL to begin a multipart upload (POST); the response contains the upload_id';

CREATE FUNCTION s3sign_multipart_part(
	server text, file text, upload_id text, part_number integer, duration bigint = NULL,
	headers jsonb = NULL, bucket text = NULL, signed_at timestamptz = NULL)
	RETURNS text
	LANGUAGE c STABLE PARALLEL SAFE COST 100
	AS 'MODULE_PATHNAME';

COMMENT ON FUNCTION s3sign_multipart_part(text, text, text, integer, bigint, jsonb, text, timestamptz) IS
'presigned URL to upload a part (PUT), 1 to 10000; the ETag of the response is needed to complete the upload';

CREATE FUNCTION s3sign_multipart_parts(
	server text, file text, upload_id text, parts integer, duration bigint = NULL,
	bucket text = NULL, signed_at timestamptz = NULL)
	RETURNS TABLE (part_number integer, url text)
	LANGUAGE c STABLE PARALLEL SAFE COST 100
	AS 'MODULE_PATHNAME';

COMMENT ON FUNCTION s3sign_multipart_parts(text, text, text, integer, bigint, text, timestamptz) IS
'presigned URLs to upload the parts 1 to parts, which is at most 10000';

CREATE FUNCTION s3sign_multipart_complete(
	server text, file text, upload_id text, duration bigint = NULL, query jsonb = NULL, headers jsonb = NULL,
	bucket text = NULL, signed_at timestamptz = NULL)
	RETURNS text
	LANGUAGE c STABLE PARALLEL SAFE COST 100
	AS 'MODULE_PATHNAME';

COMMENT ON FUNCTION s3sign_multipart_complete(text, text, text, bigint, jsonb, jsonb, text, timestamptz) IS
'presigned URL to complete a multipart upload (POST of the list of parts)';

CREATE FUNCTION s3sign_multipart_abort(
	server text, file text, upload_id text, duration bigint = NULL, query jsonb = NULL, headers jsonb = NULL,
	bucket text = NULL, signed_at timestamptz = NULL)
	RETURNS text
	LANGUAGE c STABLE PARALLEL SAFE COST 100
	AS 'MODULE_PATHNAME';

COMMENT ON FUNCTION s3sign_multipart_abort(text, text, text, bigint, jsonb, jsonb, text, timestamptz) IS
'presigned URL to abort a multipart upload (DELETE)';

CREATE FUNCTION s3sign_multipart_list(
	server text, file text, upload_id text, duration bigint = NULL, query jsonb = NULL, headers jsonb = NULL,
	bucket text = NULL, signed_at timestamptz = NULL)
	RETURNS text
	LANGUAGE c STABLE PARALLEL SAFE COST 100
	AS 'MODULE_PATHNAME';

COMMENT ON FUNCTION s3sign_multipart_list(text, text, text, bigint, jsonb, jsonb, text, timestamptz) IS
'presigned URL to list the uploaded parts (GET)';

CREATE FUNCTION s3sign_post(
	server text, file text, duration bigint = NULL, min_bytes bigint = NULL, max_bytes bigint = NULL,
	content_type text = NULL, fields jsonb = NULL, conditions jsonb = NULL, bucket text = NULL,
	signed_at timestamptz = NULL)
	RETURNS jsonb
	LANGUAGE c STABLE PARALLEL SAFE COST 500
	AS 'MODULE_PATHNAME';

COMMENT ON FUNCTION s3sign_post(text, text, bigint, bigint, bigint, text, jsonb, jsonb, text, timestamptz) IS
'url and fields of an HTML form that uploads an object; content_type may end in *, file in ${filename}';

CREATE FUNCTION s3sign_upload(
	server text, file text, duration bigint = NULL, content_type text = NULL, bytes bigint = NULL,
	max_bytes bigint = NULL, overwrite boolean = true, checksum_sha256 text = NULL, headers jsonb = NULL,
	bucket text = NULL, signed_at timestamptz = NULL)
	RETURNS jsonb
	LANGUAGE c STABLE PARALLEL SAFE COST 500
	AS 'MODULE_PATHNAME';

COMMENT ON FUNCTION s3sign_upload(text, text, bigint, text, bigint, bigint, boolean, text, jsonb, text, timestamptz) IS
'upload ticket: method, url, key, headers, expires_at and, of a POST form, fields of the request that uploads an object; checksum_sha256 in base64';

CREATE FUNCTION s3sign_request(
	server text, request jsonb, duration bigint = NULL, bucket text = NULL, signed_at timestamptz = NULL)
	RETURNS jsonb
	LANGUAGE c STABLE PARALLEL SAFE COST 500
	AS 'MODULE_PATHNAME';

COMMENT ON FUNCTION s3sign_request(text, jsonb, bigint, text, timestamptz) IS
'signs a request of an upload client, as Uppy''s signRequest: method, url, key, headers, fields and expires_at of the upload of an object, or of a step of a multipart upload';

-- Any request

CREATE FUNCTION s3sign_pre_url(
	method text, url text, identity text, secret text, duration bigint, region text = NULL,
	service text = 's3', session_token text = NULL, headers jsonb = NULL, payload_sha256 text = NULL,
	signed_at timestamptz = NULL)
	RETURNS text
	LANGUAGE c STABLE PARALLEL SAFE COST 100
	AS 'MODULE_PATHNAME';

COMMENT ON FUNCTION s3sign_pre_url(text, text, text, text, bigint, text, text, text, jsonb, text, timestamptz) IS
'presigned URL for any method and URL of any service that accepts AWS Signature Version 4';

CREATE FUNCTION s3sign_pre_headers(
	method text, url text, identity text, secret text, region text = NULL, service text = 's3',
	session_token text = NULL, headers jsonb = NULL, payload bytea = NULL, signed_at timestamptz = NULL)
	RETURNS jsonb
	LANGUAGE c STABLE PARALLEL SAFE COST 500
	AS 'MODULE_PATHNAME';

COMMENT ON FUNCTION s3sign_pre_headers(text, text, text, text, text, text, text, jsonb, bytea, timestamptz) IS
'url and headers (Authorization and others) of a request that is sent at once, to any service that accepts AWS Signature Version 4; payload is its body';

CREATE FUNCTION s3sign_headers(
	server text, method text, file text = NULL, query jsonb = NULL, headers jsonb = NULL, payload bytea = NULL,
	bucket text = NULL, signed_at timestamptz = NULL)
	RETURNS jsonb
	LANGUAGE c STABLE PARALLEL SAFE COST 500
	AS 'MODULE_PATHNAME';

COMMENT ON FUNCTION s3sign_headers(text, text, text, jsonb, jsonb, bytea, text, timestamptz) IS
'url and headers (Authorization and others) of a request to a named server that is sent at once; payload is its body, file NULL for a list';

-- Looking into a URL
--
-- parse and redact are IMMUTABLE: all that they know is in their argument. The others read the
-- clock or a named server.

CREATE FUNCTION s3sign_parse(
	url text,
	OUT algorithm text, OUT identity text, OUT signed_on date, OUT region text, OUT service text,
	OUT signed_at timestamptz, OUT expires_at timestamptz, OUT signed_headers text[],
	OUT signature text, OUT scheme text, OUT host text, OUT path text, OUT query jsonb)
	LANGUAGE c IMMUTABLE PARALLEL SAFE COST 100
	AS 'MODULE_PATHNAME';

COMMENT ON FUNCTION s3sign_parse(text) IS
'the parts of a presigned URL; NULL for a part that is missing or cannot be parsed';

CREATE FUNCTION s3sign_verify(
	url text, server text = NULL, secret text = NULL, method text = 'GET', headers jsonb = NULL,
	at timestamptz = NULL,
	OUT valid boolean, OUT reason text)
	LANGUAGE c STABLE PARALLEL SAFE COST 100
	AS 'MODULE_PATHNAME';

COMMENT ON FUNCTION s3sign_verify(text, text, text, text, jsonb, timestamptz) IS
'whether a presigned URL is valid now for this method and these headers; pass a named server or a secret';

CREATE FUNCTION s3sign_explain(
	url text, server text = NULL, secret text = NULL, method text = 'GET', headers jsonb = NULL,
	OUT canonical_request text, OUT string_to_sign text, OUT signature text, OUT matches boolean)
	LANGUAGE c STABLE PARALLEL SAFE COST 100
	AS 'MODULE_PATHNAME';

COMMENT ON FUNCTION s3sign_explain(text, text, text, text, jsonb) IS
'the values that a storage server computes to check a presigned URL; the signature only with a secret';

CREATE FUNCTION s3sign_diagnose(
	url text, error_xml text, server text = NULL, secret text = NULL, method text = 'GET',
	headers jsonb = NULL,
	OUT cause text, OUT ours text, OUT theirs text, OUT hint text)
	LANGUAGE c STABLE PARALLEL SAFE COST 100
	AS 'MODULE_PATHNAME';

COMMENT ON FUNCTION s3sign_diagnose(text, text, text, text, text, jsonb) IS
'why a storage server refused a presigned URL or a form, from the body of its response: XML or JSON';

CREATE FUNCTION s3sign_redact(message text) RETURNS text
	LANGUAGE c IMMUTABLE PARALLEL SAFE COST 100
	AS 'MODULE_PATHNAME';

COMMENT ON FUNCTION s3sign_redact(text) IS
'the text with *** for signatures, tokens and credentials of URLs, forms and Authorization headers';

-- The role that installed the extension can create servers and let others create them.
GRANT USAGE ON FOREIGN DATA WRAPPER s3sign TO @extowner@ WITH GRANT OPTION;
