"""What statements cost the server process that runs them, read from its /proc."""

import re
import subprocess

PEAK = "substring(pg_read_file('/proc/self/status') FROM 'VmHWM:\\s*(\\d+)')"
PROCESSOR = "substring(pg_read_file('/proc/self/schedstat') FROM '^(\\d+)')"
# The session loads the library, and takes all shared buffers into its memory.
START = 'SELECT s3sign_version();\n'
READ = 'SELECT count(md5(concat(t, j, a, b))) FROM %s;\n'
STATEMENT = """%s;
SELECT 'before ' || %s;
%s;
\\echo state :SQLSTATE
%s;
SELECT 'after ' || %s;
"""


def run(statements, tables, figure, before='', after=''):
    """[(how far the figure grew, SQLSTATE, size of the result)]"""
    script = START + ''.join(READ % table for table in tables) + ''.join(
        STATEMENT % (before, figure, statement, after, figure) for statement in statements)
    said = subprocess.run(['psql', '-XAtq'], input=script, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                          text=True).stdout
    found = re.findall(r'^before (\d+)\n(?:(\d*)\n)?state (\w+)\nafter (\d+)$', said, re.M)
    if len(found) != len(statements):
        raise RuntimeError(f'{len(found)} of {len(statements)} statements: has the server ended?\n{said[-300:]}')
    return [(int(last) - int(first), state, int(size or 0)) for first, size, state, last in found]


def peaks(statements, tables):
    """How far each lets the peak of memory grow, in kB."""
    # 5: the peak is what there is now, see proc(5)
    return run(statements, tables, PEAK, "COPY (SELECT 5) TO '/proc/self/clear_refs'")


def processor_time(statements, timeout):
    """Nanoseconds of the processor that each takes with a statement_timeout, in milliseconds."""
    return run(statements, [], PROCESSOR, f'SET statement_timeout = {timeout}', 'RESET statement_timeout')
