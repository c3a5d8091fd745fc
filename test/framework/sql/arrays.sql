-- text[]: as it was, and made anew with the same shape
CREATE TABLE arrays (id serial, a text[]);
INSERT INTO arrays (a) VALUES ('{}'), (NULL), ('{a}'), ('{a,NULL,"","null","NULL","a,b","{}","\\","\""}'), ('{NULL}'),
	('{{a,b,c},{d,NULL,f}}'), ('[0:1]={a,b}'), ('[-2:-1][5:5]={{a},{NULL}}'), ('{{{{{{x}}}}}}'), ('{ü,😀}');
SELECT id, a, framework_bracket(a) AS bracketed FROM arrays;
SELECT id, s.* FROM arrays, framework_shape(a) s ORDER BY id;
SELECT bool_and(array_dims(framework_bracket(a)) IS NOT DISTINCT FROM array_dims(a)) FROM arrays;
-- built in place: to the bit the same, with NULL first, last, in between and in no place
SELECT bool_and(framework_build(a) IS NOT DISTINCT FROM framework_bracket(a) AND md5(array_send(framework_build(a))) IS NOT DISTINCT FROM md5(array_send(framework_bracket(a)))
	AND pg_column_size(framework_build(a)) IS NOT DISTINCT FROM pg_column_size(framework_bracket(a))) FROM arrays;
SELECT count(*), bool_and(framework_build(a) = framework_bracket(a) AND pg_column_size(framework_build(a)) = pg_column_size(framework_bracket(a)) AND hashtextextended(framework_build(a)::text, 0) = hashtextextended(framework_bracket(a)::text, 0))
FROM generate_series(1, 40) size, generate_series(0, 41) n, LATERAL (SELECT array_agg(CASE WHEN i = n OR n = 41 AND i % 3 = 0 THEN 'null' ELSE repeat('x', i) END ORDER BY i) a FROM generate_series(1, size) i) arrays;
SELECT framework_build('{a,missing}');
SELECT bool_and(framework_text_array(a) IS NOT DISTINCT FROM a) FROM arrays;
SELECT id, framework_sizes(a) FROM arrays;

-- from other types of elements
SELECT framework_bracket('{v}'::varchar[]), framework_bracket('{n}'::name[]), framework_bracket(ARRAY['a', NULL]);

-- as arrays are stored: short, compressed, out of line
CREATE TABLE stored (short text[], compressed text[], outside text[]);
ALTER TABLE stored ALTER outside SET STORAGE EXTERNAL;
INSERT INTO stored SELECT '{a,NULL}', array_agg(repeat('x', 1000)), array_agg(sha256(i::text::bytea)::text)
FROM generate_series(1, 1000) i;
SELECT framework_bracket(short) = '{<a>,"was NULL"}', framework_sizes(compressed) = array_fill('1000'::text, '{1000}'),
	framework_bracket(outside) = (SELECT array_agg('<' || e || '>') FROM unnest(outside) e) FROM stored;
DROP TABLE stored, arrays;

-- dimensions and lower bounds of one's own
SELECT framework_table(2, 3), framework_table(0, 5), framework_table(1, 1);
SELECT array_lower(framework_table(2, 3), 1), array_lower(framework_table(2, 3), 2);

-- a shape of another size
SELECT framework_first('{{a,b},{c,d}}', 4), framework_first('{}', 0);
SELECT framework_first('{{a,b},{c,d}}', 2);

-- many elements
SELECT framework_build(a) = framework_bracket(a) FROM (SELECT array_agg(CASE i WHEN 99999 THEN 'null' ELSE i::text END) a FROM generate_series(1, 100000) i) a;
SELECT cardinality(b), b[1], b[100000] FROM (SELECT framework_bracket(array_agg(i::text)) b FROM generate_series(1, 100000) i) a;
