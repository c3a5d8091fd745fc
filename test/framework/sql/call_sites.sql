-- what a function keeps at the place in a query that calls it
SELECT framework_calls_here('a') AS here, framework_calls_here('a') AS there FROM generate_series(1, 3);
SELECT framework_calls_here('a');
SELECT framework_calls_here(NULL);
PREPARE here AS SELECT framework_calls_here('a') FROM generate_series(1, 2);
EXECUTE here;
EXECUTE here;
DEALLOCATE here;
-- where C calls it directly, there is no place
SELECT framework_direct_calls();

-- a function that runs as its owner, or with a setting, has a place within
CREATE FUNCTION framework_calls_as_owner(text) RETURNS integer
	LANGUAGE c SECURITY DEFINER AS 's3sign_framework_test', 'framework_calls_here';
CREATE FUNCTION framework_constants_with(text, integer) RETURNS text
	LANGUAGE c SET work_mem = '1MB' AS 's3sign_framework_test', 'framework_constants';
SELECT framework_calls_as_owner('a'), framework_constants_with('a', i) FROM generate_series(1, 2) AS i;

-- which arguments are constants: literals, what the planner computes, defaults, NULL
SELECT framework_constants('a', 1), framework_constants('a' || 'b', 1 + 1), framework_constants(),
	framework_constants(NULL, NULL), framework_constants(current_user, random()::integer);
SELECT framework_constants(t, 1), framework_constants('a', i) FROM (VALUES ('a', 1), ('b', 2)) AS v (t, i);
SELECT framework_is_constant(0), framework_is_constant(1), framework_is_constant(-1 + i) FROM generate_series(1, 1) AS i;
-- of a function in SQL, which the planner puts in place; but not a parameter of PL/pgSQL, though it is one for
-- the server's own get_fn_expr_arg_stable(): the same expression is evaluated with other values
CREATE FUNCTION framework_inlined(t text) RETURNS text LANGUAGE sql VOLATILE AS $$ SELECT framework_constants(t, 1) $$;
SELECT framework_inlined('a');
DO $$
DECLARE
	found text := '';
BEGIN
	FOR i IN 1 .. 3 LOOP
		found := found || framework_constants(i::text, i) || ' ';
	END LOOP;
	RAISE NOTICE '%', found;
END $$;
PREPARE constants(text, integer) AS SELECT framework_constants($1, $2);
SET plan_cache_mode = force_generic_plan;
EXECUTE constants('a', 1);
SET plan_cache_mode = force_custom_plan;
EXECUTE constants('a', 1);
RESET plan_cache_mode;

-- an operator's function, an aggregate's, an index's
CREATE OPERATOR <+> (LEFTARG = text, RIGHTARG = integer, FUNCTION = framework_constants);
SELECT 'a' <+> 1;
CREATE FUNCTION framework_add_calls(integer, text) RETURNS integer LANGUAGE sql AS $$ SELECT $1 + framework_calls_here($2) $$;
CREATE AGGREGATE framework_sum_calls(text) (SFUNC = framework_add_calls, STYPE = integer, INITCOND = '0');
SELECT framework_sum_calls(i::text) > 0 FROM generate_series(1, 3) AS i;
-- an error on the way, and the place again
DO $$
DECLARE
	calls integer[];
BEGIN
	FOR i IN 1 .. 4 LOOP
		BEGIN
			calls := calls || (framework_calls_here('a') + 0 * (1 / (i % 2)));
		EXCEPTION WHEN division_by_zero THEN
			calls := calls || -1;
		END;
	END LOOP;
	RAISE NOTICE '%', calls;
END $$;
