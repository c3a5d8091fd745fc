"""--loop: when it asks again, what it does after a failure, and how it ends."""

import signal

from fakes import Metadata, later
from files import wait_for

SHELLS = ["dash"]  # busybox sh does not look for another sleep


def run(tap, helper):
    slept = helper.programs / "slept"
    helper.program("sleep", "#!/bin/sh\necho $1 >>%s\nexec /bin/sleep 0.1\n" % slept)
    with Metadata() as fake:
        for end, arguments, expected, what in [
                (3600, [], range(2690, 2701), "until 15 minutes before the end"),
                (3600, ["--renew-before", "600"], range(2990, 3001), "until --renew-before"),
                (300, [], [60], "a minute at least"), (43200, [], [3600], "an hour at most"),
                (-60, [], [300], "five minutes without an end")]:
            fake.end = later(end)
            tap.check(waits(helper, fake, slept, *arguments)[0] in expected, what, slept.read_text())
        fake.end = later(3600)
        fake.failures = [403]
        said, = waits(helper, fake, slept)[:1]
        tap.same(said, 60, "a minute after a failure, and then again")
    slept.unlink()
    helper.program("sleep", "#!/bin/sh\necho $1 >>%s\nexec /bin/sleep 600\n" % slept)
    with Metadata() as fake:
        process = helper.start("--loop", "imds", variables=fake.variables())
        wait_for(slept.exists)
        process.send_signal(signal.SIGTERM)
        result = helper.finish(process)
        tap.check(result.status == 143 and helper.written() and not helper.left(), "SIGTERM ends a wait at once", result)
    result = helper.run("--loop", "container")
    tap.check(result.status == 2, "a wrong environment ends the program", result)
    (helper.programs / "sleep").unlink()


def waits(helper, fake, slept, *arguments):
    """The waits of a loop that wrote, or failed, and wrote again."""
    slept.unlink(missing_ok=True)
    helper.path.unlink(missing_ok=True)
    process = helper.start("--loop", *arguments, "imds", variables=fake.variables())
    wait_for(lambda: slept.exists() and slept.read_text().count("\n") >= 2 and helper.path.exists())
    process.terminate()
    helper.finish(process)
    return [int(line) for line in slept.read_text().split()]
