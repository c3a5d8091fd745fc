\echo Use "CREATE EXTENSION s3sign_framework_test" to load this file. \quit

-- types.cpp
CREATE FUNCTION framework_bool(boolean) RETURNS boolean
	LANGUAGE c VOLATILE AS 'MODULE_PATHNAME';
CREATE FUNCTION framework_optional_bool(boolean) RETURNS boolean
	LANGUAGE c VOLATILE AS 'MODULE_PATHNAME';
CREATE FUNCTION framework_smallint(smallint) RETURNS smallint
	LANGUAGE c VOLATILE AS 'MODULE_PATHNAME';
CREATE FUNCTION framework_optional_smallint(int2) RETURNS int2
	LANGUAGE c VOLATILE AS 'MODULE_PATHNAME';
CREATE FUNCTION framework_integer(integer) RETURNS integer
	LANGUAGE c VOLATILE AS 'MODULE_PATHNAME';
CREATE FUNCTION framework_optional_integer(integer) RETURNS integer
	LANGUAGE c VOLATILE AS 'MODULE_PATHNAME';
CREATE FUNCTION framework_bigint(bigint) RETURNS bigint
	LANGUAGE c VOLATILE AS 'MODULE_PATHNAME';
CREATE FUNCTION framework_optional_bigint(bigint) RETURNS bigint
	LANGUAGE c VOLATILE AS 'MODULE_PATHNAME';
CREATE FUNCTION framework_real(real) RETURNS real
	LANGUAGE c VOLATILE AS 'MODULE_PATHNAME';
CREATE FUNCTION framework_optional_real(float4) RETURNS float4
	LANGUAGE c VOLATILE AS 'MODULE_PATHNAME';
CREATE FUNCTION framework_double(double precision) RETURNS double precision
	LANGUAGE c VOLATILE AS 'MODULE_PATHNAME';
CREATE FUNCTION framework_optional_double(double precision) RETURNS double precision
	LANGUAGE c VOLATILE AS 'MODULE_PATHNAME';
CREATE FUNCTION framework_text(text) RETURNS text
	LANGUAGE c VOLATILE AS 'MODULE_PATHNAME';
CREATE FUNCTION framework_optional_text(text) RETURNS text
	LANGUAGE c VOLATILE AS 'MODULE_PATHNAME';
CREATE FUNCTION framework_timestamptz(timestamptz) RETURNS timestamptz
	LANGUAGE c VOLATILE AS 'MODULE_PATHNAME';
CREATE FUNCTION framework_optional_timestamptz(timestamptz) RETURNS timestamptz
	LANGUAGE c VOLATILE AS 'MODULE_PATHNAME';
CREATE FUNCTION framework_is_null(text) RETURNS boolean
	LANGUAGE c VOLATILE AS 'MODULE_PATHNAME';
CREATE FUNCTION framework_count_call(integer, integer, text) RETURNS integer
	LANGUAGE c VOLATILE AS 'MODULE_PATHNAME';
CREATE FUNCTION framework_calls() RETURNS integer
	LANGUAGE c VOLATILE AS 'MODULE_PATHNAME';
CREATE FUNCTION framework_size(text) RETURNS bigint
	LANGUAGE c VOLATILE AS 'MODULE_PATHNAME';
CREATE FUNCTION framework_repeat(text, integer) RETURNS text
	LANGUAGE c VOLATILE AS 'MODULE_PATHNAME';
CREATE FUNCTION framework_bytea(bytea) RETURNS bytea
	LANGUAGE c VOLATILE AS 'MODULE_PATHNAME';
CREATE FUNCTION framework_optional_bytea(bytea) RETURNS bytea
	LANGUAGE c VOLATILE AS 'MODULE_PATHNAME';
CREATE FUNCTION framework_hex(bytea) RETURNS text
	LANGUAGE c VOLATILE AS 'MODULE_PATHNAME';
CREATE FUNCTION framework_is_null_binary(bytea) RETURNS boolean
	LANGUAGE c VOLATILE AS 'MODULE_PATHNAME';
CREATE FUNCTION framework_unix_seconds(timestamptz) RETURNS bigint
	LANGUAGE c VOLATILE AS 'MODULE_PATHNAME';
CREATE FUNCTION framework_is_finite(timestamptz) RETURNS boolean
	LANGUAGE c VOLATILE AS 'MODULE_PATHNAME';
CREATE FUNCTION framework_add_twelve(bigint, bigint, bigint, bigint, bigint, bigint, bigint, bigint, bigint, bigint, bigint, bigint) RETURNS bigint
	LANGUAGE c VOLATILE AS 'MODULE_PATHNAME';
CREATE FUNCTION framework_fields(jsonb) RETURNS text
	LANGUAGE c VOLATILE AS 'MODULE_PATHNAME';
CREATE FUNCTION framework_allocate(bigint) RETURNS boolean
	LANGUAGE c VOLATILE AS 'MODULE_PATHNAME';

-- errors.cpp
CREATE FUNCTION framework_throw(kind text, hint text = NULL) RETURNS boolean
	LANGUAGE c VOLATILE AS 'MODULE_PATHNAME';
CREATE FUNCTION framework_deep(integer) RETURNS boolean
	LANGUAGE c VOLATILE AS 'MODULE_PATHNAME';
CREATE FUNCTION framework_not_swallowed() RETURNS text
	LANGUAGE c VOLATILE AS 'MODULE_PATHNAME';
CREATE FUNCTION framework_sleep_on() RETURNS text
	LANGUAGE c VOLATILE AS 'MODULE_PATHNAME';
CREATE FUNCTION framework_recover() RETURNS text
	LANGUAGE c VOLATILE AS 'MODULE_PATHNAME';
CREATE FUNCTION framework_leave_by_exception() RETURNS text
	LANGUAGE c VOLATILE AS 'MODULE_PATHNAME';
CREATE FUNCTION framework_call_result() RETURNS bigint
	LANGUAGE c VOLATILE AS 'MODULE_PATHNAME';
CREATE FUNCTION framework_over_borders(integer) RETURNS boolean
	LANGUAGE c VOLATILE AS 'MODULE_PATHNAME';
CREATE FUNCTION framework_alive() RETURNS integer
	LANGUAGE c VOLATILE AS 'MODULE_PATHNAME';
CREATE FUNCTION framework_heap() RETURNS bigint
	LANGUAGE c VOLATILE AS 'MODULE_PATHNAME';

-- messages.cpp
CREATE FUNCTION framework_report(level text, message text, detail text = NULL, hint text = NULL) RETURNS boolean
	LANGUAGE c VOLATILE AS 'MODULE_PATHNAME';
CREATE FUNCTION framework_utf8(text) RETURNS text
	LANGUAGE c VOLATILE AS 'MODULE_PATHNAME';
CREATE FUNCTION framework_is_ascii(text) RETURNS boolean
	LANGUAGE c VOLATILE AS 'MODULE_PATHNAME';

-- records.cpp
CREATE FUNCTION framework_row(seconds bigint, list text, given jsonb, OUT truth boolean, OUT i integer, OUT b bigint,
	OUT d double precision, OUT t text, OUT day date, OUT instant timestamptz, OUT texts text[], OUT j jsonb,
	OUT s smallint, OUT r real, OUT bytes bytea, OUT owned text, OUT owned_texts text[])
	LANGUAGE c VOLATILE AS 'MODULE_PATHNAME';
CREATE FUNCTION framework_nulls(given text, OUT t text, OUT truth boolean)
	LANGUAGE c VOLATILE AS 'MODULE_PATHNAME';
CREATE FUNCTION framework_perhaps(is_row boolean, OUT t text, OUT truth boolean)
	LANGUAGE c VOLATILE AS 'MODULE_PATHNAME';
CREATE FUNCTION framework_count_down(starts integer, given text) RETURNS TABLE (number integer, word text)
	LANGUAGE c VOLATILE AS 'MODULE_PATHNAME';

CREATE FUNCTION framework_from_utf8(hex text) RETURNS text
	LANGUAGE c VOLATILE AS 'MODULE_PATHNAME';

-- limits.cpp
CREATE FUNCTION framework_hoard(bigint) RETURNS bigint
	LANGUAGE c VOLATILE AS 'MODULE_PATHNAME';
CREATE FUNCTION framework_cancel_itself() RETURNS text
	LANGUAGE c VOLATILE AS 'MODULE_PATHNAME';

-- call_sites.cpp
CREATE FUNCTION framework_calls_here(text = 'default') RETURNS integer
	LANGUAGE c VOLATILE AS 'MODULE_PATHNAME';
CREATE FUNCTION framework_constants(text = 'default', integer = 1) RETURNS text
	LANGUAGE c VOLATILE AS 'MODULE_PATHNAME';
CREATE FUNCTION framework_is_constant(integer) RETURNS boolean
	LANGUAGE c VOLATILE AS 'MODULE_PATHNAME';
CREATE FUNCTION framework_direct_calls() RETURNS integer
	LANGUAGE c VOLATILE AS 'MODULE_PATHNAME';

-- strings.cpp
CREATE FUNCTION framework_greet(text) RETURNS text
	LANGUAGE c VOLATILE AS 'MODULE_PATHNAME';
CREATE FUNCTION framework_perhaps_greet(text) RETURNS text
	LANGUAGE c VOLATILE AS 'MODULE_PATHNAME';
CREATE FUNCTION framework_repeat_string(text, integer) RETURNS text
	LANGUAGE c VOLATILE AS 'MODULE_PATHNAME';
CREATE FUNCTION framework_string_row(name text, is_null boolean, OUT greeting text, OUT filled text, OUT size integer)
	LANGUAGE c VOLATILE AS 'MODULE_PATHNAME';
CREATE FUNCTION framework_string_row_or_null(name text, OUT greeting text, OUT filled text)
	LANGUAGE c VOLATILE AS 'MODULE_PATHNAME';
CREATE FUNCTION framework_lines(word text, count integer) RETURNS TABLE (number integer, line text, odd text)
	LANGUAGE c VOLATILE AS 'MODULE_PATHNAME';
CREATE FUNCTION framework_words(text) RETURNS text[]
	LANGUAGE c VOLATILE AS 'MODULE_PATHNAME';
CREATE FUNCTION framework_same_name(text) RETURNS text
	LANGUAGE c VOLATILE AS 'MODULE_PATHNAME';
CREATE FUNCTION framework_same_name_too(integer) RETURNS integer
	LANGUAGE c VOLATILE AS 'MODULE_PATHNAME';

-- arrays.cpp
CREATE FUNCTION framework_text_array(text[]) RETURNS text[]
	LANGUAGE c VOLATILE AS 'MODULE_PATHNAME';
CREATE FUNCTION framework_bracket(text[]) RETURNS text[]
	LANGUAGE c VOLATILE AS 'MODULE_PATHNAME';
CREATE FUNCTION framework_build(text[]) RETURNS text[]
	LANGUAGE c VOLATILE AS 'MODULE_PATHNAME';
CREATE FUNCTION framework_shape(given text[], OUT elements integer, OUT dimensions text, OUT lower_bounds text)
	LANGUAGE c VOLATILE AS 'MODULE_PATHNAME';
CREATE FUNCTION framework_sizes(text[]) RETURNS text[]
	LANGUAGE c VOLATILE AS 'MODULE_PATHNAME';
CREATE FUNCTION framework_table(integer, integer) RETURNS text[]
	LANGUAGE c VOLATILE AS 'MODULE_PATHNAME';
CREATE FUNCTION framework_first(text[], integer) RETURNS text[]
	LANGUAGE c VOLATILE AS 'MODULE_PATHNAME';
CREATE FUNCTION framework_views(text, text) RETURNS text[]
	LANGUAGE c VOLATILE AS 'MODULE_PATHNAME';

-- lists.cpp
CREATE FUNCTION framework_list(last bigint, word text, OUT size bigint, OUT same boolean, OUT memory bigint)
	LANGUAGE c VOLATILE AS 'MODULE_PATHNAME';

-- json_strings.cpp
CREATE FUNCTION framework_json_strings(jsonb) RETURNS text[]
	LANGUAGE c VOLATILE AS 'MODULE_PATHNAME';
CREATE FUNCTION framework_number_strings(jsonb) RETURNS jsonb
	LANGUAGE c VOLATILE AS 'MODULE_PATHNAME';

-- location.cpp
CREATE FUNCTION framework_throw_here() RETURNS boolean
	LANGUAGE c VOLATILE AS 'MODULE_PATHNAME';
CREATE FUNCTION framework_literal_here() RETURNS boolean
	LANGUAGE c VOLATILE AS 'MODULE_PATHNAME';
CREATE FUNCTION framework_string_here() RETURNS boolean
	LANGUAGE c VOLATILE AS 'MODULE_PATHNAME';
CREATE FUNCTION framework_helper_here() RETURNS boolean
	LANGUAGE c VOLATILE AS 'MODULE_PATHNAME';
CREATE FUNCTION framework_guarded_here() RETURNS boolean
	LANGUAGE c VOLATILE AS 'MODULE_PATHNAME';

-- settings.cpp
CREATE FUNCTION framework_setting(text) RETURNS text
	LANGUAGE c VOLATILE AS 'MODULE_PATHNAME';

-- What a client is told of the error that a command raises.
CREATE FUNCTION framework_diagnostics(command text, OUT state text, OUT message text,
	OUT detail text, OUT hint text, OUT context text, OUT place text)
	LANGUAGE plpgsql AS $$
DECLARE
	s text;
	t text;
	c text;
BEGIN
	EXECUTE command;
EXCEPTION WHEN OTHERS OR query_canceled THEN
	GET STACKED DIAGNOSTICS state = RETURNED_SQLSTATE, message = MESSAGE_TEXT,
		detail = PG_EXCEPTION_DETAIL, hint = PG_EXCEPTION_HINT, context = PG_EXCEPTION_CONTEXT,
		s = SCHEMA_NAME, t = TABLE_NAME, c = CONSTRAINT_NAME;
	place := concat_ws('.', nullif(s, ''), nullif(t, ''), nullif(c, ''));
END
$$;
