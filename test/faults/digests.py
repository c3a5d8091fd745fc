"""OpenSSL without a provider of SHA-256, and with one that has stopped."""

from calls import call, prepare
from session import Session

FETCH = 3
PROVIDER = 4


def run(tap, admin, database):
    calls = prepare(tap, admin)
    expected = {name: admin.must("select %s::text;" % call(name, calls[name]))
                for name in ("s3sign_pre_get", "s3sign_get")}
    for name, url in expected.items():
        session = Session(database)
        session.must("select faults_arm(%d, 1);" % FETCH)
        what = "select %s::text;" % call(name, calls[name])
        tap.same(session.ask(what), "XX000", "%s: an error" % name)
        tap.check("OpenSSL cannot compute SHA-256" in session.errors
                  and "provider" in session.errors, "%s: which says what is missing" % name,
                  session.errors)
        tap.same((session.must("select faults_disarm();"), session.ask(what)), ("t", url),
                 "%s: with a provider it signs" % name)
        session.close()
    stopped(tap, database, calls, expected)


def stopped(tap, database, calls, expected):
    for name, url in expected.items():
        session = Session(database)
        what = "select %s::text;" % call(name, calls[name])
        tap.same(session.ask(what), url, "%s: it signs" % name)
        session.must("select faults_arm(%d, 1);" % PROVIDER)
        tap.same((session.ask(what), "OpenSSL cannot compute SHA-256" in session.errors), ("XX000", True),
                 "%s: a provider that has stopped is an error, and not of memory" % name)
        session.must("select faults_disarm();")
        tap.same(session.ask(what), url, "%s: when it runs again it signs" % name)
        session.close()
