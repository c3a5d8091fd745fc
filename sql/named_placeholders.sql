-- key_prefix with placeholders: each call is limited to what its person may have, whatever was
-- called before in the same session, and a value never leaves its segment.
\getenv sources PG_ABS_SRCDIR
\set outcome :sources '/sql/include/outcome.sql'
\set ECHO none
\i :outcome
\set ECHO all
CREATE EXTENSION s3sign;

-- what CREATE SERVER accepts
SELECT prefix, pg_temp.outcome(format('CREATE SERVER regress_s3sign FOREIGN DATA WRAPPER s3sign OPTIONS (endpoint ''https://s3.example.com'', key_prefix %L)', prefix)) AS create
FROM unnest(ARRAY['{session_user}/', 'a/{setting:app.tenant}/b/', '{claim:https://x/tenant}/{claim:a->b c}/', '{claim:tenant}', 't{claim:tenant}/', '{claim:tenant}x/', '{claim:a}{claim:b}/',
	'{tenant}/', '{setting:tenant}/', '{setting:work_mem}/', '{claim:}/', '{claim:a->}/', 'a{', 'a}/', '{session_user}/{', 'a//{session_user}/', '{session_user}//', 'a//']) AS prefix;

CREATE ROLE regress_s3sign_web;
CREATE ROLE regress_s3sign_ann;
CREATE ROLE "regress_s3sign_/bob";
CREATE FUNCTION pg_temp.make(name text, prefix text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
	EXECUTE format('CREATE SERVER %I FOREIGN DATA WRAPPER s3sign OPTIONS (endpoint ''https://s3.example.com'', bucket ''media'', addressing ''path'', key_prefix %L, methods ''get,head,put,delete,list,post,multipart'')', name, prefix);
	EXECUTE format('CREATE USER MAPPING FOR PUBLIC SERVER %I OPTIONS (access_key_id ''AKID'', secret_access_key ''SECRET'')', name);
	EXECUTE format('GRANT USAGE ON FOREIGN SERVER %I TO regress_s3sign_web, regress_s3sign_ann, "regress_s3sign_/bob"', name);
END $$;
SELECT pg_temp.make('regress_s3sign_claim', 't/{claim:tenant}/');
SELECT pg_temp.make('regress_s3sign_setting', '{setting:app.tenant}/');
SELECT pg_temp.make('regress_s3sign_user', '{session_user}/');

CREATE FUNCTION pg_temp.get(server text, key text) RETURNS text LANGUAGE sql AS $$
	SELECT pg_temp.asked(pg_temp.outcome(format('SELECT s3sign_get(%L, %L)', server, key)))
$$;

-- every function that looks at the prefix
CREATE FUNCTION pg_temp.calls(key text, OUT call text, OUT said text) RETURNS SETOF record LANGUAGE sql AS $$
	SELECT call, left(pg_temp.outcome(format('SELECT %s', call)), 5)
	FROM unnest(ARRAY[format('s3sign_get(''regress_s3sign_claim'', %L)', key), format('s3sign_head(''regress_s3sign_claim'', %L)', key), format('s3sign_put(''regress_s3sign_claim'', %L)', key),
		format('s3sign_delete(''regress_s3sign_claim'', %L)', key), format('s3sign_list(''regress_s3sign_claim'', %L)', key), format('s3sign_post(''regress_s3sign_claim'', %L)', key),
		format('s3sign_upload(''regress_s3sign_claim'', %L, bytes => 1)', key), format('s3sign_upload(''regress_s3sign_claim'', %L, max_bytes => 1)', key),
		format('s3sign_multipart_create(''regress_s3sign_claim'', %L)', key), format('s3sign_multipart_part(''regress_s3sign_claim'', %L, ''id'', 1)', key),
		format('max(url) FROM s3sign_multipart_parts(''regress_s3sign_claim'', %L, ''id'', 2)', key), format('s3sign_multipart_complete(''regress_s3sign_claim'', %L, ''id'')', key),
		format('s3sign_multipart_abort(''regress_s3sign_claim'', %L, ''id'')', key), format('s3sign_multipart_list(''regress_s3sign_claim'', %L, ''id'')', key),
		format('s3sign_headers(''regress_s3sign_claim'', ''GET'', %L)', key)]) AS call
$$;
SET request.jwt.claims = '{"tenant": "acme"}';
SELECT said, count(*), count(DISTINCT call) FROM pg_temp.calls('t/acme/a') GROUP BY said ORDER BY said;
SELECT said, count(*) FROM pg_temp.calls('t/bolt/a') GROUP BY said;
SELECT said, count(*) FROM pg_temp.calls('t/acmebolt/a') GROUP BY said;
SELECT pg_temp.asked(s3sign_list('regress_s3sign_claim'));
RESET request.jwt.claims;
SELECT said, count(*) FROM pg_temp.calls('t/acme/a') GROUP BY said;
SELECT pg_temp.outcome('SELECT s3sign_list(''regress_s3sign_claim'')');
SELECT pg_temp.outcome('SELECT s3sign_post(''regress_s3sign_user'', ''regress_s3sign/${filename}'')') ~ '^42501' AS no_variable;

-- claims that are no segment, or are not there
SELECT claims, pg_temp.outcome(format('SET request.jwt.claims = %L', claims), format('SELECT pg_temp.get(''regress_s3sign_claim'', %L)', 't/' || coalesce(value, '') || '/a')) AS get
FROM (VALUES ('{"tenant": "acme"}', 'acme'), ('{"tenant": 42}', '42'), ('{"tenant": 1e2}', '100'), ('{"tenant": 123456789012345678}', '123456789012345678'), ('{"tenant": "x", "tenant": "y"}', 'y'),
	('{"tenant": "a b"}', 'a b'), ('{"tenant": "..."}', '...'), ('{"tenant": "%2e%2e"}', '%2e%2e'), ('{"tenant": "a", "deep": [[{}]]}', 'a'),
	('{"tenant": 1234567890123456789}', '1234567890123456789'), ('{"tenant": -1}', '-1'), ('{"tenant": 1.5}', '1.5'), ('{"tenant": 1e30}', '1'), ('{"tenant": true}', 'true'), ('{"tenant": null}', NULL), ('{"tenant": ["acme"]}', 'acme'),
	('{"tenant": {"a": "b"}}', 'b'), ('{"tenant": ""}', ''), ('{"tenant": "."}', '.'), ('{"tenant": ".."}', '..'), ('{"tenant": "a/b"}', 'a/b'), ('{"tenant": "../bolt"}', '../bolt'), ('{"tenant": "a\\b"}', 'a\b'),
	('{"tenant": "a\u000ab"}', E'a\nb'), ('{"tenant": "\u007f"}', E'\x7f'), ('{"tenant": "\u0000"}', ''), ('{"tenant": "{tenant}"}', '{tenant}'), ('{"tenant": "${filename}"}', '${filename}'),
	('{"Tenant": "acme"}', 'acme'), ('{"a": {"tenant": "acme"}}', 'acme'), ('[{"tenant": "acme"}]', 'acme'), ('"tenant"', 'tenant'), ('{"tenant": "acme"', 'acme'), ('{"tenant": "acme"} x', 'acme'), ('', '')) AS v (claims, value);
-- an error of one value does not stay
SET request.jwt.claims = '{';
SELECT pg_temp.get('regress_s3sign_claim', 't/a/f');
SET request.jwt.claims = '{"tenant": "a"}';
SELECT pg_temp.get('regress_s3sign_claim', 't/a/f');
-- steps, and names of any characters
ALTER SERVER regress_s3sign_claim OPTIONS (SET key_prefix '{claim:https://x/t->a b}/');
SELECT claims, pg_temp.outcome(format('SET request.jwt.claims = %L', claims), 'SELECT pg_temp.get(''regress_s3sign_claim'', ''acme/a'')') AS get
FROM unnest(ARRAY['{"https://x/t": {"a b": "acme"}}', '{"https://x/t": {"a": "acme"}}', '{"https://x/t": "acme"}', '{"https://x/t": ["a b"]}', '{"https://x/t->a b": "acme"}']) AS claims;
ALTER SERVER regress_s3sign_claim OPTIONS (SET key_prefix 't/{claim:tenant}/');
RESET request.jwt.claims;

-- settings: SET LOCAL leaves an empty one
SELECT pg_temp.get('regress_s3sign_setting', 'acme/a');
BEGIN;
SET LOCAL app.tenant = 'acme';
SELECT pg_temp.get('regress_s3sign_setting', 'acme/a'), pg_temp.get('regress_s3sign_setting', 'bolt/a');
COMMIT;
SELECT current_setting('app.tenant') = '' AS empty, pg_temp.get('regress_s3sign_setting', '/a');
SET App.Tenant = '..';
SELECT pg_temp.get('regress_s3sign_setting', '../a');
RESET app.tenant;

-- session_user: not the role that is set, nor a function's owner
CREATE FUNCTION pg_temp.definer(server text, key text) RETURNS text LANGUAGE sql SECURITY DEFINER AS $$ SELECT pg_temp.get(server, key) $$;
ALTER FUNCTION pg_temp.definer OWNER TO regress_s3sign_web;
SET SESSION AUTHORIZATION regress_s3sign_ann;
SELECT pg_temp.get('regress_s3sign_user', 'regress_s3sign_ann/a'), pg_temp.definer('regress_s3sign_user', 'regress_s3sign_ann/a'), pg_temp.definer('regress_s3sign_user', 'regress_s3sign_web/a');
SET SESSION AUTHORIZATION "regress_s3sign_/bob";
SELECT pg_temp.get('regress_s3sign_user', 'regress_s3sign_ann/a'), pg_temp.get('regress_s3sign_user', 'regress_s3sign_/bob/a');
RESET SESSION AUTHORIZATION;
SET ROLE regress_s3sign_ann;
SELECT pg_temp.get('regress_s3sign_user', 'regress_s3sign_ann/a'), pg_temp.get('regress_s3sign_user', session_user || '/a') ~ '^https:' AS own;
RESET ROLE;

-- one role, one session, one plan, another person: nothing is kept
SET SESSION AUTHORIZATION regress_s3sign_web;
SET plan_cache_mode = force_generic_plan;
PREPARE get(text) AS SELECT pg_temp.get('regress_s3sign_claim', $1);
BEGIN;
SET LOCAL request.jwt.claims = '{"tenant": "acme"}';
EXECUTE get('t/acme/a');
EXECUTE get('t/bolt/a');
COMMIT;
BEGIN;
SET LOCAL request.jwt.claims = '{"tenant": "bolt"}';
EXECUTE get('t/acme/a');
EXECUTE get('t/bolt/a');
SAVEPOINT s;
SET LOCAL request.jwt.claims = '{"tenant": "acme"}';
EXECUTE get('t/acme/a');
ROLLBACK TO s;
EXECUTE get('t/acme/a');
COMMIT;
EXECUTE get('t/acme/a');
SELECT pg_temp.outcome(format('SET LOCAL request.jwt.claims = %L', '{"tenant": "acme"}'), 'SELECT pg_temp.definer(''regress_s3sign_claim'', ''t/acme/a'')');
SELECT pg_temp.definer('regress_s3sign_claim', 't/acme/a');
DEALLOCATE get;
RESET plan_cache_mode;
RESET SESSION AUTHORIZATION;

-- verify, explain and diagnose: a URL of another's folder is of another server, and so is any without a value
SET request.jwt.claims = '{"tenant": "acme"}';
SELECT s3sign_get('regress_s3sign_claim', 't/acme/a') AS url, s3sign_list('regress_s3sign_claim') AS list \gset
CREATE FUNCTION pg_temp.look(url text, list text) RETURNS TABLE (get text, list text, matches boolean, cause text) LANGUAGE sql AS $$
	SELECT s3sign_verify(url, 'regress_s3sign_claim')::text, s3sign_verify(list, 'regress_s3sign_claim')::text, (s3sign_explain(url, 'regress_s3sign_claim')).matches,
		(s3sign_diagnose(url, '<Error><Code>SignatureDoesNotMatch</Code></Error>', 'regress_s3sign_claim')).cause
$$;
SELECT * FROM pg_temp.look(:'url', :'list');
SET request.jwt.claims = '{"tenant": "bolt"}';
SELECT get, list FROM pg_temp.look(:'url', :'list');
SET request.jwt.claims = '{"tenant": ';
SELECT get, list FROM pg_temp.look(:'url', :'list');
RESET request.jwt.claims;
SELECT get, list FROM pg_temp.look(:'url', :'list');

-- workers have the leader's settings and its session_user
CREATE TABLE regress_s3sign_rows AS SELECT i AS id, 't/acme/' || i AS key, 'regress_s3sign_ann/' || i AS own FROM generate_series(1, 5000) AS i;
ALTER TABLE regress_s3sign_rows SET (parallel_workers = 2);
ANALYZE regress_s3sign_rows;
GRANT SELECT ON regress_s3sign_rows TO regress_s3sign_ann, regress_s3sign_web;
SET SESSION AUTHORIZATION regress_s3sign_ann;
SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
SET min_parallel_table_scan_size = 0;
SET parallel_leader_participation = off;
SET request.jwt.claims = '{"tenant": "acme"}';
CREATE FUNCTION pg_temp.launched(query text) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
	plan json;
BEGIN
	EXECUTE 'EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF, SUMMARY OFF, FORMAT JSON) ' || query INTO plan;
	RETURN (plan -> 0 -> 'Plan' ->> 'Workers Launched')::int > 0;
END $$;
SELECT pg_temp.launched('SELECT s3sign_get(''regress_s3sign_claim'', key), s3sign_get(''regress_s3sign_user'', own) FROM regress_s3sign_rows');
SET request.jwt.claims = '{"tenant": "bolt"}';
\set VERBOSITY terse
SELECT s3sign_get('regress_s3sign_claim', key) FROM regress_s3sign_rows;
\set VERBOSITY default
RESET SESSION AUTHORIZATION;

SET client_min_messages = warning;
DROP TABLE regress_s3sign_rows;
DROP OWNED BY regress_s3sign_web, regress_s3sign_ann, "regress_s3sign_/bob";
DROP EXTENSION s3sign CASCADE;
DROP ROLE regress_s3sign_web, regress_s3sign_ann, "regress_s3sign_/bob";
