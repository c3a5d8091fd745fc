-- What CREATE EXTENSION makes, for whom and where; what DROP EXTENSION leaves.
CREATE EXTENSION s3sign;
SELECT s3sign_version() ~ '^[0-9]+\.[0-9]+\.[0-9]+$' AS release, starts_with(s3sign_version(), extversion || '.') AS of_this_script, extrelocatable
FROM pg_extension WHERE extname = 's3sign';

-- volatile, parallel: s(table), s(afe) except the validator, as of other wrappers; no LEAKPROOF, STRICT, SECURITY DEFINER or SET
SELECT proname, provolatile, proparallel, procost, proleakproof, proisstrict, prosecdef, proretset, proconfig, prorettype::regtype AS returns
FROM pg_depend JOIN pg_proc ON classid = 'pg_proc'::regclass AND objid = pg_proc.oid
WHERE refclassid = 'pg_extension'::regclass AND refobjid = (SELECT oid FROM pg_extension WHERE extname = 's3sign') AND deptype = 'e'
ORDER BY proname;
-- what is documented, and frozen: names, order, types and defaults of arguments
SELECT proname || '(' || pg_get_function_arguments(oid) || ') -> ' || pg_get_function_result(oid) AS function
FROM pg_proc WHERE proname LIKE 's3sign%' ORDER BY proname;

-- nothing but functions and the wrapper, each with a comment; functions are callable by all, the wrapper is its owner's to share
SELECT classid::regclass AS class, count(*) AS objects, count(obj_description(objid, classid::regclass::name)) AS comments,
	CASE classid WHEN 'pg_proc'::regclass THEN bool_and(has_function_privilege('public', objid, 'EXECUTE')) ELSE bool_or(has_foreign_data_wrapper_privilege('public', objid, 'USAGE')) END AS public
FROM pg_depend
WHERE refclassid = 'pg_extension'::regclass AND refobjid = (SELECT oid FROM pg_extension WHERE extname = 's3sign') AND deptype = 'e'
GROUP BY classid ORDER BY 1;
SELECT fdwname, fdwhandler, fdwvalidator::regproc, fdwoptions, grantee::regrole = current_user::regrole AS to_owner, privilege_type, is_grantable
FROM pg_foreign_data_wrapper, aclexplode(fdwacl) WHERE fdwname = 's3sign' ORDER BY is_grantable;

-- a script and a library of different versions: an error, no crash
SELECT probin FROM pg_proc WHERE proname = 's3sign_version' \gset
CREATE FUNCTION pg_temp.of_another_version(text) RETURNS text LANGUAGE c AS :'probin', 's3sign_pre_get';
SELECT pg_temp.of_another_version('x');
CREATE FUNCTION pg_temp.version(text) RETURNS text LANGUAGE c AS :'probin', 's3sign_version';
SELECT pg_temp.version(NULL);

CREATE SERVER regress_s3sign FOREIGN DATA WRAPPER s3sign OPTIONS (endpoint 'https://s3.example.com', bucket 'media');
CREATE USER MAPPING FOR PUBLIC SERVER regress_s3sign OPTIONS (access_key_id 'AKID', secret_access_key 'SECRET');
DROP EXTENSION s3sign;
SET client_min_messages = warning;
DROP EXTENSION s3sign CASCADE;
RESET client_min_messages;
SELECT count(*) AS left_over FROM pg_proc WHERE proname LIKE 's3sign%' OR probin LIKE '%s3sign%' AND pronamespace <> pg_my_temp_schema();
SELECT (SELECT count(*) FROM pg_foreign_data_wrapper) AS wrappers, (SELECT count(*) FROM pg_foreign_server) AS servers, (SELECT count(*) FROM pg_user_mapping) AS mappings;

-- relocatable
CREATE SCHEMA regress_s3sign;
CREATE SCHEMA "Regress s3sign";
CREATE EXTENSION s3sign SCHEMA regress_s3sign;
SELECT to_regproc('s3sign_version') IS NULL AS not_here;
SELECT regress_s3sign.s3sign_version() IS NOT NULL AS there;
ALTER EXTENSION s3sign SET SCHEMA "Regress s3sign";
SELECT starts_with("Regress s3sign".s3sign_pre_get('s3.example.com', 'media', 'AKID', 'SECRET', 'file', 60), 'https://s3.example.com/media/file?') AS there;
DROP EXTENSION s3sign;
DROP SCHEMA regress_s3sign, "Regress s3sign";

-- trusted: any role with CREATE on the database
CREATE ROLE regress_s3sign_owner;
CREATE ROLE regress_s3sign_user;
SELECT current_database() AS database \gset
SET ROLE regress_s3sign_owner;
CREATE EXTENSION s3sign;
RESET ROLE;
GRANT CREATE ON DATABASE :"database" TO regress_s3sign_owner;
SET ROLE regress_s3sign_owner;
CREATE EXTENSION s3sign;
SELECT extowner::regrole FROM pg_extension WHERE extname = 's3sign';
-- the role that installed it creates servers, and lets others
SET ROLE regress_s3sign_user;
CREATE SERVER regress_s3sign_user FOREIGN DATA WRAPPER s3sign OPTIONS (endpoint 's3.example.com', bucket 'media');
SET ROLE regress_s3sign_owner;
CREATE SERVER regress_s3sign_owner FOREIGN DATA WRAPPER s3sign OPTIONS (endpoint 's3.example.com', bucket 'media');
GRANT USAGE ON FOREIGN DATA WRAPPER s3sign TO regress_s3sign_user;
SET ROLE regress_s3sign_user;
CREATE SERVER regress_s3sign_user FOREIGN DATA WRAPPER s3sign OPTIONS (endpoint 's3.example.com', bucket 'media');
CREATE USER MAPPING FOR CURRENT_USER SERVER regress_s3sign_user OPTIONS (access_key_id 'AKID', secret_access_key 'SECRET');
SELECT starts_with(s3sign_get('regress_s3sign_user', 'file'), 'https://s3.example.com/media/file?') AS signs;
SELECT s3sign_get('regress_s3sign_owner', 'file');
DROP USER MAPPING FOR CURRENT_USER SERVER regress_s3sign_user;
DROP SERVER regress_s3sign_user;
SET ROLE regress_s3sign_owner;
DROP SERVER regress_s3sign_owner;
SET ROLE regress_s3sign_user;
SELECT starts_with(s3sign_pre_get('s3.example.com', 'media', 'AKID', 'SECRET', 'file', 60), 'https://s3.example.com/media/file?') AS signs;
RESET ROLE;
SET ROLE regress_s3sign_owner;
DROP EXTENSION s3sign;
RESET ROLE;
REVOKE CREATE ON DATABASE :"database" FROM regress_s3sign_owner;
DROP ROLE regress_s3sign_owner, regress_s3sign_user;
