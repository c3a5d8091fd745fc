"""An upload in parts: begun, sent part by part, listed, and completed or given up."""

import base64
import hashlib
import os
import urllib.parse

from client import curl
from named import Named

LEAST = 5 * 1024 * 1024  # of each part but the last


def begin(named, key, **arguments):
    said = named.ask("multipart_create", key, b"", **arguments)
    return said, "".join(said.texts("UploadId")) if said.status == 200 else ""


def send(url, body):
    """The server's answer, and the part's tag for the list that completes the upload."""
    said = curl("PUT", url, body)
    return said, said.headers.get("etag", "")


def listed(tags):
    return ("<CompleteMultipartUpload>%s</CompleteMultipartUpload>" % "".join(
        "<Part><PartNumber>%d</PartNumber><ETag>%s</ETag></Part>" % part
        for part in tags.items())).encode()


def run(server, tap):
    server.store.create_bucket(Bucket="in-parts")
    named = Named(server, "multipart", bucket="in-parts")
    for key in ("film.mp4", "Größe/50% & more+?.mp4"):
        whole(named, tap, key)
    given_up(named, tap)
    last(named, tap)


def whole(named, tap, key):
    body = os.urandom(LEAST + 1000)
    said, upload = begin(named, key, content_type="video/mp4", send={"Content-Type": "video/mp4"})
    tap.check(said.status == 200 and upload, "POST that begins an upload of %s in parts"
              % ascii(key), said)
    rows = named.rows("multipart_parts", file=key, upload_id=upload, parts=2)
    tags = {}
    for row, piece in zip(rows, (body[:LEAST], body[LEAST:])):
        number = row["part_number"]
        said, tags[number] = send(row["url"], piece)
        tap.check(said.status == 200 and tags[number], "PUT of part %d, %d bytes" % (
            number, len(piece)), said)
    tap.check(list(tags) == [1, 2], "these are all parts")

    again = body[LEAST:][::-1]
    md5 = base64.b64encode(hashlib.md5(again).digest()).decode()
    part = {"file": key, "upload_id": upload, "part_number": 2, "headers": {"Content-MD5": md5}}
    said = named.ask("multipart_part", body=again[:-1] + b"!", **part)
    tap.check(400 <= said.status < 500, "PUT of part 2 anew, other bytes than its Content-MD5",
              said)
    said = named.ask("multipart_part", body=again, **part)
    tags[2] = said.headers.get("etag", "")
    tap.check(said.status == 200, "PUT of part 2 anew, with its Content-MD5", said)

    for query, wanted in (({}, ["1", "2"]), ({"max-parts": 1}, ["1"]),
                          ({"part-number-marker": 1}, ["2"])):
        said = named.ask("multipart_list", key, upload_id=upload, query=query)
        seen = said.texts("Part/PartNumber")
        more = said.texts("IsTruncated") == ["true"]
        tap.check(seen == wanted and more == ("max-parts" in query), "list of the parts%s" % "".join(
            " with %s=%s" % pair for pair in query.items()), "%s, %s" % (said, ", ".join(seen)))

    said = named.ask("get", key)
    tap.check(str(said) == "404 NoSuchKey", "GET before the upload is complete", said)
    said = named.ask("multipart_complete", key, listed({**tags, 2: tags[1]}), upload_id=upload)
    tap.check(400 <= said.status < 500, "POST that completes it with a wrong tag", said)
    said = named.ask("multipart_complete", key, listed(tags), upload_id=upload)
    tap.check(said.status == 200 and said.texts("ETag"), "POST that completes it", said)
    said = named.ask("get", key)
    tap.check(said.status == 200 and said.body == body[:LEAST] + again,
              "GET of what was put together", "%s, %d bytes" % (said, len(said.body)))
    kind = said.headers.get("content-type")
    tap.check(kind == "video/mp4", "its type is the one it was begun with", kind)
    keys = named.ask("list").texts("Contents/Key")
    tap.check(key in keys, "list has it", ascii(keys))


def given_up(named, tap):
    said, upload = begin(named, "never")
    part = {"file": "never", "upload_id": upload, "part_number": 1}
    first = named.ask("multipart_part", body=b"part", **part)
    tap.check((said.status, first.status) == (200, 200), "POST that begins an upload, PUT of a "
              "part", "%s, %s" % (said, first))
    said = named.ask("multipart_abort", "never", upload_id=upload)
    tap.check(said.status == 204, "DELETE that gives the upload up", said)
    said = named.ask("multipart_list", "never", upload_id=upload)
    # radosgw says NoSuchKey
    tap.check(said.status == 404, "list of its parts", said)
    said = named.ask("multipart_part", body=b"part", **part)
    tap.check(str(said) == "404 NoSuchUpload", "PUT of a part of it", said)
    said = named.ask("get", "never")
    tap.check(str(said) == "404 NoSuchKey", "GET of its object", said)


def last(named, tap):
    """The largest upload's URLs, all at once."""
    upload = begin(named, "large")[1]
    rows = named.rows("multipart_parts", file="large", upload_id=upload, parts=10000)
    numbers = [row["part_number"] for row in rows]
    queries = [urllib.parse.parse_qs(row["url"].partition("?")[2]) for row in rows]
    tap.check(numbers == list(range(1, 10001)) and all(
        query["partNumber"] == [str(number)] and query["uploadId"] == [upload]
        for number, query in zip(numbers, queries)), "URLs of 10000 parts", len(rows))
    tags = {}
    for number in (1, 10000):
        said, tags[number] = send(rows[number - 1]["url"], b"x" * (LEAST if number == 1 else 1))
        tap.check(said.status == 200, "PUT of part %d of 10000" % number, said)
    said = named.ask("multipart_complete", "large", listed(tags), upload_id=upload)
    tap.check(said.status == 200, "POST that completes it with these two", said)
