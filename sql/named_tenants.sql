-- The pattern of the documentation, worked out: tenants see their rows by row-level security, and a
-- SECURITY DEFINER function signs what it has found in a row. Nobody else may sign.
\getenv sources PG_ABS_SRCDIR
\set outcome :sources '/sql/include/outcome.sql'
\set ECHO none
\i :outcome
\set ECHO all
CREATE EXTENSION s3sign;
CREATE SCHEMA regress_s3sign;
CREATE ROLE regress_s3sign_signer;
CREATE ROLE regress_s3sign_web;

CREATE SERVER regress_s3sign FOREIGN DATA WRAPPER s3sign OPTIONS (endpoint 'https://s3.example.com', bucket 'media', key_prefix 'documents/', max_duration '15min');
CREATE USER MAPPING FOR PUBLIC SERVER regress_s3sign OPTIONS (access_key_id 'AKID', secret_access_key 'SECRET');
GRANT USAGE ON FOREIGN SERVER regress_s3sign TO regress_s3sign_signer;

CREATE TABLE regress_s3sign.documents (id int PRIMARY KEY, tenant text NOT NULL, key text NOT NULL UNIQUE, name text NOT NULL);
INSERT INTO regress_s3sign.documents VALUES (1, 'acme', 'documents/acme/plan.pdf', U&'Pl\00E4ne.pdf'), (2, 'acme', 'documents/acme/b', 'b.pdf'), (3, 'bolt', 'documents/bolt/plan.pdf', 'plan.pdf'),
	(4, 'acme', 'private/acme', 'x'), (5, 'acme', 'documents/acme/../bolt/plan.pdf', 'x');
ALTER TABLE regress_s3sign.documents ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON regress_s3sign.documents
	USING (tenant = current_setting('request.jwt.claims', true)::json ->> 'tenant');
GRANT USAGE ON SCHEMA regress_s3sign TO regress_s3sign_web, regress_s3sign_signer;
GRANT SELECT ON regress_s3sign.documents TO regress_s3sign_web, regress_s3sign_signer;

-- not the table's owner, so that the policy holds for it too
CREATE FUNCTION regress_s3sign.document_url(id int) RETURNS text
	LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ''
	AS $$
		SELECT public.s3sign_get('regress_s3sign', d.key, download_as => d.name)
		FROM regress_s3sign.documents AS d
		WHERE d.id = document_url.id
	$$;
ALTER FUNCTION regress_s3sign.document_url(int) OWNER TO regress_s3sign_signer;
REVOKE EXECUTE ON FUNCTION regress_s3sign.document_url(int) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION regress_s3sign.document_url(int) TO regress_s3sign_web;

CREATE FUNCTION pg_temp.call(statement text) RETURNS text LANGUAGE sql AS $$
	SELECT coalesce(pg_temp.asked(pg_temp.outcome(statement)), 'nothing')
$$;
SET SESSION AUTHORIZATION regress_s3sign_web;

-- each tenant gets its own documents, and of others nothing, not even an error
SET request.jwt.claims = '{"tenant": "acme"}';
SELECT id, pg_temp.call(format('SELECT regress_s3sign.document_url(%s)', id)) AS acme FROM unnest(ARRAY['1', '2', '3', '4', '5', '6', 'NULL']) AS id;
SELECT id, pg_temp.asked(regress_s3sign.document_url(id)) FROM regress_s3sign.documents WHERE id < 4 ORDER BY id;
SET request.jwt.claims = '{"tenant": "bolt"}';
SELECT id, pg_temp.call(format('SELECT regress_s3sign.document_url(%s)', id)) AS bolt FROM unnest(ARRAY['1', '2', '3', '4', '5', '6', 'NULL']) AS id;
SELECT id, pg_temp.asked(regress_s3sign.document_url(id)) FROM regress_s3sign.documents ORDER BY id;
SET request.jwt.claims = '{}';
SELECT id, pg_temp.call(format('SELECT regress_s3sign.document_url(%s)', id)) AS nobody FROM unnest(ARRAY['1', '2', '3', '4', '5', '6', 'NULL']) AS id;

-- claims change within a session and a plan
SET plan_cache_mode = force_generic_plan;
PREPARE document(int) AS SELECT pg_temp.asked(regress_s3sign.document_url($1)) IS NOT NULL AS found;
SET request.jwt.claims = '{"tenant": "acme"}';
EXECUTE document(1);
SET request.jwt.claims = '{"tenant": "bolt"}';
EXECUTE document(1);
DEALLOCATE document;
RESET plan_cache_mode;

-- nobody signs past the function, whatever is passed
SELECT statement, pg_temp.call(statement)
FROM unnest(ARRAY['SELECT s3sign_get(''regress_s3sign'', ''documents/acme/plan.pdf'')', 'SELECT s3sign_head(''regress_s3sign'', ''documents/acme/plan.pdf'')',
	'SELECT s3sign_get(''regress_s3sign'', key) FROM regress_s3sign.documents', 'SELECT regress_s3sign.document_url(''1 OR true'')',
	'CREATE USER MAPPING FOR CURRENT_USER SERVER regress_s3sign', 'ALTER FUNCTION regress_s3sign.document_url(int) SECURITY INVOKER', 'ALTER SERVER regress_s3sign OPTIONS (SET key_prefix ''a'')', 'SET ROLE regress_s3sign_signer']) AS statement;

-- whatever the search path holds
CREATE FUNCTION pg_temp.s3sign_get(server text, file text, duration bigint = NULL, download_as text = NULL) RETURNS text LANGUAGE sql AS $$ SELECT 'stolen ' || current_user $$;
CREATE FUNCTION pg_temp.same_tenant(text, text) RETURNS boolean LANGUAGE sql AS $$ SELECT true $$;
CREATE OPERATOR pg_temp.= (LEFTARG = text, RIGHTARG = text, FUNCTION = pg_temp.same_tenant);
CREATE FUNCTION pg_temp.current_setting(text, boolean) RETURNS text LANGUAGE sql AS $$ SELECT '{"tenant": "acme"}' $$;
CREATE TEMP TABLE documents AS SELECT 1 AS id, 'documents/bolt/secret'::text AS key, 'x'::text AS name;
SET search_path = pg_temp, public, pg_catalog;
SELECT id, pg_temp.call(format('SELECT regress_s3sign.document_url(%s)', id)) AS bolt FROM unnest(ARRAY['1', '2', '3']) AS id;
RESET search_path;

-- a cheap-looking function of the caller's sees no row that the policy hides
CREATE FUNCTION pg_temp.leak(text, text) RETURNS boolean LANGUAGE plpgsql COST 0.0000001 AS $$ BEGIN RAISE WARNING '% %', $1, $2; RETURN true; END $$;
SELECT id FROM regress_s3sign.documents WHERE pg_temp.leak(tenant, key);

-- RLS alone is no protection where a role has USAGE: it signs any key within the limits
RESET SESSION AUTHORIZATION;
GRANT USAGE ON FOREIGN SERVER regress_s3sign TO regress_s3sign_web;
SET SESSION AUTHORIZATION regress_s3sign_web;
SELECT pg_temp.call('SELECT public.s3sign_get(''regress_s3sign'', ''documents/acme/plan.pdf'')') AS bolt;
RESET SESSION AUTHORIZATION;

SET client_min_messages = warning;
DROP SCHEMA regress_s3sign CASCADE;
DROP USER MAPPING FOR PUBLIC SERVER regress_s3sign;
DROP SERVER regress_s3sign;
DROP EXTENSION s3sign;
DROP TABLE pg_temp.documents;
DROP OPERATOR pg_temp.= (text, text);
DROP FUNCTION pg_temp.s3sign_get, pg_temp.same_tenant, pg_temp.current_setting, pg_temp.leak;
DROP ROLE regress_s3sign_signer, regress_s3sign_web;
