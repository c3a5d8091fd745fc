"""A bulk of URLs is cut off: by cancel, timeout, the end of its session, and the death of it."""

import os
import random
import signal
import time

from calls import call, prepare
from session import Session, wait_for

BULK = "select count(s3sign_get('faulty', 'pub/' || i)) from generate_series(1, 1000000000) i;"
CUT_OFF = "57014"
ROUNDS = 40


def run(tap, admin, database):
    calls = prepare(tap, admin)
    probe = "select %s;" % call("s3sign_get", calls["s3sign_get"])
    url = admin.must(probe)
    cancel(tap, admin, database, probe, url)
    timeout(tap, database, probe, url)
    payload(tap, database, probe, url)
    terminate(tap, admin, database, probe, url)
    kill(tap, database, probe, url)


def busy(session):
    session.start(BULK)
    time.sleep(random.uniform(0.02, 0.1))


def finish(session):
    """As Session.ask(), for what has been started."""
    session.finish()
    return "57014" if "57014" in session.errors else session.errors


def cancel(tap, admin, database, probe, url):
    session = Session(database)
    seen, heaps = set(), []
    for _ in range(ROUNDS):
        busy(session)
        admin.must("select pg_cancel_backend(%d);" % session.pid)
        seen.add((finish(session), session.ask(probe)))
        heaps.append(int(session.must("select faults_heap();")))
    tap.same(seen, {(CUT_OFF, url)}, "%d cancels: each ends the statement, the session signs" % ROUNDS)
    tap.check(heaps[-1] - heaps[5] < 50000, "and its memory stays: %d to %d bytes"
              % (heaps[5], heaps[-1]), heaps)
    session.close()


def timeout(tap, database, probe, url):
    session = Session(database)
    seen = set()
    for _ in range(ROUNDS):
        session.must("set statement_timeout = %d;" % random.randint(10, 60))
        seen.add((session.ask(BULK), session.must("reset statement_timeout;"), session.ask(probe)))
    tap.same(seen, {(CUT_OFF, "", url)}, "%d times statement_timeout" % ROUNDS)
    session.close()


def ended(session):
    try:
        session.finish()
    except RuntimeError:
        return True
    return session.pipe.poll() is not None


def payload(tap, database, probe, url):
    """One call that hashes for long ends when it is told to, not when it has hashed."""
    session = Session(database)
    session.must("create temp table payload as select decode(repeat('61', 300000000), 'hex') as half;")
    what = ("select s3sign_pre_headers('PUT', 'https://s3.example.com/b/k', 'AKID', 'SECRET', "
            "payload => half || half) is null from payload;")

    def seconds(timeout):
        session.must("set statement_timeout = %d;" % timeout)
        start = time.monotonic()
        said = session.ask(what)
        return said, time.monotonic() - start

    whole = min(seconds(0)[1] for _ in range(2))
    cut = [seconds(int(whole * 500)) for _ in range(3)]
    tap.same({said for said, _ in cut}, {CUT_OFF}, "three timeouts while a payload is hashed")
    tap.check(min(took for _, took in cut) < 0.8 * whole, "each obeyed before all is hashed",
              "%s of %.2f s" % (cut, whole))
    session.must("reset statement_timeout;")
    tap.same(session.ask(probe), url, "and the session signs")
    session.close()


def terminate(tap, admin, database, probe, url):
    gone = []
    for _ in range(5):
        session = Session(database)
        busy(session)
        os.kill(session.pid, signal.SIGTERM)
        wait_for(lambda: admin.must("select count(*) from pg_stat_activity where pid = %d;"
                                    % session.pid) == "0")
        gone.append(ended(session))
    tap.same((gone, admin.ask(probe)), (5 * [True], url), "SIGTERM ends the session, no other")


def kill(tap, database, probe, url):
    """The server takes the death of a backend for damage to shared memory, and starts anew."""
    session = Session(database)
    busy(session)
    os.kill(session.pid, signal.SIGKILL)
    gone = ended(session)
    answers = []

    def back():
        try:
            new = Session(database)
            answers.append(new.ask(probe))
            new.close()
        except (RuntimeError, ValueError, BrokenPipeError):
            return False
        return True

    wait_for(back, 60)
    tap.same((gone, answers), (True, [url]), "SIGKILL: the server recovers, and signs as before")
