#!/usr/bin/python3
"""Upload a file as an upload ticket says: upload.py FILE <TICKET, prints the server's answer.

The ticket is the JSON that s3sign_upload gives. Nothing here knows of S3 or of SQL: what is sent
is the ticket's method, URL, headers and fields.
"""

import json
import subprocess
import sys


def main():
    ticket = json.load(sys.stdin)
    args = ["curl", "-q", "-sS", "-i", "--globoff", "--path-as-is", "--noproxy", "*",
            "--max-time", "30", "-X", ticket["method"]]
    for name, value in ticket["headers"].items():
        args += ["-H", "%s: %s" % (name, value)]
    fields = ticket.get("fields", {})
    for name, value in fields.items():
        args += ["--form-string", "%s=%s" % (name, value)]
    if fields:
        args += ["-F", "file=@" + sys.argv[1]]
    else:
        # curl's own type is that of a form
        if "content-type" not in map(str.lower, ticket["headers"]):
            args += ["-H", "Content-Type:"]
        args += ["--data-binary", "@" + sys.argv[1]]
    sys.exit(subprocess.run(args + ["--", ticket["url"]]).returncode)


if __name__ == "__main__":
    main()
