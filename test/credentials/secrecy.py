"""While a slow source answers, and while the file is written, no process shows a secret."""

import os
import pathlib
import shutil

from fakes import AUTHORIZATION, METADATA_TOKEN, SECRET, TOKEN, WEB_IDENTITY, Container, Metadata, Sts

SECRETS = [secret.encode() for secret in (SECRET, TOKEN, METADATA_TOKEN, AUTHORIZATION, WEB_IDENTITY, "/v1/credentials")]


def run(tap, helper):
    token = helper.programs / "token"
    with Metadata() as fake:
        look(tap, helper, fake, "imds", fake.variables())
    with Container() as fake:
        token.write_text(AUTHORIZATION)
        fake.authorization = AUTHORIZATION
        # a symbolic name for the URI too: ECS's has an id that opens the endpoint
        helper.program("curl", '#!/bin/sh\nexec /usr/bin/curl "$@" --connect-to 169.254.170.2:80:127.0.0.1:%d\n' % fake.port)
        look(tap, helper, fake, "container", {
            "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI": "/v1/credentials",
            "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE": str(token)}, allowed=b"RELATIVE_URI=/v1/credentials")
        (helper.programs / "curl").unlink()
    with Sts() as fake:
        token.write_text(WEB_IDENTITY)
        look(tap, helper, fake, "web-identity", fake.variables(token))
        if helper.shell == ["dash"]:
            arguments(tap, helper, fake, fake.variables(token))


def look(tap, helper, fake, source, variables, allowed=b"-"):
    """What /proc shows of all processes of the run, from its start to its end."""
    helper.path.unlink(missing_ok=True)
    fake.delay = 0.3
    process = helper.start(source, variables=variables, start_new_session=True)
    shown, seen = set(), set()
    while process.poll() is None:
        for folder in pathlib.Path("/proc").glob("[0-9]*"):
            try:
                # pid (name) state ppid pgrp session
                if int((folder / "stat").read_text().rsplit(")", 1)[1].split()[3]) != process.pid:
                    continue
                text = (folder / "cmdline").read_bytes() + b"\n" + (folder / "environ").read_bytes().replace(allowed, b"")
            except OSError:
                continue
            seen.add(text.split(b"\0")[0].rsplit(b"/", 1)[-1])
            shown |= {secret for secret in SECRETS if secret in text}
    result = helper.finish(process)
    tap.check(result.status == 0 and b"curl" in seen and not shown, source + ": nothing in /proc",
              "%s\n%s\n%s" % (result, seen, shown))
    tap.check(not any(secret.decode() in result.said + result.out for secret in SECRETS[:-1]),
              source + ": nothing in the log", result)


def arguments(tap, helper, fake, variables):
    """The arguments of every program, however short it runs; dash looks for each in the PATH."""
    fake.delay = 0
    log = helper.programs / "arguments"
    names = ["awk", "cat", "chmod", "curl", "date", "mktemp", "mv", "rm", "sleep"]
    for name in names:
        helper.program(name, '#!/bin/sh\n/usr/bin/printf "%%s\\n" "%s" "$@" >>%s\nexec %s "$@"\n' % (
            name, log, shutil.which(name, path=os.defpath)))
    result = helper.fresh("web-identity", variables=variables)
    said = log.read_bytes()
    tap.check(result.status == 0 and all(b"%s\n" % name.encode() in said for name in ["awk", "curl", "mktemp", "mv"])
              and not any(secret in said for secret in SECRETS), "no secret is an argument", result)
    for name in names:
        (helper.programs / name).unlink()
