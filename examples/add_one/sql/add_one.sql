CREATE EXTENSION add_one;

SELECT add_one(41);
SELECT add_one(NULL) IS NULL;
SELECT i, add_one(i) = i + 1 AS is_right
FROM unnest('{-9223372036854775808, -1, 0, 9223372036854775806}'::bigint[]) i;
SELECT add_one(9223372036854775807);
