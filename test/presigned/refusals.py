"""A list, a part, a download: each allows what was signed and nothing else.

For each kind of request: the path, the query, the method, the time, a header and the host are
changed and the server refuses; then it takes the request as it was signed.
"""

import collections
import datetime

from client import call, curl
from named import METHODS, Named
from tampering import change


class Request:
    """A request that is good once all else was tried. arguments: those of SQL."""

    def __init__(self, named, function, body=None, **arguments):
        self.what = "s3sign_" + function
        self.method = METHODS.get(function, function.upper())
        self.headers = dict(arguments.get("headers", {}))
        if "content_type" in arguments:
            self.headers["Content-Type"] = arguments["content_type"]
        self.body = body
        self.sign = lambda **more: named.text(function, **{**arguments, **more})


class AnyRequest(Request):
    def __init__(self, server, method, path, body=None, **arguments):
        self.what = "s3sign_pre_url for %s %s" % (method, path.partition("=")[0])
        self.method, self.body = method, body
        self.headers = arguments.get("headers", {})
        self.sign = lambda **more: call(
            "s3sign_pre_url", method=method, url=server.endpoint + path, **{
                **server.credentials, **server.region, **arguments, "duration": 60, **more})


def run(server, tap):
    bucket = "refusals"
    server.store.create_bucket(Bucket=bucket)
    server.store.put_bucket_versioning(Bucket=bucket,
                                       VersioningConfiguration={"Status": "Enabled"})
    named = Named(server, "refusals", bucket=bucket)
    put = server.store.put_object
    old = put(Bucket=bucket, Key="kept", Body=b"kept")["VersionId"]
    create = server.store.create_multipart_upload
    upload, other = (create(Bucket=bucket, Key="parts")["UploadId"] for _ in range(2))
    of_upload = {"file": "parts", "upload_id": upload}
    tag = {"x-amz-meta-tag": "a"}
    md5 = {"Content-MD5": "kAFQmDzST7DWlj99KOF/cg=="}
    requests = [
        Request(named, "get", file="kept", download_as="a.txt", version_id=old,
                headers={"Range": "bytes=0-1"}),
        Request(named, "head", file="kept", version_id=old, headers={"Range": "bytes=0-1"}),
        Request(named, "put", b"abc", file="put", content_type="text/plain", headers=tag),
        Request(named, "list", prefix="k", delimiter="/", max_keys=3),
        Request(named, "multipart_create", b"", file="parts", content_type="text/plain",
                headers=tag),
        Request(named, "multipart_part", b"abc", part_number=1, headers=md5, **of_upload),
        Request(named, "multipart_list", query={"max-parts": 5}, **of_upload),
        Request(named, "multipart_complete", b"<CompleteMultipartUpload><Part><PartNumber>1"
                b"</PartNumber><ETag>\"900150983cd24fb0d6963f7d28e17f72\"</ETag></Part>"
                b"</CompleteMultipartUpload>", **of_upload),
        Request(named, "multipart_abort", file="parts", upload_id=other),
        AnyRequest(server, "GET", "/refusals?versions&prefix=k"),
        AnyRequest(server, "PUT", "/refusals/copied", b"",
                   headers={"x-amz-copy-source": "/refusals/kept"}),
        AnyRequest(server, "DELETE", "/refusals/kept?versionId=" + old),
        Request(named, "delete", file="kept"),
    ]
    for request in requests:
        refuse(server, tap, request)
    keys = named.ask("list").texts("Contents/Key")
    tap.check(keys == ["copied", "parts", "put"], "what was refused has changed nothing",
              ", ".join(keys))


def refuse(server, tap, request):
    url = request.sign()
    for aspect, changes in (("path", paths(server, url)), ("query", queries(url)),
                            ("method", methods(request, url)), ("time", times(request, url)),
                            ("signature", signatures(url)), ("header", headers(request, url)),
                            ("host", [(url, {"headers": {
                                **request.headers, "Host": "localhost:" + server.port}})])):
        if changes:
            answers = [ask(request, other, **how) for other, how in changes]
            # some requests Swift does not know at all, and says so first
            wanted = (403,) if tap.server != "swift" else (400, 403, 405, 501)
            counted = collections.Counter(map(str, answers))
            tap.check(all(said.status in wanted for said in answers), "%s, another %s" % (
                request.what, aspect), ", ".join("%d times %s" % (count, said)
                                                 for said, count in counted.items()))
    said = ask(request, url)
    tap.check(said.status < 300, "%s, as it was signed" % request.what, said)


def ask(request, url, method=None, headers=None):
    return curl(method or request.method, url, request.body,
                request.headers if headers is None else headers)


# What may be changed in each: URLs, and what curl does otherwise.

def paths(server, url):
    path, _, query = url.partition("?")
    return [(path + "x?" + query, {}),
            (url.replace("/refusals", "/" + server.bucket, 1), {})]


def queries(url):
    changed = [url + "&response-content-type=text/html"]
    for pair in url.partition("?")[2].split("&"):
        name, _, value = pair.partition("=")
        if not name.startswith("X-Amz-"):
            changed.append(url.replace(pair, "%s=%s" % (name, altered(value))))
            changed.append(url.replace("?%s&" % pair, "?").replace("&%s&" % pair, "&"))
    return [(other, {}) for other in changed]


def methods(request, url):
    return [(url, {"method": method}) for method in ("GET", "PUT", "POST", "DELETE")
            if method != request.method]


def times(request, url):
    now = datetime.datetime.now(datetime.timezone.utc)
    long_ago = (now - datetime.timedelta(minutes=2)).isoformat()
    return [(change("X-Amz-Expires", "604800")(url), {}),
            (request.sign(duration=60, signed_at=long_ago), {})]


def signatures(url):
    return [(url[:-1] + ("1" if url[-1] == "0" else "0"), {}),
            (url.partition("&X-Amz-Signature")[0], {})]


def headers(request, url):
    changed = []
    for name, value in request.headers.items():
        left = {other: request.headers[other] for other in request.headers if other != name}
        changed += [left, {**left, name: altered(value)}]
    return [(url, {"headers": other}) for other in changed]


def altered(value):
    return value[:-1] + ("1" if value[-1:] != "1" else "2")
