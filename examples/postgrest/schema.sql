-- A back end for PostgREST: documents that people upload and download with presigned URLs.
--
--	psql -v ON_ERROR_STOP=1 -f schema.sql	as a superuser, in a new database
--
-- Set the storage in the environment: S3_ENDPOINT, S3_BUCKET (it must exist), S3_ACCESS_KEY_ID,
-- S3_SECRET_ACCESS_KEY, and S3_REGION if the endpoint's host does not contain it.
\set ON_ERROR_STOP on
\getenv endpoint S3_ENDPOINT
\getenv bucket S3_BUCKET
\set region us-east-1
\getenv region S3_REGION
\getenv access_key_id S3_ACCESS_KEY_ID
\getenv secret_access_key S3_SECRET_ACCESS_KEY

BEGIN;
-- keep the key out of the server's log
SET LOCAL log_statement = 'none';
SET LOCAL log_min_duration_statement = -1;
SET LOCAL log_min_error_statement = 'panic';
SET LOCAL track_activities = off;

-- PostgREST connects as authenticator (set its password), and switches to one of the others.
CREATE ROLE authenticator LOGIN NOINHERIT;
CREATE ROLE web_anon;
CREATE ROLE web_user;
GRANT web_anon, web_user TO authenticator;
-- owns everything below and is the only role that may sign
CREATE ROLE app_owner;

-- A separate schema for the extension: every role may execute its functions, so in the exposed
-- schema, or in "public", which is in PostgREST's search path, they would be part of the API.

CREATE SCHEMA s3;
CREATE EXTENSION s3sign SCHEMA s3;
GRANT USAGE ON SCHEMA s3 TO app_owner;

-- One server for each purpose, all limited to one prefix. Forms limit the size to a range.

CREATE SERVER downloads FOREIGN DATA WRAPPER s3sign
	OPTIONS (endpoint :'endpoint', region :'region', bucket :'bucket', key_prefix 'documents/',
		methods 'get', default_duration '10min', max_duration '1h');
CREATE SERVER uploads FOREIGN DATA WRAPPER s3sign
	OPTIONS (endpoint :'endpoint', region :'region', bucket :'bucket', key_prefix 'documents/',
		methods 'put,multipart', default_duration '10min', max_duration '1h');
CREATE SERVER forms FOREIGN DATA WRAPPER s3sign
	OPTIONS (endpoint :'endpoint', region :'region', bucket :'bucket', key_prefix 'documents/',
		methods 'post', default_duration '10min', max_duration '1h');
CREATE USER MAPPING FOR PUBLIC SERVER downloads
	OPTIONS (access_key_id :'access_key_id', secret_access_key :'secret_access_key');
CREATE USER MAPPING FOR PUBLIC SERVER uploads
	OPTIONS (access_key_id :'access_key_id', secret_access_key :'secret_access_key');
CREATE USER MAPPING FOR PUBLIC SERVER forms
	OPTIONS (access_key_id :'access_key_id', secret_access_key :'secret_access_key');
GRANT USAGE ON FOREIGN SERVER downloads, uploads, forms TO app_owner;

-- The documents. The claim "sub" of the JWT identifies the caller, who sees only their own rows. With
-- FORCE this applies to the owner of the functions below too.

CREATE SCHEMA app AUTHORIZATION app_owner;
CREATE SCHEMA api AUTHORIZATION app_owner;
SET ROLE app_owner;

CREATE FUNCTION app.person() RETURNS text
	LANGUAGE sql STABLE SET search_path = ''
	RETURN nullif(current_setting('request.jwt.claims', true), '')::json ->> 'sub';

CREATE TABLE app.documents (
	id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
	owner text NOT NULL DEFAULT app.person(),
	name text NOT NULL,
	type text NOT NULL,
	bytes bigint,		-- NULL: not known before the upload
	created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
	uploaded boolean NOT NULL DEFAULT false,
	object_key text NOT NULL GENERATED ALWAYS AS ('documents/' || id) STORED,
	CONSTRAINT name CHECK (name ~ '^[^[:cntrl:]]{1,200}$'),
	-- RFC 9110 section 8.3.1, without quoted parameters
	CONSTRAINT type CHECK (length(type) <= 200 AND
		type ~ '^[A-Za-z0-9!#$&^_.+-]+/[A-Za-z0-9!#$&^_.+-]+( *; *[A-Za-z0-9!#$&^_.+-]+=[A-Za-z0-9!#$&^_.+-]+)*$'),
	CONSTRAINT bytes CHECK (bytes BETWEEN 0 AND 50000000000));
CREATE INDEX ON app.documents (owner, created_at);

-- the messages for people who break a rule
COMMENT ON CONSTRAINT name ON app.documents IS
'The name must have 1 to 200 characters, and no control characters.';
COMMENT ON CONSTRAINT type ON app.documents IS
'The type must be one like image/png or text/plain; charset=utf-8.';
COMMENT ON CONSTRAINT bytes ON app.documents IS
'A document can have at most 50 GB.';

ALTER TABLE app.documents ENABLE ROW LEVEL SECURITY;
ALTER TABLE app.documents FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON app.documents USING (owner = app.person());

-- The URL to download a document with its name and type.
CREATE FUNCTION app.url(document app.documents) RETURNS text
	LANGUAGE sql STABLE SET search_path = ''
	RETURN s3.s3sign_get('downloads', document.object_key, download_as => document.name,
		query => jsonb_build_object('response-content-type', document.type));

-- The exposed schema. Everything that signs is SECURITY DEFINER with an empty search_path, reads the
-- row with the caller's rights, and signs for the key in the row. PostgREST returns the status 404 for
-- SQLSTATE PT404.

CREATE FUNCTION api.documents(before timestamptz = 'infinity', rows integer = 100)
	RETURNS TABLE (id uuid, name text, type text, bytes bigint, created_at timestamptz, url text)
	LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ''
	BEGIN ATOMIC
		SELECT (page.d).id, (page.d).name, (page.d).type, (page.d).bytes, (page.d).created_at, app.url(page.d)
		FROM (SELECT d FROM app.documents AS d WHERE d.uploaded AND d.created_at < before
			ORDER BY d.created_at DESC LIMIT least(rows, 1000)) AS page;
	END;

COMMENT ON FUNCTION api.documents IS
'your documents, the newest first, each with a fresh URL to download it; for the next page pass the last created_at as before';

CREATE FUNCTION api.download(id uuid) RETURNS text
	LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = '' AS $$
DECLARE
	url text := (SELECT app.url(d) FROM app.documents AS d WHERE d.id = download.id AND d.uploaded);
BEGIN
	IF url IS NULL THEN
		RAISE SQLSTATE 'PT404' USING MESSAGE = 'There is no such document.';
	END IF;
	RETURN url;
END $$;

COMMENT ON FUNCTION api.download IS
'URL to download a document under its name, valid for ten minutes';

-- A redirect, for links and images in a page.
CREATE FUNCTION api.open(id uuid) RETURNS void
	LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = '' AS $$
BEGIN
	PERFORM set_config('response.headers', jsonb_build_array(
			jsonb_build_object('Location', api.download(id)),
			jsonb_build_object('Cache-Control', 'no-store'))::text, true),
		set_config('response.status', '302', true);
END $$;

COMMENT ON FUNCTION api.open IS
'redirects to the URL of a document, for the href of a link and the src of an image';

-- The key is new, so nothing can be overwritten.
CREATE FUNCTION api.create_upload(name text, type text, bytes bigint = NULL) RETURNS jsonb
	LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = '' AS $$
DECLARE
	answer jsonb;
	violated text;
BEGIN
	INSERT INTO app.documents AS d (name, type, bytes)
		VALUES (coalesce(create_upload.name, ''), coalesce(create_upload.type, ''), create_upload.bytes)
		RETURNING jsonb_build_object('id', d.id, 'key', d.object_key) INTO answer;
	RETURN answer;
EXCEPTION WHEN check_violation THEN
	GET STACKED DIAGNOSTICS violated = CONSTRAINT_NAME;
	RAISE SQLSTATE 'PT400' USING MESSAGE = (SELECT obj_description(c.oid, 'pg_constraint') FROM pg_constraint AS c
		WHERE c.conrelid = 'app.documents'::regclass AND c.conname = violated);
END $$;

COMMENT ON FUNCTION api.create_upload IS
'a new document: upload it to its key with the requests that sign gives, then call finish_upload with its id. Without bytes it can have up to 10 MB';

-- s3sign_request checks the client's request; key, type and size come from the row.
CREATE FUNCTION api.sign(request jsonb) RETURNS jsonb
	LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = '' AS $$
DECLARE
	answer jsonb := (
		SELECT s3.s3sign_request(CASE WHEN d.bytes IS NULL THEN 'forms' ELSE 'uploads' END,
			request - '{overwrite,bytes,maxBytes,headers,expiresIn}'::text[] || jsonb_build_object(
				'key', d.object_key, 'contentType', d.type, 'bytes', d.bytes,
				'maxBytes', CASE WHEN d.bytes IS NULL THEN 10000000 END))
		FROM app.documents AS d WHERE d.object_key = request ->> 'key' AND NOT d.uploaded);
BEGIN
	IF answer IS NULL THEN
		RAISE SQLSTATE 'PT404' USING MESSAGE = 'There is no such upload, or it is finished.';
	END IF;
	RETURN answer;
END $$;

COMMENT ON FUNCTION api.sign IS
'each request of an upload, as signRequest of @uppy/aws-s3 asks for it: {"method", "key", "uploadId", "partNumber"} to {"method", "url", "key", "headers", "fields"}';

CREATE FUNCTION api.finish_upload(id uuid) RETURNS void
	LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = '' AS $$
BEGIN
	UPDATE app.documents AS d SET uploaded = true WHERE d.id = finish_upload.id;
	IF NOT FOUND THEN
		RAISE SQLSTATE 'PT404' USING MESSAGE = 'There is no such document.';
	END IF;
END $$;

COMMENT ON FUNCTION api.finish_upload IS
'lists the document from now on';

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA api, app FROM PUBLIC;
GRANT USAGE ON SCHEMA api TO web_anon, web_user;
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA api TO web_user;
COMMIT;
