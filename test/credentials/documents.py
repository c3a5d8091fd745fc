"""The shell blocks of docs/credentials.md against the fakes.

Each ```sh block runs in sh -eu, in the order of the page; where a ```text block follows, that is what it
prints. Only /run/s3sign and HOME are scratch folders. `aws`, `vault` and `aws_signing_helper` are
programs that check their arguments and print what the real ones print. The page's SQL is run by
test/documents; its indented blocks are not run.
"""

import json
import re
import subprocess

from answers import END, EPOCH
from fakes import ID, ROLE, SECRET, TOKEN, WEB_IDENTITY, Container, Metadata, Sts
from helper import SCRIPT, TOP

SHELLS = ["dash"]
BLOCKS = re.compile(r"^```sh\n(.*?)^```\n(?:\s*^```text\n(.*?)^```\n)?", re.M | re.S)
SOURCES = {"--help", "imds", "container", "web-identity", "export-credentials", "vault", "assume-role",
           "credential-process"}

KEY = {"AccessKeyId": ID, "SecretAccessKey": SECRET, "SessionToken": TOKEN, "Expiration": END}
AWS = """#!/bin/sh
case "$*" in
"sso login --profile dev") ;;
"configure export-credentials --profile dev") echo '%s' ;;
"sts assume-role --role-arn %s --role-session-name s3sign") echo '%s' ;;
*) exit 252 ;;
esac
""" % (json.dumps({"Version": 1, **KEY}), ROLE, json.dumps({"Credentials": KEY}, indent=4))
VAULT = """#!/bin/sh
[ "$*" = "read -format=json aws/creds/s3sign" ] || exit 2
echo '{"lease_duration": '$((%d - $(date +%%s)))', "data": %s}'
""" % (EPOCH, json.dumps({"access_key": ID, "secret_key": SECRET, "session_token": TOKEN}))
SIGNING_HELPER = """#!/bin/sh
[ "$1 $2 $4" = "credential-process --certificate --private-key" ] || exit 1
echo '%s'
""" % json.dumps({"Version": 1, **KEY})


def run(tap, helper):
    helper.program("aws", AWS)
    helper.program("vault", VAULT)
    helper.program("aws_signing_helper", SIGNING_HELPER)
    (helper.programs / "s3sign-credentials").symlink_to(SCRIPT)
    token = helper.programs / "token"
    token.write_text(WEB_IDENTITY)
    seen = set()
    with Metadata() as metadata, Container() as container, Sts() as sts:
        variables = {}
        for fake in (metadata, container, sts):
            fake.end = END
            variables |= fake.variables(token) if fake is sts else fake.variables()
        for text, expected in BLOCKS.findall((TOP / "docs" / "credentials.md").read_text()):
            seen |= {word for word in text.split() if word in SOURCES}
            block(tap, helper, variables, text, expected)
    tap.same(seen, SOURCES, "the page shows each source")


def block(tap, helper, variables, text, expected):
    home = helper.folder / ".s3sign" / "credentials"
    for path in (helper.path, home):
        path.unlink(missing_ok=True)
    result = subprocess.run(
        ["sh", "-euc", text.replace("/run/s3sign", str(helper.folder))], env=helper.environment(variables),
        cwd=helper.folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    said = result.stdout.replace(str(helper.folder), "/run/s3sign")
    good = result.returncode == 0 and (said == expected or not expected)
    if "--output" in text:
        path = home if home.exists() else helper.path
        good = good and path.exists() and json.loads(path.read_text()) == {"Version": 1, **KEY}
    tap.check(good, " ".join(text.split())[:90], said)
