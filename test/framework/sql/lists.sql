-- before, at and after each place where the list grows; one that is empty
SELECT string_agg(n::text, ' ' ORDER BY n) AS numbers, bool_and(size = n AND same) AS all_there
FROM unnest(ARRAY[0, 1, 2, 15, 16, 17, 47, 48, 49, 111, 112, 113, 1000]) AS n, framework_list(n, 'word');

-- what it has grown out of is freed: an item has 24 bytes, and few places are left
SELECT size, same, memory < 36 * size AS freed FROM framework_list(130000, 'word');
