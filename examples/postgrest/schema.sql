-- A back end for PostgREST: documents, which people upload and download by presigned URLs.
--
--	psql -v ON_ERROR_STOP=1 -f schema.sql	as a superuser, in a database of its own
--
-- The storage is in the environment: S3_ENDPOINT, S3_BUCKET, S3_ACCESS_KEY_ID,
-- S3_SECRET_ACCESS_KEY, and S3_REGION where the endpoint does not tell it.
\set ON_ERROR_STOP on
\getenv endpoint S3_ENDPOINT
\getenv bucket S3_BUCKET
\set region us-east-1
\getenv region S3_REGION
\getenv access_key_id S3_ACCESS_KEY_ID
\getenv secret_access_key S3_SECRET_ACCESS_KEY

BEGIN;
-- the key stays out of the server's log
SET LOCAL log_statement = 'none';
SET LOCAL log_min_duration_statement = -1;
SET LOCAL log_min_error_statement = 'panic';
SET LOCAL track_activities = off;

-- PostgREST connects as authenticator (give it a password), and becomes one of the others.
CREATE ROLE authenticator LOGIN NOINHERIT;
CREATE ROLE web_anon;
CREATE ROLE web_user;
GRANT web_anon, web_user TO authenticator;
-- owns all below and alone may sign
CREATE ROLE app_owner;

-- Named servers: one reads, one writes, both below one prefix only.

CREATE SCHEMA s3;
CREATE EXTENSION s3sign SCHEMA s3;
GRANT USAGE ON SCHEMA s3 TO app_owner;

CREATE SERVER downloads FOREIGN DATA WRAPPER s3sign
	OPTIONS (endpoint :'endpoint', region :'region', bucket :'bucket', key_prefix 'documents/',
		methods 'get', default_duration '10min', max_duration '1h');
CREATE SERVER uploads FOREIGN DATA WRAPPER s3sign
	OPTIONS (endpoint :'endpoint', region :'region', bucket :'bucket', key_prefix 'documents/',
		methods 'put,multipart', default_duration '10min', max_duration '1h');
CREATE USER MAPPING FOR PUBLIC SERVER downloads
	OPTIONS (access_key_id :'access_key_id', secret_access_key :'secret_access_key');
CREATE USER MAPPING FOR PUBLIC SERVER uploads
	OPTIONS (access_key_id :'access_key_id', secret_access_key :'secret_access_key');
GRANT USAGE ON FOREIGN SERVER downloads, uploads TO app_owner;

-- The documents. Who is asking is the claim «sub» of the JWT, and sees only what is theirs; that
-- holds for the owner of the functions below as well (FORCE).

CREATE SCHEMA app AUTHORIZATION app_owner;
CREATE SCHEMA api AUTHORIZATION app_owner;
SET ROLE app_owner;

CREATE FUNCTION app.person() RETURNS text
	LANGUAGE sql STABLE SET search_path = ''
	RETURN nullif(current_setting('request.jwt.claims', true), '')::json ->> 'sub';

CREATE TABLE app.documents (
	id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
	owner text NOT NULL DEFAULT app.person(),
	name text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
	type text NOT NULL CHECK (type ~ '^[a-z]+/[a-z0-9.+-]+$'),
	bytes bigint NOT NULL CHECK (bytes BETWEEN 0 AND 50000000000),
	created_at timestamptz NOT NULL DEFAULT now(),
	uploaded boolean NOT NULL DEFAULT false,
	object_key text NOT NULL GENERATED ALWAYS AS ('documents/' || id) STORED);
CREATE INDEX ON app.documents (owner, created_at);

ALTER TABLE app.documents ENABLE ROW LEVEL SECURITY;
ALTER TABLE app.documents FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON app.documents USING (owner = app.person());

-- What PostgREST shows. All that signs is SECURITY DEFINER with an empty search_path, looks at the
-- row as the person who asks, and signs for the key that the row has.

CREATE FUNCTION api.download(id uuid) RETURNS text
	LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ''
	RETURN (SELECT s3.s3sign_get('downloads', d.object_key, download_as => d.name,
			query => jsonb_build_object('response-content-type', d.type))
		FROM app.documents AS d WHERE d.id = download.id AND d.uploaded);

COMMENT ON FUNCTION api.download IS
'URL to download a document under its name, good for ten minutes; null for what is not yours';

CREATE VIEW api.documents WITH (security_invoker = true) AS
	SELECT id, name, type, bytes, created_at, api.download(id) AS url
	FROM app.documents WHERE uploaded;

COMMENT ON VIEW api.documents IS
'your documents, each with a fresh URL to download it';

-- The object has to be of that type and size; the key is new, so nothing can be overwritten.
CREATE FUNCTION api.create_upload(name text, type text, bytes bigint) RETURNS jsonb
	LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = ''
	BEGIN ATOMIC
		INSERT INTO app.documents (name, type, bytes) VALUES (name, type, bytes)
		RETURNING s3.s3sign_upload('uploads', object_key, content_type => documents.type,
			bytes => documents.bytes) || jsonb_build_object('id', id);
	END;

COMMENT ON FUNCTION api.create_upload IS
'upload ticket: send the file by its method to its url with its headers; then call finish_upload with its id';

CREATE FUNCTION api.create_multipart_upload(name text, type text, bytes bigint) RETURNS jsonb
	LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = ''
	BEGIN ATOMIC
		INSERT INTO app.documents (name, type, bytes) VALUES (name, type, bytes)
		RETURNING jsonb_build_object('id', id, 'url',
			s3.s3sign_multipart_create('uploads', object_key, content_type => documents.type));
	END;

COMMENT ON FUNCTION api.create_multipart_upload IS
'for large files: POST to the url with that content-type; its answer has the UploadId';

CREATE FUNCTION api.upload_parts(id uuid, upload_id text, parts integer) RETURNS jsonb
	LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ''
	RETURN (SELECT jsonb_build_object(
			'parts', (SELECT jsonb_agg(p.url ORDER BY p.part_number)
				FROM s3.s3sign_multipart_parts('uploads', d.object_key, upload_parts.upload_id,
					upload_parts.parts, 3600) AS p),
			'complete', s3.s3sign_multipart_complete('uploads', d.object_key, upload_parts.upload_id, 3600),
			'abort', s3.s3sign_multipart_abort('uploads', d.object_key, upload_parts.upload_id, 3600))
		FROM app.documents AS d WHERE d.id = upload_parts.id AND NOT d.uploaded);

COMMENT ON FUNCTION api.upload_parts IS
'URLs of a multipart upload: PUT each part, then POST the list of parts to complete, or DELETE abort; good for an hour';

CREATE FUNCTION api.finish_upload(id uuid) RETURNS void
	LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = ''
	BEGIN ATOMIC
		UPDATE app.documents SET uploaded = true WHERE documents.id = finish_upload.id;
	END;

COMMENT ON FUNCTION api.finish_upload IS
'shows the document from now on';

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA api, app FROM PUBLIC;
GRANT USAGE ON SCHEMA api TO web_anon, web_user;
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA api TO web_user;
GRANT EXECUTE ON FUNCTION app.person() TO web_user;
GRANT SELECT ON api.documents TO web_user;
GRANT SELECT ON app.documents TO web_user;
COMMIT;
