"""Temporary credentials: the session token belongs to them."""

import calendar
import json
import os
import re
import shutil
import tempfile
import time
import urllib.parse

from client import call, curl, submit
from multipart import begin, listed
from named import Named
from uploads import upload


def run(server, tap):
    sts = server.botocore("sts")
    given = sts.assume_role(RoleArn=server.role, RoleSessionName="check")["Credentials"]
    token = given["SessionToken"]
    ours = {"identity": given["AccessKeyId"], "secret": given["SecretAccessKey"]}
    explicit(server, tap, ours, token)
    named = Named(server, "token", ours, token)
    objects(named, tap)
    parts(named, tap)
    tickets(named, tap)
    requests(server, named, tap, ours, token)
    for what, other in (("without the token", None), ("with another token", altered(token))):
        refused(Named(server, what, ours, other), tap, what)
    assume(server, tap)
    with tempfile.TemporaryDirectory() as folder:
        ends(server, tap, sts, folder)


def altered(token):
    return token[:-8] + ("A" if token[-8] != "A" else "B") + token[-7:]


def explicit(server, tap, ours, token):
    said = server.ask("PUT", "temporary", b"temporary", session_token=token, **ours)
    tap.check(said.status == 200 and server.read("temporary") == b"temporary",
              "PUT with a session token", said)
    said = server.ask("GET", "temporary", session_token=token, **ours)
    tap.check(said.status == 200 and said.body == b"temporary", "GET with a session token", said)
    for what, arguments in (("without the token", {}),
                            ("with another token", {"session_token": altered(token)})):
        said = server.ask("GET", "temporary", **ours, **arguments)
        tap.check(400 <= said.status <= 403, "GET " + what, said)


def objects(named, tap):
    said = named.ask("put", "by name", b"by name")
    tap.check(said.status == 200, "PUT with a named server with a token", said)
    said = named.ask("get", "by name", download_as="a.txt")
    tap.check(said.body == b"by name", "GET with a named server with a token", said)
    said = named.ask("list", prefix="by")
    tap.check(said.texts("Contents/Key") == ["by name"], "list with a token", said)


def parts(named, tap):
    said, identity = begin(named, "in parts")
    tap.check(said.status == 200, "POST that begins an upload in parts with a token", said)
    row, = named.rows("multipart_parts", file="in parts", upload_id=identity, parts=1)
    said = curl("PUT", row["url"], b"the only part")
    tags = {1: said.headers.get("etag", "")}
    tap.check(said.status == 200, "PUT of a part with a token", said)
    said = named.ask("multipart_list", "in parts", upload_id=identity)
    tap.check(said.texts("Part/PartNumber") == ["1"], "list of parts with a token", said)
    said = named.ask("multipart_complete", "in parts", listed(tags), upload_id=identity)
    got = named.ask("get", "in parts")
    tap.check(said.status == 200 and got.body == b"the only part", "POST that completes the upload "
              "with a token", said)
    identity = begin(named, "given up")[1]
    said = named.ask("multipart_abort", "given up", upload_id=identity)
    tap.check(said.status == 204, "DELETE that gives an upload up with a token", said)


def tickets(named, tap):
    form = named.json("post", file="by form", max_bytes=4)
    said = submit(form, b"form")
    tap.check(said.status == 204, "POST of a form with a token", said)
    for name in ("x-amz-security-token", "x-amz-signature"):
        fields = {**form["fields"], name: altered(form["fields"][name])}
        said = submit({**form, "fields": fields}, b"else")
        tap.check(said.status == 403, "POST of a form with another " + name, said)
    for what, arguments in (("put", {"bytes": 4}), ("form", {"max_bytes": 4})):
        key = "by ticket, " + what
        said = upload(named.json("upload", file=key, **arguments), b"four")
        tap.check(said.status in (200, 204) and named.ask("get", key).body == b"four",
                  "ticket (%s) with a token" % what, said)


def requests(server, named, tap, ours, token):
    request = named.json("headers", method="GET", file="by name")
    said = curl("GET", request["url"], None, request["headers"])
    tap.check(said.body == b"by name", "s3sign_headers with a token", said)
    headers = {name: altered(value) if name.lower() == "x-amz-security-token" else value
               for name, value in request["headers"].items()}
    said = curl("GET", request["url"], None, headers)
    tap.check(said.status in (400, 403), "s3sign_headers, then another token", said)
    url = call("s3sign_pre_url", method="GET", duration=60, session_token=token,
               url="%s/%s?acl" % (server.endpoint, server.bucket), **ours)
    said = curl("GET", url)
    tap.check(said.status == 200 and b"<AccessControlPolicy" in said.body,
              "s3sign_pre_url with a token", said)


def refused(named, tap, what):
    answers = {
        "list": named.ask("list"),
        "beginning of an upload": named.ask("multipart_create", "in parts", b""),
        "form": submit(named.json("post", file="by form"), b"else"),
        "ticket": upload(named.json("upload", file="by name"), b"else"),
    }
    for name, said in answers.items():
        tap.check(said.status in (400, 403), "%s %s" % (name, what), said)


def ends(server, tap, sts, folder):
    """The life of a URL follows that of the token, from a mapping and from a file."""
    answer = sts.assume_role(RoleArn=server.role, RoleSessionName="ends", DurationSeconds=900)
    given = answer["Credentials"]
    end = int(given["Expiration"].timestamp())
    path = os.path.join(folder, "credentials")
    with open(path, "w", encoding="ascii") as file:
        # as `aws sts assume-role` prints it
        json.dump(answer, file, default=lambda value: value.isoformat())
    os.chmod(path, 0o400)
    os.chmod(folder, 0o755)
    if os.geteuid() == 0:
        shutil.chown(path, "postgres")
    for name, named in (
            ("mapping", Named(server, "ending mapping",
                              {"identity": given["AccessKeyId"], "secret": given["SecretAccessKey"]},
                              given["SessionToken"], given["Expiration"].isoformat())),
            ("file", Named(server, "ending file", credentials_file=path))):
        url = named.text("get", file="by name", duration=3600)
        date, expires = re.search("X-Amz-Date=([^&]*)&X-Amz-Expires=([0-9]*)&", url).groups()
        signed_at = calendar.timegm(time.strptime(date, "%Y%m%dT%H%M%SZ"))
        said = curl("GET", url)
        tap.check(said.body == b"by name" and 800 < int(expires) <= 900, "GET with a token that "
                  "ends in 900 seconds, from a %s: %s seconds of 3600" % (name, expires), said)
        tap.check(signed_at + int(expires) == end, "and the URL ends when the token does",
                  "signed at %d, the token ends at %d" % (signed_at, end))


def assume(server, tap):
    """Another service than s3: the token itself is asked for with what SQL has signed."""
    body = urllib.parse.urlencode({"Action": "AssumeRole", "Version": "2011-06-15",
                                   "RoleArn": server.role, "RoleSessionName": "sql"}).encode()
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    request = json.loads(call("s3sign_pre_headers", method="POST", url=server.endpoint + "/",
                              service="sts", headers=form, payload=body, **server.credentials,
                              **server.region))
    # the headers that were given are among those to send
    said = curl("POST", request["url"], body.replace(b"=sql", b"=SQL"), request["headers"])
    tap.check(400 <= said.status <= 403, "AssumeRole, signed by s3sign_pre_headers, with another "
              "body", said)
    said = curl("POST", request["url"], body, request["headers"])
    given = [said.texts(".//" + name) for name in ("AccessKeyId", "SecretAccessKey",
                                                   "SessionToken")]
    tap.check(said.status == 200 and all(given), "AssumeRole, signed by s3sign_pre_headers", said)
    if all(given):
        identity, secret, token = (texts[0] for texts in given)
        said = server.ask("GET", "temporary", identity=identity, secret=secret,
                          session_token=token)
        tap.check(said.body == b"temporary", "GET with what it gave", said)
