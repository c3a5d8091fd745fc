"""Who signed what: from a line of the database's log to the storage's request, and back."""

import json
import os
import re
import time

from client import call, curl
from named import ROLE, Named

LINE = re.compile(r"LOG:  s3sign: (\{.*\})")
SIGNATURE = re.compile(r"[?&]X-Amz-Signature=([0-9a-f]{16})")
USER = "ann b&c=\u00fc/\U0001f600"
SENT = "x-user=ann%20b%26c%3D%C3%BC%2F%F0%9F%98%80"


def run(server, tap):
    log_user(server, tap)
    if "S3_OPS_LOG" in server.settings:
        joined(server, tap)


def signed(server, function, **arguments):
    """What the function gives to the person USER."""
    claims = json.dumps({"sub": USER})
    return call("s3sign_" + function, "select %%s from set_config('request.jwt.claims', '%s', false)"
                % claims, role=ROLE, server=server.name, **arguments)


def log_user(server, tap):
    """Each operation with the parameter in it: the storage ignores it, and nobody can change it."""
    named = Named(server, "log_user", log_user="x-user:claim:sub")
    key, body = "audit/a b", b"content"
    said = {"put": curl("PUT", signed(named, "put", file=key), body),
            "get": curl("GET", signed(named, "get", file=key)),
            "head": curl("HEAD", signed(named, "head", file=key)),
            "list": curl("GET", signed(named, "list", prefix="audit/"))}
    tap.check([a.status for a in said.values()] == [200] * 4 and said["get"].body == body
              and said["list"].texts("Contents/Key") == [key],
              "PUT, GET, HEAD and list with log_user's parameter", ", ".join(map(str, said.values())))
    begun = curl("POST", signed(named, "multipart_create", file="audit/parts"))
    upload = {"file": "audit/parts", "upload_id": begun.texts("UploadId")[0]}
    part = curl("PUT", signed(named, "multipart_part", part_number=1, **upload), body)
    document = ("<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>%s</ETag></Part>"
                "</CompleteMultipartUpload>" % part.headers.get("etag", "")).encode()
    whole = curl("POST", signed(named, "multipart_complete", **upload), document)
    tap.check([begun.status, part.status, whole.status] == [200] * 3
              and server.read("audit/parts") == body, "a multipart upload with it",
              ", ".join(map(str, (begun, part, whole))))
    url = signed(named, "get", file=key)
    made = json.loads(signed(named, "headers", method="GET", file=key))
    sent = curl("GET", made["url"], headers=made["headers"])
    tap.check(SENT in made["url"] and sent.status == 200, "the request of s3sign_headers with it", sent)
    for what, changed in (("another person", url.replace(SENT, "x-user=bob")),
                          ("no person", url.replace("&" + SENT, "")),
                          ("two persons", url.replace(SENT, SENT + "&x-user=bob"))):
        said = curl("GET", changed)
        tap.check(changed != url and said.status == 403, "GET by %s is refused" % what, said)


def logged(named):
    with open(os.environ["CLUSTER_LOG"], encoding="utf-8") as file:
        found = [json.loads(line) for line in LINE.findall(file.read())]
    return [line for line in found if line["server"] == named.name]


def requests(server, signatures):
    """The entries of the ops log, by the beginning of their signature; they come a little late."""
    end = time.monotonic() + 20
    while True:
        found = {}
        with open(server.settings["S3_OPS_LOG"], encoding="utf-8") as file:
            for line in file:
                entry = json.loads(line)
                sign = SIGNATURE.search(entry["uri"])
                if sign:
                    found[sign[1]] = entry
        if signatures <= found.keys() or time.monotonic() > end:
            return found
        time.sleep(0.1)


def joined(server, tap):
    named = Named(server, "audited", log="on", log_user="x-user:claim:sub")
    curl("PUT", signed(named, "put", file="audit/joined"), b"content")
    curl("GET", signed(named, "get", file="audit/joined"))
    signed(named, "get", file="audit/never used")
    curl("GET", signed(named, "list", prefix="audit/"))
    made = json.loads(signed(named, "headers", method="GET", file="audit/joined"))
    curl("GET", made["url"], headers=made["headers"])
    lines = logged(named)
    tap.check([(line["operation"], line.get("key", line.get("prefix")), line["user"], line["role"])
               for line in lines]
              == [(operation, key, USER, ROLE) for operation, key in (
                  ("put", "audit/joined"), ("get", "audit/joined"), ("get", "audit/never used"),
                  ("list", "audit/"), ("get", "audit/joined"))],
              "the database's log has each of five", "%d lines" % len(lines))

    used = [lines[0], lines[1], lines[3]]
    found = requests(server, {line["signature"] for line in used})
    seen = [(found[line["signature"]]["operation"], found[line["signature"]]["bucket"],
             SENT in found[line["signature"]]["uri"]) for line in used
            if line["signature"] in found]
    tap.check(seen == [("put_obj", server.bucket, True), ("get_obj", server.bucket, True),
                       ("list_bucket", server.bucket, True)],
              "from a line to its request in Ceph's ops log, which has the person too", seen)
    tap.check(lines[2]["signature"] not in found, "a URL that nobody used has no request")
    # and back
    by_signature = {line["signature"]: line for line in lines}
    back = [by_signature[sign]["user"] for sign in found if sign in by_signature]
    tap.check(back == [USER] * 3, "from a request to who had it signed", back)
    by_headers = [entry for entry in open_log(server) if SENT in entry["uri"]
                  and "X-Amz-Signature" not in entry["uri"]]
    tap.check(len(by_headers) >= 1, "a request signed in its headers has the person in its URI",
              len(by_headers))


def open_log(server):
    with open(server.settings["S3_OPS_LOG"], encoding="utf-8") as file:
        return [json.loads(line) for line in file]
