"""pgbouncer in transaction mode: persons who share one connection sign in their own folder only."""

import os
import pathlib
import shutil
import socket
import subprocess

import traces
from audit import lines
from session import ENDPOINT, Session, key_pair, options, wait_for
from session import A as KEY

FOLDER = pathlib.Path(os.environ["SCRATCH"]) / "pooler"
SOCKETS = os.environ["PGHOST"]
# the standby has the port after the cluster's
PORT = str(int(os.environ["PGPORT"]) + 2)
DENIED = "42501"


def run(tap, admin, database):
    pgbouncer = shutil.which("pgbouncer")
    if pgbouncer is None:
        tap.skip("one connection for two persons", "pgbouncer is missing")
        return
    admin.must("""
        create role pooled login;
        create server folders foreign data wrapper s3sign options (%s);
        create user mapping for public server folders %s;
        grant usage on foreign server folders to pooled;
    """ % (options(endpoint=ENDPOINT, bucket="media", key_prefix="{claim:tenant}/", log="on",
                   log_user="x-user:claim:tenant"), key_pair(KEY)))
    pooler = start(pgbouncer)
    try:
        checks(tap, database)
    finally:
        pooler.terminate()
        pooler.wait()


def start(pgbouncer):
    """One server connection for all clients, by its sockets only. It refuses to run as root."""
    FOLDER.mkdir()
    (FOLDER / "users").write_text('"pooled" ""\n', encoding="ascii")
    (FOLDER / "pgbouncer.ini").write_text("""
        [databases]
        * = host=%s port=%s
        [pgbouncer]
        unix_socket_dir = %s
        listen_port = %s
        listen_addr =
        auth_type = trust
        auth_file = %s
        pool_mode = transaction
        default_pool_size = 1
    """ % (SOCKETS, os.environ["PGPORT"], SOCKETS, PORT, FOLDER / "users"), encoding="utf-8")
    become = []
    if os.geteuid() == 0:
        become = ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"]
    with open(FOLDER / "log", "wb") as log:
        process = subprocess.Popen([*become, pgbouncer, FOLDER / "pgbouncer.ini"], cwd="/",
                                   stdin=subprocess.DEVNULL, stdout=log, stderr=log)
    wait_for(is_listening)
    return process


def is_listening():
    with socket.socket(socket.AF_UNIX) as client:
        return client.connect_ex("%s/.s.PGSQL.%s" % (SOCKETS, PORT)) == 0


def get(folder):
    return "select s3sign_get('folders', '%s/a');" % folder


def opened(person):
    return "begin; set local request.jwt.claims = '{\"tenant\": \"%s\"}';" % person


def signs_for(url, person):
    return "/%s/a?" % person in url and "&x-user=%s&" % person in url


def checks(tap, database):
    ann, bob = Session(database, "pooled", PORT), Session(database, "pooled", PORT)
    since = traces.log_size()
    pids, own, others = set(), [], []
    for i in range(6):
        (client, person), (_, other) = [((ann, "ann"), (bob, "bob")),
                                        ((bob, "bob"), (ann, "ann"))][i % 2]
        client.must(opened(person))
        pids.add(client.must("select pg_backend_pid();"))
        own.append((person, client.ask(get(person))))
        others.append(client.ask(get(other)))
        client.must(("commit;", "rollback;")[i // 2 % 2])
    tap.check(len(pids) == 1, "two clients share one server connection", pids)
    tap.check(all(signs_for(url, person) for person, url in own),
              "each transaction signs in the folder of its person", own)
    tap.same(set(others), {DENIED}, "and not in the other's")
    tap.same([(line["user"], line["key"], line["signature"]) for line in lines(since)],
             [(person, person + "/a", url[-64:][:16]) for person, url in own],
             "the log has the person of each URL")
    left_behind(tap, ann, bob)
    waiting(tap, ann, bob)
    ann.close()
    bob.close()


def left_behind(tap, ann, bob):
    ann.must(opened("ann") + "commit;")
    tap.same(bob.must("select current_setting('request.jwt.claims');"), "", "SET LOCAL leaves ''")
    tap.same([bob.ask(get(folder)) for folder in ("ann", "bob", "")], 3 * [DENIED],
             "with which nobody signs")
    ann.must("set request.jwt.claims = '{\"tenant\": \"ann\"}';")
    tap.check(signs_for(bob.ask(get("ann")), "ann"),
              "SET stays for the next client, as docs/security.md warns")
    ann.must("reset request.jwt.claims;")


def waiting(tap, ann, bob):
    """Who waits for the connection gets nothing of the transaction that holds it."""
    ann.must(opened("ann") + get("ann"))
    bob.start(get("ann"))
    ann.must(get("ann") + "commit;")
    bob.finish()
    tap.check("ERROR:  %s:" % DENIED in bob.errors,
              "a client that waited has no claim of the one before", bob.errors)
