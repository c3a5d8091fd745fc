-- all string values at any depth, in the order of the document, without the names of members
CREATE TABLE documents (id serial, j jsonb);
INSERT INTO documents (j) VALUES ('"a"'), ('""'), ('1'), ('null'), ('true'), ('{}'), ('[]'), (NULL), ('["a", "", "a", ["b", [["c"]]]]'),
	('{"z": "last", "a": "first", "bb": {"name": "inner", "n": 1.50, "t": true, "null": null, "": "unnamed"}, "list": [{"x": "1"}, {"x": "2"}]}'),
	('["ü", "😀", "\"quoted\"\\", "{\"a\": \"b\"}"]');
SELECT id, framework_json_strings(j) AS strings, framework_number_strings(j) AS numbered FROM documents ORDER BY id;
-- the strings that SQL/JSON finds
SELECT bool_and(to_jsonb(framework_json_strings(j)) IS NOT DISTINCT FROM jsonb_path_query_array(j, 'strict $.** ? (@.type() == "string")')) AS same_strings FROM documents;
-- the order of both, by the strings' numbers
SELECT bool_and(framework_json_strings(framework_number_strings(j)) = (SELECT coalesce(array_agg(i || '<' || s || '>' ORDER BY i), '{}') FROM unnest(framework_json_strings(j)) WITH ORDINALITY AS t (s, i))) AS same_order FROM documents;

-- the result is a document like any other: the binary form that its text has
SELECT bool_and(framework_number_strings(j) = framework_number_strings(j)::text::jsonb AND pg_column_size(framework_number_strings(j)) = pg_column_size(framework_number_strings(j)::text::jsonb)) AS canonical FROM documents;

-- as documents are stored: short, compressed, out of line
CREATE TABLE stored (compressed jsonb, outside jsonb);
ALTER TABLE stored ALTER outside SET STORAGE EXTERNAL;
INSERT INTO stored SELECT jsonb_build_array(repeat('x', 100000)), jsonb_build_array(string_agg(sha256(i::text::bytea)::text, '' ORDER BY i)) FROM generate_series(1, 1000) i;
SELECT framework_json_strings(compressed) = ARRAY[compressed ->> 0], framework_json_strings(outside) = ARRAY[outside ->> 0],
	framework_number_strings(compressed) ->> 0 = '1<' || (compressed ->> 0) || '>', framework_number_strings(outside) ->> 0 = '1<' || (outside ->> 0) || '>' FROM stored;
DROP TABLE stored;

-- a server error leaves the function that the server calls
SELECT framework_number_strings('["a", "fail", "b"]');
SELECT framework_number_strings('["a", "b"]');
DROP TABLE documents;
