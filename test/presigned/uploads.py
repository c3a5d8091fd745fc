"""Upload tickets: what a program without knowledge of S3 needs to upload one object."""

import base64
import datetime
import hashlib
import json
import os
import re
import subprocess
import sys
import tempfile
import urllib.parse

from client import Answer
from named import Named

BODY = b"%PDF-1.7 exactly these bytes"
OTHER = BODY[:-1] + b"!"


def upload(ticket, body):
    with tempfile.NamedTemporaryFile() as file:
        file.write(body)
        file.flush()
        script = os.path.join(os.path.dirname(__file__), "upload.py")
        done = subprocess.run([sys.executable, script, file.name], stdout=subprocess.PIPE,
                              input=json.dumps(ticket).encode(), check=True)
    # «100 Continue» comes first
    head, got = re.fullmatch(rb"(?:HTTP/1.1 1.*?\r\n\r\n)?(HTTP/.*?)\r\n\r\n(.*)", done.stdout,
                             re.DOTALL).groups()
    return Answer(int(head.split()[1]), head.decode("latin-1"), got)


def run(server, tap):
    server.store.create_bucket(Bucket="uploads")
    named = Named(server, "uploads", bucket="uploads")
    shape(named, tap)
    bound(named, tap)
    once(named, tap)
    up_to(named, tap)


def shape(named, tap):
    now = datetime.datetime.now(datetime.timezone.utc)
    for what, arguments in (("PUT", {}), ("POST", {"max_bytes": 10})):
        ticket = named.json("upload", file="in/Größe & more.pdf", duration=300, **arguments)
        parts = {"expires_at", "headers", "key", "method", "url"} | (
            {"fields"} if what == "POST" else set())
        tap.check(set(ticket) == parts and ticket["method"] == what and
                  ticket["key"] == "in/Größe & more.pdf", "a ticket to %s has its parts" % what)
        expires = datetime.datetime.fromisoformat(ticket["expires_at"].replace("Z", "+00:00"))
        tap.check(expires == end(ticket) and 299 <= (expires - now).total_seconds() <= 330,
                  "its expires_at is the server's end", expires)
    for expired in (False, True):
        signed_at = (now - datetime.timedelta(seconds=61 if expired else 30)).isoformat()
        ticket = named.json("upload", file="timed", duration=60, signed_at=signed_at)
        said = upload(ticket, b"")
        tap.check(str(said) == ("403 AccessDenied" if expired else "200"),
                  "ticket, %s" % ("expired" if expired else "half way"), said)


def end(ticket):
    """When the server takes it for expired."""
    if ticket["method"] == "POST":
        text = json.loads(base64.b64decode(ticket["fields"]["policy"]))["expiration"]
        return datetime.datetime.fromisoformat(text.replace("Z", "+00:00"))
    query = urllib.parse.parse_qs(ticket["url"].partition("?")[2])
    start = datetime.datetime.strptime(query["X-Amz-Date"][0] + "+0000", "%Y%m%dT%H%M%SZ%z")
    return start + datetime.timedelta(seconds=int(query["X-Amz-Expires"][0]))


def bound(named, tap):
    """Type, length and checksum are in the signature."""
    demands = {"content_type": "application/pdf", "bytes": len(BODY)}
    checksum = {"checksum_sha256": base64.b64encode(hashlib.sha256(BODY).digest()).decode()}
    wanted = {"content-type", "content-length"}
    said = upload(named.json("upload", file="summed", **checksum), BODY)
    # Swift before 2.35 takes no hash where the signature is in the query
    if named.server.name == "swift" and said.status != 200:
        tap.check(str(said) == "403 SignatureDoesNotMatch", "ticket with a checksum, which this "
                  "server does not know", said)
    else:
        tap.check(said.status == 200, "ticket with a checksum", said)
        demands |= checksum
        wanted |= {"x-amz-checksum-sha256", "x-amz-content-sha256"}
    ticket = named.json("upload", file="bound.pdf", **demands)
    tap.check(set(map(str.lower, ticket["headers"])) == wanted, "what a ticket binds is in its "
              "headers", ", ".join(ticket["headers"]))
    for name, value in ticket["headers"].items():
        left = {other: ticket["headers"][other] for other in ticket["headers"] if other != name}
        if name.lower() == "content-length":
            # curl sends it by itself
            said = upload({**ticket, "headers": left}, BODY + b"!")
            tap.check(said.status == 403, "ticket with one byte more", said)
            continue
        said = upload({**ticket, "headers": left}, BODY)
        tap.check(said.status == 403, "ticket without its " + name, said)
        said = upload({**ticket, "headers": {**left, name: altered(value)}}, BODY)
        tap.check(said.status == 403, "ticket with another " + name, said)
    if named.server.name != "swift":
        said = upload(ticket, OTHER)
        tap.check(said.status in (400, 403), "ticket with other bytes", said)
    said = upload(ticket, BODY)
    kind = named.ask("head", "bound.pdf").headers.get("content-type")
    tap.check(said.status == 200 and kind == "application/pdf", "ticket as it is", said)
    got = named.ask("get", "bound.pdf")
    tap.check(got.body == BODY, "GET of what it has uploaded", got)


def altered(value):
    return value[:-2] + ("A" if value[-2] != "A" else "B") + value[-1]


def once(named, tap):
    """overwrite => false."""
    ticket = named.json("upload", file="once", overwrite=False)
    first, second = upload(ticket, b"first"), upload(ticket, b"second")
    if named.server.name == "swift":
        tap.check((first.status, second.status) == (501, 501), "ticket that may not overwrite, "
                  "which this server does not know", "%s, %s" % (first, second))
        return
    tap.check(first.status == 200, "ticket that may not overwrite, where nothing is", first)
    tap.check(second.status == 412, "the same ticket again", second)
    without = {name: value for name, value in ticket["headers"].items()
               if name.lower() != "if-none-match"}
    said = upload({**ticket, "headers": without}, b"third")
    tap.check(said.status == 403, "the same ticket without its if-none-match", said)
    got = named.ask("get", "once")
    tap.check(got.body == b"first", "GET of what was first", got)


def up_to(named, tap):
    """A range of sizes needs a form."""
    ticket = named.json("upload", file="up to", max_bytes=10, content_type="text/plain")
    said = upload(ticket, b"x" * 10)
    if named.server.name == "swift":
        tap.check(said.status == 412, "ticket with a form, which this server does not know", said)
        return
    kind = named.ask("head", "up to").headers.get("content-type")
    tap.check(said.status == 204 and kind == "text/plain", "ticket for at most 10 bytes with 10",
              said)
    said = upload(ticket, b"x" * 11)
    tap.check(str(said) == "400 EntityTooLarge", "the same ticket with 11 bytes", said)
    got = named.ask("get", "up to")
    tap.check(got.body == b"x" * 10, "GET of what it has uploaded", got)
