-- std::string: copied into the server's memory
SELECT framework_greet('world'), framework_greet(''), framework_greet(NULL) IS NULL, framework_greet('ü😀');
SELECT framework_perhaps_greet('world'), framework_perhaps_greet(NULL) IS NULL;
SELECT framework_repeat_string('', 5) = '', md5(framework_repeat_string('0123456789', 100000)) = md5(repeat('0123456789', 100000));
SELECT framework_same_name('world'), framework_same_name_too(41);

-- in rows
SELECT greeting, rtrim(filled, '.') AS filled, length(filled), size FROM framework_string_row('you', false);
SELECT greeting, filled IS NULL AS is_null, size FROM framework_string_row('you', true);
SELECT greeting, length(filled) FROM framework_string_row_or_null('you');
SELECT framework_string_row_or_null('') IS NULL, framework_string_row_or_null(NULL) IS NULL;
SELECT count(*), sum(size) FROM generate_series(1, 1000) i, framework_string_row(i::text, false)
WHERE greeting = 'hello, ' || i AND filled = rpad(i::text, 200, '.');

-- in sets: all, some, none, several at once
SELECT number, rtrim(line, '.') AS line, length(line), odd FROM framework_lines('word', 4);
SELECT number, odd FROM framework_lines('word', 1000000) LIMIT 2;
SELECT (framework_lines('word', 1000000000)).number LIMIT 2;
SELECT * FROM framework_lines('word', 0);
SELECT count(*), sum(a.number * b.number) FROM framework_lines('a', 10) a, framework_lines('b', 10) b WHERE a.line <> b.line;

-- an error in the middle of a set
SELECT * FROM framework_lines('invalid', 5);
SELECT framework_lines('throw', 5);
SELECT number FROM framework_lines('server', 5);
SELECT number FROM framework_lines('invalid', 2);

-- in arrays
SELECT framework_words('to be null or'), framework_words(''), framework_words(NULL) IS NULL;
SELECT framework_views('a,b', '"');

-- a script of another version than the library
CREATE FUNCTION framework_other_string_row(name text, is_null boolean, OUT greeting text, OUT filled text)
	LANGUAGE c AS 's3sign_framework_test', 'framework_string_row';
SELECT framework_other_string_row('you', false);
DROP FUNCTION framework_other_string_row(text, boolean);
