-- For run.py, beside examples/postgrest: each person has a folder, which the server's key_prefix
-- takes from the token.
\getenv endpoint S3_ENDPOINT
\getenv bucket S3_BUCKET
\getenv access_key_id S3_ACCESS_KEY_ID
\getenv secret_access_key S3_SECRET_ACCESS_KEY
CREATE SERVER folders FOREIGN DATA WRAPPER s3sign
	OPTIONS (endpoint :'endpoint', bucket :'bucket', key_prefix 'folders/{claim:sub}/',
		methods 'get,put', log 'on', log_user 'x-user:claim:sub');
CREATE USER MAPPING FOR PUBLIC SERVER folders
	OPTIONS (access_key_id :'access_key_id', secret_access_key :'secret_access_key');
GRANT USAGE ON FOREIGN SERVER folders TO app_owner;
SET ROLE app_owner;
CREATE FUNCTION api.folder_get(file text) RETURNS text
	LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ''
	RETURN s3.s3sign_get('folders', file);
CREATE FUNCTION api.folder_put(file text) RETURNS text
	LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ''
	RETURN s3.s3sign_put('folders', file);
REVOKE ALL ON FUNCTION api.folder_get, api.folder_put FROM PUBLIC;
GRANT EXECUTE ON FUNCTION api.folder_get, api.folder_put TO web_user;
