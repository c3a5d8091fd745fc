#!/usr/bin/python3
"""Presigned URLs against S3 servers: run.py NAME=SETTINGS... (called by test/end_to_end).

SETTINGS is the file that test/s3/NAME has written; with `skip:REASON` in its place the server is
named as skipped. Prints TAP, one line a check: what was asked and what the server said.
"""

import signal
import sys
import traceback

import addresses
import any_url
import audit
import calls
import client_requests
import diagnosis
import downloads
import forms
import headers
import keys
import lists
import methods
import multipart
import refusals
import tampering
import tenants
import times
import tokens
import upload_rules
import uploads
import versions
from client import Server

CHECKS = (methods, tampering, times, headers, addresses, tenants, keys,
          lists, multipart, forms, uploads, upload_rules, client_requests, downloads, versions, calls,
          any_url, refusals, diagnosis, audit)


class Tap:
    def __init__(self):
        self.count = 0
        self.failed = 0
        self.server = ""

    def check(self, good, what, said=""):
        """One line. said: the server's answer, or what was seen in its store."""
        self.count += 1
        self.failed += not good
        print("%sok %d - %s: %s%s" % ("" if good else "not ", self.count, self.server, what,
                                      ": %s" % said if str(said) else ""), flush=True)

    def skip(self, reason):
        self.count += 1
        print("ok %d - %s # SKIP %s" % (self.count, self.server, reason), flush=True)


def main():
    # Ctrl-C ends it without a word; the servers are the caller's
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    tap = Tap()
    for argument in sys.argv[1:]:
        tap.server, settings = argument.split("=", 1)
        if settings.startswith("skip:"):
            tap.skip(settings.removeprefix("skip:"))
            continue
        server = Server(tap.server, settings)
        # there all else is as without it
        for group in CHECKS if not server.role else (tokens,):
            try:
                group.run(server, tap)
            except Exception:
                traceback.print_exc()
                tap.check(False, "the checks of %s went to their end" % group.__name__)
    print("1..%d" % tap.count)
    sys.exit(tap.failed > 0 or tap.count == 0)


if __name__ == "__main__":
    main()
