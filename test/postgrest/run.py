"""run.py BASE NAME - the API of examples/postgrest, by HTTP at BASE, with a real storage. Prints TAP."""

import json
import os
import re
import sys

import client

PDF = b"%PDF-1.4 not much of one\n" * 1000
PART = 5 * 1024 * 1024
NONE = "00000000-0000-0000-0000-000000000000"
number = 0
failed = False


def check(what, good, said=""):
    global number, failed
    number += 1
    failed = failed or not good
    print(f"{'ok' if good else 'not ok'} {number} - {sys.argv[2]}: {what}")
    if not good:
        print("#", said)


def documents(api, **query):
    return api.get("/rpc/documents", **query)


def refusal(said):
    """The status, and the message where there is one."""
    return said[0], said[1].get("message") if isinstance(said[1], dict) else None


def begin(api, name, kind, **size):
    """The id and key of a new document."""
    status, made = api.call("create_upload", name=name, type=kind, **size)
    check(f"{name} is announced", status == 200 and made["key"] == "documents/" + made["id"], (status, made))
    return made["id"], made["key"]


def sign(api, key, method="PUT", **more):
    return api.call("sign", request={"method": method, "key": key, **more})


def refuses_strangers(base, ann):
    nobody = client.Api(base, None)
    for what, said in {
        "documents": documents(nobody),
        "upload": nobody.call("create_upload", name="a", type="text/plain", bytes=1),
        "signature": sign(nobody, "documents/a"),
        "download": nobody.get("/rpc/download", id=NONE),
        "redirect": nobody.get("/rpc/open", id=NONE),
    }.items():
        check(f"nobody in particular gets no {what}", said[0] == 401, said)
    forged = client.Api(base, client.token(sub="ann", secret="another secret of 32 characters!"))
    check("a forged token is refused", documents(forged)[0] == 401)
    expired = client.Api(base, client.token(sub="ann", exp=1))
    check("an expired token is refused", documents(expired)[0] == 401)
    said = ann.get("/rpc/create_upload", name="a", type="text/plain", bytes=1)
    check("GET is read-only: it makes no upload", said[0] == 405, said)
    said = ann.call("create_upload", name="a", type="text/plain", size=1)
    check("arguments go by name", said[0] == 404, said)
    said = ann.call("s3sign_get", server="downloads", file="documents/a")
    check("the extension's functions are not part of the API", said[0] == 404, said)


def tells_why(ann):
    for changed, message in (
        ({"type": "no type"}, "The type must be one like image/png or text/plain; charset=utf-8."),
        ({"type": "image/png,text/html"}, "The type must be one like image/png or text/plain; charset=utf-8."),
        ({"type": None}, "The type must be one like image/png or text/plain; charset=utf-8."),
        ({"name": ""}, "The name must have 1 to 200 characters, and no control characters."),
        ({"name": "a\nb"}, "The name must have 1 to 200 characters, and no control characters."),
        ({"bytes": -1}, "A document can have at most 50 GB."),
        ({"bytes": 50000000001}, "A document can have at most 50 GB."),
    ):
        said = ann.call("create_upload", **{"name": "a", "type": "text/plain", "bytes": 1, **changed})
        check(f"{changed} is refused in words", refusal(said) == (400, message), said)
    for kind in ("text/plain; charset=utf-8", "text/plain;charset=utf-8", "image/svg+xml", "APPLICATION/vnd.ms-excel"):
        begin(ann, "of type " + kind, kind, bytes=1)
    check("none of these is listed", documents(ann) == (200, []), documents(ann))


def uploads(ann, bob):
    document, key = begin(ann, "Angebot für Ann.pdf", "application/pdf", bytes=len(PDF))
    status, ticket = sign(ann, key)
    check("it gets a ticket", status == 200 and ticket["method"] == "PUT" and ticket["key"] == key
          and ticket["headers"] == {"content-type": "application/pdf"} and "fields" not in ticket, (status, ticket))
    said = sign(ann, key, contentType="text/html", bytes=1, maxBytes=1, overwrite=False, expiresIn=604800,
                headers={"x-amz-meta-a": "b"})
    check("the client decides nothing that the row does", said[0] == 200
          and said[1]["headers"] == ticket["headers"] and "X-Amz-Expires=600&" in said[1]["url"]
          and "content-length%3Bcontent-type" in said[1]["url"], said)
    for what, said in {
        "another person's": sign(bob, key), "an unknown": sign(ann, "documents/" + NONE),
        "no": ann.call("sign", request={"method": "PUT"}),
    }.items():
        check(f"{what} key gets none", refusal(said) == (404, "There is no such upload, or it is finished."), said)
    for method in ("GET", "HEAD", "DELETE"):
        said = sign(ann, key, method)
        check(f"{method} gets none", said[0] in (400, 403), said)
    check("it is not listed before it is there", documents(ann) == (200, []))
    check("the storage refuses another type", client.upload(ticket, PDF, **{"content-type": "text/html"}) == 403)
    check("the storage refuses another size", client.upload(ticket, PDF + b"!") == 403)
    check("the storage takes what was announced", client.upload(ticket, PDF) == 200)
    missing = (404, "There is no such document.")
    said = bob.call("finish_upload", id=document)
    check("somebody else can't finish it", refusal(said) == missing and documents(ann) == (200, []), said)
    said = ann.call("finish_upload", id=NONE)
    check("what is not there can't be finished", refusal(said) == missing, said)
    said = ann.call("finish_upload", id=document)
    check("its owner finishes it", said == (204, None), said)
    check("then it can't be replaced", sign(ann, key)[0] == 404)
    return document


def forms(ann):
    """Without a size: a form, which holds a range."""
    document, key = begin(ann, "of any size.txt", "text/plain; charset=utf-8")
    status, ticket = sign(ann, key)
    check("it gets a form", status == 200 and ticket["method"] == "POST" and ticket["fields"]["key"] == key
          and ticket["fields"]["Content-Type" if "Content-Type" in ticket["fields"] else "content-type"]
          == "text/plain; charset=utf-8", (status, ticket))
    check("the storage refuses over 10 MB", client.post(ticket, bytes(10000001)) in (400, 403, 413))
    check("the storage takes less", client.post(ticket, b"hello") in (200, 201, 204))
    said = sign(ann, key, "POST")
    check("in parts its size would have no limit: refused", said[0] == 403 and said[1]["code"] == "42501", said)
    ann.call("finish_upload", id=document)
    _, url = ann.get("/rpc/download", id=document)
    status, headers, body = client.send("GET", url, {}, None)
    check("it downloads as its type", body == b"hello" and headers["Content-Type"] == "text/plain; charset=utf-8",
          (status, headers))


def downloads(ann, bob, document):
    status, rows = documents(ann, select="id,name,bytes,url", order="created_at.desc", limit=1)
    check("it is listed, with a URL", status == 200 and len(rows) == 1 and rows[0]["id"] == document
          and rows[0]["name"] == "Angebot für Ann.pdf" and rows[0]["bytes"] == len(PDF), (status, rows))
    status, headers, body = client.send("GET", rows[0]["url"], {}, None)
    check("the URL downloads what was uploaded", status == 200 and body == PDF, status)
    check("under its name and as its type", headers["Content-Type"] == "application/pdf"
          and "filename*=UTF-8''Angebot%20f%C3%BCr%20Ann.pdf" in headers["Content-Disposition"], headers)
    status, url = ann.get("/rpc/download", id=document)
    check("GET /rpc/download gives the same by id", status == 200 and client.send("GET", url, {}, None)[2] == PDF,
          (status, url))
    check("the URL is valid for ten minutes", "X-Amz-Expires=600&" in url, url)
    changed = re.sub("documents/", "documents/../", url)
    check("another key by that URL is refused", client.curl("--path-as-is", changed) == 403)
    status, headers = ann.redirect("/rpc/open", id=document)
    check("GET /rpc/open redirects to it", status == 302 and headers["Cache-Control"] == "no-store"
          and client.send("GET", headers["Location"], {}, None)[2] == PDF, (status, headers))
    check("somebody else sees no document", documents(bob) == (200, []))
    for path in ("/rpc/download", "/rpc/open"):
        said = bob.get(path, id=document)
        check(f"somebody else gets nothing from {path}", refusal(said) == (404, "There is no such document."), said)


def pages(ann):
    """The list by pages, the newest first."""
    ids = [begin(ann, f"page {i}", "text/plain", bytes=i)[0] for i in range(3)]
    for i in ids:
        ann.call("finish_upload", id=i)
    _, first = documents(ann, rows=2)
    check("the newest two", [row["id"] for row in first] == ids[:0:-1], first)
    _, second = documents(ann, rows=2, before=first[-1]["created_at"])
    check("and the next", second[0]["id"] == ids[0], second)


def large_files(ann, bob):
    data = bytes(PART) + b"the last part"
    document, key = begin(ann, "film.mp4", "video/mp4", bytes=len(data))
    status, begun = sign(ann, key, "POST")
    check("a multipart upload begins", status == 200 and begun["headers"] == {"content-type": "video/mp4"},
          (status, begun))
    status, _, said = client.send("POST", begun["url"], begun["headers"], b"")
    found = re.search(rb"<UploadId>([^<]+)<", said)
    check("the storage gives its id", status == 200 and found, said)
    upload_id = found[1].decode()
    said = sign(bob, key, uploadId=upload_id, partNumber=1)
    check("somebody else gets no URLs of parts", said[0] == 404, said)
    tags = []
    for i, part in enumerate((data[:PART], data[PART:]), 1):
        status, signed = sign(ann, key, uploadId=upload_id, partNumber=i)
        status, headers, _ = client.send("PUT", signed["url"], {"Content-Type": "application/octet-stream"}, part)
        check(f"part {i} is uploaded", status == 200, status)
        tags.append(headers["ETag"])
    _, listed = sign(ann, key, "GET", uploadId=upload_id)
    said = client.send("GET", listed["url"], {}, None)[2]
    check("the parts are listed", re.findall(rb"<PartNumber>(\d+)<", said) == [b"1", b"2"], said)
    xml = "<CompleteMultipartUpload>%s</CompleteMultipartUpload>" % "".join(
        f"<Part><PartNumber>{i}</PartNumber><ETag>{tag}</ETag></Part>" for i, tag in enumerate(tags, 1))
    _, complete = sign(ann, key, "POST", uploadId=upload_id)
    check("the end says the size", complete["headers"] == {"x-amz-mp-object-size": str(len(data))}, complete)
    status, _, said = client.send(
        "POST", complete["url"], {**complete["headers"], "Content-Type": "text/xml"}, xml.encode())
    check("the storage puts the parts together", status == 200 and b"<CompleteMultipartUploadResult" in said, said)
    ann.call("finish_upload", id=document)
    status, url = ann.get("/rpc/download", id=document)
    check("the whole downloads", client.send("GET", url, {}, None)[2] == data)

    _, key = begin(ann, "given up.mp4", "video/mp4", bytes=len(data))
    begun = sign(ann, key, "POST")[1]
    said = client.send("POST", begun["url"], begun["headers"], b"")[2]
    upload_id = re.search(rb"<UploadId>([^<]+)<", said)[1].decode()
    ended = sign(ann, key, "DELETE", uploadId=upload_id)[1]
    check("an upload can be given up", client.send("DELETE", ended["url"], {}, None)[0] == 204)


def logged(since):
    """The lines of the option "log"."""
    with open(os.environ["CLUSTER_LOG"], "rb") as file:
        file.seek(since)
        return [json.loads(line) for line in re.findall(rb"LOG:  s3sign: (.*)", file.read())]


def folders(ann, bob):
    """A server whose key_prefix has the token's claim, with one function for everyone."""
    own = {"ann": "folders/ann/a", "bob": "folders/bob's \"friend\"/a"}
    for person, api, others in ("ann", ann, own["bob"]), ("bob", bob, own["ann"]):
        since = os.path.getsize(os.environ["CLUSTER_LOG"])
        data = person.encode()
        status, url = api.call("folder_put", file=own[person])
        check(f"{person} uploads into a folder of their own",
              status == 200 and client.curl(
                  "-X", "PUT", "-H", "content-type:", "--data-binary", "@-", url, data=data) == 200, (status, url))
        for method, (status, url) in (("GET", api.get("/rpc/folder_get", file=own[person])),
                                      ("POST", api.call("folder_get", file=own[person]))):
            check(f"{person} reads it, asked by {method}", status == 200 and "x-user=" + person in url
                  and client.send("GET", url, {}, None)[2] == data, (status, url))
        for file in others, "folders/a", f"folders/{person}x/a", f"folders/{person}/../ann/a":
            said = api.get("/rpc/folder_get", file=file)
            check(f"{person} gets no URL for {file}", said[0] == 403 and said[1]["code"] == "42501", said)
        said = [(line["operation"], line["key"], line["user"].split("'")[0], line["role"], line["caller"],
                 line["session_user"]) for line in logged(since)]
        check(f"the log has what {person} was given, by GET and by POST",
              said == [(operation, own[person], person, "app_owner", "web_user", "authenticator")
                       for operation in ("put", "get", "get")], said)


def main():
    base = sys.argv[1]
    ann = client.Api(base, client.token(sub="ann"))
    bob = client.Api(base, client.token(sub="bob's \"friend\""))
    refuses_strangers(base, ann)
    tells_why(ann)
    downloads(ann, bob, uploads(ann, bob))
    forms(ann)
    pages(ann)
    large_files(ann, bob)
    folders(ann, bob)
    nobody = client.Api(base, client.token())
    said = nobody.get("/rpc/folder_get", file="folders//a")
    check("a token without the claim gets no URL", said[0] == 403 and said[1]["code"] == "42501", said)
    print(f"1..{number}")
    return failed


if __name__ == "__main__":
    sys.exit(main())
