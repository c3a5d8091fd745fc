-- Settings: one that only superusers and pg_read_all_settings may see is absent for everyone else,
-- also as the value of a placeholder in an s3sign server's options.
SET client_min_messages = warning;
CREATE EXTENSION s3sign;
CREATE ROLE framework_user;
CREATE ROLE framework_reader IN ROLE pg_read_all_settings;
GRANT USAGE ON FOREIGN DATA WRAPPER s3sign TO framework_user;
CREATE VIEW seen AS
	SELECT framework_setting('framework.open') AS open, framework_setting('framework.secret') AS secret,
		framework_setting('data_directory') IS NOT NULL AS core, framework_setting('no.such') AS absent;
GRANT SELECT ON seen TO framework_user, framework_reader;
\pset null (null)

SELECT * FROM seen;
SET ROLE framework_reader;
SELECT * FROM seen;
SET ROLE framework_user;
SELECT * FROM seen;
SHOW framework.open;
SELECT state FROM framework_diagnostics('SHOW framework.secret');

-- anyone who may make a server names the setting, and does not get it
CREATE SERVER framework_open FOREIGN DATA WRAPPER s3sign
	OPTIONS (endpoint 'https://s3.example.com', bucket 'b', key_prefix '{setting:framework.open}/', log_user 'x-user:setting:framework.open', methods 'get,list');
CREATE SERVER framework_prefix FOREIGN DATA WRAPPER s3sign
	OPTIONS (endpoint 'https://s3.example.com', bucket 'b', key_prefix '{setting:framework.secret}/', methods 'get,list');
CREATE SERVER framework_named FOREIGN DATA WRAPPER s3sign
	OPTIONS (endpoint 'https://s3.example.com', bucket 'b', log_user 'x-user:setting:framework.secret');
CREATE SERVER framework_core FOREIGN DATA WRAPPER s3sign
	OPTIONS (endpoint 'https://s3.example.com', key_prefix '{setting:data_directory}/');
CREATE USER MAPPING FOR PUBLIC SERVER framework_open OPTIONS (access_key_id 'AKID', secret_access_key 'x');
CREATE USER MAPPING FOR PUBLIC SERVER framework_prefix OPTIONS (access_key_id 'AKID', secret_access_key 'x');
CREATE USER MAPPING FOR PUBLIC SERVER framework_named OPTIONS (access_key_id 'AKID', secret_access_key 'x');
GRANT USAGE ON FOREIGN SERVER framework_prefix, framework_named TO framework_reader;
SELECT regexp_replace(s3sign_get('framework_open', 'open/a'), 'X-Amz-[^&]*&?', '', 'g');
SELECT regexp_replace(s3sign_list('framework_open'), 'X-Amz-[^&]*&?', '', 'g');
SELECT s3sign_get('framework_prefix', 'secret/a');
SELECT s3sign_list('framework_prefix');
SELECT s3sign_get('framework_named', 'a');

-- who may see it signs with it, and nothing of that is left for the next role
SET ROLE framework_reader;
SELECT regexp_replace(s3sign_list('framework_prefix'), 'X-Amz-[^&]*&?', '', 'g');
SELECT regexp_replace(s3sign_get('framework_named', 'a'), 'X-Amz-[^&]*&?', '', 'g');
SELECT s3sign_get('framework_prefix', 'secret/a') AS url \gset
SELECT * FROM s3sign_verify(:'url', 'framework_prefix');
SET ROLE framework_user;
SELECT s3sign_list('framework_prefix');
SELECT s3sign_get('framework_named', 'a');
SELECT * FROM s3sign_verify(:'url', 'framework_prefix');

RESET ROLE;
DROP VIEW seen;
DROP EXTENSION s3sign CASCADE;
DROP ROLE framework_user, framework_reader;
