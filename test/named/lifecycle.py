"""Install, delegate, dump, restore, drop."""

import os
import pathlib
import subprocess

from session import A, ENDPOINT, TIME, Session, explicit, key_pair, options

PROBE = "select s3sign_get('media', 'pub/a.txt', 60, signed_at => '%s');" % TIME
SERVER = "create server media foreign data wrapper s3sign options (%s);" % options(
    endpoint=ENDPOINT, bucket="media", methods="get,head", key_prefix="pub/")


def run(tap, admin, database):
    admin.must("drop extension s3sign;")
    trusted(tap, admin, database)
    dumps(tap, admin, database)
    dropped(tap, admin)


def trusted(tap, admin, database):
    admin.must("create role dba login; create role app login; create role web login;"
               "grant create on database %s to dba;" % database)
    dba, app, web = (Session(database, role) for role in ("dba", "app", "web"))
    tap.same(app.ask("create extension s3sign;"), "42501",
             "CREATE EXTENSION needs CREATE on the database")
    tap.same(dba.ask("create extension s3sign;"), "", "and no superuser")
    tap.same(app.ask(SERVER), "42501", "others can't create a server")
    tap.same(dba.ask(SERVER + "create user mapping for public server media %s;" % key_pair(A)), "",
             "who installed the extension creates a server and PUBLIC's mapping")
    tap.same(web.ask(PROBE), "42501", "nobody else may sign by it")
    dba.must("grant usage on foreign server media to web;")
    tap.same(web.ask(PROBE), explicit(admin), "whom it grants USAGE may")
    tap.same(dba.ask("grant usage on foreign data wrapper s3sign to app;"), "",
             "it lets another role create servers")
    tap.same(app.ask(SERVER.replace("server media", "server apps") +
                     "create user mapping for public server apps %s;"
                     "grant usage on foreign server apps to web;" % key_pair(A)), "", "which does")
    tap.same(web.ask(PROBE.replace("'media'", "'apps'")), explicit(admin), "and lets others sign")
    tap.same(app.ask("grant usage on foreign data wrapper s3sign to web;") +
             web.ask(SERVER.replace("server media", "server webs")), "42501",
             "but not create servers")
    for session in (dba, app, web):
        session.close()


def pg(*command, **more):
    return subprocess.run(command, capture_output=True, text=True, check=False, **more)


def new_database(admin, name, installed):
    """installed: by the role that it was installed by in the dumped database."""
    admin.must("create database %s; grant create on database %s to dba;" % (name, name))
    if installed:
        dba = Session(name, "dba")
        dba.must("create extension s3sign;")
        dba.close()


def dumps(tap, admin, database):
    folder = pathlib.Path(os.environ["SCRATCH"])
    plain, custom = str(folder / "plain"), str(folder / "custom")
    made = [pg("pg_dump", *arguments, database)
            for arguments in (("-Fp", "-f", plain), ("-Fc", "-f", custom))]
    tap.same([(m.returncode, m.stderr) for m in made], 2 * [(0, "")], "pg_dump, plain and custom")
    new_database(admin, "named_custom", True)
    restored = pg("pg_restore", "--exit-on-error", "-d", "named_custom", custom)
    tap.same((restored.returncode, restored.stderr), (0, ""),
             "pg_restore where the same role has installed the extension")
    works(tap, admin, "named_custom")
    # What a script of an extension grants is not in a dump, for CREATE EXTENSION grants it anew:
    # to the role that restores.
    new_database(admin, "named_plain", False)
    restored = pg("psql", "-Xq", "-d", "named_plain", "-f", plain)
    tap.same([line.split("ERROR:")[1].strip() for line in restored.stderr.splitlines()],
             ["permission denied for foreign-data wrapper s3sign"],
             "restored by a superuser, what the role granted on the wrapper is refused")
    dba, app = (Session("named_plain", role) for role in ("dba", "app"))
    create = SERVER.replace("server media", "server before")
    tap.same([dba.ask(create), app.ask(create)], 2 * ["42501"], "neither can create servers")
    repeat = Session("named_plain")
    repeat.must("grant usage on foreign data wrapper s3sign to dba with grant option;")
    dba.must("grant usage on foreign data wrapper s3sign to app;")
    for session in (dba, app, repeat):
        session.close()
    works(tap, admin, "named_plain")
    blind_dump(tap, admin, database)


def works(tap, admin, database):
    admin.must("create role outsider login;")
    roles = web, dba, app, outsider = [Session(database, role)
                                       for role in ("web", "dba", "app", "outsider")]
    tap.same([web.ask(PROBE), web.ask(PROBE.replace("'media'", "'apps'")), outsider.ask(PROBE)],
             [explicit(admin), explicit(admin), "42501"],
             "%s: servers, mappings and grants are back" % database)
    tap.same([dba.ask("alter server media options (set methods 'get');"),
              app.ask("alter server media options (set methods 'put');")], ["", "42501"],
             "%s: so are owners" % database)
    tap.same([session.ask(SERVER.replace("server media", "server of_" + name))
              for name, session in (("dba", dba), ("app", app), ("web", web))], ["", "", "42501"],
             "%s: and who can create servers" % database)
    for session in roles:
        session.close()
    admin.must("drop role outsider;")


def blind_dump(tap, admin, database):
    made = pg("pg_dump", "-U", "web", database)
    tap.check(made.returncode == 0 and "CREATE USER MAPPING FOR public SERVER media;" in made.stdout
              and A[1] not in made.stdout, "a dump by a role that can't see a mapping has it empty",
              made.stdout + made.stderr)
    new_database(admin, "named_blind", True)
    restored = pg("psql", "-Xq", "-v", "ON_ERROR_STOP=1", "-d", "named_blind", input=made.stdout)
    tap.same((restored.returncode, [line for line in restored.stderr.splitlines()
                                    if "NOTICE" not in line]), (0, []), "which is restored")
    web, owner = Session("named_blind", "web"), Session("named_blind", "dba")
    tap.same(web.ask(PROBE), "42704", "an empty mapping does not sign")
    owner.must("alter user mapping for public server media %s;" % key_pair(A, "add "))
    tap.same(web.ask(PROBE), explicit(admin), "ALTER USER MAPPING fills it")
    web.close()
    owner.close()


def dropped(tap, admin):
    tap.same(admin.ask("drop extension s3sign;"), "2BP01",
             "DROP EXTENSION is refused while there are servers")
    before = admin.must("select count(*) from pg_user_mapping;")
    admin.must("create function kept() returns text language sql return s3sign_version();")
    seen = admin.ask("drop extension s3sign cascade;")
    left = admin.must("""
        select (select count(*) from pg_foreign_server), (select count(*) from pg_user_mapping),
               (select count(*) from pg_foreign_data_wrapper),
               (select count(*) from pg_proc where proname like 's3sign%');
    """)
    tap.same((before, seen, left), ("2", "", "0|0|0|0"), "DROP EXTENSION CASCADE leaves nothing")
    admin.must("create extension s3sign;")
    tap.same(admin.ask(PROBE), "42704", "installed again it knows no old server")
