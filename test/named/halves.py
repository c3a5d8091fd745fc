"""A transaction changes a server and its mapping, and is stopped where others see it already but have
not been told yet: a URL is by what both were before, or by what both are after."""

import os
import pathlib
import shutil
import subprocess

from session import A, B, ENDPOINT, TIME, Session, key_pair, options, wait_for

PUT = "select s3sign_put('halved', 'pub/a.txt', 60, signed_at => '%s');" % TIME
# what CommitTransaction() of PostgreSQL calls when the transaction has become visible, to tell others
BEFORE_TELLING = "AtEOXact_Inval"


def run(tap, admin, database):
    if not shutil.which("gdb") or os.geteuid() != 0:
        tap.skip("a stopped commit", "needs gdb and root")
        return
    admin.must("""
        create role halver login;
        create server halved foreign data wrapper s3sign options (%s);
        create user mapping for public server halved %s;
        grant usage on foreign server halved to halver;
    """ % (options(endpoint=ENDPOINT, bucket="media", methods="get,put"), key_pair(A)))
    signer, looker = Session(database, "halver"), Session(database)
    tap.check(A[0] in signer.ask(PUT), "the server lets it upload, by its first key")
    # so that the mapping has to be read again, and the server would not
    admin.must("alter user mapping for public server halved options (add session_token 'x');")
    admin.must("begin; alter server halved options (set methods 'get');"
               "alter user mapping for public server halved %s;" % key_pair(B, "set "))
    with stopped(admin):
        admin.start("commit;")
        wait_for(lambda: "{methods=get}" in looker.must(
            "select array(select o from unnest(srvoptions) o where o like 'methods=%')::text"
            " from pg_foreign_server where srvname = 'halved';"))
        seen = signer.ask(PUT)
    admin.finish()
    tap.check(seen == "42501", "its second key is for downloads, and uploads nothing meanwhile", seen)
    tap.same(signer.ask(PUT), "42501", "nor afterwards")
    tap.check(B[0] in signer.ask(PUT.replace("_put", "_get")), "a download is by the second key")
    signer.close()
    looker.close()


class stopped:
    """The session's next commit stops while this lasts."""

    def __init__(self, session):
        self.go = pathlib.Path(os.environ["SCRATCH"]) / "go"
        self.gdb = subprocess.Popen(
            ["gdb", "-q", "-batch", "-nx", "-p", str(session.pid), "-ex", "break " + BEFORE_TELLING,
             "-ex", "echo ready\\n", "-ex", "continue",
             "-ex", "shell until [ -e '%s' ]; do sleep 0.02; done" % self.go, "-ex", "detach"],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)

    def __enter__(self):
        said = []
        for line in self.gdb.stdout:
            said.append(line)
            if line == "ready\n":
                return
        raise RuntimeError("gdb: " + "".join(said))

    def __exit__(self, *_):
        self.go.touch()
        said = self.gdb.communicate(timeout=60)[0]
        if "Breakpoint 1, " not in said:
            raise RuntimeError("gdb: " + said)
