-- texts in UTF-8, from databases of all kinds of encodings; NULL where there is no conversion
SELECT framework_is_ascii(''), framework_is_ascii(E'\x01 ~\x7f'), framework_is_ascii('é');
SELECT getdatabaseencoding(), framework_utf8('aé😀'), framework_utf8('') = '';
-- and back; a text holds no zero byte, no surrogate, nothing that is cut
SELECT framework_from_utf8('61c3a9f09f9880'), framework_from_utf8('') = '', framework_from_utf8('c3') IS NULL,
	framework_from_utf8('6100') IS NULL, framework_from_utf8('eda080') IS NULL, framework_from_utf8('e9') IS NULL;

CREATE DATABASE s3sign_framework_latin1 TEMPLATE template0 ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C';
\c s3sign_framework_latin1
CREATE EXTENSION s3sign_framework_test;
SELECT getdatabaseencoding(), framework_utf8('aé'), framework_utf8(repeat('é', 3)), framework_utf8('ascii');
SELECT framework_from_utf8('61c3a9'), framework_from_utf8('61') = 'a', framework_from_utf8('f09f9880') IS NULL,
	framework_from_utf8('c3') IS NULL, framework_from_utf8('c3a900') IS NULL;

CREATE DATABASE s3sign_framework_win1252 TEMPLATE template0 ENCODING 'WIN1252' LC_COLLATE 'C' LC_CTYPE 'C';
\c s3sign_framework_win1252
CREATE EXTENSION s3sign_framework_test;
-- 0x81 is no character there
SELECT getdatabaseencoding(), framework_utf8('€'), framework_utf8('a' || chr(129)) IS NULL;
SELECT framework_from_utf8('e282ac'), framework_from_utf8('e38182') IS NULL;

CREATE DATABASE s3sign_framework_euc_jp TEMPLATE template0 ENCODING 'EUC_JP' LC_COLLATE 'C' LC_CTYPE 'C';
\c s3sign_framework_euc_jp
CREATE EXTENSION s3sign_framework_test;
SELECT getdatabaseencoding(), framework_utf8('あ漢');
SELECT framework_from_utf8('e38182e6bca2'), framework_from_utf8('e282ac') IS NULL;

CREATE DATABASE s3sign_framework_sql_ascii TEMPLATE template0 ENCODING 'SQL_ASCII' LC_COLLATE 'C' LC_CTYPE 'C';
\c s3sign_framework_sql_ascii
CREATE EXTENSION s3sign_framework_test;
SELECT getdatabaseencoding(), framework_utf8('aé'), framework_utf8(E'a\xe9') IS NULL,
	framework_utf8(E'\xc3') IS NULL, framework_utf8(E'\xed\xa0\x80') IS NULL, framework_utf8('ascii');
SELECT framework_from_utf8('61c3a9'), framework_from_utf8('e9') IS NULL, framework_from_utf8('00') IS NULL;

\c contrib_regression
DROP DATABASE s3sign_framework_latin1;
DROP DATABASE s3sign_framework_win1252;
DROP DATABASE s3sign_framework_euc_jp;
DROP DATABASE s3sign_framework_sql_ascii;
