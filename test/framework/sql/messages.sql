-- each level, and the client's threshold
SET client_min_messages = debug1;
SELECT framework_report(level, 'of ' || level)
FROM unnest('{debug5, debug4, debug3, debug2, debug1, log, info, notice, warning}'::text[]) level;
SET client_min_messages = warning;
SELECT framework_report(level, 'of ' || level)
FROM unnest('{debug1, log, info, notice, warning}'::text[]) level;
RESET client_min_messages;

-- one expression, so that the server's own debug messages stay outside
DO $$
DECLARE
	levels text[] := '{debug5, debug4, debug3, debug2, debug1}';
	threshold text;
	level text;
BEGIN
	FOREACH threshold IN ARRAY levels LOOP
		FOREACH level IN ARRAY levels LOOP
			PERFORM set_config('client_min_messages', threshold, true) = threshold
				AND framework_report(level, level || ' reaches ' || threshold)
				AND set_config('client_min_messages', 'notice', true) = 'notice';
		END LOOP;
	END LOOP;
END
$$;

-- detail and hint, and no format
SELECT framework_report('notice', 'with both: 100%s %n', 'the detail: %s', 'the hint: %d');
SELECT framework_report('notice', 'with a detail', 'the detail');
SELECT framework_report('notice', 'with a hint', hint => 'the hint');
SELECT framework_report('error', 'no such level');
