"""What one session changes is seen by the next statement of another that has used the server.

Each change is made and undone beside sessions that use the server in four ways, and again in
transactions and subtransactions that roll it back.
"""

import re

from changes import changes, PROBE, SETUP
from session import A, B, Session, explicit, key_pair, wait_for

WATCH = """
create function watch_%(name)s() returns text language plpgsql as $$
declare
	first text;
	now text;
begin
	first := (%(probe)s);
	perform pg_advisory_lock(1);
	for i in 1..500 loop
		perform pg_sleep(0.01);
		begin
			now := (%(probe)s);
		exception when others then
			now := sqlstate;
		end;
		exit when now <> first;
	end loop;
	return now;
end $$;
"""


def run(tap, admin, database):
    admin.must(SETUP)
    sessions = {role: Session(database, role) for role in ("signer", "boss")}
    for change in changes(admin):
        admin.must(change.prepare)
        signer = sessions[change.role]
        for way in (outside, in_transaction, prepared, in_loop, rolled_back, in_subtransaction):
            way(tap, change, admin, signer)
        admin.must(change.clean_up)
    after_a_flood(tap, admin, sessions["signer"])
    for session in sessions.values():
        session.close()
    in_workers(tap, admin, database)
    roles_of_one_session(tap, admin, database)


def shows(seen, expected):
    return re.fullmatch(expected.pattern, seen) if isinstance(expected, re.Pattern) \
        else seen == expected


def tell(tap, change, way, *pairs):
    """pairs: what was seen, and what had to be."""
    wrong = [pair for pair in pairs if not shows(*pair)]
    tap.check(not wrong, "%s, %s" % (change.name, way),
              "\n".join("seen     %s\nexpected %s" % pair for pair in wrong))


def outside(tap, change, admin, signer):
    seen = []
    for statement in ("", change.do, change.undo):
        admin.must(statement)
        seen.append(signer.ask("select %s;" % change.probe))
    tell(tap, change, "outside of a transaction",
         *zip(seen, (change.before, change.after, change.before)))


def in_transaction(tap, change, admin, signer):
    signer.must("begin isolation level read committed;")
    before = signer.ask("select %s;" % change.probe)
    admin.must(change.do)
    after = signer.ask("select %s;" % change.probe)
    signer.must("rollback;")
    admin.must(change.undo)
    tell(tap, change, "in an open transaction",
         (before, change.before), (after, change.after))


def prepared(tap, change, admin, signer):
    signer.must("set plan_cache_mode = force_generic_plan; prepare p as select %s;" % change.probe)
    seen = []
    for statement in ("", change.do, change.undo):
        admin.must(statement)
        seen.append(signer.ask("execute p;"))
    signer.must("deallocate p; reset plan_cache_mode;")
    tell(tap, change, "as a prepared statement",
         *zip(seen, (change.before, change.after, change.before)))


def in_loop(tap, change, admin, signer):
    admin.must(WATCH % {"name": change.role, "probe": change.probe})
    signer.start("select watch_%s();" % change.role)
    locks = "select count(*) from pg_locks where locktype = 'advisory';"
    wait_for(lambda: admin.must(locks) == "1")
    admin.must(change.do)
    after = signer.finish()
    signer.must("select pg_advisory_unlock_all();")
    admin.must(change.undo + "drop function watch_%s();" % change.role)
    tell(tap, change, "in a loop that runs on", (after, change.after))


def inside(admin, change):
    """What the role gets in the admin's own transaction, which survives an error."""
    seen = admin.ask("savepoint probe; set local role %s; select %s;"
                     % (change.role, change.probe))
    admin.must("rollback to probe;")
    return seen


def rolled_back(tap, change, admin, signer):
    seen = [inside_one(admin, change)]
    admin.must("begin;")
    seen.append(inside(admin, change))
    admin.must(change.do)
    seen.append(inside(admin, change))
    seen.append(signer.ask("select %s;" % change.probe))
    admin.must("rollback;")
    seen.append(inside_one(admin, change))
    seen.append(signer.ask("select %s;" % change.probe))
    tell(tap, change, "rolled back",
         *zip(seen, (change.before, change.before, change.after) + 3 * (change.before,)))


def inside_one(admin, change):
    admin.must("begin;")
    seen = inside(admin, change)
    admin.must("rollback;")
    return seen


def in_subtransaction(tap, change, admin, signer):
    admin.must("begin; savepoint change;")
    seen = [inside(admin, change)]
    admin.must(change.do)
    seen.append(inside(admin, change))
    admin.must("rollback to change;")
    seen.append(inside(admin, change))
    admin.must("commit;")
    seen.append(inside_one(admin, change))
    seen.append(signer.ask("select %s;" % change.probe))
    tell(tap, change, "in a subtransaction rolled back",
         *zip(seen, (change.before, change.after) + 3 * (change.before,)))


def after_a_flood(tap, admin, signer):
    """A session that has missed messages is told to forget all it knows."""
    a, b = explicit(admin, pair=A), explicit(admin, pair=B)
    before = signer.ask("select %s;" % PROBE)
    signer.start("select pg_sleep(0.3), %s;" % PROBE)
    admin.must("""
        begin;
        alter user mapping for public server s %s;
        do $$ begin for i in 1..300 loop
            execute 'create table flood (i int primary key)'; drop table flood;
        end loop; end $$;
        commit;
    """ % key_pair(B, "set "))
    during = signer.finish().split("|")[1]
    after = signer.ask("select %s;" % PROBE)
    admin.must("alter user mapping for public server s %s;" % key_pair(A, "set "))
    tap.check(before == a and during in (a, b) and after == b,
              "ALTER USER MAPPING in a transaction with thousands of messages", after)


def in_workers(tap, admin, database):
    """A parallel worker has caches of its own, and the leader's role and transaction."""
    a, b = explicit(admin, pair=A), explicit(admin, pair=B)
    session = Session(database)
    older = int(session.must("show server_version_num;")) < 160000
    session.must("set %s = on;" % ("force_parallel_mode" if older else "debug_parallel_query"))
    plan = session.must("explain (analyze, costs off) select %s;" % PROBE)
    tap.check("Workers Launched: 1" in plan, "a parallel worker is there to sign", plan)
    session.must("begin; set local role signer;")
    tap.same(session.ask("select %s;" % PROBE), a, "a parallel worker signs as the leader's role")
    session.must("reset role; alter user mapping for public server s %s; set local role signer;"
                 % key_pair(B, "set "))
    tap.same(session.ask("select %s;" % PROBE), b, "and by what its transaction has changed")
    session.must("rollback; begin; set local role other;")
    tap.same(session.ask("select %s;" % PROBE), "42501", "but not as a role without USAGE")
    session.must("rollback;")
    tap.same(session.ask("select %s;" % PROBE), a, "and rolled back by the old")
    session.close()


def roles_of_one_session(tap, admin, database):
    """A session's servers are remembered for each of its roles."""
    session = Session(database)
    probe = "select s3sign_get('s', 'pub/a.txt', 60);"
    admin.must("""
        create role stranger;
        create function as_signer() returns text language sql security definer as
            $$ select s3sign_get('s', 'pub/a.txt', 60) $$;
        create schema theirs authorization signer;
        alter function as_signer() owner to signer;
    """)
    session.must("set role signer;")
    tap.check(session.ask(probe).startswith("https:"), "set role to one with USAGE")
    session.must("set role stranger;")
    tap.same(session.ask(probe), "42501", "set role to one without it")
    tap.check(session.ask("select as_signer();").startswith("https:"),
              "a SECURITY DEFINER function signs as its owner")
    tap.same(session.ask(probe), "42501", "and nobody else after it")
    session.close()
