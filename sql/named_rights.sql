-- Who may sign with a named server, and by which mapping: that of the effective role.
\getenv sources PG_ABS_SRCDIR
\set outcome :sources '/sql/include/outcome.sql'
\set ECHO none
\i :outcome
\set ECHO all
CREATE EXTENSION s3sign;

CREATE SERVER regress_s3sign FOREIGN DATA WRAPPER s3sign OPTIONS (endpoint 'https://s3.example.com', bucket 'media', methods 'get,head,put,delete');
CREATE ROLE regress_s3sign_alice;
CREATE ROLE regress_s3sign_bob;
CREATE ROLE regress_s3sign_eve;
CREATE ROLE regress_s3sign_team;
GRANT USAGE ON FOREIGN SERVER regress_s3sign TO regress_s3sign_alice, regress_s3sign_team;
GRANT regress_s3sign_team TO regress_s3sign_bob;

-- whose key and token a URL is signed with, or the error
CREATE FUNCTION pg_temp.by(statement text = 'SELECT s3sign_get(''regress_s3sign'', ''file'')') RETURNS text LANGUAGE sql AS $$
	SELECT concat_ws(' ', coalesce(substring(outcome FROM 'X-Amz-Credential=([^%&]*)%'), outcome), substring(outcome FROM 'X-Amz-Security-Token=([^&]*)'))
	FROM pg_temp.outcome(statement) AS outcome
$$;

-- no mapping, an empty one, one for PUBLIC
SET ROLE regress_s3sign_alice;
SELECT s3sign_get('regress_s3sign', 'file');
SELECT pg_temp.by();
RESET ROLE;
CREATE USER MAPPING FOR PUBLIC SERVER regress_s3sign;
SET ROLE regress_s3sign_alice;
SELECT pg_temp.by();
RESET ROLE;
ALTER USER MAPPING FOR PUBLIC SERVER regress_s3sign OPTIONS (access_key_id 'PUBLIC', secret_access_key 'SECRET0', session_token 'TOKEN0');
SET ROLE regress_s3sign_alice;
SELECT pg_temp.by();

-- USAGE: a member has its group's, a stranger none, whatever the function
SET ROLE regress_s3sign_bob;
SELECT pg_temp.by();
SET ROLE regress_s3sign_eve;
SELECT s3sign_get('regress_s3sign', 'file');
SELECT function, pg_temp.by(format('SELECT s3sign_%s(''regress_s3sign'', ''file'')', function)) FROM unnest(ARRAY['get', 'head', 'put', 'delete']) AS function;
-- it is asked for before anything of the server's is told
SELECT pg_temp.by('SELECT s3sign_get(''regress_s3sign'', ''../file'', bucket => ''other'', query => ''{"acl": ""}'')');
-- mappings of her own are for who has USAGE
SELECT pg_temp.outcome('CREATE USER MAPPING FOR regress_s3sign_eve SERVER regress_s3sign OPTIONS (access_key_id ''EVE'', secret_access_key ''SECRET'')');
RESET ROLE;

-- one's own mapping before PUBLIC's, and nothing of PUBLIC's beside it
CREATE USER MAPPING FOR regress_s3sign_alice SERVER regress_s3sign OPTIONS (access_key_id 'ALICE', secret_access_key 'SECRET1');
CREATE USER MAPPING FOR regress_s3sign_team SERVER regress_s3sign OPTIONS (access_key_id 'TEAM', secret_access_key 'SECRET2', session_token 'TOKEN2');
SET ROLE regress_s3sign_alice;
SELECT pg_temp.by();
SELECT s3sign_get('regress_s3sign', 'file', 60, signed_at => '2026-01-02') = s3sign_pre_get('s3.example.com', 'media', 'ALICE', 'SECRET1', 'file', 60, signed_at => '2026-01-02') AS with_her_secret;
-- a group's mapping is not its members'
SET ROLE regress_s3sign_bob;
SELECT pg_temp.by();
SET ROLE regress_s3sign_team;
SELECT pg_temp.by();
-- a role can put a mapping of its own before PUBLIC's: an empty one hides it
SET ROLE regress_s3sign_bob;
SELECT pg_temp.outcome('CREATE USER MAPPING FOR CURRENT_USER SERVER regress_s3sign', 'SELECT s3sign_get(''regress_s3sign'', ''file'')');
SELECT left(pg_temp.outcome('CREATE USER MAPPING FOR CURRENT_USER SERVER regress_s3sign OPTIONS (access_key_id ''BOB'', secret_access_key ''SECRET3'')', 'SELECT s3sign_get(''regress_s3sign'', ''file'')'), 90);
SELECT pg_temp.by();

-- SET ROLE and SET SESSION AUTHORIZATION: within a session, at once, back and forth
RESET ROLE;
CREATE TEMP TABLE seen (i int GENERATED ALWAYS AS IDENTITY, role name DEFAULT current_user, by text DEFAULT pg_temp.by());
GRANT INSERT ON seen TO PUBLIC;
SET ROLE regress_s3sign_alice; INSERT INTO seen DEFAULT VALUES;
SET ROLE regress_s3sign_eve; INSERT INTO seen DEFAULT VALUES;
SET ROLE regress_s3sign_team; INSERT INTO seen DEFAULT VALUES;
SET ROLE regress_s3sign_bob; INSERT INTO seen DEFAULT VALUES;
SET SESSION AUTHORIZATION regress_s3sign_alice; INSERT INTO seen DEFAULT VALUES;
SET SESSION AUTHORIZATION regress_s3sign_eve; INSERT INTO seen DEFAULT VALUES;
SET SESSION AUTHORIZATION DEFAULT; INSERT INTO seen (role) VALUES ('superuser');
SELECT role, by FROM seen ORDER BY i;
-- from one plan too
SET plan_cache_mode = force_generic_plan;
PREPARE sign AS SELECT substring(s3sign_get('regress_s3sign', 'file') FROM 'X-Amz-Credential=([^%&]*)%') AS by;
SET ROLE regress_s3sign_alice;
EXECUTE sign;
SET ROLE regress_s3sign_team;
EXECUTE sign;
SET ROLE regress_s3sign_eve;
EXECUTE sign;
RESET ROLE;
EXECUTE sign;
DEALLOCATE sign;
RESET plan_cache_mode;

-- SECURITY DEFINER signs as its owner, with the owner's mapping and right
CREATE FUNCTION public.regress_s3sign_link() RETURNS text LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$ SELECT public.s3sign_get('regress_s3sign', 'file') $$;
CREATE FUNCTION public.regress_s3sign_invoker() RETURNS text LANGUAGE sql STABLE AS $$ SELECT public.s3sign_get('regress_s3sign', 'file') $$;
ALTER FUNCTION public.regress_s3sign_link() OWNER TO regress_s3sign_alice;
ALTER FUNCTION public.regress_s3sign_invoker() OWNER TO regress_s3sign_alice;
-- a view lends its owner's right to tables, not to servers
CREATE VIEW public.regress_s3sign_view AS SELECT s3sign_get('regress_s3sign', 'file') AS url;
ALTER VIEW public.regress_s3sign_view OWNER TO regress_s3sign_alice;
GRANT SELECT ON public.regress_s3sign_view TO PUBLIC;
SET ROLE regress_s3sign_eve;
SELECT pg_temp.by('SELECT public.regress_s3sign_link()') AS definer, pg_temp.by('SELECT public.regress_s3sign_invoker()') AS invoker, pg_temp.by('SELECT url FROM public.regress_s3sign_view') AS view, pg_temp.by() AS herself;
SET ROLE regress_s3sign_bob;
SELECT pg_temp.by('SELECT public.regress_s3sign_link()') AS definer, pg_temp.by('SELECT public.regress_s3sign_invoker()') AS invoker, pg_temp.by('SELECT url FROM public.regress_s3sign_view') AS view, pg_temp.by() AS himself;
-- an owner without the right has none to lend
RESET ROLE;
ALTER FUNCTION public.regress_s3sign_link() OWNER TO regress_s3sign_eve;
SET ROLE regress_s3sign_alice;
SELECT pg_temp.by('SELECT public.regress_s3sign_link()') AS definer;
RESET ROLE;

-- rights that change in the session: grant and revoke, membership, the database's owner
SELECT current_database() AS database \gset
CREATE FUNCTION pg_temp.after(change text) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
	EXECUTE change;
	SET LOCAL ROLE regress_s3sign_eve;
	RETURN concat_ws(' ', change || ':', CASE WHEN pg_temp.by() = 'PUBLIC TOKEN0' THEN 'signs' ELSE left(pg_temp.by(), 5) END);
END $$;
SELECT pg_temp.after('GRANT USAGE ON FOREIGN SERVER regress_s3sign TO regress_s3sign_eve');
SELECT pg_temp.after('REVOKE USAGE ON FOREIGN SERVER regress_s3sign FROM regress_s3sign_eve');
SELECT pg_temp.after('GRANT regress_s3sign_team TO regress_s3sign_eve');
SELECT pg_temp.after('REVOKE regress_s3sign_team FROM regress_s3sign_eve');
SELECT pg_temp.after('ALTER ROLE regress_s3sign_eve SUPERUSER');
SELECT pg_temp.after('ALTER ROLE regress_s3sign_eve NOSUPERUSER');
SELECT pg_temp.after('ALTER SERVER regress_s3sign OWNER TO regress_s3sign_eve');
SELECT pg_temp.after('ALTER SERVER regress_s3sign OWNER TO CURRENT_USER');
SELECT pg_temp.after('GRANT USAGE ON FOREIGN SERVER regress_s3sign TO PUBLIC');
SELECT pg_temp.after('REVOKE USAGE ON FOREIGN SERVER regress_s3sign FROM PUBLIC');
GRANT USAGE ON FOREIGN SERVER regress_s3sign TO pg_database_owner;
SELECT replace(pg_temp.after(format('ALTER DATABASE %I OWNER TO regress_s3sign_eve', :'database')), :'database', 'this');
SELECT replace(pg_temp.after(format('ALTER DATABASE %I OWNER TO CURRENT_USER', :'database')), :'database', 'this');

-- parallel workers sign as the leader would
CREATE TABLE regress_s3sign_objects (id int, key text);
INSERT INTO regress_s3sign_objects SELECT i, 'key ' || i FROM generate_series(1, 5000) AS i;
ALTER TABLE regress_s3sign_objects SET (parallel_workers = 2);
ANALYZE regress_s3sign_objects;
GRANT SELECT ON regress_s3sign_objects TO regress_s3sign_alice;
SET ROLE regress_s3sign_alice;
SET max_parallel_workers_per_gather = 0;
CREATE TEMP TABLE serial AS SELECT id, s3sign_get('regress_s3sign', key, signed_at => '2026-01-02') AS url FROM regress_s3sign_objects;
SET max_parallel_workers_per_gather = 2;
SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
SET min_parallel_table_scan_size = 0;
SET parallel_leader_participation = off;
EXPLAIN (VERBOSE, COSTS OFF) SELECT id, s3sign_get('regress_s3sign', key) FROM regress_s3sign_objects;
CREATE TEMP TABLE parallel AS SELECT id, s3sign_get('regress_s3sign', key, signed_at => '2026-01-02') AS url FROM regress_s3sign_objects;
SELECT count(*) AS rows, count(*) FILTER (WHERE serial.url = parallel.url) AS same, count(*) FILTER (WHERE parallel.url LIKE '%=ALICE%') AS hers FROM serial JOIN parallel USING (id);
DROP TABLE serial, parallel;
RESET ROLE;

DROP TABLE regress_s3sign_objects;
DROP VIEW public.regress_s3sign_view;
DROP FUNCTION public.regress_s3sign_link(), public.regress_s3sign_invoker();
DROP TABLE seen;
DROP USER MAPPING FOR PUBLIC SERVER regress_s3sign;
DROP USER MAPPING FOR regress_s3sign_alice SERVER regress_s3sign;
DROP USER MAPPING FOR regress_s3sign_team SERVER regress_s3sign;
DROP SERVER regress_s3sign;
DROP EXTENSION s3sign;
DROP ROLE regress_s3sign_alice, regress_s3sign_bob, regress_s3sign_eve, regress_s3sign_team;
