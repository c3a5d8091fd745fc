"""Measures all cases and prints TAP; see run."""

import os
import subprocess
import sys

import backend
import cases
import instructions

# bytes of an argument: a text may have 1 MiB, and a query 10,000 parameters
MEMORY_SIZE = 240 << 10
INSTRUCTIONS_SIZE = 4 << 10
GROWTH = 4
MOST_GROWTH = 8
# bytes for each byte of the arguments and the result
MOST_MEMORY = 16
MESSAGE_SIZE = 15 << 20  # s3sign_redact takes 16 MiB
TIMEOUT = 50  # ms
MOST_DELAY = 100  # ms of the processor, after it
# what a process takes for itself, kB
NOISE = 1024
ACCEPTED = '00000'  # SQLSTATE
COLUMNS = {'text': 't', 'jsonb': 'j', 'text[]': 'a', 'bytea': 'b'}
SCRATCH = os.environ['SCRATCH']
DATA = SCRATCH + '/cluster/data'
BINARIES = subprocess.run([os.environ['PG_CONFIG'], '--bindir'], check=True, stdout=subprocess.PIPE,
                          text=True).stdout.strip()


def query(sql):
    return subprocess.run(['psql', '-XAtq', '-v', 'ON_ERROR_STOP=1', '-F', '\t'], input=sql, check=True,
                          stdout=subprocess.PIPE, text=True).stdout


def find_functions():
    """{name: {argument: type}} of the extension."""
    result = {}
    for row in query("""SELECT p.proname, a.name, format_type(a.type, NULL) FROM pg_depend d
            JOIN pg_extension e ON e.oid = d.refobjid AND e.extname = 's3sign'
            JOIN pg_proc p ON p.oid = d.objid AND d.classid = 'pg_proc'::regclass
            LEFT JOIN unnest(p.proargnames[1 : p.pronargs], p.proargtypes::oid[]) WITH ORDINALITY
                AS a (name, type, place) ON true
            WHERE d.deptype = 'e' ORDER BY 1, a.place""").splitlines():
        function, argument, kind = row.split('\t')
        arguments = result.setdefault(function, {})
        if argument:
            arguments[argument] = kind
    return result


class Table:
    """`grown`: a row for each value, so that a statement need not make it."""

    def __init__(self, name):
        self.name, self.ids, self.sizes = name, {}, {}
        query(f'CREATE TABLE {name} (id integer PRIMARY KEY, t text, j jsonb, a text[], b bytea);' + ''.join(
            f'ALTER TABLE {name} ALTER {column} SET STORAGE EXTERNAL;' for column in COLUMNS.values()))

    def id_of(self, column, sql):
        return self.ids.setdefault((column, sql), len(self.ids) + 1)

    def fill(self):
        query('BEGIN;' + ''.join(f'INSERT INTO {self.name} (id, {column}) SELECT {i}, {sql};\n'
                                 for (column, sql), i in self.ids.items()) + 'COMMIT;')
        query(f'VACUUM (FREEZE, ANALYZE) {self.name}')
        for row in query(f'SELECT id, coalesce(pg_column_size(t), pg_column_size(j), pg_column_size(a), '
                         f'pg_column_size(b)) FROM {self.name}').splitlines():
            i, size = row.split('\t')
            self.sizes[int(i)] = int(size)


class Call:
    """A statement that calls a function: with `values` in a table, or in the statement itself."""

    def __init__(self, function, arguments, values, table=None):
        self.table, self.ids = table, []
        given = {name: cases.value(function, name, values) for name in arguments}
        given.update(values)
        if table:
            for name, sql in values.items():
                column = COLUMNS[arguments[name]]
                self.ids.append(table.id_of(column, sql))
                given[name] = f'g{self.ids[-1]}.{column}'
        call = ', '.join(f'{name} => {sql}' for name, sql in given.items() if sql is not None)
        rows = ' FROM ' + ', '.join(f'{table.name} AS g{i}' for i in self.ids) if self.ids else ''
        chosen = ' WHERE ' + ' AND '.join(f'g{i}.id = {i}' for i in self.ids) if self.ids else ''
        self.statement = f'SELECT sum(pg_column_size(s)) FROM (SELECT {function}({call}) AS s{rows}{chosen}) AS s'

    def size(self):
        return sum(self.table.sizes[i] for i in self.ids)


class Tap:
    def __init__(self):
        self.count = self.failed = 0

    def check(self, good, what):
        self.count += 1
        self.failed += not good
        print(f'{"" if good else "not "}ok {self.count} - {what}', flush=True)


def make_calls(functions, size, table=None):
    """{(function, argument, shape): Call}"""
    calls = {}
    for function, arguments in functions.items():
        for argument, kind in arguments.items():
            shapes = cases.SHAPES.get(argument, cases.OF_TYPE.get(kind))
            for shape, values in shapes(argument, size, function=function) if shapes else ():
                calls[function, argument, shape] = Call(function, arguments, values, table)
    if table:
        table.fill()
    return calls


def without_a_case(functions):
    """What cases.py does not know, and what it has no good values for."""
    for function, arguments in functions.items():
        unknown = [name for name in arguments if name not in cases.VALUES]
        if unknown:
            yield f'{function}: {", ".join(unknown)}'
            continue
        call = Call(function, arguments, {}).statement
        done = subprocess.run(['psql', '-XAtq', '-v', 'ON_ERROR_STOP=1', '-c', call],
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        if done.returncode != 0:
            yield f'{function}: {done.stderr.strip()}'


def readable(shape):
    return shape.encode('unicode_escape').decode()


def show(name, what):
    if 'SHOW' in os.environ:
        print(f'# {readable(" ".join(name))}: {what}')


def worst(names, cost):
    """For each argument the shape of the largest cost: [((function, argument), shape, cost)]"""
    found = {}
    for function, argument, shape in names:
        here = cost((function, argument, shape))
        if (function, argument) not in found or here > found[function, argument][1]:
            found[function, argument] = shape, here
    return [(name, *rest) for name, rest in found.items()]


def check_growth(tap, what, names, small, large, floor):
    for (function, argument), shape, growth in worst(names, lambda n: large[n] / max(small[n], floor)):
        name = function, argument, shape
        tap.check(growth <= MOST_GROWTH, f'{function}, {argument}: {growth:.1f} times the {what} for {GROWTH} times '
                  f'the size ({readable(shape)}: {small[name]}, {large[name]})')


def check_memory(tap, small, large, tables):
    one, four = (dict(zip(calls, backend.peaks([c.statement for c in calls.values()], tables)))
                 for calls in (small, large))
    check_growth(tap, 'memory', small, *({name: cost[0] for name, cost in costs.items()}
                                         for costs in (one, four)), 4 * NOISE)
    shares = {}
    for name, (peak, _, result) in four.items():
        shares[name] = (peak - NOISE) * 1024 / (large[name].size() + result)
        show(name, f'{one[name][0]} and {peak} kB for {large[name].size() >> 10} and {result >> 10}, '
                   f'{four[name][1]}')
    for argument, shape, share in worst(small, shares.get):
        accepted = any(four[name][1] == ACCEPTED for name in four if name[:2] == argument)
        tap.check(share <= MOST_MEMORY, f'{", ".join(argument)}: memory of {max(share, 0):.1f} times argument and '
                  f'result ({readable(shape)}{"" if accepted else "; each shape is refused"})')


def check_timeouts(tap, calls):
    """A timeout is obeyed soon. By the processor's time: others may use the machine too."""
    took = {}
    times = backend.processor_time([c.statement for c in calls.values()], TIMEOUT)
    for name, (nanoseconds, state, _) in zip(calls, times):
        took[name] = nanoseconds / 1e6
        show(name, f'{took[name]:.0f} ms with a timeout, {state}')
    for argument, shape, milliseconds in worst(calls, took.get):
        tap.check(milliseconds <= TIMEOUT + MOST_DELAY, f'{", ".join(argument)}: {milliseconds:.0f} ms of the '
                  f'processor with a timeout of {TIMEOUT} ms ({readable(shape)})')


def check_instructions(tap, functions):
    small, large = (make_calls(functions, size, Table(name)) for size, name in
                    ((INSTRUCTIONS_SIZE, 'few'), (GROWTH * INSTRUCTIONS_SIZE, 'many')))
    subprocess.run(instructions.AS_POSTGRES + [BINARIES + '/pg_ctl', '-s', '-D', DATA, '-m', 'fast', '-w', 'stop'],
                   check=True)
    counted = instructions.measure(BINARIES + '/postgres', DATA, SCRATCH,
                                   [c.statement for calls in (small, large) for c in calls.values()])
    few, many = dict(zip(small, counted)), dict(zip(large, counted[len(small):]))
    check_growth(tap, 'instructions', small, few, many, 0)
    for name in small:
        show(name, f'{few[name]} and {many[name]} instructions')


def main():
    query('CREATE EXTENSION s3sign;' + cases.SERVER)
    cases.SIGNED_URL = query('SELECT ' + cases.SIGN_URL).strip()
    functions = find_functions()
    tap = Tap()
    unknown = list(without_a_case(functions))
    for what in unknown:
        tap.check(False, f'cases.py has a case for each argument of {what}')
    if unknown:
        sys.exit(1)
    tap.check(True, f'cases.py has a case for each argument of {len(functions)} functions')
    if sys.argv[1:]:
        functions = {name: functions[name] for name in sys.argv[1:]}
    small, large = (make_calls(functions, size, Table(name)) for size, name in
                    ((MEMORY_SIZE, 'small'), (GROWTH * MEMORY_SIZE, 'large')))
    check_memory(tap, small, large, ('small', 'large'))
    longer = {name: call for name, call in make_calls(functions, MESSAGE_SIZE).items() if name[1] == 'message'}
    check_timeouts(tap, {**large, **longer})
    query('DROP TABLE small, large; CHECKPOINT')
    check_instructions(tap, functions)
    print(f'1..{tap.count}')
    sys.exit(tap.failed > 0)


main()
