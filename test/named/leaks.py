"""What hides no key: each way is PostgreSQL's own, and is shown here so that docs/security.md stays
true. Each has a secret of its own."""

import subprocess

import traces
from session import ENDPOINT, Session, options


def run(tap, admin, database):
    admin.must("""
        create extension pg_stat_statements;
        create role owner login; create role visitor login; create role own login;
        create role reader login in role pg_read_all_data;
        create role watcher login in role pg_read_all_stats;
        grant usage on foreign data wrapper s3sign to owner;
    """)
    owner = Session(database, "owner")
    owner.must("""
        create server owned foreign data wrapper s3sign options (%s);
        create user mapping for public server owned options (%s);
        grant usage on foreign server owned to visitor, own;
    """ % (options(endpoint=ENDPOINT, bucket="media"), pair("of/PUBLIC")))
    views(tap, admin, database, owner)
    own_mapping(tap, database, owner)
    dumps(tap, database)
    logs(tap, admin, database)
    files(tap, admin)
    owner.close()


def pair(secret):
    return options(access_key_id="AKIALEAK", secret_access_key=secret)


def sees(session, secret, relation, column):
    return secret in session.ask("select array_to_string(array_agg(%s::text), '') from %s;"
                                 % (column, relation))


def views(tap, admin, database, owner):
    mapping = "create user mapping for %s server owned options (%s);"
    admin.must(mapping % ("watcher", pair("of/another")))
    tap.check(sees(owner, "of/PUBLIC", "pg_user_mappings", "umoptions") and
              sees(owner, "of/PUBLIC", "information_schema.user_mapping_options", "option_value"),
              "a server's owner reads PUBLIC's mapping")
    admin.must("grant owner to visitor;")
    visitor = Session(database, "visitor")
    tap.check(sees(visitor, "of/PUBLIC", "pg_user_mappings", "umoptions"),
              "so does a member of the owner's role")
    admin.must("revoke owner from visitor;")
    tap.check(not sees(visitor, "of/PUBLIC", "pg_user_mappings", "umoptions"),
              "and a member no longer does not")
    visitor.close()
    tap.check(not sees(owner, "of/another", "pg_user_mappings", "umoptions"),
              "and the owner does not read another role's mapping")
    reader = Session(database, "reader")
    tap.check(sees(reader, "of/PUBLIC", "pg_user_mapping", "umoptions") and
              sees(reader, "of/another", "pg_user_mapping", "umoptions"),
              "pg_read_all_data reads all mappings in pg_user_mapping")
    reader.close()


def own_mapping(tap, database, owner):
    owner.must("create user mapping for own server owned options (%s);" % pair("of/own"))
    own = Session(database, "own")
    tap.check(sees(own, "of/own", "pg_user_mappings", "umoptions") and
              sees(own, "of/own", "information_schema.user_mapping_options", "option_value"),
              "a role reads its own mapping")
    sign = "select s3sign_get('owned', 'a.txt');"
    own.must("alter user mapping for own server owned options (set access_key_id 'AKIAALTERED');")
    tap.check("AKIAALTERED" in own.must(sign), "and alters it")
    own.must("drop user mapping for own server owned;")
    tap.check("AKIALEAK" in own.must(sign), "and drops it: PUBLIC's is in force")
    own.must("create user mapping for current_user server owned"
             " options (access_key_id 'AKIAMADE', secret_access_key 'x');")
    tap.check("AKIAMADE" in own.must(sign), "and puts one of its own before PUBLIC's")
    own.must("drop user mapping for own server owned;")
    tap.check(not sees(own, "of/PUBLIC", "pg_user_mappings", "umoptions"),
              "but PUBLIC's it never reads")
    own.close()


def dumps(tap, database):
    for role, expected in (("postgres", True), ("owner", True), ("visitor", False)):
        dump = subprocess.run(["pg_dump", "-U", role, database], capture_output=True, text=True,
                              check=True).stdout
        tap.check("CREATE USER MAPPING FOR public" in dump and ("of/PUBLIC" in dump) == expected,
                  "pg_dump by %s %s it" % (role, "has" if expected else "does not have"))


def logs(tap, admin, database):
    mapping = "%s user mapping for reader server owned options (%s%s);"
    session = Session(database)
    for setting in ("log_statement = 'ddl'", "log_min_duration_statement = 0"):
        secret = "of/" + setting.replace("'", "")
        session.must("set " + setting + ";")
        session.must(mapping % ("create", "", pair(secret)))
        session.must("drop user mapping for reader server owned; reset log_statement;"
                     "reset log_min_duration_statement;")
        tap.check(traces.in_log(secret), "%s logs CREATE USER MAPPING with its secret" % setting)
    own = Session(database, "own")
    denied = own.ask("set log_statement = 'none';")
    admin.must("grant set on parameter log_statement to own;")
    tap.same((denied, own.ask("set log_statement = 'none';")), ("42501", ""),
             "only a superuser, or who is granted it, sets log_statement")
    admin.must("revoke set on parameter log_statement from own;")
    own.close()
    session.ask(mapping % ("create", "", pair("of/a/fault") + ", no_such 'x'"))
    tap.check(traces.in_log("of/a/fault"),
              "a CREATE USER MAPPING that fails is logged with its secret, by default")
    session.must(mapping % ("create", "", pair("of/statistics")))
    watcher = Session(database, "watcher")
    tap.check(sees(watcher, "of/statistics", "pg_stat_statements", "query"),
              "pg_stat_statements shows it to pg_read_all_stats")
    session.must(mapping % ("alter", "set ", "secret_access_key 'of/activity'"))
    tap.check(sees(watcher, "of/activity", "pg_stat_activity", "query"),
              "and pg_stat_activity, until the session's next statement")
    session.must("select 1;")
    tap.check(not sees(watcher, "of/activity", "pg_stat_activity", "query"), "and no longer")
    watcher.close()
    session.close()


def files(tap, admin):
    admin.must("checkpoint;")
    base = traces.holding("of/PUBLIC", traces.files("base"))
    wal = traces.holding("of/PUBLIC", traces.files("pg_wal"))
    tap.check(base and wal, "the data directory's base and pg_wal have it in clear")
    tap.check(traces.holding("of/own", traces.files("base")),
              "also that of a mapping that is dropped")
    others = traces.holding("of/PUBLIC", traces.files("", skip=("base", "pg_wal")))
    tap.check(all("pg_stat" in path for path in others),
              "and no other file but pg_stat_statements' does", others)
