"""The four methods, and what may be in the query with them."""

import os

from client import curl


def run(server, tap):
    for what, body in (("an empty object", b""), ("a million bytes", os.urandom(1000000))):
        objects(server, tap, what, body)
    queries(server, tap)
    part(server, tap)


def objects(server, tap, what, body):
    said = server.ask("PUT", "object", body)
    tap.check(said.status == 200 and server.read("object") == body, "PUT of " + what, said)
    said = server.ask("GET", "object")
    tap.check(said.status == 200 and said.body == body, "GET of the same bytes", said)
    said = server.ask("HEAD", "object")
    length = said.headers.get("content-length")
    tap.check(said.status == 200 and length == str(len(body)), "HEAD gives the length", said)
    said = server.ask("DELETE", "object")
    tap.check(said.status == 204 and "object" not in server.keys(), "DELETE", said)
    said = server.ask("GET", "object")
    tap.check(str(said) == "404 NoSuchKey", "GET of what was deleted", said)


def queries(server, tap):
    server.put("page", b"<p>")
    wanted = {"response-content-type": "text/html; charset=utf-8",
              "response-content-disposition": "attachment; filename=\"a b+c%&'.html\"",
              "response-cache-control": "no-store, max-age=0"}
    said = server.ask("GET", "page", query=wanted)
    for name, value in wanted.items():
        got = said.headers.get(name.removeprefix("response-"))
        tap.check(said.status == 200 and got == value, name + " is honoured", got)
    url = server.url("GET", "page", query=wanted)
    said = curl("GET", url.replace("text%2Fhtml", "text%2Fplain"))
    tap.check(str(said) == "403 SignatureDoesNotMatch", "GET with another type in the URL", said)
    # the server need not know a parameter, but must find the same order and escapes (not of a
    # repeated name: both servers keep one value a name)
    for what, query in (
            ("hard names and values", {"b+ü/": "ä &=+%2F~", "B": "*'()!", "a-b": "x", "a b": ""}),
            ("numbers, booleans and null", {"n": 15, "yes": True, "no": False, "empty": None})):
        said = server.ask("GET", "page", query=query)
        tap.check(said.status == 200 and said.body == b"<p>", "GET with %s in the query" % what,
                  said)
    said = server.ask("GET", "page", query={"acl": None})
    tap.check(said.status == 200 and b"<AccessControlPolicy" in said.body,
              "GET of a subresource, ?acl=", said)


def part(server, tap):
    """A multipart upload: botocore begins and completes it, the part goes through SQL's URL."""
    target = {"Bucket": server.bucket, "Key": "parts"}
    upload = server.store.create_multipart_upload(**target)["UploadId"]
    said = server.ask("PUT", "parts", b"part one", query={"partNumber": 1, "uploadId": upload})
    tag = said.headers.get("etag", "")
    parts = {"Parts": [{"PartNumber": 1, "ETag": tag}]}
    server.store.complete_multipart_upload(**target, UploadId=upload, MultipartUpload=parts)
    tap.check(said.status == 200 and server.read("parts") == b"part one",
              "PUT of a part, with partNumber and uploadId", said)
