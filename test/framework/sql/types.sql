-- each type in and out
SELECT framework_bool(true), framework_bool(false);
SELECT framework_smallint('-32768'), framework_smallint('32767');
SELECT framework_integer(-2147483648), framework_integer(2147483647);
SELECT framework_bigint(-9223372036854775808), framework_bigint(9223372036854775807);
SELECT framework_real('-0'), framework_real('1e30'), framework_real('NaN'), framework_real('-Infinity'), framework_real(0.1);
SELECT framework_double('-0'), framework_double('1e300'), framework_double('NaN'), framework_double('-Infinity');
SELECT framework_text(''), framework_text('a'), framework_text('ü😀');
SELECT framework_text('v'::varchar), framework_text('n'::name), framework_text('c   '::char(4));
SELECT framework_bytea('\x00ff0a5c'), framework_bytea('') = '',
	framework_bytea(decode(repeat('00ff', 50000), 'hex')) = decode(repeat('00ff', 50000), 'hex');
SET timezone = 'UTC';
SELECT framework_timestamptz('2013-05-24 00:00:00.123456'), framework_timestamptz('infinity'),
	framework_timestamptz('4713-01-01 BC');

-- as optional, with a value and without
SELECT framework_optional_bool(false), framework_optional_integer(0), framework_optional_bigint(0),
	framework_optional_double(0), framework_optional_text('') = '', framework_optional_timestamptz('epoch');
SELECT framework_optional_bool(NULL) IS NULL, framework_optional_integer(NULL) IS NULL,
	framework_optional_bigint(NULL) IS NULL, framework_optional_double(NULL) IS NULL,
	framework_optional_text(NULL) IS NULL, framework_optional_timestamptz(NULL) IS NULL;
SELECT framework_is_null(NULL), framework_is_null('');

SELECT framework_optional_smallint('0'), framework_optional_real(0), framework_optional_bytea('') = '';
SELECT framework_optional_smallint(NULL) IS NULL, framework_optional_real(NULL) IS NULL, framework_optional_bytea(NULL) IS NULL;

-- NULL gives NULL without a call, except an optional argument
SELECT framework_count_call(1, 2, 'x'), framework_count_call(1, NULL, 'x');
SELECT framework_calls();
SELECT framework_count_call(NULL, 2, 'x') IS NULL, framework_count_call(1, 2, NULL) IS NULL,
	framework_count_call(NULL, NULL, NULL) IS NULL;
SELECT framework_calls();

-- the order of arguments
SELECT framework_add_twelve(1, 10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000, 1000000000,
	10000000000, 100000000000);

-- texts as they are stored: a header of one byte, of four, compressed, out of line
CREATE TABLE stored (id int, plain text, compressed text, outside text, extended text);
ALTER TABLE stored ALTER plain SET STORAGE PLAIN, ALTER compressed SET STORAGE MAIN,
	ALTER outside SET STORAGE EXTERNAL, ALTER extended SET STORAGE EXTENDED;
INSERT INTO stored VALUES (1, '', '', '', ''), (2, 'short', 'short', 'short', 'short'),
	(3, repeat('p', 126), repeat('p', 127), repeat('p', 128), repeat('p', 1000)),
	(4, repeat('x', 5000), repeat('x', 50000), repeat('x', 50000),
		(SELECT string_agg(sha256(i::text::bytea)::text, '') FROM generate_series(1, 5000) i));
SELECT id, pg_column_size(compressed) < length(compressed) AS is_compressed, pg_column_size(outside) AS outside
FROM stored WHERE id = 4;
SELECT id, framework_size(plain), framework_size(compressed), framework_size(outside), framework_size(extended) FROM stored;
SELECT bool_and(framework_text(plain) = plain AND framework_text(compressed) = compressed
	AND framework_text(outside) = outside AND framework_text(extended) = extended) FROM stored;
DROP TABLE stored;

-- bytes, as they are stored
SELECT framework_hex('\x00ff0a5c'), framework_hex('') = '', framework_hex(NULL) IS NULL,
	framework_is_null_binary(NULL), framework_is_null_binary('');
CREATE TABLE stored (packed bytea, plain bytea, compressed bytea, outside bytea);
ALTER TABLE stored ALTER plain SET STORAGE PLAIN, ALTER outside SET STORAGE EXTERNAL;
INSERT INTO stored VALUES ('\x00', decode(repeat('00ff', 500), 'hex'), decode(repeat('00', 50000), 'hex'),
	(SELECT string_agg(sha256(i::text::bytea), '') FROM generate_series(1, 5000) i));
SELECT framework_hex(packed) = encode(packed, 'hex') AND framework_hex(plain) = encode(plain, 'hex')
	AND framework_hex(compressed) = encode(compressed, 'hex') AND framework_hex(outside) = encode(outside, 'hex') AS equal
FROM stored;
DROP TABLE stored;

-- a text written in place, shorter than the room for it as well
SELECT framework_repeat('ab', 3), framework_repeat('', 5) = '', framework_repeat('x', 0) = '';
SELECT md5(framework_repeat('0123456789', 100000)) = md5(repeat('0123456789', 100000));

-- times; seconds are rounded down
SELECT framework_unix_seconds(t), floor(extract(epoch FROM t)) AS expected
FROM unnest('{1970-01-01, 2000-01-01, 1999-12-31 23:59:59.999999, 1969-12-31 23:59:59.5, 2013-05-24 00:00:00.9,
	9999-12-31 23:59:59.999999, 0001-01-01, 4713-01-01 BC}'::timestamptz[]) t;
SELECT framework_is_finite('now'), framework_is_finite('infinity'), framework_is_finite('-infinity');

-- jsonb
SELECT framework_fields('{"a": null, "b": true, "c": false, "d": 1.50, "e": "t\"ü", "f": {}, "g": {"h": 1}}');
SELECT framework_fields('{"a": [], "b": ["x", 1, null, [1], {"y": 2}], "c": "after"}');
SELECT framework_fields('{}') = '';
SELECT framework_fields('[]') IS NULL, framework_fields('1') IS NULL, framework_fields('null') IS NULL;
SELECT framework_fields(jsonb_build_object('toasted', repeat('x', 50000))) = 'toasted: string ' || repeat('x', 50000);

-- memory
SELECT framework_allocate(0), framework_allocate(1000);
SELECT framework_allocate(1 << 30);
SELECT framework_allocate(9223372036854775807);

-- a script of another version than the library
CREATE FUNCTION framework_too_few() RETURNS integer
	LANGUAGE c AS 's3sign_framework_test', 'framework_integer';
CREATE FUNCTION framework_too_many(text, text) RETURNS text
	LANGUAGE c AS 's3sign_framework_test', 'framework_text';
SELECT framework_too_few();
SELECT framework_too_many('a', 'b');
DROP FUNCTION framework_too_few(), framework_too_many(text, text);
