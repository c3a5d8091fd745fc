"""Headers of upload tickets, the caller's and those that a server demands: storage takes each ticket
as it is, keeps what it says, and refuses it with a header or field left out or changed."""

from client import curl
from named import Named
from uploads import altered, upload

BODY = b"exactly these bytes"
HEADERS = {"cache-control": "no-store", "content-disposition": "attachment", "x-amz-meta-a": "b c",
           "content-language": "de, en", "expires": "Fri, 02 Jan 2026 03:04:05 GMT"}


def run(server, tap):
    server.store.create_bucket(Bucket="rules")
    of_caller(Named(server, "headers", bucket="rules"), tap)
    matching(Named(server, "if-match", bucket="rules"), tap)
    demanded = {"cache-control": "private", "x-amz-meta-team": "a b"}
    if has_forms(server):
        demanded |= {"x-amz-acl": "public-read"}
    of_server(Named(server, "rules", bucket="rules", upload_headers=to_json(demanded),
                    content_types="image/png, text/*", max_bytes="20B"), demanded, tap)
    in_parts(Named(server, "rules in parts", bucket="rules", upload_headers=to_json(demanded),
                   content_types="text/*"), demanded, tap)
    if has_forms(server):
        tagged(Named(server, "tags", bucket="rules", upload_headers='{"x-amz-tagging": "a=b&c=d"}'),
               tap)


def has_forms(server):
    return server.name != "swift"


def to_json(headers):
    return "{%s}" % ", ".join('"%s": "%s"' % header for header in headers.items())


def without(parts, name):
    return {other: value for other, value in parts.items() if other != name}


def kept_of_form(headers):
    """Ceph checks a form's other fields against the policy, but keeps metadata and type alone."""
    return {name: value for name, value in headers.items() if name.startswith("x-amz-meta-")}


def each_binds(ticket, member, tap, what, names):
    """The ticket without one of `names` in its headers or fields, and with another value of it."""
    for name in names:
        rest = without(ticket[member], name)
        said = upload({**ticket, member: rest}, BODY)
        tap.check(said.status == 403, "%s without its %s" % (what, name), said)
        said = upload({**ticket, member: {**rest, name: altered(ticket[member][name])}}, BODY)
        tap.check(said.status == 403, "%s with another %s" % (what, name), said)


def keeps(named, key, headers, tap, what):
    """What storage says of the object."""
    said = named.ask("head", key).headers
    kept = {name: said.get(name) for name in headers}
    tap.check(kept == headers, "%s: what is kept" % what, "" if kept == headers else kept)


def of_caller(named, tap):
    ticket = named.json("upload", file="put", headers=HEADERS)
    tap.check(ticket["headers"] == HEADERS, "a ticket has the headers that were asked for")
    each_binds(ticket, "headers", tap, "ticket", HEADERS)
    said = upload(ticket, BODY)
    tap.check(said.status == 200, "ticket with headers", said)
    kept = HEADERS if has_forms(named.server) else without(HEADERS, "expires")
    keeps(named, "put", kept, tap, "ticket with headers")
    if not has_forms(named.server):
        return
    ticket = named.json("upload", file="form", max_bytes=100, headers=HEADERS)
    each_binds(ticket, "fields", tap, "form", HEADERS)
    said = upload(ticket, BODY)
    tap.check(said.status == 204, "form with fields for headers", said)
    keeps(named, "form", kept_of_form(HEADERS), tap, "form with fields for headers")


def matching(named, tap):
    """if-match: the object is replaced only while it is the one that is known."""
    if not has_forms(named.server):
        return
    # Ceph compares it with the tag without its quotes
    etag = upload(named.json("upload", file="matched"), BODY).headers["etag"].strip('"')
    for what, value, status in (("the etag", etag, 200), ("another etag", "0" * 32, 412)):
        said = upload(named.json("upload", file="matched", headers={"if-match": value}), BODY)
        tap.check(said.status == status, "ticket with %s in if-match" % what, said)


def of_server(named, demanded, tap):
    arguments = {"content_type": "text/plain; charset=utf-8", "bytes": len(BODY)}
    ticket = named.json("upload", file="put", **arguments)
    bound = {**demanded, "content-type": arguments["content_type"]}
    tap.check(ticket["headers"] == {**bound, "content-length": str(len(BODY))},
              "a ticket has the headers that the server demands", ", ".join(ticket["headers"]))
    each_binds(ticket, "headers", tap, "ticket of a server with rules", bound)
    # curl sends the length of what it is given
    said = upload({**ticket, "headers": without(ticket["headers"], "content-length")}, BODY + b"!")
    tap.check(said.status == 403, "the same ticket with one byte more", said)
    said = upload(ticket, BODY)
    tap.check(said.status == 200, "the same ticket as it is", said)
    kept = without(bound, "x-amz-acl")
    keeps(named, "put", kept, tap, "ticket of a server with rules")

    url = named.text("put", file="by put", content_type="image/png",
                     headers={"content-length": str(len(BODY))})
    for what, send, status in (("all", demanded, 200), ("none", {}, 403)):
        said = curl("PUT", url, BODY, {**send, "content-type": "image/png"})
        tap.check(said.status == status, "PUT with %s of the server's headers" % what, said)

    made = named.json("headers", method="PUT", file="in headers", payload=BODY,
                      headers={"content-type": "image/png"})
    said = curl("PUT", made["url"], BODY, without(made["headers"], "x-amz-meta-team"))
    tap.check(said.status == 403, "a request of s3sign_headers without the server's header", said)
    said = curl("PUT", made["url"], BODY, made["headers"])
    tap.check(said.status == 200, "the request as it is", said)
    keeps(named, "in headers", {**kept, "content-type": "image/png"}, tap, "the request")
    if not has_forms(named.server):
        return

    ticket = named.json("upload", file="form", max_bytes=20, content_type="image/png")
    fields = {"acl" if name == "x-amz-acl" else name for name in demanded} | {"Content-Type"}
    each_binds(ticket, "fields", tap, "form of a server with rules", sorted(fields))
    said = upload(ticket, BODY + b"!!")
    tap.check(str(said) == "400 EntityTooLarge", "the form with 21 bytes", said)
    said = upload(ticket, BODY)
    tap.check(said.status == 204, "the form as it is", said)
    keeps(named, "form", {**kept_of_form(kept), "content-type": "image/png"}, tap,
          "form of a server with rules")
    for key in ("put", "form"):
        grants = named.server.store.get_object_acl(Bucket="rules", Key=key)["Grants"]
        public = [grant for grant in grants if grant["Grantee"].get("URI", "").endswith("AllUsers")]
        tap.check([grant["Permission"] for grant in public] == ["READ"], "the ACL of %s" % key)


def in_parts(named, demanded, tap):
    url = named.text("multipart_create", file="parts", content_type="text/css")
    send = {**demanded, "content-type": "text/css"}
    for name in send:
        said = curl("POST", url, b"", without(send, name))
        tap.check(said.status == 403, "multipart_create without the server's " + name, said)
    said = curl("POST", url, b"", send)
    tap.check(said.status == 200, "multipart_create with the server's headers", said)
    upload_id = said.texts("UploadId")[0]
    part = named.ask("multipart_part", "parts", BODY, upload_id=upload_id, part_number=1)
    body = "<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>%s</ETag></Part>" \
           "</CompleteMultipartUpload>" % part.headers.get("etag")
    said = named.ask("multipart_complete", "parts", body.encode(), upload_id=upload_id)
    tap.check(said.status == 200, "multipart_complete", said)
    keeps(named, "parts", without(send, "x-amz-acl"), tap, "a multipart upload")


def tagged(named, tap):
    ticket = named.json("upload", file="tagged", bytes=len(BODY))
    each_binds(ticket, "headers", tap, "ticket with tags", ["x-amz-tagging"])
    said = upload(ticket, BODY)
    tags = named.server.store.get_object_tagging(Bucket="rules", Key="tagged")["TagSet"]
    tap.check(said.status == 200 and {tag["Key"]: tag["Value"] for tag in tags} ==
              {"a": "b", "c": "d"}, "ticket with tags", said)
