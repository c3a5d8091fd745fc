"""The checks of contrib/s3sign-credentials under one shell: run.py SHELL GROUP... Prints TAP."""

import importlib
import signal
import shutil
import sys
import traceback

from helper import Helper

# a runner under nohup ignores it, and a shell can't take that back
signal.signal(signal.SIGHUP, signal.SIG_DFL)

SHELLS = {"dash": ["dash"], "busybox": ["busybox", "sh"]}


class Tap:
    def __init__(self):
        self.count = 0
        self.failed = 0
        self.group = ""

    def check(self, good, what, said=""):
        """One line. said: what was seen in place of what was expected."""
        self.count += 1
        self.failed += not good
        print("%sok %d - %s: %s" % ("" if good else "not ", self.count, self.group, what), flush=True)
        if not good:
            print("".join("# %s\n" % line for line in str(said).splitlines()), end="", flush=True)

    def same(self, seen, expected, what):
        self.check(seen == expected, what, "seen     %s\nexpected %s" % (seen, expected))

    def skip(self, what, reason):
        self.count += 1
        print("ok %d - %s: %s # SKIP %s" % (self.count, self.group, what, reason), flush=True)


def main():
    tap = Tap()
    shell, *groups = sys.argv[1:]
    for group in groups:
        tap.group = "%s (%s)" % (group, shell)
        module = importlib.import_module(group)
        if shell not in getattr(module, "SHELLS", SHELLS):
            continue
        if not shutil.which(SHELLS[shell][0]):
            tap.skip("all", shell + " is missing")
            continue
        try:
            module.run(tap, Helper(SHELLS[shell]))
        except Exception:
            traceback.print_exc()
            tap.check(False, "the checks went to their end")
    sys.exit(tap.failed > 0)


if __name__ == "__main__":
    main()
