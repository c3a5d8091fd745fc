"""A role that may only sign by PUBLIC's mapping finds the secret nowhere, whatever is logged."""

import os

import traces
from session import ENDPOINT, Session, literal, options

SECRET = "named/secret+that/nobody+sees/0123456789"

# as much as PostgreSQL can tell
TALKATIVE = {
    "log_min_messages": "debug5", "log_min_error_statement": "debug5", "log_statement": "all",
    "log_min_duration_statement": "0", "log_parameter_max_length": "-1",
    "log_parameter_max_length_on_error": "-1", "log_error_verbosity": "verbose",
    "debug_print_parse": "on", "debug_print_rewritten": "on", "debug_print_plan": "on",
    "auto_explain.log_min_duration": "0", "auto_explain.log_verbose": "on",
    "auto_explain.log_analyze": "on", "auto_explain.log_nested_statements": "on",
    "pg_stat_statements.track": "all",
}

# docs/security.md: how a superuser makes a mapping without a trace
UNSEEN = """
\\getenv secret SECRET_ACCESS_KEY
begin;
set local log_statement = 'none';
set local log_min_duration_statement = -1;
set local log_min_duration_sample = -1;
set local log_transaction_sample_rate = 0;
set local log_min_error_statement = 'panic';
set local debug_print_parse = off;
set local debug_print_rewritten = off;
set local track_activities = off;
set local pg_stat_statements.track_utility = off;
create user mapping for public server kept
    options (access_key_id 'AKIAKEPT', secret_access_key :'secret');
commit;
"""

BROKEN = {
    "text": ("null", "''", "repeat('x', 3000)", "E'a\\nb'", "'../..'", "U&'\\202e'", "'[::1'",
             "'%zz'", "'no such'"),
    "bigint": ("null", "0", "-1", "604801", "9223372036854775807"),
    "jsonb": ("'[]'", "'1'", "'null'", """'{"a": {"b": 1}}'""", """'{"": "x"}'""",
              """'{"X-Amz-Signature": "x"}'""", """'{"host": "x"}'""", """'{"a": "\\u0001"}'""",
              """'{"a": null}'""", """'{"acl": ""}'"""),
    "timestamp with time zone": ("'infinity'", "'-infinity'", "'290000-01-01'", "'4000-01-01 BC'",
                                 "'2999-01-01'"),
    "text[]": ("'{}'", "'{secret_access_key=x}'", "array[null]"),
    "oid": ("0", "'pg_user_mapping'::regclass", "'pg_foreign_server'::regclass"),
}


def run(tap, admin, database):
    admin.must("create extension pg_stat_statements;")
    with_all_logged(tap, admin, database)


def with_all_logged(tap, admin, database):
    since = traces.log_size()
    for name, value in TALKATIVE.items():
        admin.must("alter system set %s = '%s';" % (name, value))
    admin.must("select pg_reload_conf();")
    try:
        os.environ["SECRET_ACCESS_KEY"] = SECRET
        creator = Session(database)
        creator.must("create server kept foreign data wrapper s3sign options (%s);"
                     % options(endpoint=ENDPOINT, bucket="media"))
        creator.must(UNSEEN)
        tap.same(creator.ask(UNSEEN), "42710", "the mapping is made; a second time fails")
        admin.must("create role caller login; grant usage on foreign server kept to caller;")
        caller = Session(database, "caller")
        caller.must("set client_min_messages = debug5;")
        places(tap, caller)
        for session in (caller, admin):
            session.must("set debug_print_parse = off; set debug_print_rewritten = off;"
                         "set debug_print_plan = off; set named.backwards = '%s';" % SECRET[::-1])
        broken_calls(tap, admin, caller)
        everything(tap, admin, caller)
        caller.close()
        creator.close()
    finally:
        del os.environ["SECRET_ACCESS_KEY"]
        admin.must("alter system reset all; select pg_reload_conf(); checkpoint;")
    tap.check(traces.in_log("s3sign_get('kept'", since) and traces.in_log("DEBUG:", since),
              "the server's log tells much")
    tap.check(not traces.in_log(SECRET, since), "but not the secret")
    found = traces.holding(SECRET, traces.files("", skip=("base", "pg_wal")))
    tap.same(found, [], "nor do the data directory's files outside of base and pg_wal")


def places(tap, caller):
    """Where a caller would look first, with what is seen there."""
    sign = "s3sign_get('kept', 'a.txt')"
    url = caller.ask("select %s;" % sign)
    tap.check("AKIAKEPT" in url and SECRET not in url + caller.errors, "the caller signs", url)
    for place, query, expected in (
            ("pg_user_mappings", "select srvname, umoptions from pg_user_mappings", "kept|"),
            ("information_schema.user_mapping_options",
             "select foreign_server_name, option_value"
             " from information_schema.user_mapping_options",
             "kept|\nkept|"),
            ("pg_user_mapping", "select umoptions from pg_user_mapping", "42501"),
            ("pg_foreign_server", "select srvoptions from pg_foreign_server",
             "{endpoint=%s,bucket=media}" % ENDPOINT),
            ("pg_backend_memory_contexts", "select * from pg_backend_memory_contexts", "42501"),
            ("ALTER USER MAPPING", "alter user mapping for public server kept options (drop x)",
             "42501"),
            ("DROP USER MAPPING", "drop user mapping for public server kept", "42501"),
            ("ALTER SERVER", "alter server kept options (set endpoint 'http://h')", "42501")):
        seen = caller.ask(query + ";")
        tap.check(seen == expected and SECRET not in caller.errors, place, seen + caller.errors)
    caller.must("prepare p as select %s; begin; declare c cursor for select %s;" % (sign, sign))
    for place, query, expected in (
            ("EXPLAIN VERBOSE", "explain (verbose, analyze) select %s" % sign, "s3sign_get"),
            ("a prepared statement's EXPLAIN", "explain (verbose) execute p", "s3sign_get"),
            ("pg_prepared_statements", "select * from pg_prepared_statements", "s3sign_get"),
            ("pg_cursors", "select * from pg_cursors", "s3sign_get"),
            ("pg_stat_activity", "select * from pg_stat_activity", "pg_stat_activity"),
            ("pg_stat_statements", "select * from pg_stat_statements", "s3sign_get"),
            ("pg_settings", "select * from pg_settings", "log_statement")):
        seen = caller.ask(query + ";")
        tap.check(expected in seen and SECRET not in seen + caller.errors, place,
                  seen + caller.errors)
    caller.must("commit; deallocate p;")


def broken_calls(tap, admin, caller):
    """Every function, with each argument broken in each way; the others are good."""
    good = {"server": "'kept'", "file": "'a.txt'", "bucket": "'media'", "identity": "'id'",
            "secret": "'key'", "duration": "60", "options": "'{}'",
            "catalog": "'pg_user_mapping'::regclass"}
    functions = [line.split("|") for line in admin.must("""
        select p.oid::regproc, array_to_string(proargnames[:pronargs], ','),
               array_to_string(array(select format_type(t, null) from unnest(proargtypes) t), ',')
        from pg_proc p where starts_with(proname, 's3sign_') and pronargs > 0;
    """).splitlines()]
    said = ""
    for function, names, types in functions:
        calls = errors = 0
        for name, kind in zip(names.split(","), types.split(",")):
            for value in BROKEN.get(kind, ("null",)):
                call = {n: good[n] for n in names.split(",") if n in good}
                if "_pre_" in function:
                    call["server"] = literal(ENDPOINT)
                call[name] = value
                arguments = ", ".join("%s => %s" % item for item in call.items())
                said += caller.ask("select %s(%s);" % (function, arguments)) + caller.errors
                calls += 1
                errors += "ERROR:" in caller.errors
        # those two take any text
        expected = errors == 0 if function in ("s3sign_parse", "s3sign_redact") else errors > calls / 3
        tap.check(expected and SECRET not in said,
                  "%s with broken input: %d calls, %d errors" % (function, calls, errors))


def everything(tap, admin, caller):
    """All that can be read. The secret is asked for backwards: the query is to be seen too."""
    relations = admin.must("""
        select c.oid::regclass from pg_class c join pg_namespace n on n.oid = relnamespace
        where relkind in ('r', 'v') and (nspname in ('pg_catalog', 'public')
            or nspname = 'information_schema' and relname ~ 'foreign|mapping|routine');
    """).splitlines()
    query = """select 'rows ' || count(*) from %s t
        where strpos(t::text, reverse(current_setting('named.backwards'))) > 0;"""
    owners = {"pg_user_mapping", "pg_user_mappings", "information_schema.user_mapping_options",
              "information_schema._pg_user_mappings"}
    for who, session, allowed in (("caller", caller, set()), ("superuser", admin, owners)):
        counts = [(relation, session.ask(query % relation)) for relation in relations]
        found = {relation for relation, count in counts
                 if count.startswith("rows") and count != "rows 0"}
        read = sum(count.startswith("rows") for _, count in counts)
        tap.check(found == allowed and read > 100,
                  "of %d catalogs and views a %s finds it in %s"
                  % (read, who, ", ".join(sorted(allowed)) or "none"), found)
