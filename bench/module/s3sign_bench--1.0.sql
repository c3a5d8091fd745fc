-- complain if script is sourced in psql, rather than via CREATE EXTENSION
\echo Use "CREATE EXTENSION s3sign_bench" to load this file. \quit

CREATE FUNCTION add_one_by_hand(bigint) RETURNS bigint
	LANGUAGE c STRICT STABLE PARALLEL SAFE
	AS 'MODULE_PATHNAME';

CREATE FUNCTION add_one_by_framework(bigint) RETURNS bigint
	LANGUAGE c STABLE PARALLEL SAFE
	AS 'MODULE_PATHNAME';

CREATE FUNCTION no_url(server text, bucket text, identity text, secret text, file text, duration bigint)
	RETURNS text
	LANGUAGE c STRICT STABLE PARALLEL SAFE
	AS 'MODULE_PATHNAME';

-- The session's CPU time in nanoseconds, which other processes do not affect.
CREATE FUNCTION cpu_ns() RETURNS bigint
	LANGUAGE c VOLATILE
	AS 'MODULE_PATHNAME';
