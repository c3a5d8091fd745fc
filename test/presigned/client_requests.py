"""The requests of an upload client, each signed with s3sign_request and sent as the answer says."""

import base64
import datetime
import hashlib
import os

from client import curl, submit
from multipart import LEAST, listed
from named import Named

TYPE = "application/pdf"


class Client:
    """What a client does with s3sign_request. row: the members for each request of an upload."""

    def __init__(self, named, key, **row):
        self.named = named
        self.key = key
        self.row = row

    def sign(self, method, signed_at=None, **members):
        times = {"signed_at": signed_at} if signed_at else {}
        request = {"method": method, "key": self.key, **self.row, **members}
        return self.named.json("request", request=request, **times)

    def ask(self, method, body=None, **members):
        return send(self.sign(method, **members), body)

    def begin(self, **members):
        said = self.ask("POST", b"", **members)
        return said, "".join(said.texts("UploadId")) if said.status == 200 else ""

    def parts(self, upload, *pieces):
        """The tags of the parts, which it sends."""
        return {number: self.ask("PUT", piece, uploadId=upload, partNumber=number)
                .headers.get("etag", "") for number, piece in enumerate(pieces, 1)}


def send(answer, body=None):
    if "fields" in answer:
        return submit(answer, body)
    return curl(answer["method"], answer["url"], body, answer.get("headers", {}))


def run(server, tap):
    server.store.create_bucket(Bucket="requests")
    named = Named(server, "requests", bucket="requests")
    shape(named, tap)
    single(named, tap)
    once(named, tap)
    up_to(named, tap)
    in_parts(named, tap)
    size_of_parts(named, tap)
    given_up(named, tap)


def shape(named, tap):
    now = datetime.datetime.now(datetime.timezone.utc)
    client = Client(named, "timed")
    for expired in (False, True):
        signed_at = (now - datetime.timedelta(seconds=61 if expired else 30)).isoformat()
        answer = client.sign("PUT", signed_at, expiresIn=60)
        tap.check(sorted(answer) == ["expires_at", "key", "method", "url"],
                  "an answer has nothing that is empty", ", ".join(answer))
        said = send(answer, b"")
        tap.check(str(said) == ("403 AccessDenied" if expired else "200"),
                  "PUT, %s by its expiresIn" % ("expired" if expired else "half way"), said)


def single(named, tap):
    body = os.urandom(1000)
    row = {"contentType": TYPE, "bytes": len(body), "maxBytes": 2000, "overwrite": True,
           "headers": {"x-amz-meta-colour": "red", "cache-control": "no-cache"}}
    wanted = {"content-type", "x-amz-meta-colour", "cache-control"}
    client = Client(named, "Größe/50% & more+?.pdf", **row)
    # Swift before 2.35 takes no hash where the signature is in the query
    if named.server.name != "swift":
        digest = base64.b64encode(hashlib.sha256(body).digest()).decode()
        client.row["checksum"] = {"sha256": digest}
        wanted |= {"x-amz-checksum-sha256", "x-amz-content-sha256"}
    answer = client.sign("PUT")
    tap.check(set(answer["headers"]) == wanted and answer["key"] == client.key,
              "PUT that binds type, size and metadata", ", ".join(answer["headers"]))
    for name in wanted:
        left = {other: answer["headers"][other] for other in wanted if other != name}
        said = send({**answer, "headers": left}, body)
        tap.check(said.status == 403, "PUT without its " + name, said)
        said = send({**answer, "headers": {**left, name: "other/value"}}, body)
        tap.check(400 <= said.status <= 403, "PUT with another " + name, said)
    for what, other in (("more", body + b"!"), ("less", body[:-1])):
        said = send(answer, other)
        tap.check(said.status == 403, "PUT of a byte " + what, said)
    if named.server.name != "swift":
        said = send(answer, body[::-1])
        tap.check(400 <= said.status <= 403, "PUT of other bytes", said)
    said = send(answer, body)
    tap.check(said.status == 200, "PUT as it was signed", said)
    got = named.ask("get", client.key)
    seen = [got.headers.get(name) for name in ("content-type", "x-amz-meta-colour")]
    tap.check(got.body == body and seen == [TYPE, "red"], "GET of it", got)
    del client.row["headers"]
    client.row.pop("checksum", None)
    said = client.ask("DELETE")
    got = named.ask("get", client.key)
    tap.check(said.status == 204 and str(got) == "404 NoSuchKey", "DELETE of it", said)


def once(named, tap):
    client = Client(named, "once", overwrite=False)
    answer = client.sign("PUT")
    first, second = send(answer, b"first"), send(answer, b"second")
    if named.server.name == "swift":
        tap.check((first.status, second.status) == (501, 501), "PUT that may not overwrite, which "
                  "this server does not know", "%s, %s" % (first, second))
        return
    tap.check((first.status, second.status) == (200, 412), "PUT that may not overwrite, twice",
              "%s, %s" % (first, second))
    said = send({**answer, "headers": {}}, b"third")
    tap.check(said.status == 403, "the same without if-none-match", said)


def up_to(named, tap):
    client = Client(named, "up to", contentType="text/plain", maxBytes=10)
    answer = client.sign("PUT")
    tap.check(answer["method"] == "POST" and answer["fields"]["key"] == "up to"
              and "headers" not in answer, "PUT of at most 10 bytes is a form")
    said = send(answer, b"x" * 10)
    if named.server.name == "swift":
        tap.check(said.status == 412, "form, which this server does not know", said)
        return
    kind = named.ask("head", "up to").headers.get("content-type")
    tap.check(said.status == 204 and kind == "text/plain", "form with 10 bytes", said)
    said = send(answer, b"x" * 11)
    tap.check(str(said) == "400 EntityTooLarge", "form with 11 bytes", said)


def in_parts(named, tap):
    body = os.urandom(LEAST + 1000)
    pieces = (body[:LEAST], body[LEAST:])
    # each request of the upload is signed with all members of the row
    client = Client(named, "in/parts & more.pdf", contentType=TYPE, bytes=len(body),
                    maxBytes=10 * LEAST, overwrite=True)
    said, upload = client.begin(headers={"x-amz-meta-colour": "red"})
    tap.check(said.status == 200 and upload, "POST that begins an upload in parts", said)
    tags = client.parts(upload, *pieces)
    tap.check(all(tags.values()), "PUT of each part", ", ".join(tags.values()))
    md5 = {"md5": base64.b64encode(hashlib.md5(pieces[1]).digest()).decode()}
    answer = client.sign("PUT", uploadId=upload, partNumber=2, checksum=md5)
    said = send({**answer, "headers": {}}, pieces[1])
    tap.check(said.status == 403, "PUT of a part without its checksum", said)
    said = send(answer, pieces[1])
    tap.check(said.status == 200, "PUT of a part with its checksum", said)
    said = client.ask("GET", uploadId=upload)
    seen = said.texts("Part/PartNumber")
    tap.check(seen == ["1", "2"], "GET of the list of parts", said)
    answer = client.sign("POST", uploadId=upload)
    tap.check(answer["headers"] == {"x-amz-mp-object-size": str(len(body))},
              "POST that completes it binds its size", answer["headers"])
    said = send({**answer, "headers": {}}, listed(tags))
    tap.check(said.status == 403, "POST that completes it, without its size", said)
    said = send(answer, listed(tags))
    tap.check(said.status == 200, "POST that completes it", said)
    got = named.ask("get", client.key)
    seen = [got.headers.get(name) for name in ("content-type", "x-amz-meta-colour")]
    tap.check(got.body == body and seen == [TYPE, "red"], "GET of it", got)


def size_of_parts(named, tap):
    """Whether the storage enforces what complete binds: see src/s3/provider_table.hpp."""
    client = Client(named, "sized")
    for what, bytes_ in (("less", LEAST), ("more", LEAST + 11)):
        upload = client.begin()[1]
        tags = client.parts(upload, b"x" * LEAST, b"y" * 10)
        said = client.ask("POST", listed(tags), uploadId=upload, bytes=bytes_)
        tap.check(said.status == 200, "POST that completes an upload, of %s bytes than there are: "
                  "this server does not check x-amz-mp-object-size" % what, said)
    upload = client.begin()[1]
    tags = client.parts(upload, b"z")
    said = client.ask("POST", listed(tags), uploadId=upload, overwrite=False)
    # Ceph 16 does not check it where an upload is completed
    tap.check(said.status == (412 if named.server.name == "swift" else 200),
              "POST that completes an upload and may not overwrite", said)


def given_up(named, tap):
    client = Client(named, "never")
    upload = client.begin()[1]
    client.parts(upload, b"part")
    said = client.ask("DELETE", uploadId=upload)
    tap.check(said.status == 204, "DELETE that gives an upload up", said)
    said = client.ask("GET", uploadId=upload)
    tap.check(said.status == 404, "list of its parts", said)
