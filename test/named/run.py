#!/usr/bin/python3
"""The checks of named servers: run.py GROUP... (called by test/named/run). Prints TAP."""

import importlib
import signal
import sys
import traceback

from session import Session


class Tap:
    def __init__(self):
        self.count = 0
        self.failed = 0
        self.group = ""

    def check(self, good, what, said=""):
        """One line. said: what was seen in place of what was expected."""
        self.count += 1
        self.failed += not good
        print("%sok %d - %s: %s" % ("" if good else "not ", self.count, self.group, what),
              flush=True)
        if not good:
            print("".join("# %s\n" % line for line in str(said).splitlines()), end="", flush=True)

    def same(self, seen, expected, what):
        self.check(seen == expected, what, "seen     %s\nexpected %s" % (seen, expected))

    def skip(self, what, reason):
        self.count += 1
        print("ok %d - %s: %s # SKIP %s" % (self.count, self.group, what, reason), flush=True)


def main():
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    tap = Tap()
    for name in sys.argv[1:]:
        tap.group = name
        database = "named_" + name
        try:
            admin = Session("postgres")
            admin.must("create database %s;" % database)
            admin.close()
            admin = Session(database)
            admin.must("create extension s3sign;")
            importlib.import_module(name).run(tap, admin, database)
            admin.close()
        except Exception:
            traceback.print_exc()
            tap.check(False, "the checks went to their end")
    print("1..%d" % tap.count)
    sys.exit(tap.failed > 0 or tap.count == 0)


if __name__ == "__main__":
    main()
