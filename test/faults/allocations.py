"""Each allocation of each function fails once: a clean error, and the session signs as before.

Where memory ends while OpenSSL looks for SHA-256 the first time in a process, OpenSSL does not say
that it was memory; and what it does once and for all may stay undone, so that the session goes on but
can't sign. That is said, and counted.
"""

import os

from calls import call, prepare
from session import Session

PALLOC, MALLOC = 1, 2
OUT_OF_MEMORY = "53200"
NO_DIGEST = "OpenSSL cannot compute SHA-256"
STEP = int(os.environ.get("FAULTS_STEP", "1"))


def run(tap, admin, database):
    calls = prepare(tap, admin)
    for name, arguments in calls.items():
        fresh(tap, admin, database, name, arguments)
    remembered(tap, admin, database, calls)


def faulty(kind, n, what):
    """Armed, called and disarmed in the order of the columns; the last says whether it was spent."""
    return "select faults_arm(%d, %d), (select array_agg(c::text) from %s c), faults_disarm();" % (
        kind, n, what)


def plain(what):
    return "select array_agg(c::text) from %s c;" % what


def fresh(tap, admin, database, name, arguments):
    """In a session for each, where nothing is remembered yet."""
    what = call(name, arguments)
    expected = admin.must(plain(what))
    for kind, of in ((PALLOC, "palloc"), (MALLOC, "malloc")):
        n, failed, of_openssl, wrong = 1, 0, 0, []
        while n < 20000:
            session = Session(database)
            session.must("select faults_disarm();")  # the library is loaded
            seen = session.ask(faulty(kind, n, what))
            said = session.errors
            again = session.ask(plain(what))
            session.close()
            if seen.endswith("|f") and said == "":
                break
            failed += 1
            stays = again == "XX000" and NO_DIGEST in session.errors
            of_openssl += stays or NO_DIGEST in said
            clean = seen == OUT_OF_MEMORY or seen.endswith("|t") or NO_DIGEST in said
            if not clean or again != expected and not stays or kind == PALLOC and of_openssl:
                wrong.append("%d: %s, then %s\n%s" % (n, seen, again, said))
            n += 1 if n < 10 or kind == PALLOC else STEP
        tap.check(not wrong and failed > 0 or name == "s3sign_version",
                  "%s: %d times %s fails, the error is 53200 (%d times OpenSSL's), and it works again"
                  % (name, failed, of, of_openssl), "\n".join(wrong[:5]) or failed)


def remembered(tap, admin, database, calls):
    """In one session, whose keys and targets are new each time: nothing grows."""
    session = Session(database)
    session.must("select faults_disarm();")
    for name, arguments in calls.items():
        session.must(plain(call(name, arguments)))
    heaps, wrong, failed = [], [], 0
    for turn in range(7):
        for number, (name, arguments) in enumerate(calls.items()):
            for n in range(1, 13):
                at = "%d-%02d-%02dT00:00:00Z" % (2000 + turn * 3 + n // 6, n % 12 + 1, number % 28 + 1)
                what = call(name, arguments, at)
                for kind in (PALLOC, MALLOC):
                    seen = session.ask(faulty(kind, n, what))
                    failed += seen == OUT_OF_MEMORY
                    if seen != OUT_OF_MEMORY and not seen.endswith(("|f", "|t")):
                        wrong.append("%s %d: %s %s" % (name, n, seen, session.errors))
                    session.must("select faults_disarm();")
        heaps.append(int(session.must("select faults_heap();")))
    tap.check(not wrong and failed > 100, "%d faults in one session, each an error 53200" % failed,
              "\n".join(wrong[:5]) or failed)
    # the first turns fill caches of 1,024, the server's too
    tap.check(heaps[-1] - heaps[4] < 50000, "the session's memory stays as it is: %d to %d bytes"
              % (heaps[4], heaps[-1]), heaps)
    session.close()
