"""The file: its mode, a folder that can't be written, concurrent and interrupted runs."""

import grp
import json
import os
import pathlib
import pwd
import signal
import subprocess
import time

from fakes import ID, SECRET, TOKEN, Metadata
from helper import OLD, SCRIPT, Helper

ANSWER = json.dumps({"Version": 1, "AccessKeyId": ID, "SecretAccessKey": SECRET, "SessionToken": TOKEN})


def command(helper):
    (helper.programs / "text").write_text(ANSWER)
    return ["command", "cat", str(helper.programs / "text")]


def run(tap, helper):
    mode_and_owner(tap, helper)
    unwritable(tap, helper)
    full(tap, helper)
    concurrent(tap, helper)
    interrupted(tap, helper)


def mode_and_owner(tap, helper):
    for mask in [0, 0o077]:
        before = os.umask(mask)
        helper.fresh(*command(helper))
        os.umask(before)
        tap.same(oct(helper.path.stat().st_mode), "0o100640", "mode 0640 where the umask is %o" % mask)
    for mode in ["0600", "440", "0400"]:
        helper.fresh("--mode", mode, *command(helper))
        tap.same(helper.path.stat().st_mode & 0o777, int(mode, 8), "mode " + mode)
    helper.path.unlink()
    inode = helper.over_old(*command(helper)) and helper.path.stat().st_ino
    helper.run(*command(helper))
    tap.check(helper.path.stat().st_ino != inode, "a new file each time")
    target = helper.folder / "target"
    target.write_text(OLD)
    helper.path.unlink()
    helper.path.symlink_to(target)
    result = helper.run(*command(helper))
    tap.check(result.status == 0 and not helper.path.is_symlink() and target.read_text() == OLD,
              "a symbolic link is replaced, its target is as it was", result)
    target.unlink()
    if os.geteuid() != 0:
        tap.skip("owner and group", "needs root")
        return
    result = helper.fresh("--owner", "nobody", "--group", "daemon", *command(helper))
    about = helper.path.stat()
    tap.same((result.status, about.st_uid, about.st_gid, about.st_mode & 0o777),
             (0, pwd.getpwnam("nobody").pw_uid, grp.getgrnam("daemon").gr_gid, 0o640), "owner and group")
    result = helper.over_old("--owner", "no-such-user", *command(helper))
    tap.check(result.status == 3 and result.said.startswith(
        "s3sign-credentials: command: can't set owner, group or mode of the file;") and
              helper.path.read_text() == OLD and not helper.left(), "an owner that is none", result)


def unwritable(tap, helper):
    """A folder that is not there, one that takes no files, a folder in the file's place."""
    place = helper.folder / "place"
    place.mkdir()
    for path, reason in [(helper.folder / "none" / "x", "the folder %s/ does not exist" % (helper.folder / "none")),
                         (pathlib.Path("/proc/x"), "can't create a file in /proc/"),
                         (place, "%s is a directory" % place)]:
        other = Helper(helper.shell)
        other.path = path
        result = other.run(*command(other))
        tap.same((result.status, result.said),
                 (3, "s3sign-credentials: command: %s; %s is as it was\n" % (reason, path)), "can't write %s" % path.name)
    tap.same(list(place.iterdir()), [], "a folder in the file's place stays empty")
    place.rmdir()


def full(tap, helper):
    """A file system that has no room for the file."""
    small = helper.folder / "small"
    small.mkdir()
    script = ('mount -t tmpfs -o size=8k tmpfs "$1" && cd "$1" && echo old >credentials && '
              '{ cat /dev/zero >rest 2>/dev/null || :; } && shift && { "$@"; echo "$?"; ls -A; cat credentials; }')
    result = subprocess.run(
        ["unshare", "--mount", "sh", "-c", script, "sh", str(small), *helper.shell, str(SCRIPT), "--output",
         str(small / "credentials"), *command(helper)], capture_output=True, text=True, check=False)
    small.rmdir()
    if result.returncode != 0:
        tap.skip("a full file system", "no mount namespace")
        return
    tap.same(result.stdout.split(), ["3", "credentials", "rest", "old"], "a full file system")


def concurrent(tap, helper):
    """Eight at once: each ends well, and who reads the file meanwhile reads a complete one."""
    helper.path.write_text(ANSWER)
    broken = 0
    arguments = command(helper)
    processes = [helper.start(*arguments) for _ in range(8)]
    while any(process.poll() is None for process in processes):
        broken += helper.written()["SecretAccessKey"] != SECRET
    tap.same(([helper.finish(process).status for process in processes], broken, helper.left()),
             ([0] * 8, 0, []), "eight at once")


def interrupted(tap, helper):
    with Metadata() as fake:
        fake.delay = 0.3
        for number, status in [(signal.SIGTERM, 143), (signal.SIGINT, 130), (signal.SIGHUP, 129)]:
            helper.path.write_text(OLD)
            fake.asked.clear()
            process = helper.start("imds", variables=fake.variables(),
                                   preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL))
            wait_for(lambda: fake.asked)
            process.send_signal(number)
            result = helper.finish(process)
            tap.same((result.status, helper.path.read_text(), helper.left()), (status, OLD, []),
                     "%s while it asks" % number.name)
    # chmod is the last step before the rename; busybox sh does not look for another
    if helper.shell == ["dash"]:
        mark = helper.programs / "mark"
        helper.program("chmod", "#!/bin/sh\ntouch %s\nsleep 0.5\n" % mark)
        helper.path.write_text(OLD)
        process = helper.start(*command(helper))
        wait_for(mark.exists)
        tap.check(len(helper.left()) == 1, "the new file has its own name", helper.left())
        process.terminate()
        result = helper.finish(process)
        tap.same((result.status, helper.path.read_text(), helper.left()), (143, OLD, []), "SIGTERM while it writes")
        (helper.programs / "chmod").unlink()


def wait_for(condition):
    end = time.monotonic() + 20
    while not condition():
        if time.monotonic() > end:
            raise TimeoutError
        time.sleep(0.01)
