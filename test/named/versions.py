"""One version and the next, and what is planted before: CREATE and ALTER EXTENSION.

Each release whose script is there is installed and updated, and has to be what a fresh install is.
Made-up neighbours of this release show that a difference would be seen, and what a user reads whose
script and library are of different versions.
"""

import difflib
import os
import pathlib
import re
import subprocess

from session import A, ENDPOINT, TIME, Session, explicit, key_pair, options

# all that the catalog says of the extension's members, except oids; the definition has the defaults,
# whose tree has places in the script
CATALOG = """
select pg_describe_object(d.classid, d.objid, 0) || ' ' || coalesce(
    (select to_jsonb(p) - '{oid,pronamespace,proowner,prosupport,proargdefaults}'::text[] || jsonb_build_object(
        'definition', pg_get_functiondef(p.oid)) from pg_proc p where p.oid = d.objid and d.classid = 'pg_proc'::regclass),
    (select to_jsonb(f) - '{oid,fdwowner,fdwvalidator}'::text[] || jsonb_build_object('validator', f.fdwvalidator::regproc)
        from pg_foreign_data_wrapper f where f.oid = d.objid and d.classid = 'pg_foreign_data_wrapper'::regclass),
    '"another kind"')::text || ' ' || coalesce(obj_description(d.objid, (select relname from pg_class where oid = d.classid)), '-')
from pg_depend d join pg_extension e on d.refobjid = e.oid and d.refclassid = 'pg_extension'::regclass
where e.extname = 's3sign' and d.deptype = 'e' order by 1;
"""
PROBE = "select %ss3sign_get('kept', 'pub/a.txt', 60, signed_at => '" + TIME + "');"


def folder():
    pg_config = os.environ["PG_CONFIG"]
    share = subprocess.run([pg_config, "--sharedir"], check=True, capture_output=True, text=True)
    return pathlib.Path(os.environ["SCRATCH"] + "/cluster/root" + share.stdout.strip()) / "extension"


def run(tap, admin, database):
    place = folder()
    version = admin.must("select extversion from pg_extension where extname = 's3sign';")
    fresh = admin.must(CATALOG)
    tap.check(fresh.count("\n") > 5 and "another kind" not in fresh, "a fresh install", fresh)
    for script in sorted(place.glob("s3sign--*.sql")):
        known = re.fullmatch(r"s3sign--([^-]+)\.sql", script.name)
        if known:
            updated(tap, admin, known[1], version, fresh)
    script = (place / ("s3sign--%s.sql" % version)).read_text(encoding="utf-8")
    older(tap, admin, place, version, script, fresh)
    newer(tap, admin, place, version, script)
    other_arguments(tap, admin)
    moved(tap, admin, database)
    planted(tap, admin, version)


def updated(tap, admin, old, version, fresh, expected=True):
    admin.must("drop extension s3sign; create extension s3sign version '%s';" % old)
    admin.must("alter extension s3sign update;")
    now = admin.must(CATALOG)
    tap.check((now == fresh) == expected and version == admin.must(
        "select extversion from pg_extension where extname = 's3sign';"),
              "%s updated to %s is %s a fresh install is" % (
                  old, version, "what" if expected else "not yet (made wrong on purpose) what"),
              "\n".join(difflib.unified_diff(fresh.splitlines(), now.splitlines(), n=0)))


def older(tap, admin, place, version, script, fresh):
    """The script without its last function, and an update that adds it."""
    parts = re.split(r"(?=^CREATE FUNCTION )", script, flags=re.MULTILINE)
    function = re.match(r"CREATE FUNCTION.*?;\n\nCOMMENT ON FUNCTION.*?';\n", parts[-1], re.DOTALL)[0]
    old = place / "s3sign--0.9.sql"
    update = place / ("s3sign--0.9--%s.sql" % version)
    old.write_text("".join(parts[:-1]) + parts[-1].replace(function, ""), encoding="utf-8")
    for change, same in ((function, True), (re.sub("COST [0-9]+", "COST 99", function), False),
                         (function.replace("PARALLEL SAFE", ""), False),
                         (function.split("COMMENT ON")[0], False)):
        update.write_text(change, encoding="utf-8")
        updated(tap, admin, "0.9", version, fresh, same)
    old.unlink()
    update.unlink()
    admin.must("drop extension s3sign; create extension s3sign;")


def newer(tap, admin, place, version, script):
    """A script that is ahead of the library."""
    new = place / "s3sign--99.0.sql"
    new.write_text(script + "CREATE FUNCTION s3sign_of_tomorrow() RETURNS text LANGUAGE c"
                   " AS 'MODULE_PATHNAME';\n", encoding="utf-8")
    admin.must("drop extension s3sign;")
    tap.check(admin.ask("create extension s3sign version '99.0';") == "42883"
              and "s3sign_of_tomorrow" in admin.errors,
              "a script that is newer than the library is refused, and the function is named", admin.errors)
    tap.same(admin.must("select count(*) from pg_proc where proname like 's3sign%';"), "0",
             "and nothing of it stays")
    new.unlink()
    admin.must("create extension s3sign;")


def other_arguments(tap, admin):
    """A script of another version declares a function with more arguments, or with fewer."""
    for name, arguments, call in (("fewer", "text, text", "fewer('kept', 'a')"),
                                  ("more", "text, " * 20 + "text", "more(%s)" % ", ".join(21 * ["'a'"]))):
        admin.must("create function %s(%s) returns text language c as '$libdir/s3sign', 's3sign_get';"
                   % (name, arguments))
        tap.check(admin.ask("select %s;" % call) == "55000" and "ALTER EXTENSION" in admin.errors,
                  "a declaration with %s arguments is an error with a hint, not a crash" % name,
                  admin.errors)
        admin.must("drop function %s;" % name)


def moved(tap, admin, database):
    create = """create server kept foreign data wrapper s3sign options (%s);
        create user mapping for public server kept %s;""" % (
            options(endpoint=ENDPOINT, bucket="media"), key_pair(A))
    url = explicit(admin)
    admin.must(create)
    other = Session(database)
    tap.same(other.ask(PROBE % ""), url, "it signs")
    admin.must("begin; drop extension s3sign cascade; create extension s3sign; %s commit;" % create)
    tap.same([admin.ask(PROBE % ""), other.ask(PROBE % "")], [url, url],
             "dropped and created in one transaction, it signs in all sessions")
    admin.must("begin; drop extension s3sign cascade; create extension s3sign; rollback;")
    tap.same(other.ask(PROBE % ""), url, "and rolled back")
    admin.must("create schema elsewhere; alter extension s3sign set schema elsewhere;")
    tap.same([other.ask(PROBE % ""), other.ask(PROBE % "elsewhere.")], ["42883", url],
             "ALTER EXTENSION SET SCHEMA takes the functions along, and servers sign on")
    admin.must("alter extension s3sign set schema public; create database named_second;")
    second = Session("named_second")
    second.must("create extension s3sign;")
    tap.same([second.ask(PROBE % ""), other.ask(PROBE % "")], ["42704", url],
             "another database has servers of its own")
    second.must(create.replace("media", "second"))
    tap.same([second.ask(PROBE % ""), other.ask(PROBE % "")], [explicit(admin, bucket="second"), url],
             "of the same name too")
    second.close()
    other.close()


def planted(tap, admin, version):
    """What others have put where the script and the functions might look."""
    admin.must("create database named_planted;")
    admin = Session("named_planted")
    admin.must("""
        create schema evil;
        create domain evil.text as pg_catalog.text check (false);
        create domain evil.jsonb as pg_catalog.jsonb check (false);
        create domain evil.timestamptz as pg_catalog.timestamptz check (false);
        create domain evil.bigint as pg_catalog.int8 check (false);
        create function evil.evil(pg_catalog.text, pg_catalog.text) returns boolean language plpgsql
            as $$ begin raise 'evil'; end $$;
        create operator evil.= (leftarg = pg_catalog.text, rightarg = pg_catalog.text, function = evil.evil);
        create function evil.now() returns pg_catalog.timestamptz language plpgsql
            as $$ begin raise 'evil'; end $$;
    """)
    admin.must("set search_path = evil, pg_catalog; create extension s3sign schema public;")
    tap.same(admin.must("""select count(*) from pg_proc p, unnest(p.proargtypes || p.prorettype) t
        where p.proname like 's3sign%' and t::regtype::pg_catalog.text like 'evil%';"""), "0",
             "no type of a schema before pg_catalog is taken for one of the server's")
    admin.must("""create server kept foreign data wrapper s3sign options (%s);
        create user mapping for public server kept %s;""" % (
            options(endpoint=ENDPOINT, bucket="media"), key_pair(A)))
    tap.same(admin.ask(PROBE % "public."), explicit_of(admin), "nor does a call look there")
    admin.must("reset search_path; drop extension s3sign cascade;")
    admin.must("create function public.s3sign_version() returns text language sql as $$ select 'evil' $$;")
    tap.same((admin.ask("create extension s3sign;"), admin.ask("select s3sign_version();")),
             ("42723", "evil"), "a function that is there already is not taken over: an error")
    admin.must("drop function public.s3sign_version();")
    admin.must("create foreign data wrapper s3sign;")
    tap.same(admin.ask("create extension s3sign;"), "42710", "nor is a wrapper of its name")
    admin.must("drop foreign data wrapper s3sign; create extension s3sign;")
    tap.same(admin.must("select extversion from pg_extension where extname = 's3sign';"), version,
             "and without them it is installed")
    admin.close()


def explicit_of(session):
    return session.must("select public.s3sign_pre_get('%s', 'media', '%s', '%s', 'pub/a.txt', 60,"
                        " signed_at => '%s');" % (ENDPOINT, *A, TIME))
