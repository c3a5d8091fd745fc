"""64 clients sign, by a server and with the credentials in the call, while the server and its mapping
change together: each URL is by what both were before a change, or by what both are after it."""

import os
import pathlib
import subprocess

from session import A, B, ENDPOINT, TIME, Session, explicit, key_pair, literal, options

CLIENTS = 64
SECONDS = 8
FILES = 20
STATES = (("media", A), ("second", B))

NAMED = """\\set f random(1, %d)
select crowd_check(:f, s3sign_get('crowded', 'pub/' || :f, 60, signed_at => '%s'));
""" % (FILES, TIME)
EXPLICIT = """\\set f random(1, %d)
select crowd_check(:f, s3sign_pre_get(%s, 'media', %s, %s, 'pub/' || :f, 60, signed_at => '%s'));
""" % (FILES, literal(ENDPOINT), literal(A[0]), literal(A[1]), TIME)


def run(tap, admin, database):
    admin.must("""
        create role crowder login;
        create server crowded foreign data wrapper s3sign options (%s);
        create user mapping for public server crowded %s;
        grant usage on foreign server crowded to crowder;
        create table allowed (file integer, url text, state text, primary key (file, url));
        grant select on allowed to crowder;
        create sequence seen_media; create sequence seen_second; create sequence changes;
        grant usage on sequence seen_media, seen_second to crowder;
        create function crowd_check(f integer, made text) returns void language plpgsql as $$
            declare found_state text;
            begin
                select state into found_state from allowed where file = f and url = made;
                if not found then raise 'neither before nor after: %%', made; end if;
                perform nextval('seen_' || found_state);
            end $$;
    """ % (options(endpoint=ENDPOINT, bucket="media"), key_pair(A)))
    for bucket, pair in STATES:
        for file in range(1, FILES + 1):
            admin.must("insert into allowed values (%d, %s, %s);" % (
                file, literal(explicit(admin, pair, bucket, "pub/%d" % file)), literal(bucket)))
    folder = pathlib.Path(os.environ["SCRATCH"])
    (folder / "named.sql").write_text(NAMED, encoding="ascii")
    (folder / "explicit.sql").write_text(EXPLICIT, encoding="ascii")
    for protocol in ("simple", "prepared"):
        bench(tap, admin, database, folder, protocol)


def bench(tap, admin, database, folder, protocol):
    changer = Session(database)
    changer.start("""
        do $do$ begin for i in 1..100000 loop
            %s
            perform nextval('changes'); commit; perform pg_sleep(0.003);
            exit when exists (select from pg_database where datname = 'crowd_is_done');
        end loop; end $do$;
    """ % "\n".join("""
            if i %% 2 = %d then
                alter server crowded options (set bucket %s);
                alter user mapping for public server crowded %s;
            end if;""" % (state, literal(bucket), key_pair(pair, "set "))
                    for state, (bucket, pair) in enumerate(STATES)))
    made = subprocess.run(
        ["pgbench", "-n", "-c", str(CLIENTS), "-j", "2", "-T", str(SECONDS), "-M", protocol,
         "-U", "crowder", "-f", str(folder / "named.sql") + "@4",
         "-f", str(folder / "explicit.sql") + "@1", database],
        capture_output=True, text=True, check=False)
    # out of any transaction, and seen by the loop at once
    admin.must("create database crowd_is_done template template0;")
    changer.finish()
    admin.must("drop database crowd_is_done;")
    media, second, changes = (int(admin.must("select last_value from %s;" % name))
                              for name in ("seen_media", "seen_second", "changes"))
    tap.check(made.returncode == 0 and "aborted" not in made.stderr and min(media, second) > 100
              and changes > 100, "%d clients, %s protocol: so far %d URLs by one state, %d by the other, "
              "%d changes, nothing else" % (CLIENTS, protocol, media, second, changes),
              made.stderr + made.stdout)
    changer.close()
