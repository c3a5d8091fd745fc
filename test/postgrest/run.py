"""run.py BASE NAME - the API of examples/postgrest, by HTTP at BASE, with a real storage. Prints TAP."""

import json
import os
import re
import sys

import client

PDF = b"%PDF-1.4 not much of one\n" * 1000
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
    return api.get("/documents", **query)


def refuses_strangers(base, ann):
    nobody = client.Api(base, None)
    for what, said in {
        "documents": documents(nobody),
        "upload": nobody.call("create_upload", name="a", type="text/plain", bytes=1),
        "download": nobody.get("/rpc/download", id="00000000-0000-0000-0000-000000000000"),
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
    said = ann.call("create_upload", name="a", type="no type", bytes=1)
    check("a type that is none is refused", said[0] == 400, said)
    check("none of these left a document", documents(ann) == (200, []), documents(ann))


def uploads(ann, bob):
    status, ticket = ann.call("create_upload", name="Angebot für Ann.pdf", type="application/pdf", bytes=len(PDF))
    check("a ticket for an upload", status == 200 and ticket["method"] == "PUT"
          and ticket["headers"] == {"content-type": "application/pdf", "content-length": str(len(PDF))},
          (status, ticket))
    check("the document is not listed before it is there", documents(ann) == (200, []))
    check("the storage refuses another type", client.upload(ticket, PDF, **{"content-type": "text/html"}) == 403)
    check("the storage refuses another size", client.upload(ticket, PDF + b"!") == 403)
    check("the storage takes what was announced", client.upload(ticket, PDF) == 200)
    said = bob.call("finish_upload", id=ticket["id"])
    check("somebody else can't finish it", said[0] in (200, 204) and documents(ann) == (200, []), said)
    said = ann.call("finish_upload", id=ticket["id"])
    check("its owner finishes it", said[0] in (200, 204), said)
    return ticket["id"]


def downloads(ann, bob, document):
    status, rows = documents(ann, select="id,name,bytes,url", order="created_at.desc")
    check("it is listed, with a URL", status == 200 and len(rows) == 1 and rows[0]["id"] == document
          and rows[0]["name"] == "Angebot für Ann.pdf" and rows[0]["bytes"] == len(PDF), (status, rows))
    status, headers, body = client.send("GET", rows[0]["url"], {}, None)
    check("the URL downloads what was uploaded", status == 200 and body == PDF, status)
    check("under its name and as its type", headers["Content-Type"] == "application/pdf"
          and "filename*=UTF-8''Angebot%20f%C3%BCr%20Ann.pdf" in headers["Content-Disposition"], headers)
    status, url = ann.get("/rpc/download", id=document)
    check("GET /rpc/download gives the same by id", status == 200 and client.send("GET", url, {}, None)[2] == PDF,
          (status, url))
    check("the URL is good for ten minutes", "X-Amz-Expires=600&" in url, url)
    changed = re.sub("documents/", "documents/../", url)
    check("another key by that URL is refused", client.curl("--path-as-is", changed) == 403)
    check("somebody else sees no document", documents(bob) == (200, []))
    check("somebody else gets no URL", bob.get("/rpc/download", id=document) == (200, None))


def large_files(ann, bob):
    data = bytes(5 * 1024 * 1024) + b"the last part"
    status, begun = ann.call("create_multipart_upload", name="film.mp4", type="video/mp4", bytes=len(data))
    check("a multipart upload begins", status == 200, (status, begun))
    status, _, said = client.send("POST", begun["url"], {"Content-Type": "video/mp4"}, b"")
    found = re.search(rb"<UploadId>([^<]+)<", said)
    check("the storage gives its id", status == 200 and found, said)
    upload_id = found[1].decode()
    said = bob.call("upload_parts", id=begun["id"], upload_id=upload_id, parts=2)
    check("somebody else gets no URLs of parts", said == (200, None), said)
    status, urls = ann.call("upload_parts", id=begun["id"], upload_id=upload_id, parts=2)
    check("its owner gets URLs of the parts", status == 200 and len(urls["parts"]) == 2, (status, urls))
    tags = []
    for url, part in zip(urls["parts"], (data[:5 * 1024 * 1024], data[5 * 1024 * 1024:])):
        status, headers, _ = client.send("PUT", url, {"Content-Type": "application/octet-stream"}, part)
        tags.append(headers["ETag"])
    xml = "<CompleteMultipartUpload>%s</CompleteMultipartUpload>" % "".join(
        f"<Part><PartNumber>{i}</PartNumber><ETag>{tag}</ETag></Part>" for i, tag in enumerate(tags, 1))
    status, _, said = client.send("POST", urls["complete"], {"Content-Type": "text/xml"}, xml.encode())
    check("the storage puts the parts together", status == 200 and b"<CompleteMultipartUploadResult" in said, said)
    ann.call("finish_upload", id=begun["id"])
    status, url = ann.get("/rpc/download", id=begun["id"])
    check("the whole downloads", client.send("GET", url, {}, None)[2] == data)


def logged(since):
    """The lines of the option "log"."""
    with open(os.environ["CLUSTER_LOG"], "rb") as file:
        file.seek(since)
        return [json.loads(line) for line in re.findall(rb"LOG:  s3sign: (.*)", file.read())]


def folders(ann, bob):
    """A server whose key_prefix has the token's claim, with one function for everybody."""
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
    downloads(ann, bob, uploads(ann, bob))
    large_files(ann, bob)
    folders(ann, bob)
    nobody = client.Api(base, client.token())
    said = nobody.get("/rpc/folder_get", file="folders//a")
    check("a token without the claim gets no URL", said[0] == 403 and said[1]["code"] == "42501", said)
    print(f"1..{number}")
    return failed


if __name__ == "__main__":
    sys.exit(main())
