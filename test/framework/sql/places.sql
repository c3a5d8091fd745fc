-- the places that a function is called from
CREATE TABLE places (i int, t text);
INSERT INTO places SELECT i, 'text ' || i FROM generate_series(1, 10000) i;

-- an operator, an aggregate, a window, a cast, a domain, a default, a constraint
CREATE OPERATOR *** (LEFTARG = text, RIGHTARG = integer, FUNCTION = framework_repeat);
SELECT 'ab' *** 3;
CREATE FUNCTION framework_join(text, text) RETURNS text IMMUTABLE LANGUAGE sql RETURN framework_text($1) || $2;
CREATE AGGREGATE framework_all(text) (SFUNC = framework_join, STYPE = text, INITCOND = '');
SELECT framework_all(left(t, 1)) FROM places WHERE i <= 5;
SELECT framework_all(i::text) OVER (ORDER BY i) FROM places WHERE i <= 3;
CREATE TYPE colour AS ENUM ('red');
CREATE FUNCTION framework_size_of(colour) RETURNS bigint LANGUAGE sql RETURN framework_size($1::text);
CREATE CAST (colour AS bigint) WITH FUNCTION framework_size_of(colour);
SELECT 'red'::colour::bigint;
CREATE DOMAIN short AS text CHECK (framework_size(VALUE) < 4);
SELECT 'abc'::short, 'abcd'::short;
CREATE TABLE checked (t text DEFAULT framework_repeat('d', 2) CHECK (framework_size(t) < 4));
INSERT INTO checked DEFAULT VALUES RETURNING t;
INSERT INTO checked VALUES ('abcd');
INSERT INTO checked VALUES (NULL) RETURNING t IS NULL;

-- an index, a generated column, a partition, a policy
ALTER FUNCTION framework_size(text) IMMUTABLE PARALLEL SAFE;
CREATE INDEX sizes ON places (framework_size(t));
ANALYZE places;
SET enable_seqscan = off;
EXPLAIN (COSTS off) SELECT count(*) FROM places WHERE framework_size(t) = 6;
SELECT count(*) FROM places WHERE framework_size(t) = 6;
RESET enable_seqscan;
CREATE TABLE generated (t text, size bigint GENERATED ALWAYS AS (framework_size(t)) STORED);
INSERT INTO generated VALUES ('abc'), (NULL);
SELECT * FROM generated;
CREATE TABLE parts (t text) PARTITION BY RANGE (framework_size(t));
CREATE TABLE parts_1 PARTITION OF parts FOR VALUES FROM (0) TO (3);
CREATE TABLE parts_2 PARTITION OF parts FOR VALUES FROM (3) TO (9);
INSERT INTO parts VALUES ('ab'), ('abc');
SELECT tableoid::regclass, t FROM parts ORDER BY t;
CREATE ROLE framework_reader;
GRANT SELECT ON checked TO framework_reader;
ALTER TABLE checked ENABLE ROW LEVEL SECURITY;
CREATE POLICY known ON checked USING (NOT framework_is_null(t));
SET ROLE framework_reader;
SELECT t FROM checked;
RESET ROLE;

-- a trigger's condition, a cursor, a prepared statement, a subplan
CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'refused %', NEW.t; END $$;
CREATE TRIGGER refuse BEFORE INSERT ON parts_1 FOR EACH ROW WHEN (framework_size(NEW.t) = 1) EXECUTE FUNCTION refuse();
INSERT INTO parts VALUES ('a');
BEGIN;
DECLARE c CURSOR FOR SELECT framework_text(t) FROM places ORDER BY i;
FETCH 2 FROM c;
MOVE FORWARD 9996 IN c;
FETCH ALL FROM c;
COMMIT;
PREPARE size(text) AS SELECT framework_size($1);
SET plan_cache_mode = force_generic_plan;
EXECUTE size('four');
EXECUTE size(NULL);
RESET plan_cache_mode;
DEALLOCATE size;
SELECT i FROM places p WHERE framework_size(t) = (SELECT max(framework_size(t)) FROM places q WHERE q.i <= p.i AND q.i > p.i - 3)
	AND i <= 5;

-- workers: values, NULL, an error
ALTER FUNCTION framework_throw(text, text) PARALLEL SAFE;
SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
SET min_parallel_table_scan_size = 0;
SET max_parallel_workers_per_gather = 2;
SET parallel_leader_participation = off;
SET enable_indexscan = off;
SET enable_bitmapscan = off;
EXPLAIN (COSTS off) SELECT sum(framework_size(t)) FROM places;
SELECT sum(framework_size(t)), sum(length(t)), sum(framework_size(nullif(t, 'text 1'))) FROM places;
\set SHOW_CONTEXT never
SELECT count(*) FROM places WHERE i > 9990 AND framework_throw('feature_not_supported', 'The hint.');
SELECT count(*) FROM places WHERE i > 9990 AND framework_throw('int');
SELECT count(*) FROM places WHERE framework_size(t) > 0;

DROP TABLE places, checked, generated, parts;
DROP FUNCTION refuse;
DROP OPERATOR *** (text, integer);
DROP AGGREGATE framework_all(text);
DROP FUNCTION framework_join;
DROP CAST (colour AS bigint);
DROP FUNCTION framework_size_of;
DROP TYPE colour;
DROP DOMAIN short;
DROP ROLE framework_reader;
