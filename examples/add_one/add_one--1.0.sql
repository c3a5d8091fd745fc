\echo Use "CREATE EXTENSION add_one" to load this file. \quit

CREATE FUNCTION add_one(number bigint) RETURNS bigint
	LANGUAGE c IMMUTABLE PARALLEL SAFE
	AS 'MODULE_PATHNAME';

COMMENT ON FUNCTION add_one(bigint) IS 'number + 1';
